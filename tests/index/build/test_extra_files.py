"""Further files of a version: what is reused, what is made anew, what a caller adds."""

from collections.abc import Sequence
from dataclasses import replace
from pathlib import Path

import pytest

from corpus.settings import Settings
from corpus.text.documents import Span
from corpus.text.sentences import sentences
from index.build.build import build
from index.build.extra_files import TokenVectorPart, options_for
from index.build.work import Options, Part
from index.models.encoder import Matrix
from index.models.models import Models
from index.models.multilingual import MULTILINGUAL
from index.models.token_encoder import TokenVectors
from index.search.query import Query
from index.search.search import Index
from index.tables.lexical import LEXICAL
from index.tables.token_vectors import TOKENS
from index.versions.published import Versions
from tests.toys import ToyEncoder, ToyTokens, write_library


class CutOff(Part):
    """A part that comes after the others and is cut off, as by a kill."""

    name, fingerprint = "cut", "c"

    def write(self, _folder: Path, _progress: object, _full: bool) -> None:
        raise KeyboardInterrupt


class Tokens:
    """A library of two documents, its builds, and what they ask of the encoder of tokens."""

    def __init__(self, folder: Path) -> None:
        self.settings = Settings(home=folder / "home")
        self.tokens = ToyTokens()
        self.models = Models(ToyEncoder(), None, self.tokens)
        texts = {"one": "Cats purr.", "two": "Dogs bark."}
        self.library = write_library(folder / "library", texts)

    def build(self, *, full: bool = False) -> int:
        """The number of passages whose tokens a build encodes."""
        return self._run(self._options(full))

    def cut_off(self, *, full: bool = False) -> int:
        """The number that a build encodes until it is cut off, after its token vectors."""
        options = self._options(full)
        with pytest.raises(KeyboardInterrupt):
            self._run(replace(options, parts=[*options.parts, CutOff()]))
        encoded = len(self.tokens.encoded)
        self.tokens.encoded.clear()
        return encoded

    def _options(self, full: bool) -> Options:
        return options_for(self.settings, self.models, Options(full=full))

    def _run(self, options: Options) -> int:
        self.tokens.encoded.clear()
        build(self.settings, self.models.main, packaged=self.library, options=options)
        return len(self.tokens.encoded)


@pytest.fixture
def tokens(tmp_path: Path) -> Tokens:
    return Tokens(tmp_path)


def test_a_full_build_encodes_the_tokens_of_every_passage_anew(tokens: Tokens) -> None:
    assert (tokens.build(), tokens.build(full=True)) == (2, 2)


def test_a_build_that_was_cut_off_goes_on_with_its_token_vectors(tokens: Tokens) -> None:
    assert (tokens.cut_off(), tokens.build()) == (2, 0)


def test_a_full_build_that_was_cut_off_goes_on_with_its_token_vectors(tokens: Tokens) -> None:
    tokens.build()
    assert (tokens.cut_off(full=True), tokens.build(full=True)) == (2, 0)


def test_a_full_build_takes_nothing_from_another_that_was_cut_off(tokens: Tokens) -> None:
    assert (tokens.cut_off(), tokens.build(full=True)) == (2, 2)


def test_a_full_build_takes_nothing_that_a_build_between_has_reused(tokens: Tokens) -> None:
    tokens.build()
    (tokens.library / "two.md").write_text("Bees buzz.")
    tokens.cut_off(full=True)
    (tokens.library / "two.md").write_text("Dogs bark.")
    tokens.cut_off()
    assert tokens.build(full=True) == 2


def test_a_full_build_publishes_the_same_token_vectors(tokens: Tokens) -> None:
    def files() -> dict[str, bytes]:
        versions = Versions(tokens.settings.home)
        folder = versions.path(versions.current())
        return {file.name: file.read_bytes() for file in folder.glob("*.npy")}

    tokens.build()
    first = files()
    tokens.build(full=True)
    assert {name for name in first if TOKENS in name}
    assert files() == first


