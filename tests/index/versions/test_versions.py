import json
import shutil
import sys
from datetime import UTC, datetime
from pathlib import Path

import pytest

from corpus.errors import FootnoteError, IndexDamagedError, IndexMissingError
from corpus.settings import PassageSettings, Settings
from index.build.build import build
from index.search.search import Index
from index.versions.inventory import difference, inventory
from index.versions.versions import Versions, number
from qa.cli.main import main
from tests.toys import ToyEncoder, write_library

TEXTS = {
    "alpha": "# Alpha\n\nThe red fox runs. It sleeps at night.",
    "beta": "# Beta\n\nThe cat sat on the mat. Nobody saw the cat.",
    "gamma": "# Gamma\n\nGulls cry over the sea.",
}
SECOND = {
    "alpha": "# Alpha\n\nThe red fox runs. It sleeps at noon.",
    "beta": TEXTS["beta"],
    "delta": "# Delta\n\nDeer graze.",
}


@pytest.fixture
def settings(tmp_path: Path) -> Settings:
    """Two versions: `1-…` of TEXTS, and in use `2-…` of SECOND."""
    settings = Settings(home=tmp_path / "home", passages=PassageSettings(min_words=3, max_words=5))
    _build(settings, TEXTS)
    _build(settings, SECOND)
    return settings


def _build(settings: Settings, texts: dict[str, str]) -> str:
    library = settings.home.parent / "packaged"
    shutil.rmtree(library, ignore_errors=True)
    write_library(library, texts)
    return build(settings, ToyEncoder(), packaged=library).version


def _texts(n: int) -> dict[str, str]:
    return {"alpha": f"# Alpha\n\nThe fox runs {n} times."}


def _flip(path: Path) -> None:
    raw = bytearray(path.read_bytes())
    raw[-3] ^= 1
    path.write_bytes(raw)


@pytest.fixture
def cli(settings: Settings, monkeypatch: pytest.MonkeyPatch) -> pytest.MonkeyPatch:
    monkeypatch.setenv("FOOTNOTE_HOME", str(settings.home))
    monkeypatch.setenv("COLUMNS", "200")
    return monkeypatch


def _run(monkeypatch: pytest.MonkeyPatch, *arguments: str) -> int:
    monkeypatch.setattr(sys, "argv", ["footnote", "versions", *arguments])
    with pytest.raises(SystemExit) as caught:
        main()
    return int(caught.value.code or 0)


def test_a_list_tells_what_is_in_each_version_and_which_is_in_use(settings: Settings) -> None:
    one, two = inventory(Versions(settings.home))
    assert (number(one.id), one.state, one.documents, one.model) == (1, "published", 3, "toy")
    assert (number(two.id), two.state, two.documents, two.passages) == (2, "current", 3, 5)
    assert one.bytes == sum(
        file.stat().st_size
        for file in Versions(settings.home).path(one.id).iterdir()
        if file.name != "manifest.json"
    )


def test_a_difference_counts_documents_and_passages(settings: Settings) -> None:
    versions = Versions(settings.home)
    found = difference(versions, *versions.ids())
    # alpha: its first passage stays, its second is another; gamma had one passage, delta has one.
    assert [(d.key, d.state, d.added, d.removed, d.changed) for d in found.documents] == [
        ("alpha", "changed", 0, 0, 1),
        ("delta", "added", 1, 0, 0),
        ("gamma", "removed", 0, 1, 0),
    ]
    assert (found.unchanged, found.models) == (1, None)


def test_going_back_goes_back_one_version_at_a_time(settings: Settings) -> None:
    versions = Versions(settings.home)
    one, two = versions.ids()
    three = _build(settings, _texts(3))
    assert [versions.roll_back(), versions.roll_back()] == [two, one]
    with pytest.raises(IndexMissingError, match="no earlier version"):
        versions.roll_back()
    assert versions.current() == one
    # Built after that: back from there is one, which was in use before, and neither two nor three.
    four = _build(settings, _texts(4))
    assert number(four) == number(three) + 1
    assert versions.roll_back() == one
    assert versions.roll_back(three) == three
    assert versions.roll_back() == one


