"""Token vectors: packed, kept, matched token by token."""

from pathlib import Path

import numpy as np
import pytest

from corpus.errors import IndexDamagedError
from corpus.settings import Settings
from index.build.build import build
from index.build.extra_files import options_for
from index.models.models import Models
from index.models.token_encoder import TokenVectors, load_token_encoder
from index.search.search import Index
from index.tables.token_vectors import (
    CONTEXT,
    TOKENS,
    Files,
    TokenVectorTable,
    packed,
)
from tests.toys import ToyEncoder, ToyTokens, write_library


def _late(folder: Path, rows: list[list[list[float]]], places: list[int]) -> TokenVectorTable:
    vectors = np.array([vector for row in rows for vector in row], np.int8)
    files = Files.of(TOKENS)
    np.save(folder / files.vectors, vectors)
    np.save(folder / files.edges, np.cumsum([0, *map(len, rows)]))
    np.save(folder / files.places, np.array(places, np.uint16))
    return TokenVectorTable(folder)


def test_the_best_token_for_each_word_of_the_question_counts(tmp_path: Path) -> None:
    # Tokens: context (1, 0), first sentence (0, 1), second sentence (.6, .8).
    late = _late(tmp_path, [[[127, 0], [0, 127], [60, 80]]], [CONTEXT, 0, 1])
    query = np.array([[1, 0], [0, 1]], np.float32)
    (match,) = late.matches(query, [0], [2])
    assert match.passage == pytest.approx(1.0)  # (1 + 1) / 2
    assert match.sentences == pytest.approx((1.0, 0.9))  # (1 + 1) / 2; (1 + .8) / 2
    assert len(late) == 1
    # Each word of another cosine: .96 with the second sentence, 0 with the first.
    (match,) = late.matches(np.array([[0.8, 0.6], [-1, 0]], np.float32), [0], [2])
    assert match.passage == pytest.approx(0.48)  # (.96 + 0) / 2
    assert match.sentences == pytest.approx((0.4, 0.18))  # (.8 + 0) / 2; (.96 − .6) / 2


def test_vectors_are_packed_with_the_sentence_in_which_they_stand() -> None:
    vectors = np.array([[1, 0], [0.6, 0.8], [0, -1]], np.float32)
    # Sentences begin at 10 and 20 of the encoded text: the first token stands in the context.
    one = packed(TokenVectors(vectors, (-1, 12, 20)), [10, 20])
    assert one.vectors.tolist() == [[127, 0], [95, 127], [0, -127]]
    assert one.places.tolist() == [CONTEXT, 0, 1]


def test_a_build_keeps_token_vectors_and_takes_them_over(tmp_path: Path) -> None:
    settings, tokens = Settings(home=tmp_path / "home"), ToyTokens()
    models = Models(ToyEncoder(), None, tokens)
    library = write_library(tmp_path / "library", {"one": "Cats purr.", "two": "Dogs bark."})
    build(settings, models.main, packaged=library, options=options_for(settings, models))
    assert len(tokens.encoded) == 2
    (library / "two.md").write_text("Bees buzz.")
    build(settings, models.main, packaged=library, options=options_for(settings, models))
    assert [text.splitlines()[-1] for text in tokens.encoded[2:]] == ["Bees buzz."]
    index = Index.open(settings, models)
    assert set(index.searches) == {"dense", "lexical", "tokens"}
    best = index.candidates("Cats purr.", 2)[0]
    assert best.passage.text == "Cats purr."
    assert best.match == pytest.approx(1.0, abs=0.01)
    index.close()
    without = Index.open(settings, ToyEncoder())
    assert without.searches == ("lexical", "dense")
    assert without.candidates("Cats purr.", 1)[0].passage.text == "Cats purr."


def test_passages_are_matched_each_by_its_own_tokens(tmp_path: Path) -> None:
    late = _late(tmp_path, [[[127, 0]], [[0, 50], [30, 40]]], [0, 0, 1])
    query = np.array([[1, 0]], np.float32)
    first, second = late.matches(query, [0, 1], [1, 2])
    assert first.passage == pytest.approx(1.0)
    assert second.passage == pytest.approx(0.6)
    assert second.sentences == pytest.approx((0.0, 0.6))
    assert late.matches(query, [], []) == []


def test_damaged_token_vectors_are_told(tmp_path: Path) -> None:
    _late(tmp_path, [[[1, 0]]], [0])
    (tmp_path / Files.of(TOKENS).vectors).write_bytes(b"no array")
    with pytest.raises(IndexDamagedError, match="run 'footnote build'"):
        TokenVectorTable(tmp_path)


def test_the_bundled_model_tells_where_its_tokens_stand() -> None:
    encoder = load_token_encoder()
    assert encoder is not None
    text = "Title\nVictims get visas."
    (one,) = encoder.passages([text])
    assert np.linalg.norm(one.vectors, axis=1) == pytest.approx(1.0, abs=1e-4)
    assert text.index("Victims") in one.starts
    assert text.index("visas") in one.starts
    question = encoder.query("Who gets a visa?").vectors
    near, far = encoder.passages(["Victims can obtain a visa.", "The weather is fine today."])
    score = [float((question @ tokens.vectors.T).max(axis=1).mean()) for tokens in (near, far)]
    assert score[0] > score[1]