def test_what_a_caller_adds_to_a_version_is_kept_beside_what_the_models_add(
    tmp_path: Path,
) -> None:
    mine, theirs, multilingual = ToyEncoder("mine"), ToyEncoder("theirs"), ToyEncoder("several")
    models = Models(ToyEncoder(), multilingual, ToyTokens())
    given = Options(full=True, encoders={"mine": mine}, parts=[CutOff()])
    options = options_for(Settings(home=tmp_path), models, given)
    assert options.full
    assert options.encoders == {"mine": mine, MULTILINGUAL: multilingual}
    assert [part.name for part in options.parts] == ["cut", LEXICAL, TOKENS]
    own = Options(encoders={MULTILINGUAL: theirs})
    assert options_for(Settings(home=tmp_path), models, own).encoders == {MULTILINGUAL: theirs}


def test_options_that_are_complete_stay_as_they_are(tmp_path: Path) -> None:
    models = Models(ToyEncoder(), ToyEncoder("several"), ToyTokens())
    once = options_for(Settings(home=tmp_path), models)
    assert options_for(Settings(home=tmp_path), models, once) == once


class OneModel:
    """An encoder of texts and one of tokens that are one model, which counts what it reads."""

    def __init__(self) -> None:
        self.texts, self.tokens = ToyEncoder(fingerprint="o" * 8), ToyTokens()
        self.order: list[str] = []
        encode_texts, encode_tokens = self.texts.passages, self.tokens.passages

        def passages(texts: Sequence[str]) -> Matrix:
            self.order.append("texts")
            return encode_texts(texts)

        def tokens(texts: Sequence[str]) -> list[TokenVectors]:
            self.order.append(f"tokens {len(texts)}")
            return encode_tokens(texts)

        self.texts.passages, self.tokens.passages = passages, tokens  # type: ignore[method-assign]


def test_a_model_of_texts_and_tokens_is_given_both_at_once(tmp_path: Path) -> None:
    """So that what it computed for the texts need not be computed again for their tokens."""
    model = OneModel()
    settings = Settings(home=tmp_path / "home")
    part = TokenVectorPart(model.tokens, Versions(settings.home), TOKENS, "both")
    library = write_library(tmp_path / "library", {f"k{n}": f"Boat {n}." for n in range(40)})
    options = Options(encoders={"both": model.texts}, parts=[part])
    build(settings, ToyEncoder(), packaged=library, options=options)
    assert [step for step in model.order if step != "tokens 0"] == [
        *("texts", "tokens 32"),
        *("texts", "tokens 8"),
    ]


def test_token_vectors_are_not_reused_where_sentences_begin_elsewhere(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """An edit of what cuts sentences leaves the text of a passage, and thus its hash, as it was."""
    text = "Cats purr softly. Dogs bark loudly. Bees buzz often."
    settings, models = Settings(home=tmp_path / "home"), Models(ToyEncoder(), None, ToyTokens())
    library = write_library(tmp_path / "library", {"one": text})
    place = "corpus.passages.units.sentences"

    def two_in_one(text: str, language: str) -> tuple[Span, ...]:
        first, second, *others = sentences(text, language)
        return (Span(first.start, second.end), *others)

    def built(program: str) -> None:
        monkeypatch.setattr("index.build.work.program_hash", lambda: program)
        build(settings, models.main, packaged=library, options=options_for(settings, models))

    monkeypatch.setattr(place, two_in_one)
    built("old")
    monkeypatch.setattr(place, sentences)
    built("new")
    index = Index.open(settings, models)
    search = index.question(Query("Dogs bark loudly."))
    (found,) = search.with_sentence_scores(search.candidates(index.allowed(), 1))
    index.close()
    assert found.sentence_scores[1] == pytest.approx(1.0, abs=0.05)
    assert max(found.sentence_scores[0], found.sentence_scores[2]) < 0.5
