"""Fetching against a real server on the loopback that misbehaves."""

import gzip
import hashlib
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

from corpus.errors import FetchError, LibraryError
from corpus.fetching.addresses import NO_ADDRESS, addresses
from corpus.fetching.fetcher import Fetched, Fetcher
from corpus.fetching.network import USER_AGENT, Limits, Network
from corpus.fetching.public_addresses import public_addresses
from corpus.sources.library import PACKAGED
from corpus.sources.provenance import read_provenance
from corpus.sources.registry import read_registry, source_from_record
from tests.sites import Handler, Site, gives, redirects, resolve, running_site
from tests.toys import SHARED, toy_source

RESOLVE = "corpus.fetching.public_addresses.socket.getaddrinfo"
TITLE = "Protocol to Prevent, Suppress and Punish Trafficking in Persons"
PAGE = (
    f"<!doctype html><html><head><title>{TITLE}</title></head><body><article><h1>{TITLE}</h1>"
    + "<p>The States Parties to this Protocol agree to cooperate with one another.</p>" * 5
    + "</article></body></html>"
).encode()
PDF = SHARED / "sources" / "camara2014.pdf"
needs_sources = pytest.mark.skipif(not PDF.exists(), reason="needs the shared sources beside us")


@pytest.fixture
def site() -> Iterator[Site]:
    with running_site() as site:
        yield site


@pytest.fixture
def network(tmp_path: Path) -> Iterator[Network]:
    limits = Limits(size=1_000_000, seconds=1, silence=0.5, pause=0.0, redirects=3)
    with Network(tmp_path / "cache" / "http.sqlite", limits, resolve) as network:
        yield network


def fetcher(network: Network, library: Path) -> Fetcher:
    return Fetcher(network, library)


def fetch(address: str, network: Network, library: Path, **fields: Any) -> Fetched:
    source = toy_source("toy", TITLE, **{"alternates": [address], **fields})
    return fetcher(network, library).fetch(source)


def test_a_source_is_looked_for_by_https_then_at_its_alternates_then_in_the_archive() -> None:
    source = toy_source(URL="http://a.org/x?y=1#part", alternates=["http://b.org/x.pdf"])
    assert addresses(source) == (
        "https://a.org/x?y=1",
        "http://b.org/x.pdf",
        "https://web.archive.org/web/20180101000000id_/https://a.org/x?y=1",
    )
    assert addresses(toy_source()) == ()


def test_a_page_is_stored_with_its_address_hash_and_date(
    site: Site, network: Network, tmp_path: Path
) -> None:
    site.at("/new", gives(PAGE))
    old = site.at("/old", redirects("/new"))
    library = tmp_path / "library"
    found = fetch(old, network, library)
    assert found.file == library / "toy.html"
    assert found.file.read_bytes() == PAGE
    entry = read_provenance(library)["toy"]
    assert entry.address == f"{site.base}/new"
    assert entry.sha256 == hashlib.sha256(PAGE).hexdigest()
    assert entry.retrieved is not None
    assert entry.retrieved[:2] == "20"
    assert site.seen[0][1]["User-Agent"] == USER_AGENT
    assert USER_AGENT.startswith("footnote-qa/")
    assert site.seen[0][1]["Host"] == site.base.removeprefix("http://")


def test_a_server_that_is_busy_at_first_is_asked_again(
    site: Site, network: Network, tmp_path: Path
) -> None:
    answers = [gives(PAGE), gives(b"", status=503), gives(b"", status=503, Retry_After="0")]

    def behave(handler: Handler) -> None:
        answers.pop()(handler)

    address = site.at("/busy", behave)
    assert fetch(address, network, tmp_path).reason is None
    assert len(site.seen) == 3


@pytest.mark.parametrize("status", [403, 404, 410])
def test_a_refusal_is_not_repeated_and_names_the_status(
    status: int, site: Site, network: Network, tmp_path: Path
) -> None:
    found = fetch(site.at("/no", gives(b"no", status=status)), network, tmp_path)
    assert f"answered {status}" in str(found.reason)
    assert len(site.seen) == 1
    assert read_provenance(tmp_path)["toy"].reason == found.reason


def test_a_server_that_stays_busy_is_left_after_three_attempts(
    site: Site, network: Network, tmp_path: Path
) -> None:
    found = fetch(site.at("/busy", gives(b"", status=503)), network, tmp_path)
    assert "answered 503" in str(found.reason)
    assert len(site.seen) == 3


