"""The tab Corpus: what there is, and what changes it, on the article and the toy encoder."""

import threading
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path

import pytest
from playwright.sync_api import Locator, Page, expect

from corpus.errors import FetchError
from corpus.fetching.network import Limits, Network
from corpus.settings import PassageSettings, Settings
from corpus.sources.user_library import write_record
from corpus.wording import Message
from index.build.build import BuildReport, build, plan_build
from index.build.progress import Progress
from index.versions.published import Versions
from qa.answering.engine import Engine
from qa.answering.live_engine import Serving
from qa.library.librarian import Librarian
from qa.library.source_states import Inventory, source_inventory
from qa.web.access.users import Users
from qa.web.app.compose import whole_page
from tests.browser.conftest import FRAMES, PHONE, Visit, Visitor, running
from tests.browser.test_access import _faults
from tests.sites import Handler, gives, running_site
from tests.toys import ToyEncoder, toy_source

HOSTILE = '<img src=x onerror="alert(1)"> Zebras & "stripes"'
TEXT = (
    "# Zebras\n\nZebras of the western plain wear exactly 41 stripes <script>alert(2)</script>.\n"
)


@dataclass(frozen=True)
class Shop:
    """A page with its library; `held` makes a build wait until it is set."""

    url: str
    settings: Settings
    held: threading.Event

    @property
    def versions(self) -> Versions:
        return Versions(self.settings.home)


@pytest.fixture
def shop(tmp_path: Path) -> Iterator[Shop]:
    settings = Settings(
        home=tmp_path / "home", threshold=0, passages=PassageSettings(min_words=5, max_words=60)
    )
    build(settings, ToyEncoder())
    held = threading.Event()
    held.set()

    def builds(settings: Settings, report: Progress) -> BuildReport:
        def slow(step: Message, done: int, total: int) -> None:
            report(step, done, total)
            while not held.wait(0.05):
                report(step, done, total)

        return build(settings, ToyEncoder(), slow)

    librarian = Librarian(settings, builds, lambda s, _: plan_build(s, ToyEncoder()))
    serving = Serving(Versions(settings.home), lambda _: Engine.open(settings, ToyEncoder()))
    app = whole_page(settings, serving, ["127.0.0.1"], local=True, librarian=librarian)
    with running(app) as url:
        yield Shop(url, settings, held)
    held.set()
    serving.close()


def _open(opened: Visit) -> Page:
    page = opened.page
    page.get_by_role("tab", name="Corpus").click()
    page.locator("#corpus-sources table").wait_for()
    return page


def _row(page: Page, key: str) -> Locator:
    return page.locator(f"#corpus-sources tr:has(code:text-is('{key}'))")


def _choose(page: Page, file: Path) -> None:
    """Open the box for a new text and choose a file, until the page has it.

    Its name in one piece shows only while it is sent, and may be gone before anyone looks; the row
    of a file that has come splits the name, and has the whole one as its label.
    """
    page.locator("#corpus-add-box button").first.click()
    expect(page.locator("#corpus-add")).to_be_visible()
    page.locator("#corpus-file input[type=file]").set_input_files(str(file))
    page.locator("#corpus-file").get_by_label(file.name, exact=True).wait_for()


def _add(page: Page, file: Path, title: str) -> None:
    _choose(page, file)
    page.locator("#corpus-title").get_by_role("textbox").fill(title)
    page.locator("#corpus-year").get_by_role("textbox").fill("2021")
    page.locator("#corpus-add").click()


def _rebuild(page: Page) -> None:
    page.locator("#corpus-plan").click()
    page.locator("#corpus-build").click()


def test_the_table_tells_the_state_of_every_source_and_what_to_do(
    shop: Shop, visit: Visitor
) -> None:
    opened = visit(shop.url)
    page = _open(opened)
    assert page.locator("#corpus-sources tbody tr").count() == 13
    expect(_row(page, "delgado")).to_contain_text("indexed")
    expect(_row(page, "dos2017")).to_contain_text("not fetched yet")
    expect(page.locator("#corpus-versions tbody tr")).to_contain_text("in use")
    assert opened.complaints == []


def test_cited_sources_are_fetched_with_progress_and_indexed(
    shop: Shop, visit: Visitor, monkeypatch: pytest.MonkeyPatch
) -> None:
    asked, go_on = threading.Event(), threading.Event()

    def held(handler: Handler) -> None:
        asked.set()
        go_on.wait(20)
        gives(TEXT.encode(), "text/plain")(handler)

    def one_host(host: str) -> Sequence[str]:
        if host != "site.test":
            raise FetchError(f"{host}: no such host (in this test)")
        return ["127.0.0.1"]

    limits = Limits(pause=0, silence=20, attempts=1)
    monkeypatch.setattr("qa.library.fetch.Network", lambda cache: Network(cache, limits, one_host))
    with running_site() as site:
        source = toy_source("zebras", "Zebras", alternates=[site.at("/zebras.txt", held)])
        write_record(shop.settings.library, source.record)
        opened = visit(shop.url)
        page = _open(opened)
        expect(_row(page, "zebras")).to_contain_text("not fetched yet")
        page.locator("#corpus-fetch").click()
        job = page.locator("#corpus-job")
        # Twelve cited sources have no text here, and this one comes last.
        expect(job).to_contain_text("zebras · 12/13")
        assert asked.wait(60)
        go_on.set()
        expect(job).to_contain_text("Fetched: 1 of 13")
    expect(job.locator("li").last).to_have_text("zebras: fetched")
    expect(_row(page, "dos2017")).to_contain_text("no such host")
    expect(_row(page, "zebras")).to_contain_text("not indexed")
    _rebuild(page)
    expect(job).to_contain_text("is in use")
    expect(_row(page, "zebras").locator(".state")).to_have_text("indexed")
    assert opened.complaints == []


