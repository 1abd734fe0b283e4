"""A question searched: which sentences of the candidates are compared, and by whom."""

import math
from pathlib import Path

import pytest

from corpus.settings import PassageSettings, Settings
from corpus.sources.library import NO_LIBRARY
from index.build.build import build
from index.build.extra_files import options_for
from index.models.known_languages import ENGLISH_ALONE, Languages
from index.models.models import Models
from index.search.search import Index
from index.search.weights import WEIGHTS
from qa.answering.confidence_features import FEATURES
from qa.answering.finding import Finder, Found
from qa.answering.reader import AnswerReader
from qa.request import Request
from tests.toys import PhraseReader, ToyEncoder, ToyTokens, write_library

ENGLISH = "Cats purr loudly today. Dogs bark at night. Bees fly in spring."
SPANISH = "Los gatos ronronean hoy. Los perros ladran mucho. Las abejas vuelan lejos."


def _asked(
    tmp_path: Path,
    texts: dict[str, str],
    models: Models,
    question: str,
    reader: AnswerReader | None = None,
) -> Found:
    """What a question finds in an index of texts, the key of each being its language."""
    library = write_library(tmp_path / "packaged", texts, {key: key[:2] for key in texts})
    settings = Settings(home=tmp_path / "home", passages=PassageSettings(min_words=8, max_words=12))
    build(settings, models.main, packaged=library, options=options_for(settings, models))
    for encoder in (models.main, models.multilingual):
        if isinstance(encoder, ToyEncoder):
            encoder.encoded.clear()
    index = Index.open(settings, models)
    try:
        return Finder(index, reader, NO_LIBRARY).found(Request(question))
    finally:
        index.close()


def test_without_token_vectors_the_best_sentence_is_quoted_by_the_encoder(tmp_path: Path) -> None:
    encoder = ToyEncoder()
    found = _asked(tmp_path, {"en": ENGLISH}, Models(encoder), "Who hears dogs bark at night?")
    assert [one.text for one in found.extracts] == ["Dogs bark at night."]
    # Each behind the context of its passage, as passages are encoded.
    sentences = ["Cats purr loudly today.", "Dogs bark at night.", "Bees fly in spring."]
    assert encoder.encoded == [f"Title of en\n{one}" for one in sentences]


def test_with_token_vectors_no_sentence_is_encoded(tmp_path: Path) -> None:
    encoder = ToyEncoder()
    models = Models(encoder, None, ToyTokens(ENGLISH_ALONE))
    found = _asked(tmp_path, {"en": ENGLISH}, models, "Who hears dogs bark at night?")
    assert [one.text for one in found.extracts] == ["Dogs bark at night."]
    assert encoder.encoded == []


def test_only_sentences_of_the_candidates_are_encoded(tmp_path: Path) -> None:
    text = "\n\n".join(f"Dogs bark in house {n}. They sleep near door {n}." for n in range(60))
    encoder = ToyEncoder()
    found = _asked(tmp_path, {"en": text}, Models(encoder), "Where do dogs bark?")
    assert len(found.ranked) == WEIGHTS.looked_at
    assert len(found.candidates) == WEIGHTS.candidates == 10
    sentences = {
        f"{one.passage.context}\n{one.passage.cut(span)}"
        for one in found.candidates
        for span in one.passage.sentences
    }
    assert len(encoder.encoded) == 20  # two sentences each
    assert set(encoder.encoded) == sentences


@pytest.mark.parametrize(
    ("tokens", "main", "multilingual"),
    [
        pytest.param(None, 3, 3, id="no token vectors: each encoder its language"),
        pytest.param(ENGLISH_ALONE, 0, 3, id="tokens of English"),
        pytest.param(frozenset({"es"}), 3, 0, id="tokens of Spanish alone"),
    ],
)
def test_sentences_are_encoded_in_languages_that_no_token_model_knows(
    tmp_path: Path, tokens: Languages | None, main: int, multilingual: int
) -> None:
    english = ToyEncoder(languages=ENGLISH_ALONE)
    every = ToyEncoder("every", fingerprint="m" * 8, languages=frozenset({"en", "es"}))
    models = Models(english, every, None if tokens is None else ToyTokens(tokens))
    question = {"en": "Who hears dogs bark?", "es": "¿Quién oye que los perros ladran?"}
    counts = {}
    for language, text in {"en": ENGLISH, "es": SPANISH}.items():
        found = _asked(tmp_path / language, {language: text}, models, question[language])
        counts[language] = (len(english.encoded), len(every.encoded))
        assert found.extracts[0].text == text.split(". ")[1] + "."
    assert counts == {"en": (main, 0), "es": (0, multilingual)}


@pytest.mark.parametrize(
    ("languages", "logits"),
    [
        pytest.param({"en", "es"}, {"en": 2.0, "es": 0.0}, id="known: as likely as not"),
        pytest.param({"en"}, {"en": 2.0, "es": None}, id="not known"),
    ],
)
def test_what_stays_unread_behind_a_likely_answer_is_weighed_by_the_languages_of_the_reader(
    tmp_path: Path, languages: set[str], logits: dict[str, float | None]
) -> None:
    class FirstReader(PhraseReader):
        sufficient_logit = 0.0

    reader = FirstReader("Dogs bark")
    reader.languages = frozenset(languages)
    models = Models(ToyEncoder(languages=frozenset({"en", "es"})))
    texts = {"en": ENGLISH, "es": SPANISH}
    found = _asked(tmp_path, texts, models, "Who hears dogs bark at night?", reader)
    place = FEATURES.index("reader")
    told = {
        extract.candidate.language: None if math.isnan(values[place]) else values[place]
        for extract, values in zip(found.extracts, found.features, strict=True)
    }
    assert told == logits
