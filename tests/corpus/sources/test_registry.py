"""Reading `sources.json`: what is taken, what is refused and in which words."""

import json
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from corpus.errors import LibraryError
from corpus.sources.registry import read_registry, source_from_record
from corpus.wording import Message

RECORD = {"id": "dos2017", "type": "report", "title": "2017 Trafficking in Persons Report"}
Write = Callable[[str], Path]


@pytest.fixture
def write(tmp_path: Path) -> Write:
    def write(text: str) -> Path:
        path = tmp_path / "sources.json"
        path.write_text(text, encoding="utf-8")
        return path

    return write


def folder(path: Path, *records: dict[str, Any]) -> Path:
    path.mkdir(exist_ok=True)
    (path / "sources.json").write_text(json.dumps(records), encoding="utf-8")
    return path


def test_source_has_the_fields_of_its_record() -> None:
    record = RECORD | {
        "issued": {"date-parts": [[2017, 6]]},
        "URL": "https://www.state.gov/report.pdf",
        "language": "en-US",
        "aliases": ["TIP Report"],
    }
    source = source_from_record(record)
    assert (source.key, source.type, source.title) == tuple(RECORD.values())
    assert (source.year, source.language) == (2017, "en-US")
    assert (source.url, source.aliases) == ("https://www.state.gov/report.pdf", ("TIP Report",))
    assert source.record == record


def test_source_without_optional_fields_has_no_year_and_no_address() -> None:
    source = source_from_record(RECORD)
    assert (source.year, source.url, source.aliases, source.language) == (None, None, (), "en")


def test_source_keeps_fields_that_it_does_not_know() -> None:
    assert source_from_record(RECORD | {"x": [1, {"y": 2}]}).record["x"] == [1, {"y": 2}]


def test_source_ignores_an_unknown_field_that_is_spelled_like_an_attribute() -> None:
    assert source_from_record(RECORD | {"url": "javascript:alert(1)"}).url is None


def test_source_cannot_be_changed_through_its_record() -> None:
    source = source_from_record(RECORD)
    source.record["title"] = "Other"
    assert source.record["title"] == RECORD["title"]


def test_record_is_canonical_whatever_the_order_of_its_fields() -> None:
    reverse = dict(reversed(RECORD.items()))
    assert source_from_record(reverse) == source_from_record(RECORD)
    # Sorted names, no blanks.
    assert source_from_record({"type": "book", "id": "a", "title": "Á"}).csl == (
        '{"id":"a","title":"Á","type":"book"}'
    )


def test_record_gives_the_same_source_again() -> None:
    source = source_from_record(RECORD | {"issued": {"date-parts": [["2017"]]}})
    assert source_from_record(source.record) == source


def test_registry_is_in_order_of_keys(write: Write) -> None:
    path = write(json.dumps([RECORD | {"id": key} for key in ("b", "c", "a")]))
    assert list(read_registry(path)) == ["a", "b", "c"]


def test_registry_may_be_empty_or_begin_with_a_byte_order_mark(write: Write) -> None:
    assert read_registry(write("\ufeff [ ] \n")) == {}


@pytest.mark.parametrize(
    ("text", "message"),
    [
        pytest.param('[\n  {"id": }\n]', r"sources\.json, line 2, column 10: not JSON", id="json"),
        pytest.param("", r"line 1, column 1: not JSON", id="empty file"),
        pytest.param('[{"id": "a"}', r"line 1, column 13: not JSON", id="array not closed"),
        pytest.param("[] []", r"line 1, column 4: not JSON \(Extra data\)", id="two arrays"),
        pytest.param("[NaN]", r"sources\.json: not JSON \(NaN is no number", id="NaN"),
        pytest.param("[" * 200_000, r"sources\.json: not JSON", id="too deep"),
        pytest.param('{"id": "a"}', r"holds .*, expected an array; put \[ and \]", id="object"),
        pytest.param("[\n\n7]", r"line 3: 7 is no record; expected an object", id="number"),
        pytest.param(
            '[{"id": "a", "title": "x",\n "title": "y"}]',
            r"line 1: field 'title' stands twice in one record; remove one",
            id="field twice",
        ),
    ],
)
def test_registry_refuses_a_file_that_is_no_array_of_objects(
    write: Write, text: str, message: str
) -> None:
    with pytest.raises(LibraryError, match=message) as raised:
        read_registry(write(text))
    assert "\n" not in str(raised.value)


def test_registry_names_the_line_where_a_faulty_record_starts(write: Write) -> None:
    text = '[\n  {"id": "a", "type": "book", "title": "A"},\n\n  {\n    "id": "b"\n  }\n]'
    message = r"sources\.json, line 4, record \"b\": field 'type' is missing; add it"
    with pytest.raises(LibraryError, match=message):
        read_registry(write(text))


