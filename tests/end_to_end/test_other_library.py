"""A library of another field, without any data file: nothing speaks of the packaged one."""

import json
import re
import sys
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
import typer.main
from starlette.testclient import TestClient

from corpus.errors import LibraryError
from corpus.settings import Settings, load_settings
from corpus.sources.library import Library
from corpus.wording import SPOKEN, wording
from index.build.build import build
from index.models.models import as_models
from qa.answering.engine import Engine
from qa.cli.main import app, main
from qa.library.coverage import read_coverage
from qa.request import Request
from qa.web.app.compose import whole_page
from qa.web.chat.masthead import masthead
from qa.web.chat.messages import answer_message
from qa.web.links import AskLink
from qa.web.texts import words_of_the_script
from tests.toys import ToyEncoder, toy_source, write_library

FOREIGN = re.compile(
    r"traffick|smuggl|mexic|méxic|united states|estados unidos|tvpa|delgado|\bthe article\b|"
    r"\bel artículo\b|trata de personas|tráfico|un2000|dos2017|hotline|polaris|palermo",
    re.I,
)
TEXTS = {
    "aspirin": "# Aspirin\n\nAspirin lowers fever. A usual dose is 500 mg for adults.",
    "insulin": "# Insulin\n\nInsulin lowers the sugar of the blood. It was found in 1921.",
}
Command = Callable[..., tuple[int, str]]


def foreign(text: str) -> list[str]:
    """What speaks of another library, with the words around it."""
    return [text[max(0, m.start() - 60) : m.end() + 60] for m in FOREIGN.finditer(text)]


@pytest.fixture(scope="module")
def settings(tmp_path_factory: pytest.TempPathFactory) -> Settings:
    """A library of two documents on medicine, one of them the only text that is no report."""
    home = Path(tmp_path_factory.mktemp("medicine"))
    (home / "settings.toml").write_text("packaged = false\n")
    library = home / "library"
    library.mkdir()
    records = [
        toy_source("aspirin", "On aspirin", type="post-weblog").record,
        toy_source("insulin", "On insulin", issued={"date-parts": [[1999]]}).record,
        toy_source("fever", "On fever").record,
    ]
    (library / "sources.json").write_text(json.dumps(records), encoding="utf-8")
    for key, text in TEXTS.items():
        (library / f"{key}.md").write_text(text, encoding="utf-8")
    found = load_settings(home)
    build(found, ToyEncoder())
    return found


@pytest.fixture(scope="module")
def doctor(settings: Settings) -> Iterator[Engine]:
    """The engine on it."""
    engine = Engine.open(settings, ToyEncoder())
    yield engine
    engine.close()