def test_what_was_in_use_before_is_searched_after_a_rollback(settings: Settings) -> None:
    Versions(settings.home).roll_back()
    index = Index.open(settings, ToyEncoder())
    assert index.keys == ("alpha", "beta", "gamma")
    index.close()


def test_a_rollback_passes_over_a_damaged_version_and_refuses_it_by_name(
    settings: Settings,
) -> None:
    versions = Versions(settings.home)
    one, two = versions.ids()
    _build(settings, _texts(3))
    _flip(versions.path(two) / "store.sqlite")
    with pytest.raises(IndexDamagedError, match="altered"):
        versions.roll_back(two)
    assert versions.roll_back() == one


def test_a_damaged_version_in_use_offers_an_older_one(settings: Settings) -> None:
    versions = Versions(settings.home)
    one, two = versions.ids()
    _flip(versions.path(two) / "passages.faiss")
    with pytest.raises(IndexDamagedError, match=f"or 'footnote versions rollback {one}'"):
        Index.open(settings, ToyEncoder())
    shutil.rmtree(versions.path(two))
    with pytest.raises(IndexDamagedError, match=f"not there: .*'footnote versions rollback {one}'"):
        Index.open(settings, ToyEncoder())
    versions.roll_back()
    assert versions.current() == one


def test_a_clock_that_is_set_back_changes_neither_order_nor_ids(
    settings: Settings, monkeypatch: pytest.MonkeyPatch
) -> None:
    class Past(datetime):
        @classmethod
        def now(cls, tz: object = None) -> "Past":  # noqa: ARG003
            return cls(1999, 1, 1, tzinfo=UTC)

    versions = Versions(settings.home)
    two = versions.current()
    monkeypatch.setattr("index.build.build.datetime", Past)
    three = _build(settings, _texts(3))
    four = _build(settings, SECOND)
    assert versions.ids()[-2:] == (three, four)
    assert len(set(versions.ids())) == 4
    assert inventory(versions)[-1].created == "1999-01-01T00:00:00+00:00"
    assert [versions.roll_back(), versions.roll_back()] == [three, two]


def test_pruning_keeps_the_newest_and_the_one_in_use(settings: Settings) -> None:
    versions = Versions(settings.home)
    one, two = versions.ids()
    three, four, five = (_build(settings, _texts(n)) for n in (3, 4, 5))
    versions.roll_back(one)
    assert versions.prune(6) == ((), ())
    assert versions.prune(2) == ((two, three), ())
    assert versions.ids() == (one, four, five)
    assert versions.current() == one


def test_pruning_removes_what_is_damaged_first(settings: Settings) -> None:
    versions = Versions(settings.home)
    one, two = versions.ids()
    three, four = (_build(settings, _texts(n)) for n in (3, 4))
    _flip(versions.path(three) / "store.sqlite")
    assert versions.prune(2) == ((one, three), ())
    assert versions.ids() == (two, four)


def test_pruning_leaves_a_version_that_is_read(settings: Settings) -> None:
    versions = Versions(settings.home)
    versions.roll_back()
    reader = Index.open(settings, ToyEncoder())
    read = reader.manifest.id
    versions.roll_back(versions.ids()[1])
    assert versions.prune(1) == ((), (read,))
    assert reader.candidates("gulls cry", 1)[0].passage.text == "Gulls cry over the sea."
    reader.close()
    assert versions.prune(1) == ((read,), ())
    assert not versions.path(read).exists()


def test_the_version_in_use_is_never_removed(settings: Settings) -> None:
    versions = Versions(settings.home)
    with pytest.raises(FootnoteError, match="is in use"):
        versions.remove(versions.current())