def _endless(handler: Handler) -> None:
    handler.send_response(200)
    handler.send_header("Content-Type", "text/html")
    handler.end_headers()
    while True:
        handler.wfile.write(b"x" * 65536)


def test_an_endless_body_ends_at_the_size_limit(
    site: Site, network: Network, tmp_path: Path
) -> None:
    found = fetch(site.at("/endless", _endless), network, tmp_path)
    assert "more than 1 MB" in str(found.reason)
    assert "sources import" in str(found.reason)


def test_a_body_announced_above_the_limit_is_not_begun(
    site: Site, network: Network, tmp_path: Path
) -> None:
    found = fetch(site.at("/huge", gives(b"x", length="2000000")), network, tmp_path)
    assert "more than 1 MB" in str(found.reason)


def test_a_body_that_drips_ends_at_the_time_limit(
    site: Site, network: Network, tmp_path: Path
) -> None:
    def drip(handler: Handler) -> None:
        handler.send_response(200)
        handler.end_headers()
        while not site.done.wait(0.05):
            handler.wfile.write(b"x")

    found = fetch(site.at("/drip", drip), network, tmp_path)
    assert "not complete after 1 seconds" in str(found.reason)


def test_a_server_that_falls_silent_is_left(site: Site, network: Network, tmp_path: Path) -> None:
    found = fetch(site.at("/silent", lambda _: None), network, tmp_path)
    assert "connection failed" in str(found.reason)

    def hang(_: Handler) -> None:
        site.done.wait()

    site.at("/hangs", hang)
    assert "no answer in time" in str(fetch(f"{site.base}/hangs", network, tmp_path).reason)


@pytest.mark.parametrize(
    ("body", "kind", "said"),
    [
        (PAGE, "application/pdf", "announced application/pdf and sent something else (html)"),
        (b"%PDF-1.7 x %%EOF", "text/html", "announced text/html and sent something else (pdf)"),
        (PAGE, "image/png", "sent 'image/png'"),
        (bytes(200), "application/octet-stream", "no PDF, page, text or DOCX"),
        (b"", "text/html", "no PDF, page, text or DOCX"),
        (b"%PDF-1.7\n1 0 obj", "application/pdf", "cut off"),
        (
            b"<html><body><h1>Page not found</h1><p>We moved our site. Try the search.</p></body>",
            "text/html",
            "“Page not found”",
        ),
        (
            b"<html><body><article><p>" + b"Cooking with herbs is a joy. " * 40 + b"</p></article>",
            "text/html",
            "not the text of",
        ),
    ],
)
def test_what_is_not_the_text_of_the_source_is_refused(  # noqa: PLR0917
    body: bytes, kind: str, said: str, site: Site, network: Network, tmp_path: Path
) -> None:
    found = fetch(site.at("/wrong", gives(body, kind)), network, tmp_path)
    assert said in str(found.reason)
    assert not list(tmp_path.glob("toy.*"))


def test_a_body_shorter_than_announced_is_refused(
    site: Site, network: Network, tmp_path: Path
) -> None:
    found = fetch(site.at("/cut", gives(PAGE, length=str(len(PAGE) + 9))), network, tmp_path)
    assert "connection failed" in str(found.reason)
    assert not list(tmp_path.glob("toy.*"))


@pytest.mark.parametrize(
    ("target", "said"),
    [
        ("http://127.0.0.1:9/", "not a public address"),
        ("http://localhost/", "not a public address"),
        ("http://10.0.0.7/", "not a public address"),
        ("http://[::1]/", "not a public address"),
        ("http://[::ffff:192.168.0.1]/", "not a public address"),
        ("http://169.254.169.254/latest/meta-data", "not a public address"),
        ("http://0x7f000001/", "not a public address"),
        ("file:///etc/passwd", "file:"),
        ("ftp://site.test/x", "ftp:"),
    ],
)
def test_a_redirect_to_a_private_place_or_another_scheme_is_refused(
    target: str, said: str, site: Site, network: Network, tmp_path: Path
) -> None:
    found = fetch(site.at("/away", redirects(target)), network, tmp_path)
    assert said in str(found.reason)
    assert len(site.seen) == 1


def test_a_circle_of_redirects_ends(site: Site, network: Network, tmp_path: Path) -> None:
    site.at("/a", redirects("/b"))
    site.at("/b", redirects("/a"))
    assert "more than 3 redirects" in str(fetch(f"{site.base}/a", network, tmp_path).reason)


def test_the_next_address_is_tried_where_one_fails(
    site: Site, network: Network, tmp_path: Path
) -> None:
    gone, there = site.at("/gone", gives(b"", status=404)), site.at("/there", gives(PAGE))
    found = fetch(gone, network, tmp_path, alternates=[gone, there])
    assert found.address == there


