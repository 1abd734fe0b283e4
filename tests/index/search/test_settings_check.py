"""Settings that ask for another index are named with what the index has and what they ask for."""

import pytest

from corpus.errors import IndexStaleError
from corpus.settings import PassageSettings, Settings
from corpus.wording import wording
from index.build.build import build
from index.search.search import Index
from tests.toys import ToyEncoder, write_library


@pytest.fixture(scope="module")
def settings(tmp_path_factory: pytest.TempPathFactory) -> Settings:
    """Settings of an index with the default passages."""
    folder = tmp_path_factory.mktemp("settings")
    settings = Settings(home=folder / "home")
    build(settings, ToyEncoder(), packaged=write_library(folder / "packaged", {"a": "Cats sit."}))
    return settings


def _refusal(settings: Settings) -> IndexStaleError:
    with pytest.raises(IndexStaleError) as caught:
        Index.open(settings, ToyEncoder())
    return caught.value


@pytest.mark.parametrize(
    ("passages", "differences"),
    [
        (PassageSettings(title_words=5), "title_words was 16 and is 5 now"),
        (PassageSettings(law_max_words=90), "law_max_words was 120 and is 90 now"),
        (
            PassageSettings(min_words=20, law_min_words=41),
            "min_words was 30 and is 20 now, law_min_words was 40 and is 41 now",
        ),
    ],
    ids=["title", "laws", "two"],
)
def test_exactly_the_settings_that_differ_are_named_with_both_values(
    settings: Settings, passages: PassageSettings, differences: str
) -> None:
    refused = _refusal(settings.model_copy(update={"passages": passages}))
    assert f"other settings of passages ({differences}): run 'footnote build'" in str(refused)


def test_another_model_is_named_beside_that_of_the_index(settings: Settings) -> None:
    refused = _refusal(settings.model_copy(update={"encoder": "other"}))
    assert "made with toy, the settings name other: run 'footnote build'" in str(refused)


def test_the_page_names_them_in_spanish(settings: Settings) -> None:
    other = settings.model_copy(update={"passages": PassageSettings(title_words=5)})
    assert "title_words era 16 y ahora es 5" in wording("es").say(_refusal(other))