@pytest.fixture
def command(
    settings: Settings, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> Command:
    """Runs a command on it: exit code, and all that it says."""
    for place in ("qa.library.indexing", "index.search.signals.registry"):
        monkeypatch.setattr(f"{place}.load_models", lambda *_a, **_k: as_models(ToyEncoder()))
    monkeypatch.setenv("FOOTNOTE_HOME", str(settings.home))

    def run(*arguments: str) -> tuple[int, str]:
        monkeypatch.setattr(sys, "argv", ["footnote", *arguments])
        with pytest.raises(SystemExit) as caught:
            main()
        told = capsys.readouterr()
        return int(caught.value.code or 0), told.out + told.err

    return run


def _commands(group: object, path: tuple[str, ...] = ()) -> Iterator[tuple[str, ...]]:
    yield path
    for name, one in getattr(group, "commands", {}).items():
        yield from _commands(one, (*path, name))


def test_help_of_every_command_speaks_of_no_library(command: Command) -> None:
    paths = list(_commands(typer.main.get_command(app)))
    assert len(paths) > 20
    for path in paths:
        code, told = command(*path, "--help")
        assert code == 0
        assert foreign(told) == [], path


@pytest.mark.parametrize(
    ("arguments", "code"),
    [
        (("build",), 0),
        (("build", "--dry-run"), 0),
        (("sources", "list"), 0),
        (("sources", "list", "--json"), 0),
        (("sources", "cite"), 0),
        (("sources", "check"), 0),
        (("sources", "follow"), 1),
        (("sources", "follow", "aspirin"), 0),
        (("versions", "list"), 0),
        (("doctor",), 0),
        (("ask", "What lowers fever?"), 0),
        (("ask", "Who won the cup in 2031?", "--json"), 0),
        (("evaluate", "gold"), 1),
        (("evaluate", "gold", "--gate"), 1),
    ],
    ids=lambda value: " ".join(value) if isinstance(value, tuple) else None,
)
def test_commands_speak_of_the_library_at_hand_alone(
    command: Command, arguments: tuple[str, ...], code: int
) -> None:
    found, told = command(*arguments)
    assert found == code, told
    assert foreign(told) == []


def test_commands_count_the_sources_and_name_what_is_off(command: Command) -> None:
    _, listed = command("sources", "list")
    assert "Indexed: 2 of 3 sources." in listed
    _, found = command("doctor")
    assert "indexed: 2 of 3 sources (aspirin, insulin); not: fever" in " ".join(found.split())
    assert "not calibrated for this library" in " ".join(found.split())
    _, told = command("sources", "follow")
    assert "name the source whose references are followed" in " ".join(told.split())
    _, told = command("evaluate", "gold")
    assert "no labelled questions, so nothing is measured" in " ".join(told.split())
    assert len(told.splitlines()) == 1


@pytest.mark.parametrize("language", SPOKEN)
def test_the_page_speaks_of_the_library_at_hand_alone(
    settings: Settings, doctor: Engine, language: str
) -> None:
    client = TestClient(whole_page(settings, doctor, None, local=True))
    headers = {"Accept-Language": language}
    for address in ("/", "/config", "/sign-in"):
        answer = client.get(address, headers=headers)
        assert answer.status_code == 200
        assert len(answer.text) > 500
        assert foreign(answer.text) == [], address
    head = masthead([], read_coverage(settings), wording(language))
    assert "On aspirin" in head
    assert foreign(head + words_of_the_script()) == []
    assert {"en": "2 of 3 sources", "es": "2 de 3 fuentes"}[language] in head


@pytest.mark.parametrize("language", SPOKEN)
@pytest.mark.parametrize(
    "question",
    ["What lowers fever?", "Who won the cup in 2031?", "¿Qué baja la fiebre?", "And for adults?"],
)
def test_answers_and_refusals_speak_of_the_library_at_hand_alone(
    doctor: Engine, question: str, language: str
) -> None:
    answer = doctor.ask(Request(question, ("What lowers fever?",)))
    link = AskLink(question=question, version=doctor.version)
    shown = answer_message(answer, link, doctor.source, wording(language))
    assert foreign(shown + json.dumps(answer.to_json())) == []
    assert answer.quotes or answer.closest
    said = {"en": "not calibrated for this library", "es": "no está ajustada a esta biblioteca"}
    assert said[language] in shown


def test_doctor_says_once_that_the_confidence_is_not_calibrated(settings: Settings) -> None:
    from qa.cli.diagnosis import diagnose

    (found,) = [one for one in diagnose(settings) if "confidence" in one.subject + one.message]
    assert (found.subject, found.state) == ("confidence", "note")
    assert "not calibrated for this library" in found.message
    assert "make calibrate" in found.message
    assert "set a 'threshold' (0 to 1)" in found.message
    own = settings.model_copy(update={"threshold": 0.4})
    (found,) = [one for one in diagnose(own) if "confidence" in one.subject + one.message]
    assert (found.state, found.message) == ("sound", "threshold 0.4 of the settings")


def test_all_rules_that_need_data_are_off(settings: Settings, doctor: Engine) -> None:
    library = Library.of(settings)
    assert library.glossary.words == frozenset()
    assert library.thesaurus.related("What is the penalty?", "en") == []
    assert library.places == ()
    assert library.states_in("What happens in Mexico?") == frozenset()
    assert (library.file.main, library.file.generic, library.file.examples) == (None, (), {})
    assert (library.gold, library.thresholds, library.calibration) == ((), None, None)
    # The one blog article is a text like any other.
    asked = doctor.ask(Request("Who wrote the article?"))
    assert asked.about == ()
    # A place is a word like any other: it does not give way to another one.
    searched = doctor.ask(Request("And in Mexico?", ("What do pills cost in Guatemala?",))).searched
    assert searched == "And in Mexico? (pills cost guatemala)"


def test_a_library_can_bring_its_own_data(settings: Settings, tmp_path: Path) -> None:
    home = tmp_path / "home"
    (home / "library").mkdir(parents=True)
    for file in settings.library.iterdir():
        if file.is_file():
            (home / "library" / file.name).write_bytes(file.read_bytes())
    (home / "library" / "library.toml").write_text(
        'about = { en = "Common drugs.", es = "Fármacos comunes." }\n'
        'examples = { en = ["What lowers fever?"], es = ["¿Qué baja la fiebre?"] }\n'
        '[main]\nkey = "aspirin"\nname = { en = "the leaflet", es = "el prospecto" }\n'
        'called = { en = ["leaflet"] }\n',
        encoding="utf-8",
    )
    (home / "library" / "glossary.tsv").write_text("fever\tfiebre\n", encoding="utf-8")
    own = Settings(home=home, packaged=False)
    build(own, ToyEncoder())
    engine = Engine.open(own, ToyEncoder())
    try:
        coverage = read_coverage(own)
        assert coverage.summary == "the leaflet and 1 of the 2 sources that it cites"
        assert "el prospecto y 1 de las 2 fuentes" in masthead([], coverage, wording("es"))
        assert [one.value for one in engine.ask(Request("Who wrote the leaflet?")).about] == [
            "Jane Doe"
        ]
        page = TestClient(whole_page(own, engine, None, local=True)).get("/").text
        for words in ("What lowers fever?", "¿Qué baja la fiebre?", "Common drugs"):
            assert words in page or json.dumps(words)[1:-1] in page
    finally:
        engine.close()


def test_a_main_document_without_a_record_is_refused_by_a_build(
    settings: Settings, tmp_path: Path
) -> None:
    own = settings.model_copy(update={"home": tmp_path})
    library = write_library(own.library, {"moss": "Moss is green."})
    (library / "library.toml").write_text("[main]\nkey = 'fern'\nname = 'the book'")
    with pytest.raises(LibraryError, match="the main document 'fern' is no source of the library"):
        build(own, ToyEncoder())


def test_a_library_without_a_source_says_how_to_add_one(tmp_path: Path) -> None:
    own = Settings(home=tmp_path, packaged=False)
    with pytest.raises(LibraryError, match=r"no source of the library.*footnote sources add"):
        build(own, ToyEncoder())