def test_a_source_that_fails_keeps_its_former_text_and_stops_no_other(
    site: Site, network: Network, tmp_path: Path
) -> None:
    there, gone = site.at("/there", gives(PAGE)), site.at("/gone", gives(b"", status=404))
    (tmp_path / "bad.md").write_text("Former text.")
    sources = [
        toy_source("bad", TITLE, alternates=[gone]),
        toy_source("good", TITLE, alternates=[there]),
        toy_source("none", TITLE),
    ]
    found = [fetcher(network, tmp_path).fetch(source) for source in sources]
    assert [one.file for one in found] == [None, tmp_path / "good.html", None]
    assert found[2].reason == NO_ADDRESS
    assert (tmp_path / "bad.md").read_text() == "Former text."
    assert site.most_open == 1


def test_what_did_not_change_is_not_sent_again(
    site: Site, network: Network, tmp_path: Path
) -> None:
    address = site.at("/kept", gives(PAGE, Cache_Control="max-age=3600"))
    assert fetch(address, network, tmp_path).reason is None
    assert fetch(address, network, tmp_path).reason is None
    assert len(site.seen) == 1


def test_progress_tells_how_much_has_come(site: Site, network: Network) -> None:
    told: list[tuple[str, int, int | None]] = []
    address = site.at("/there", gives(PAGE))
    network.get(address, lambda *news: told.append(news))
    assert told[-1] == (address, len(PAGE), len(PAGE))


@pytest.mark.parametrize("address", ["http://", "http://[", "http://a b/", "javascript:x"])
def test_an_address_that_is_none_is_an_error_of_ours(address: str, network: Network) -> None:
    with pytest.raises(FetchError):
        network.get(address)


def test_a_broken_file_of_provenance_is_named(tmp_path: Path) -> None:
    (tmp_path / "fetched.json").write_text('{"toy": {"reason": 1}}')
    with pytest.raises(LibraryError, match=r"fetched\.json: not readable"):
        read_provenance(tmp_path)


