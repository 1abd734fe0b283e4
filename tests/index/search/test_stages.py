from pathlib import Path

import pytest

from corpus.errors import ConfigurationError
from corpus.settings import PassageSettings, Settings
from index.build.build import build
from index.build.extra_files import options_for
from index.models.models import as_models
from index.search.query import Query
from index.search.search import Index
from index.search.stages import ALL_STAGES, Stages
from tests.toys import ToyEncoder, write_library


@pytest.mark.parametrize(
    ("names", "expected"),
    [
        ("all", ALL_STAGES.names),
        ("lexical, dense", ("lexical", "dense")),
        ("-read,-tokens", ("lexical", "dense", "multilingual", "question")),
        (
            "all,-dense",
            ("lexical", "multilingual", "tokens", "read", "question"),
        ),
    ],
)
def test_stages_are_named_or_left_out_by_name(names: str, expected: tuple[str, ...]) -> None:
    assert Stages.named(names).names == expected


@pytest.mark.parametrize(
    "names",
    ["", "magic", "dense,magic", "sentence", "tokens", "-lexical,-dense,-multilingual"],
)
def test_unknown_stages_and_those_that_find_nothing_are_errors(names: str) -> None:
    with pytest.raises(ConfigurationError, match=r"no stages|find nothing"):
        Stages.named(names)


def test_a_stage_that_is_left_out_does_not_run_and_counts_nowhere(tmp_path: Path) -> None:
    texts = {"one": "Cats purr. Dogs bark.", "two": "Ships sail. Trains roll."}
    library = write_library(tmp_path / "packaged", texts)
    settings = Settings(home=tmp_path / "home", passages=PassageSettings(min_words=1, max_words=2))
    models = as_models(ToyEncoder())
    build(settings, ToyEncoder(), packaged=library, options=options_for(settings, models))
    lexical = Index.open(settings, models, stages=Stages.named("lexical"))
    assert lexical.searches == ("lexical",)
    asked = Query("dogs", words=("en:dog",))
    found = lexical.candidates(asked, 9)
    assert [one.passage.text for one in found] == ["Dogs bark."]  # no other has the word
    both = Index.open(settings, models, stages=Stages.named("lexical,dense"))
    assert both.searches == ("lexical", "dense")
    assert len(both.candidates(asked, 9)) == 4
