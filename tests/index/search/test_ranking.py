"""One question searched: what it reads, what it computes once, which signals it asks."""

from collections import Counter
from collections.abc import Sequence
from pathlib import Path

import pytest

from corpus.settings import PassageSettings, Settings
from index.build.build import build
from index.build.extra_files import options_for
from index.models.encoder import Matrix
from index.models.known_languages import ENGLISH_ALONE
from index.models.models import Models
from index.search.query import Query
from index.search.search import Index
from index.tables.token_vectors import Match, TokenVectorTable
from tests.toys import ToyEncoder, ToyTokens, traced_statements, write_library

ENGLISH_TEXT = "Dogs bark in 1,044 houses. Cats purr."
SPANISH_TEXT = "Los perros ladran en la casa. Los gatos ronronean en la casa."


def _built(tmp_path: Path, texts: dict[str, str], models: Models) -> Settings:
    """An index of texts, the key of each being its language."""
    library = write_library(tmp_path / "packaged", texts, {key: key for key in texts})
    passages = PassageSettings(min_words=1, max_words=6)
    settings = Settings(home=tmp_path / "home", passages=passages)
    build(settings, models.main, packaged=library, options=options_for(settings, models))
    return settings


def test_a_question_with_a_number_loads_the_passages_of_each_language_at_once(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    statements = traced_statements(monkeypatch)
    texts = {
        "en": "\n\n".join(f"Dogs bark in {n + 1000:,} houses." for n in range(60)),
        "es": "\n\n".join(f"Los perros ladran en {n + 1000:,} casas." for n in range(60)),
    }
    models = Models(ToyEncoder())
    index = Index.open(_built(tmp_path, texts, models), models)
    statements.clear()
    found = index.candidates(Query("dogs bark", numbers=frozenset({"1044"})), 99, {"en", "es"})
    assert {one.language for one in found} == {"en", "es"}
    # The rows of the chosen sources; passages and sentences of each of two languages.
    assert len(statements) <= 5


def test_each_passage_is_compared_with_the_tokens_of_a_question_once(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    compared: Counter[tuple[int, int]] = Counter()
    matches = TokenVectorTable.matches

    def counted(
        self: TokenVectorTable, query: Matrix, rows: Sequence[int], sentences: Sequence[int]
    ) -> list[Match]:
        compared.update((id(self), row) for row in rows)
        return matches(self, query, rows, sentences)

    monkeypatch.setattr(TokenVectorTable, "matches", counted)
    models = Models(ToyEncoder(), None, ToyTokens(ENGLISH_ALONE), ToyTokens())
    texts = {"en": ENGLISH_TEXT, "es": SPANISH_TEXT}
    index = Index.open(_built(tmp_path, texts, models), models)
    search = index.question(Query("Dogs bark"))
    candidates = search.candidates(index.allowed(), 9)
    assert len(search.with_sentence_scores(candidates)) == 4
    assert set(compared.values()) == {1}


@pytest.mark.parametrize(
    ("languages", "first"),
    [
        pytest.param(frozenset({"en"}), "gatos", id="English: the words alone count"),
        pytest.param(frozenset({"es"}), "perros", id="Spanish"),
        pytest.param(frozenset(), "perros", id="every language"),
    ],
)
def test_the_main_encoder_counts_in_the_languages_that_it_knows(
    tmp_path: Path, languages: frozenset[str], first: str
) -> None:
    models = Models(ToyEncoder(languages=languages))
    index = Index.open(_built(tmp_path, {"es": SPANISH_TEXT}, models), models)
    # Its vector is near the dogs, its words are those of the cats.
    asked = Query("los perros ladran", "es", words=("es:gat",))
    assert first in index.candidates(asked, 1)[0].passage.text


def test_tokens_are_compared_in_the_languages_that_their_model_knows(tmp_path: Path) -> None:
    models = Models(ToyEncoder(), None, ToyTokens(frozenset({"es"})))
    index = Index.open(_built(tmp_path, {"en": ENGLISH_TEXT, "es": SPANISH_TEXT}, models), models)
    found = index.candidates(Query("los perros ladran", "es"), 9)
    assert {one.language: "tokens" in one.signals for one in found} == {"es": True, "en": False}