@needs_sources
def test_a_real_spanish_pdf_arrives_whole_under_its_record(site: Site, tmp_path: Path) -> None:
    data = PDF.read_bytes()
    record = read_registry(PACKAGED / "sources.json")["camara2014"].record
    del record["URL"]
    whole = site.at("/law.pdf", gives(data, "application/pdf"))
    cut = site.at("/cut.pdf", gives(data[: len(data) // 2], "application/pdf"))
    with Network(tmp_path / "http.sqlite", Limits(pause=0), resolve) as network:
        bad = source_from_record({**record, "alternates": [cut]})
        good = source_from_record({**record, "alternates": [cut, whole]})
        assert "cut off" in str(fetcher(network, tmp_path).fetch(bad).reason)
        found = fetcher(network, tmp_path).fetch(good)
    assert found.file is not None
    assert found.file.read_bytes() == data


def test_the_body_of_a_redirect_is_never_read(site: Site, network: Network, tmp_path: Path) -> None:
    there = site.at("/there", gives(PAGE))

    def endless(handler: Handler) -> None:
        handler.send_response(302)
        handler.send_header("Location", there)
        handler.end_headers()
        while True:
            handler.wfile.write(b"x" * 65536)

    assert fetch(site.at("/away", endless), network, tmp_path).address == there


def test_two_hosts_behind_one_address_never_share_a_connection(
    site: Site, network: Network
) -> None:
    callers: list[int] = []

    def keep(handler: Handler) -> None:
        callers.append(handler.client_address[1])
        handler.protocol_version = "HTTP/1.1"
        handler.close_connection = False
        gives(PAGE)(handler)

    site.at("/a", keep)
    for host in ("site.test", "other.test"):
        network.get(site.base.replace("site.test", host) + "/a")
    assert len(set(callers)) == 2
    assert [seen[1]["Host"].partition(":")[0] for seen in site.seen] == ["site.test", "other.test"]


def test_the_next_address_of_a_host_is_tried_where_one_takes_no_connection(
    site: Site, tmp_path: Path
) -> None:
    address = site.at("/there", gives(PAGE))
    both = ["127.0.0.9", "127.0.0.1"]  # nothing listens on the first
    with Network(tmp_path / "http.sqlite", Limits(attempts=1), lambda _: both) as network:
        assert network.get(address).data == PAGE
    assert len(site.seen) == 1


@pytest.mark.parametrize(
    "address",
    ["127.0.0.1", "::1", "fd00::1", "64:ff9b::7f00:1", "2002:7f00:1::", "ff02::1", "224.0.0.1"],
)
def test_no_disguise_makes_an_address_public(address: str, monkeypatch: pytest.MonkeyPatch) -> None:
    found = [(0, 0, 0, "", ("93.184.216.34", 0)), (0, 0, 0, "", (address, 0))]
    monkeypatch.setattr(RESOLVE, lambda *_, **__: found)
    with pytest.raises(FetchError, match="is not a public address"):
        public_addresses("two-faced.test")


def test_public_addresses_are_given_in_their_order(monkeypatch: pytest.MonkeyPatch) -> None:
    told = ("2606:2800:220:1::1", "93.184.216.34", "64:ff9b::5db8:d822")
    found = [(0, 0, 0, "", (address, 0)) for address in told]
    monkeypatch.setattr(RESOLVE, lambda *_, **__: found)
    assert public_addresses("a.test") == list(told)


def test_a_compressed_page_is_unpacked_and_its_announced_size_is_not_believed(
    site: Site, network: Network
) -> None:
    told: list[int | None] = []
    address = site.at("/packed", gives(gzip.compress(PAGE), Content_Encoding="gzip"))
    assert network.get(address, lambda *news: told.append(news[2])).data == PAGE
    assert set(told) == {None}


def test_a_compressed_bomb_ends_at_the_size_limit(site: Site, network: Network) -> None:
    bomb = gzip.compress(bytes(50_000_000))
    with pytest.raises(FetchError, match="more than 1 MB"):
        network.get(site.at("/bomb", gives(bomb, Content_Encoding="gzip")))


def test_a_cut_body_is_not_kept_for_the_next_time(
    site: Site, network: Network, tmp_path: Path
) -> None:
    kept = "max-age=3600"
    address = site.at("/a", gives(PAGE[:200], length=str(len(PAGE)), Cache_Control=kept))
    assert "connection failed" in str(fetch(address, network, tmp_path).reason)
    site.at("/a", gives(PAGE, Cache_Control=kept))
    assert fetch(address, network, tmp_path).sha256 == hashlib.sha256(PAGE).hexdigest()


def test_a_damaged_cache_is_thrown_away(site: Site, tmp_path: Path) -> None:
    cache = tmp_path / "http.sqlite"
    cache.write_bytes(b"SQLite format 3\0" + b"damage" * 1000)
    address = site.at("/a", gives(PAGE, Cache_Control="max-age=3600"))
    for _ in range(2):
        with Network(cache, Limits(), resolve) as network:
            assert network.get(address).data == PAGE
    assert len(site.seen) == 1


def test_an_interrupt_while_a_text_is_placed_leaves_the_former_one_in_its_place(
    site: Site, network: Network, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    (tmp_path / "toy.md").write_text("Former text.")

    def interrupt(*_: Any) -> None:
        raise KeyboardInterrupt

    monkeypatch.setattr("corpus.sources.user_library.shutil.copyfile", interrupt)
    with pytest.raises(KeyboardInterrupt):
        fetch(site.at("/a", gives(PAGE)), network, tmp_path)
    assert sorted(path.name for path in tmp_path.glob("*.*")) == ["fetched.json", "toy.md"]
    # The entry tells of a text that is not here, so nothing is said of the one that is.
    assert read_provenance(tmp_path)["toy"].sha256 != hashlib.sha256(b"Former text.").hexdigest()


@needs_sources
@pytest.mark.parametrize("name", ["congress2017.md", "tvpa2000.md", "un2000a.md", "un2000b.md"])
def test_the_other_sources_at_hand_are_known_by_the_words_of_their_titles(
    name: str, site: Site, tmp_path: Path
) -> None:
    key = name.partition(".")[0]
    record = read_registry(PACKAGED / "sources.json")[key].record
    del record["URL"]
    data = (PDF.parent / name).read_bytes()
    with Network(tmp_path / "http.sqlite", Limits(pause=0), resolve) as network:
        address = site.at(f"/{name}", gives(data, "text/markdown; charset=utf-8"))
        found = fetcher(network, tmp_path).fetch(
            source_from_record({**record, "alternates": [address]})
        )
        record |= {"title": "A cookbook of winter herbs", "alternates": [address]}
        refused = fetcher(network, tmp_path / "no").fetch(source_from_record(record))
    assert found.file == tmp_path / name
    assert found.sha256 == hashlib.sha256(data).hexdigest()
    assert "not the text of" in str(refused.reason)
