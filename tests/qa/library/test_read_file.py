"""How a file is read before it is added: every format, exact slices, notes."""

from pathlib import Path
from typing import Any

import pytest

from corpus.errors import DocumentError
from corpus.readers import READERS, read_document
from corpus.settings import PassageSettings
from qa.library.read_file import FileReading, read_file
from tests.corpus.readers.samples import BODY, PAGE, SENTENCES, docx_of, pdf_of, printed

MARKDOWN = (
    "# On gulls\n\nGulls cry. They fly.\n\n## At sea\n\nWaves are high.\n\n### Deep\n\nFish swim."
)


def _files() -> dict[str, bytes]:
    """A file of each format."""
    return {
        ".md": MARKDOWN.encode(),
        ".txt": b"Gulls cry. They fly.\n\nWaves are high.",
        ".html": PAGE.format(*SENTENCES).encode(),
        ".htm": PAGE.format(*SENTENCES).encode(),
        ".pdf": pdf_of([printed(number, BODY) for number in (7, 8, 9)]),
        ".docx": docx_of(("Title", "On gulls"), ("Heading 1", "At sea"), ("Normal", "Waves.")),
    }


FILES = _files()


def _read(folder: Path, suffix: str, data: bytes | None = None) -> FileReading:
    file = folder / f"gulls{suffix}"
    file.write_bytes(FILES[suffix] if data is None else data)
    return read_file(file, PassageSettings())


def _slices(value: Any) -> list[dict[str, Any]]:
    """Every object of a JSON value that has offsets and the words that stand there."""
    if isinstance(value, dict):
        own = [value] if {"start", "end", "text"} <= value.keys() else []
        return own + [one for inner in value.values() for one in _slices(inner)]
    if isinstance(value, list):
        return [one for inner in value for one in _slices(inner)]
    return []


def test_every_format_has_a_sample() -> None:
    assert set(FILES) == set(READERS)


@pytest.mark.parametrize("suffix", sorted(FILES))
def test_all_offsets_are_exact_slices_of_the_text_that_a_build_reads(
    tmp_path: Path, suffix: str
) -> None:
    found = _read(tmp_path, suffix)
    told = found.to_json()
    document = read_document("any", tmp_path / f"gulls{suffix}", "en")
    assert told["text"] == document.text
    slices = _slices(told)
    assert len(slices) >= len(told["passages"]) + told["counts"]["sentences"] > 0
    assert all(told["text"][one["start"] : one["end"]] == one["text"] for one in slices)
    for parts in (told["sections"], told["pages"]):
        assert "".join(told["text"][one["start"] : one["end"]] for one in parts) in {
            told["text"],
            "",  # a format without pages
        }


@pytest.mark.parametrize("suffix", sorted(FILES))
def test_counts_are_those_of_what_is_listed(tmp_path: Path, suffix: str) -> None:
    told = _read(tmp_path, suffix).to_json()
    counts = told["counts"]
    assert counts["sections"] == len(told["sections"])
    assert counts["pages"] == len(told["pages"])
    assert counts["passages"] == len(told["passages"])
    assert counts["passages"] == sum(one["passages"] for one in told["sections"])
    assert counts["sentences"] == sum(len(one["sentences"]) for one in told["passages"])
    assert counts["sentences"] == sum(one["sentences"] for one in told["sections"])


def test_sections_have_their_level_path_pinpoint_and_counts(tmp_path: Path) -> None:
    told = _read(tmp_path, ".md").to_json()
    assert told["title"] == {"start": 0, "end": 8, "text": "On gulls"}
    assert [
        (one["level"], one["path"], one["pinpoint"], one["passages"], one["sentences"])
        for one in told["sections"]
    ] == [
        (1, (), "para. 1", 1, 2),
        (2, ("At sea",), "At sea, para. 1", 1, 1),
        (3, ("At sea", "Deep"), "Deep, para. 1", 1, 1),
    ]
    assert told["passages"][0]["text"] == "Gulls cry. They fly."
    assert [one["text"] for one in told["passages"][0]["sentences"]] == ["Gulls cry.", "They fly."]
    assert told["passages"][2]["context"] == "On gulls › At sea › Deep"
    assert told["notes"] == []


