"""The commands `sources fetch` and `sources add URL` against a server on the loopback."""

import hashlib
import json
import os
import signal
import subprocess
import sys
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import pytest

from corpus.errors import BusyError
from corpus.fetching.network import Limits, Network
from corpus.settings import Settings
from corpus.sources.provenance import read_provenance
from corpus.sources.registry import Source, read_registry
from corpus.sources.user_library import write_record
from index.build.build import build
from index.build.scan import read_library
from qa.cli.main import main
from qa.library.fetch import fetching
from qa.library.source_states import states
from tests.sites import Handler, Site, gives, resolve, running_site
from tests.toys import ToyEncoder, toy_source

TITLE = "Gulls over the harbor"
TEXT = f"# {TITLE}\n\nGulls cry over the harbor at dawn.\n"
PAGE = gives(TEXT.encode(), "text/plain")
LIMITS = Limits(pause=0, silence=5)


@pytest.fixture
def site() -> Iterator[Site]:
    with running_site() as site:
        yield site


@pytest.fixture
def home(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A data folder whose commands reach the site, and nothing else."""
    monkeypatch.setattr("qa.library.fetch.Network", lambda cache: Network(cache, LIMITS, resolve))
    monkeypatch.setenv("FOOTNOTE_HOME", str(tmp_path / "home"))
    monkeypatch.setenv("COLUMNS", "200")
    return tmp_path / "home"


@pytest.fixture
def run(home: Path, monkeypatch: pytest.MonkeyPatch) -> Callable[..., int]:
    def run(*arguments: str) -> int:
        monkeypatch.setattr(sys, "argv", ["footnote", "sources", *arguments])
        with pytest.raises(SystemExit) as caught:
            main()
        return int(caught.value.code or 0)

    home.mkdir()
    return run


Run = Callable[..., int]
Output = pytest.CaptureFixture[str]


def record(home: Path, key: str, *alternates: str, **fields: Any) -> Source:
    """A source of the user's library with other addresses."""
    made = toy_source(key, TITLE, alternates=list(alternates), **fields)
    return write_record(home / "library", made.record)


def test_fetch_stores_the_text_and_list_tells_state_address_date_and_hash(
    site: Site, home: Path, run: Run, capsys: Output
) -> None:
    address = site.at("/gulls.txt", PAGE)
    record(home, "gulls", address)
    assert run("fetch", "gulls") == 0
    printed = capsys.readouterr()
    sha256 = hashlib.sha256(TEXT.encode()).hexdigest()
    assert f"fetched  gulls from {address}, sha256 {sha256[:12]}" in printed.out
    assert "run 'footnote build'" in printed.out
    assert printed.err == "fetching gulls …\n"
    assert run("list", "--json") == 0
    (row,) = (one for one in json.loads(capsys.readouterr().out) if one["key"] == "gulls")
    assert (row["state"], row["address"], row["sha256"]) == ("not indexed", address, sha256)
    assert row["retrieved"] == read_provenance(home / "library")["gulls"].retrieved
    assert run("list") == 0
    listed = capsys.readouterr().out
    assert f"gulls: fetched {row['retrieved']} from {address}" in listed
    assert sha256[:12] in listed


def test_fetch_goes_on_after_a_source_that_cannot_be_had_and_lists_its_reason(
    site: Site, home: Path, run: Run, capsys: Output
) -> None:
    record(home, "bad", site.at("/gone", gives(b"", status=404)))
    record(home, "good", site.at("/gulls.txt", PAGE))
    record(home, "none")
    assert run("fetch", "bad", "good", "none", "--json") == 0
    rows = {row["key"]: row for row in json.loads(capsys.readouterr().out)}
    assert [bool(rows[key]["file"]) for key in ("bad", "good", "none")] == [False, True, False]
    assert "answered 404" in rows["bad"]["reason"]
    assert "no address" in rows["none"]["reason"]
    found = {one.key: one for one in states(Settings(home=home))}
    assert found["bad"].state == "record only"
    assert "answered 404" in str(found["bad"].note)
    assert str(found["bad"].note).startswith("tried 20")


def test_fetch_of_nothing_but_failures_is_an_error_that_names_the_way_out(
    site: Site, home: Path, run: Run, capsys: Output
) -> None:
    record(home, "bad", site.at("/gone", gives(b"", status=404)))
    assert run("fetch", "bad") == 1
    assert "footnote sources import FOLDER" in capsys.readouterr().err


def test_fetch_of_an_unknown_key_asks_nobody(run: Run, site: Site, capsys: Output) -> None:
    assert run("fetch", "nosuch") == 1
    assert "no source nosuch" in capsys.readouterr().err
    assert site.seen == []


def test_fetch_without_keys_takes_the_sources_that_have_no_text(
    site: Site, home: Path, run: Run, capsys: Output
) -> None:
    home.mkdir(exist_ok=True)
    (home / "settings.toml").write_text("packaged = false")
    record(home, "gulls", site.at("/gulls.txt", PAGE))
    record(home, "held", site.at("/held.txt", PAGE))
    (home / "library" / "held.txt").write_text("Held already.")
    assert run("fetch") == 0
    assert [path for path, _ in site.seen] == ["/gulls.txt"]
    capsys.readouterr()
    assert run("fetch") == 0
    assert "every source has a text" in capsys.readouterr().out


def test_a_text_that_was_replaced_by_hand_did_not_come_from_the_address(
    site: Site, home: Path, run: Run
) -> None:
    record(home, "gulls", site.at("/gulls.txt", PAGE))
    assert run("fetch", "gulls") == 0
    (home / "library" / "gulls.txt").write_text("Other words.")
    (found,) = (one for one in states(Settings(home=home)) if one.key == "gulls")
    assert (found.address, found.retrieved) == (None, None)


def test_a_fetched_text_is_indexed_by_the_next_build(site: Site, home: Path, run: Run) -> None:
    record(home, "gulls", site.at("/gulls.txt", PAGE))
    assert run("fetch", "gulls") == 0
    settings = Settings(home=home)
    build(settings, ToyEncoder())
    (found,) = (one for one in states(settings) if one.key == "gulls")
    assert (found.state, found.passages, found.note) == ("indexed", 1, None)


def test_add_takes_an_address_and_records_when_it_was_read(
    site: Site, home: Path, run: Run, capsys: Output
) -> None:
    address = site.at("/gulls.txt", PAGE).replace("http:", "https:")
    # A record's address is asked by https, which the site does not speak: the archive has it.
    archived = f"/web/20180101000000id_/{address}"
    site.at(archived, PAGE)
    with_archive = f"{site.base}/web/20180101000000id_/{{}}"
    with pytest.MonkeyPatch.context() as patched:
        patched.setattr("corpus.fetching.addresses.ARCHIVE", with_archive)
        added = ["add", address, "--title", TITLE, "--author", "Roe, R.", "--year", "2011"]
        assert run(*added) == 0
    assert "added roe2011" in capsys.readouterr().out
    made = read_registry(home / "library" / "sources.json")["roe2011"]
    assert made.url == address
    entry = read_provenance(home / "library")["roe2011"]
    year, month, day = made.record["accessed"]["date-parts"][0]
    assert entry.retrieved == f"{year}-{month:02d}-{day:02d}"
    assert entry.address == site.base + archived
    assert "roe2011" in read_library(Settings(home=home)).documents


def test_add_of_an_address_that_gives_something_else_leaves_no_record(
    site: Site, home: Path, run: Run, capsys: Output, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("corpus.fetching.addresses.ARCHIVE", site.at("/", PAGE) + "{}")
    assert run("add", "https://site.test:1/x", "--title", "Cooking with winter herbs") == 1
    assert "add the file, or mend --title" in capsys.readouterr().err
    assert not (home / "library" / "sources.json").exists()


def test_one_process_at_a_time_fetches_and_the_second_is_told_who_does(home: Path) -> None:
    settings = Settings(home=home)
    told = rf"process {os.getpid()}, since \d\d:\d\d:\d\d, is fetching"
    with fetching(settings), pytest.raises(BusyError, match=told), fetching(settings):
        pytest.fail("two at once")
    with fetching(settings):
        pass


def test_a_fetch_that_died_holds_nothing(home: Path) -> None:
    home.mkdir()
    (home / "fetch.holder").write_text("process 1, since 00:00:00")
    (home / "fetch.lock").touch()
    with fetching(Settings(home=home)):
        pass


_SCRIPT = """
import sys
import qa.library.fetch
from corpus.fetching.network import Limits, Network
from qa.cli.main import main
qa.library.fetch.Network = lambda cache: Network(cache, Limits(), lambda host: ["127.0.0.1"])
sys.argv = ["footnote", "sources", "fetch", "done", "slow", "--home", sys.argv[1]]
main()
"""


@pytest.mark.slow
def test_ctrl_c_while_a_text_arrives_keeps_what_came_before_and_nothing_of_it(
    site: Site, home: Path
) -> None:
    def slow(handler: Handler) -> None:
        handler.send_response(200)
        handler.send_header("Content-Type", "text/plain")
        handler.end_headers()
        handler.wfile.write(TEXT.encode())
        process.send_signal(signal.SIGINT)
        site.done.wait(20)

    record(home, "done", site.at("/gulls.txt", PAGE))
    record(home, "slow", site.at("/slow.txt", slow))
    (home / "library" / "slow.md").write_text("Former text.")
    process = subprocess.Popen(
        [sys.executable, "-c", _SCRIPT, str(home)],
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        text=True,
    )
    try:
        _, errors = process.communicate(timeout=60)
    finally:
        process.kill()
    assert process.returncode == 130
    assert "Traceback" not in errors
    assert "what came before is kept" in errors
    library = read_library(Settings(home=home))
    assert library.problems == ()
    assert TITLE in library.documents["done"].text
    assert library.documents["slow"].text == "Former text."
    assert set(read_provenance(home / "library")) == {"done"}
    with fetching(Settings(home=home)):
        pass  # nobody holds the folder any more