def test_a_version_pruned_while_it_is_being_opened_is_no_error(
    settings: Settings, monkeypatch: pytest.MonkeyPatch
) -> None:
    from index.versions import locks

    versions = Versions(settings.home)
    one, two = versions.ids()
    versions.roll_back()
    reading = locks.Reading

    def pruned_first(folder: Path) -> object:
        monkeypatch.setattr(locks, "Reading", reading)
        versions.roll_back(two)
        versions.remove(one)
        return reading(folder)

    monkeypatch.setattr(locks, "Reading", pruned_first)
    index = Index.open(settings, ToyEncoder())
    assert index.manifest.id == two
    index.close()


def test_commands_take_ids_and_numbers(
    cli: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str], settings: Settings
) -> None:
    one, two = Versions(settings.home).ids()
    assert _run(cli, "list", "--json") == 0
    listed = json.loads(capsys.readouterr().out)
    assert [row["id"] for row in listed] == [one, two]
    assert _run(cli, "list") == 0
    assert f"{two}  current" in capsys.readouterr().out
    assert _run(cli, "diff", "1", two) == 0
    shown = capsys.readouterr().out
    assert "changed  alpha: passages 1 changed" in shown
    assert f"{one} → {two}: 3 documents differ, 1 are the same" in shown
    assert _run(cli, "diff", "1", "2", "--json") == 0
    assert json.loads(capsys.readouterr().out)["passages"] == {
        "added": 1, "removed": 1, "changed": 1,
    }  # fmt: skip
    assert _run(cli, "rollback", "1") == 0
    assert capsys.readouterr().out == f"in use: {one}\n"
    assert _run(cli, "prune", "--keep", "1") == 0
    assert capsys.readouterr().out == "nothing to remove\n"
    assert _run(cli, "prune", "2") == 0
    assert capsys.readouterr().out == f"removed {two}\n"


@pytest.mark.parametrize(
    ("arguments", "code", "message"),
    [
        pytest.param(["rollback", "9"], 1, "no version '9'; there are 1-", id="unknown version"),
        pytest.param(["prune"], 2, "one of the two", id="nothing to keep"),
        pytest.param(["prune", "--keep", "0"], 2, "keep", id="keep none"),
        pytest.param(["prune", "2"], 1, "is in use", id="prune the one in use"),
        pytest.param(["publish", "1"], 1, "is no candidate", id="publish what was published"),
        pytest.param(["diff", "1", "2", "--gold", "nosuch"], 1, "nosuch: not", id="no file"),
    ],
)
def test_what_cannot_be_done_says_why(
    cli: pytest.MonkeyPatch,
    capsys: pytest.CaptureFixture[str],
    arguments: list[str],
    code: int,
    message: str,
) -> None:
    assert _run(cli, *arguments) == code
    error = capsys.readouterr().err
    assert message in error
    assert "Traceback" not in error


@pytest.mark.parametrize("command", ["list", "diff", "rollback", "prune", "publish"])
def test_help_has_an_example(
    cli: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str], command: str
) -> None:
    assert _run(cli, command, "--help") == 0
    assert f"footnote versions {command}" in capsys.readouterr().out.split("Example", 1)[1]


def test_doctor_checks_every_version_and_names_what_mends_each(settings: Settings) -> None:
    from qa.cli.doctor import diagnose

    versions = Versions(settings.home)
    one, two = versions.ids()
    _build(settings, _texts(3))
    _flip(versions.path(two) / "sentences.faiss")
    found = [f for f in diagnose(settings, deep=True) if f.subject == "versions"]
    assert [f.state for f in found] == ["fault", "sound"]
    assert "sentences.faiss: altered" in found[0].message
    assert found[0].message.endswith(f": run 'footnote versions prune {two}' to remove it")
    assert "footnote build" not in found[0].message
    assert found[1].message == f"not in use: {one}, every passage checked"
    _flip(versions.path(versions.current()) / "store.sqlite")
    (index,) = [f for f in diagnose(settings, deep=True) if f.subject == "index"]
    assert index.state == "fault"
    assert index.message.endswith(f"run 'footnote build', or 'footnote versions rollback {one}' "
                                  "to go back to it")  # fmt: skip