def test_pages_carry_the_numbers_that_are_printed_on_them(tmp_path: Path) -> None:
    told = _read(tmp_path, ".pdf").to_json()
    assert [one["label"] for one in told["pages"]] == ["7", "8", "9"]
    assert {one["page"] for one in told["passages"]} == {"7", "8", "9"}


def test_a_law_is_told_from_other_texts_and_cited_by_its_articles(tmp_path: Path) -> None:
    law = b"# An act\n\n## Article 1\n\nGulls may cry.\n\n## Article 2\n\n(a) Nobody may shout.\n"
    found = _read(tmp_path, ".md", law)
    assert found.law
    assert [one["pinpoint"] for one in found.to_json()["passages"]] == ["Art. 1", "Art. 2(a)"]
    assert not _read(tmp_path, ".md").law


def test_the_languages_of_the_sections_are_counted(tmp_path: Path) -> None:
    english = "The gulls of the harbor cry all day long, and nobody in the town can sleep at all."
    spanish = "Las gaviotas del puerto gritan todo el día y nadie en el pueblo puede dormir nunca."
    text = f"# Both\n\n## One\n\n{english}\n\n## Two\n\n{spanish} {spanish}\n"
    found = _read(tmp_path, ".md", text.encode())
    assert [one.language for one in found.document.sections] == ["en", "en", "es"]
    assert list(found.languages) == ["es", "en"]
    assert sum(found.languages.values()) == len(found.document.text)


def test_what_to_look_at_is_noted(tmp_path: Path) -> None:
    long = " ".join(f"word{number}" for number in range(130))
    notes = [str(note) for note in _read(tmp_path, ".txt", f"Begin {long}.".encode()).notes]
    assert notes == [
        "it names no title: the record must",
        "no headings found: all of it is one section, cited by paragraph",
        "sentences of more than 120 words: 1; see with --sentences whether they end where they "
        "should",
    ]
    (alone,) = _read(tmp_path, ".md", b"# Only\n\n## Headings\n").notes
    assert "no sentence" in str(alone)


def test_a_title_alone_is_not_called_no_heading(tmp_path: Path) -> None:
    (note,) = _read(tmp_path, ".md", b"# On gulls\n\nGulls cry. They fly.\n").notes
    assert str(note).startswith("no headings below the title: all of it is one section")


def test_pages_without_text_are_noted(tmp_path: Path) -> None:
    pages = [printed(1, BODY), [], printed(3, BODY)]
    notes = [str(note) for note in _read(tmp_path, ".pdf", pdf_of(pages)).notes]
    assert notes[0].startswith("no text on 1 of 3 pages")


def test_the_language_of_a_short_text_is_that_which_was_given(tmp_path: Path) -> None:
    file = tmp_path / "a.txt"
    file.write_text("Dos palabras.")
    assert read_file(file, PassageSettings(), "es").document.language == "es"


@pytest.mark.parametrize(
    ("name", "data", "message"),
    [
        ("a.xls", b"x", "no reader for '.xls'"),
        ("a.pdf", b"%PDF cut", "not a PDF"),
        ("a.txt", b" \n", "no text"),
        ("nosuch.md", None, "not readable"),
    ],
)
def test_a_file_that_cannot_be_read_is_an_error_of_one_line(
    tmp_path: Path, name: str, data: bytes | None, message: str
) -> None:
    if data is not None:
        (tmp_path / name).write_bytes(data)
    with pytest.raises(DocumentError, match=message) as caught:
        read_file(tmp_path / name, PassageSettings())
    assert "\n" not in str(caught.value)