def test_registry_refuses_one_key_twice_and_names_both_lines(write: Write) -> None:
    text = "[\n" + json.dumps(RECORD) + ",\n\n" + json.dumps(RECORD) + "\n]"
    with pytest.raises(LibraryError, match=r"key 'dos2017' stands in line 2 and in line 4; .*one"):
        read_registry(write(text))


def test_registry_refuses_text_that_is_not_utf8(tmp_path: Path) -> None:
    path = tmp_path / "sources.json"
    path.write_bytes(b'["\xe9"]')
    with pytest.raises(LibraryError, match=r"byte 2 is not UTF-8; save the file as UTF-8"):
        read_registry(path)


def test_registry_refuses_a_file_that_cannot_be_read(tmp_path: Path) -> None:
    (tmp_path / "sources.json").mkdir()
    with pytest.raises(LibraryError, match=r"sources\.json: not readable \(Is a directory\)"):
        read_registry(tmp_path / "sources.json")


@pytest.mark.parametrize(
    ("change", "message"),
    [
        pytest.param({"id": 7}, r"field 'id' is 7: .*valid string", id="key no string"),
        pytest.param({"id": "DOS 2017"}, r"field 'id' is \"DOS 2017\": .*pattern", id="key"),
        pytest.param({"id": "../x"}, r"field 'id'", id="key that is a path"),
        pytest.param({"id": "a" * 65}, r"field 'id'", id="key of 65 characters"),
        pytest.param({"id": "a\n"}, r"field 'id'", id="key with a line feed"),
        pytest.param({"type": "law"}, r"field 'type' is \"law\": expected a type of", id="type"),
        pytest.param({"title": " "}, r"field 'title' is \" \": expected one line", id="blank"),
        pytest.param({"title": "a\nb"}, r"field 'title' .* expected one line", id="two lines"),
        pytest.param({"title": ["a"]}, r"field 'title' is \[\"a\"\]", id="title a list"),
        pytest.param({"title": "\ud800"}, r"half a character", id="half a character in the title"),
        pytest.param({"note": "\ud800"}, r"half a character", id="half a character elsewhere"),
        pytest.param({"author": "DOS"}, r"field 'author' is \"DOS\": .*list", id="author"),
        pytest.param({"author": ["DOS"]}, r"field 'author\.0' is \"DOS\"", id="name a string"),
        pytest.param(
            {"author": [{"literal": "A"}, {"given": "B"}]},
            r"field 'author\.1' is .*: expected \{\"family\"",
            id="name without family",
        ),
        pytest.param({"editor": [{}]}, r"field 'editor\.0'", id="editor"),
        pytest.param({"issued": 2017}, r"field 'issued' is 2017", id="date a number"),
        pytest.param(
            {"issued": {"date-parts": [2017]}},
            r"field 'issued\.date-parts' is \[2017\]: expected \[\[year, month, day\]\]",
            id="date not nested",
        ),
        pytest.param({"issued": {"date-parts": [[]]}}, r"date-parts", id="date empty"),
        pytest.param({"issued": {"date-parts": [[True]]}}, r"date-parts", id="year true"),
        pytest.param({"issued": {"date-parts": [["n.d."]]}}, r"date-parts", id="year in words"),
        pytest.param({"issued": {"date-parts": [[2017, 13]]}}, r"date-parts", id="month 13"),
        pytest.param({"year-suffix": "A1"}, r"field 'year-suffix' is \"A1\"", id="letter"),
        pytest.param({"URL": "ftp://x.org"}, r"field 'URL' .* http://", id="ftp"),
        pytest.param({"URL": "javascript:alert(1)"}, r"field 'URL' .* http://", id="script"),
        pytest.param({"URL": "https:///x"}, r"field 'URL' .* http://", id="no host"),
        pytest.param({"URL": "http://[x"}, r"field 'URL' ", id="broken host"),
        pytest.param({"URL": "https://x.org/a b"}, r"field 'URL' .* without blanks", id="blank"),
        pytest.param({"language": "English!"}, r"field 'language' is \"English!\"", id="language"),
        pytest.param({"aliases": "TIP"}, r"field 'aliases' is \"TIP\"", id="aliases"),
        pytest.param({"aliases": [""]}, r"field 'aliases\.0' is \"\"", id="empty alias"),
    ],
)
def test_record_is_refused_where_a_field_is_wrong(change: dict[str, Any], message: str) -> None:
    with pytest.raises(LibraryError, match=rf"^f, line 3, record .*{message}") as raised:
        source_from_record(RECORD | change, Message.of("record.line", path="f", line=3))
    assert "\n" not in str(raised.value)


@pytest.mark.parametrize("field", ["id", "type", "title"])
def test_record_is_refused_without_a_required_field(field: str) -> None:
    record = {name: value for name, value in RECORD.items() if name != field}
    with pytest.raises(LibraryError, match=rf"field '{field}' is missing; add it to the record"):
        source_from_record(record)
