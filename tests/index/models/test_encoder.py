from pathlib import Path

import numpy as np
import pytest

from corpus.errors import ModelError
from index.models.encoder import (
    BUNDLED_SHA256,
    Encoder,
    SentenceTransformerEncoder,
    bundled_weights,
    check_weights,
    load_encoder,
)


def test_bundled_model_gives_unit_vectors(encoder: Encoder) -> None:
    vectors = encoder.passages(["A sentence.", "Eine andere.", ""])
    assert vectors.shape == (3, 384)
    assert vectors.dtype == np.float32
    assert np.allclose(np.linalg.norm(vectors, axis=1), 1, atol=1e-5)


def test_bundled_model_knows_like_from_unlike(encoder: Encoder) -> None:
    near, far = encoder.passages(["The number of victims fell.", "Bread needs yeast."])
    query = encoder.query("How many victims were there?")
    assert near @ query > far @ query + 0.2


def test_no_text_gives_no_vector(encoder: Encoder) -> None:
    assert encoder.passages([]).shape == (0, 384)


def test_a_model_folder_is_an_encoder_of_its_own_with_a_hash_of_its_weights(
    encoder: Encoder,
) -> None:
    folder = str(bundled_weights().parent)
    other = load_encoder(folder)
    assert (other.name, other.dimension) == (folder, 384)
    assert other.fingerprint != encoder.fingerprint
    assert other.fingerprint == SentenceTransformerEncoder(folder, folder).fingerprint
    assert np.allclose(other.query("Who?"), encoder.query("Who?"), atol=1e-6)


def test_a_model_that_is_not_there_is_named_in_one_line(tmp_path: Path) -> None:
    with pytest.raises(ModelError, match="nosuch cannot be loaded") as caught:
        load_encoder(str(tmp_path / "nosuch"))
    assert "\n" not in str(caught.value)


def test_altered_weights_are_refused_with_expected_and_found(tmp_path: Path) -> None:
    weights = tmp_path / "model.safetensors"
    weights.write_bytes(b"altered")
    # sha256 of the seven bytes above, by sha256sum
    found = "4aa009153649a0a7c1425387f3da9c72330ad069ea9f69ce1640abe46f92a83b"
    with pytest.raises(ModelError) as caught:
        check_weights(weights, BUNDLED_SHA256)
    message = str(caught.value)
    assert str(weights) in message
    assert BUNDLED_SHA256 in message
    assert found in message


def test_weights_are_hashed_once_while_the_file_stays_the_same(tmp_path: Path) -> None:
    weights, stamps = tmp_path / "w", tmp_path / "home" / "checked.json"
    weights.write_bytes(b"")
    empty = "e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855"
    check_weights(weights, empty, stamps)
    noted = stamps.read_text()
    check_weights(weights, empty, stamps)
    assert stamps.read_text() == noted
    weights.write_bytes(b"x")
    with pytest.raises(ModelError, match="expected e3b0c442"):
        check_weights(weights, empty, stamps)


def test_a_broken_note_of_checks_costs_only_another_check(tmp_path: Path) -> None:
    weights, stamps = tmp_path / "w", tmp_path / "checked.json"
    weights.write_bytes(b"")
    stamps.write_text("[broken")
    empty = "e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855"
    check_weights(weights, empty, stamps)
    assert str(weights) in stamps.read_text()