def test_a_text_is_uploaded_indexed_asked_and_rolled_back(
    shop: Shop, visit: Visitor, tmp_path: Path
) -> None:
    file = tmp_path / "zebras & co.md"
    file.write_text(TEXT)
    opened = visit(shop.url)
    page = _open(opened)
    first = shop.versions.current()
    _add(page, file, HOSTILE)
    expect(page.locator("#corpus-note")).to_contain_text("was added")
    key = next(file.stem for file in shop.settings.library.glob("*.md"))
    expect(_row(page, key)).to_contain_text(HOSTILE)
    expect(_row(page, key)).to_contain_text("not indexed")
    page.locator("#corpus-plan").click()
    expect(page.locator("#corpus-job")).to_contain_text(f"New: {key}")
    expect(page.locator("#corpus-job")).to_contain_text("Passages to encode: 1")
    page.locator("#corpus-build").click()
    expect(page.locator("#corpus-job")).to_contain_text("is in use")
    second = shop.versions.current()
    assert second != first
    expect(_row(page, key).locator(".state")).to_have_text("indexed")
    page.get_by_role("tab", name="Ask").click()
    opened.ask("How many stripes do zebras of the western plain wear?")
    quote = page.locator("#chat blockquote.quote").first
    expect(quote).to_contain_text("41 stripes <script>alert(2)</script>")
    page.get_by_role("tab", name="Corpus").click()
    page.locator("#corpus-version input").click()
    page.get_by_role("option", name=first).click()
    page.locator("#corpus-compare").click()
    expect(page.locator("#corpus-diff")).to_contain_text(f"{key} added: passages: 1 added")
    page.locator("#corpus-use").click()
    expect(page.locator("#corpus-note")).to_contain_text(f"Version {first} is in use")
    assert shop.versions.current() == first
    assert opened.complaints == []


def test_a_build_shows_its_progress_and_is_canceled(
    shop: Shop, visit: Visitor, tmp_path: Path
) -> None:
    file = tmp_path / "zebras.md"
    file.write_text(TEXT)
    opened, other = visit(shop.url), visit(shop.url)
    page, first = _open(opened), shop.versions.current()
    _add(page, file, "Zebras")
    expect(page.locator("#corpus-note")).to_contain_text("was added")
    shop.held.clear()
    _rebuild(page)
    expect(page.locator("#corpus-job [role=progressbar]")).to_be_visible()
    expect(page.locator("#corpus-plan")).to_be_disabled()
    # Another reader sees the work, too, and can ask meanwhile.
    watched = _open(other)
    expect(watched.locator("#corpus-job [role=progressbar]")).to_be_visible()
    watched.get_by_role("tab", name="Ask").click()
    other.ask("What is human trafficking?")
    page.locator("#corpus-cancel").click()
    expect(page.locator("#corpus-job")).to_contain_text("Canceled")
    assert shop.versions.current() == first
    shop.held.set()
    _rebuild(page)
    expect(page.locator("#corpus-job")).to_contain_text("is in use")
    assert opened.complaints == []


def test_a_file_becomes_the_text_of_a_source_that_had_none(
    shop: Shop, visit: Visitor, tmp_path: Path
) -> None:
    file = tmp_path / "some name.md"
    file.write_text(TEXT)
    opened = visit(shop.url)
    page = _open(opened)
    expect(_row(page, "garza2011")).to_contain_text("no text")
    _choose(page, file)
    page.evaluate(FRAMES)
    page.locator("#corpus-of input").click()
    page.get_by_role("option", name="garza2011").click()
    page.locator("#corpus-add").click()
    note = page.locator("#corpus-note")
    expect(note).to_contain_text("garza2011 was added")
    expect(note).to_be_in_viewport()
    expect(_row(page, "garza2011")).to_contain_text("not indexed")
    assert (shop.settings.library / "garza2011.md").read_text() == TEXT
    assert not (shop.settings.library / "sources.json").exists()  # the record is the packaged one
    assert opened.complaints == []


def test_nothing_can_be_clicked_before_the_state_of_the_library_has_come(
    shop: Shop, visit: Visitor, monkeypatch: pytest.MonkeyPatch
) -> None:
    come = threading.Event()

    def slow(settings: Settings) -> Inventory:
        come.wait(20)
        return source_inventory(settings)

    monkeypatch.setattr("qa.library.librarian.source_inventory", slow)
    opened = visit(shop.url)
    page = opened.page
    page.get_by_role("tab", name="Corpus").click()
    expect(page.locator("#corpus-sources")).to_contain_text("Reading the library")
    expect(page.locator("#corpus-plan")).to_be_disabled()
    for name in ("build", "cancel", "add", "remove"):
        expect(page.locator(f"#corpus-{name}")).to_have_count(0)
    come.set()
    expect(page.locator("#corpus-plan")).to_be_enabled()
    assert opened.complaints == []


def test_a_source_is_removed_and_brought_back(shop: Shop, visit: Visitor, tmp_path: Path) -> None:
    file = tmp_path / "zebras.md"
    file.write_text(TEXT)
    page = _open(visit(shop.url))
    _add(page, file, "Zebras")
    expect(page.locator("#corpus-note")).to_contain_text("zebras2021 was added")
    page.locator("#corpus-remove-box button").first.click()
    page.locator("#corpus-own input").wait_for()
    page.evaluate(FRAMES)
    page.locator("#corpus-own input").click()
    page.get_by_role("option", name="zebras2021").click()
    page.locator("#corpus-remove").click()
    expect(page.locator("#corpus-note")).to_contain_text("can be brought back")
    expect(_row(page, "zebras2021")).to_have_count(0)
    page.locator("#corpus-removed input").click()
    page.get_by_role("option", name="zebras2021").click()
    page.locator("#corpus-restore").click()
    expect(_row(page, "zebras2021")).to_have_count(1)
    assert (shop.settings.library / "zebras2021.md").read_text() == TEXT


@pytest.mark.parametrize(
    ("name", "data", "message"),
    [
        pytest.param("a.pdf", b"no PDF", "a.pdf: not a PDF that can be read", id="broken"),
        pytest.param("a.md", b"", "", id="empty"),
    ],
)
def test_a_text_that_cannot_be_read_is_told_and_changes_nothing(  # noqa: PLR0917
    shop: Shop, visit: Visitor, tmp_path: Path, name: str, data: bytes, message: str
) -> None:
    file = tmp_path / name
    file.write_bytes(data)
    page = _open(visit(shop.url))
    _add(page, file, "Zebras")
    told = page.locator("#corpus-note .problem")
    expect(told).to_be_visible()
    expect(told).to_contain_text(message)
    assert "/" not in told.inner_text()
    assert page.locator("#corpus-sources tbody tr").count() == 13


def test_what_is_wrong_in_the_library_is_told_without_its_place(shop: Shop, visit: Visitor) -> None:
    shop.settings.library.mkdir()
    (shop.settings.library / "dos2017.pdf").write_bytes(b"no PDF")
    (shop.settings.library / "stranger.md").write_text("# Nobody's text")
    page = _open(visit(shop.url))
    expect(_row(page, "dos2017")).to_contain_text("not a PDF that can be read")
    expect(page.locator("#corpus-sources .problems")).to_contain_text("stranger.md")
    page.locator("#corpus-plan").click()
    expect(page.locator("#corpus-job")).to_contain_text("not a PDF that can be read")
    assert str(shop.settings.home) not in page.locator("#corpus").inner_text()


def test_with_users_only_those_who_sign_in_change_the_library(shop: Shop, visit: Visitor) -> None:
    Users(shop.settings.home).add("maria", "correct horse")
    opened = visit(shop.url)
    page = _open(opened)
    expect(page.locator("#corpus-access")).to_contain_text("sign in")
    expect(page.locator("#corpus-plan")).to_be_disabled()
    page.locator("#corpus-access a").click()
    assert _faults(page) == []
    page.locator("#name").fill("maria")
    page.locator("#password").fill("wrong password")
    page.keyboard.press("Enter")
    expect(page.get_by_role("alert")).to_contain_text("do not fit")
    page.locator("#name").fill("maria")
    page.locator("#password").fill("correct horse")
    page.keyboard.press("Enter")
    page.locator("#question textarea").wait_for()
    page = _open(opened)
    expect(page.locator("#corpus-access")).to_contain_text("Signed in as maria")
    page.locator("#corpus-plan").click()
    expect(page.locator("#corpus-job")).to_contain_text("Passages to encode: 0")
    page.locator("#corpus-access button").click()
    page.locator("#question textarea").wait_for()
    expect(_open(opened).locator("#corpus-plan")).to_be_disabled()


@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_axe_finds_nothing_serious_in_the_tab(shop: Shop, visit: Visitor, scheme: str) -> None:
    opened = visit(shop.url, PHONE if scheme == "dark" else (1280, 800), scheme)
    page = _open(opened)
    page.locator("#corpus-add-box button").first.click()
    page.locator("#corpus-remove-box button").first.click()
    page.locator("#corpus-plan").click()
    page.locator("#corpus-job .told").wait_for()
    assert _faults(page) == []
    assert page.evaluate("document.documentElement.scrollWidth <= innerWidth")
