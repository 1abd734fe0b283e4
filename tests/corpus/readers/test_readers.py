import io
import zipfile
from pathlib import Path

import docx
import pytest
from fpdf import FPDF
from hypothesis import given, settings
from hypothesis import strategies as st
from PIL import Image

from corpus.errors import DocumentError
from corpus.readers import READERS, read_document
from corpus.readers.docx import read_docx
from corpus.readers.html import read_html
from corpus.readers.lines import joined_lines, words_of
from corpus.readers.pdf import read_pdf
from corpus.readers.plain import read_plain
from corpus.text.documents import normalize

BODY = [
    "Forced labor is work that a person does",
    "under threat and against their will. Traf-",
    "ficking is another crime. A long-term plan",
    "is needed, since the plan of each coun-",
    "try differs from that of its neighbors.",
]


def _pdf(pages: list[list[tuple[float, float, str]]], password: str = "") -> bytes:
    """A PDF of lines placed at (x, y) in millimeters."""
    pdf = FPDF()
    pdf.set_font("Helvetica", size=9)
    if password:
        pdf.set_encryption(owner_password=f"owner {password}", user_password=password)
    for lines in pages:
        pdf.add_page()
        for x, y, words in lines:
            pdf.text(x, y, words)
    return bytes(pdf.output())


def _pictures() -> bytes:
    """Two pages as a scanner makes them."""
    pdf = FPDF()
    for _ in range(2):
        pdf.add_page()
        pdf.image(Image.new("RGB", (200, 300), "white"), 10, 10, 180)
    return bytes(pdf.output())


def _filler(number: int) -> list[str]:
    return [f"Line {word * number} of the page." for word in "klmnopqrstuvwxy"]


def _printed(
    number: int, body: list[str], *, at_the_end: bool = False
) -> list[tuple[float, float, str]]:
    # Each page has words of its own: what stands on every page is taken for a running line.
    own = [f"{'abcdefghi'[number - 1] * 3} {body[0]}", *body[1:]] if body is BODY else body
    texts = [*_filler(number), *own] if at_the_end else [*own, *_filler(number)]
    rows = ["Annual Report on Work", *texts, f"Page {number} of 4"]
    return [(20, 20 + 6 * at, words) for at, words in enumerate(rows)]


def test_a_pdf_loses_running_lines_and_joins_broken_ones() -> None:
    document = read_pdf("k", _pdf([_printed(n, BODY) for n in (1, 2, 3, 4)]), "en")
    assert "Annual Report" not in document.text
    assert "Page 2" not in document.text
    assert "Trafficking is another crime. A long-term plan is needed" in document.text
    assert "each country differs" in document.text


def test_a_pdf_has_the_page_numbers_that_are_printed_on_it() -> None:
    document = read_pdf("k", _pdf([_printed(n, BODY) for n in (7, 8, 9)]), "en")
    assert [page.label for page in document.pages] == ["7", "8", "9"]
    assert all(
        document.text[p.start : p.end].startswith(f"{'abcdefghi'[int(p.label) - 1] * 3} Forced")
        for p in document.pages
    )


def test_a_sentence_that_goes_on_over_the_page_stands_whole_on_the_first() -> None:
    first = ["The hotline received many calls from all over the country and", "every one of the"]
    second = ["callers got an answer. The next sentence stands on the second page alone."]
    document = read_pdf(
        "k",
        _pdf([_printed(1, first, at_the_end=True), _printed(2, second), _printed(3, BODY)]),
        "en",
    )
    one, two = (document.text[p.start : p.end] for p in document.pages[:2])
    assert one.strip().endswith("every one of the callers got an answer.")
    assert two.startswith("The next sentence")


@pytest.mark.parametrize("by_line", [False, True], ids=["column after column", "line by line"])
def test_two_columns_are_read_one_after_the_other(by_line: bool) -> None:
    left = [f"left line {n} of the first column" for n in range(12)]
    right = [f"right line {n} of the second column" for n in range(12)]
    rows = [(20, 40 + 5 * n, words) for n, words in enumerate(left)]
    rows += [(115, 40 + 5 * n, words) for n, words in enumerate(right)]
    rows.sort(key=lambda row: (row[1], row[0]) if by_line else (row[0], row[1]))
    text = read_pdf(
        "k", _pdf([[(20, 30, "A heading over both columns of the page"), *rows]]), "en"
    ).text
    places = [text.index(words) for words in (*left, *right)]
    assert places == sorted(places)
    assert text.startswith("A heading")


def test_changes_of_font_within_lines_make_no_columns() -> None:
    pdf = FPDF()
    pdf.c_margin = 0
    pdf.set_font("Helvetica", size=11)
    pdf.add_page()
    for number in range(12):
        # The middle of the page lies between the two fonts.
        words = f"On day {number} of the session it was signed by "
        pdf.set_xy(105 - pdf.get_string_width(words), 40 + 6 * number)
        pdf.cell(text=words)
        pdf.set_font(style="B")
        pdf.cell(text="the honorable member")
        pdf.set_font(style="")
        pdf.cell(text=f", as number {number}.")
    text = read_pdf("k", bytes(pdf.output()), "en").text
    for number in range(12):
        assert f"On day {number} of the session it was signed by the honorable member, as" in text


def test_notes_on_reforms_stand_alone_though_no_line_is_short() -> None:
    lines = [
        "Las autoridades deberán cumplir con todo lo que la ley les pide y manda.",
        "Párrafo reformado DOF 19-01-2018",
        "Los particulares podrán denunciar los hechos ante las mismas autoridades",
        "de la Federación, en los términos que para ello señala y dispone el",
        "Artículo 5o. Constitucional.",
    ]
    assert list(joined_lines(lines)) == [*lines[:2], " ".join(lines[2:])]


@pytest.mark.parametrize(
    ("data", "message"),
    [
        pytest.param(b"", "not a PDF that can be read", id="empty"),
        pytest.param(b"%PDF-1.7 and nothing", "cut off, its end is missing", id="cut"),
        pytest.param(b"%PDF-1.7 %%EOF", "not a PDF that can be read", id="nothing in it"),
        pytest.param(b"\0" * 5000, "not a PDF that can be read", id="zeros"),
        pytest.param(_pdf([_printed(1, BODY)])[:-20], "cut off, its end is missing", id="cut late"),
        pytest.param(_pictures(), "the 2 pages hold no text, only pictures", id="pictures"),
        pytest.param(_pdf([[]]), "the page of the PDF holds no text", id="blank"),
        pytest.param(
            _pdf([_printed(1, BODY)], password="secret"),
            "encrypted; save a copy without a password",
            id="encrypted",
        ),
    ],
)
def test_a_pdf_that_cannot_be_read_says_why(data: bytes, message: str) -> None:
    with pytest.raises(DocumentError, match=message) as caught:
        read_pdf("k", data, "en")
    assert "\n" not in str(caught.value)


PAGE = """<html><head><title>Report on work</title></head><body><nav>Home | About</nav>
<article><h1>Report on work</h1><p>{0}</p><h2>Findings</h2><p>{1}</p><ul><li>{2}</li></ul></article>
<script>alert(1)</script><footer>Cookies</footer></body></html>"""
SENTENCES = [
    f"The {word} finding of the report on forced work is that inspectors visited many farms, "
    "talked with the workers, and wrote down what they saw and heard there."
    for word in ("first", "second", "third")
]


def test_a_web_page_keeps_headings_and_text_and_loses_its_furniture() -> None:
    document = read_html("k", PAGE.format(*SENTENCES).encode(), "en")
    assert document.sections[-1].path == ("Findings",)
    for sentence in SENTENCES:
        assert document.text.count(sentence) == 1
    for furniture in ("Home | About", "alert", "Cookies"):
        assert furniture not in document.text


@pytest.mark.parametrize(
    ("data", "message"),
    [
        pytest.param(b"<html><body></body></html>", "no text found in the page", id="empty"),
        pytest.param(b"<p>" + b"x" * 50_000_000, "50 MB, at most 20", id="50 MB"),
        pytest.param(b"\0\0\0", "zero bytes", id="zeros"),
    ],
)
def test_a_page_that_cannot_be_read_says_why(data: bytes, message: str) -> None:
    with pytest.raises(DocumentError, match=message):
        read_html("k", data, "en")


@pytest.mark.parametrize("encoding", ["windows-1251", "utf-8", "utf-16"])
def test_a_web_page_is_read_in_the_encoding_that_it_declares(encoding: str) -> None:
    words = "Принудительный труд запрещён во всех его формах, как сказано в этом законе."
    page = f'<html><head><meta charset="{encoding}"></head><body><p>{words}</p></body></html>'
    assert read_html("k", page.encode(encoding), "en").text == words


def test_a_web_page_that_declares_no_encoding_that_there_is_is_read_as_any_text() -> None:
    page = PAGE.format(*SENTENCES).replace("<head>", '<head><meta charset="x-none">').encode()
    assert SENTENCES[0] in read_html("k", page, "en").text


def _docx(*entries: tuple[str, str]) -> bytes:
    word, out = docx.Document(), io.BytesIO()
    for style, words in entries:
        word.add_paragraph(words, style=style)
    word.add_table(1, 1).rows[0].cells[0].text = "In a cell."
    word.save(out)
    return out.getvalue()


def test_a_word_file_keeps_headings_paragraphs_and_cells() -> None:
    data = _docx(("Title", "T"), ("Heading 1", "A"), ("Normal", "In A."), ("Heading 2", "B"))
    document = read_docx("k", data, "en")
    assert document.text == "T\n\nA\n\nIn A.\n\nB\n\nIn a cell."
    assert [section.path for section in document.sections][-1] == ("A", "B")


def _zip(**files: bytes) -> bytes:
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, data in files.items():
            archive.writestr(name.replace("_Types", "[Content_Types].xml"), data)
    return out.getvalue()


@pytest.mark.parametrize(
    ("data", "message"),
    [
        pytest.param(b"no zip", "not a DOCX file", id="no zip"),
        pytest.param(_zip(a=b"x"), "another kind of zip", id="another zip"),
        pytest.param(_zip(_Types=b"<x/>"), "not a DOCX file", id="an empty one"),
        pytest.param(_zip(_Types=b"x", b=bytes(201_000_000)), "unpacks to 201 MB", id="a bomb"),
    ],
)
def test_a_word_file_that_cannot_be_read_says_why(data: bytes, message: str) -> None:
    with pytest.raises(DocumentError, match=message) as caught:
        read_docx("k", data, "en")
    assert "\n" not in str(caught.value)


@pytest.mark.parametrize(
    "data",
    [
        pytest.param("Qué acción.".encode(), id="UTF-8"),
        pytest.param("Qué acción.".encode("utf-8-sig"), id="UTF-8 with a mark"),
        pytest.param("Qué acción.".encode("latin-1"), id="Latin-1"),
        pytest.param("Qué acción.".encode("utf-16"), id="UTF-16"),
    ],
)
def test_a_text_is_read_in_its_encoding(data: bytes) -> None:
    assert read_plain("k", data, "es").text == "Qué acción."


@pytest.mark.parametrize("data", [b"\0" * 100, b"\x01\x02\x81\x9d", b"\xff\xfea"], ids=repr)
def test_bytes_that_are_no_text_are_refused(data: bytes) -> None:
    with pytest.raises(DocumentError, match="k: no text"):
        read_plain("k", data, "en")


def test_a_broken_word_keeps_its_hyphen_where_the_text_writes_it_so() -> None:
    words = words_of("a long-term plan and a country")
    lines = ["this is a long-", "term goal of the coun-", "try and of José-", "María"]
    assert list(joined_lines(lines, words)) == [
        "this is a long-term goal of the country and of José-María"
    ]


def test_a_file_that_is_too_large_is_not_even_opened(tmp_path: Path) -> None:
    file = tmp_path / "k.txt"
    with file.open("wb") as out:
        out.truncate(500_000_001)  # a hole on the disk
    with pytest.raises(DocumentError, match=r"k\.txt: 500 MB, at most 500 are read; give the part"):
        read_document("k", file, "en")


def test_an_unknown_ending_names_the_known_ones(tmp_path: Path) -> None:
    with pytest.raises(DocumentError, match=r"no reader for '\.xls'; expected one of \.docx"):
        read_document("k", tmp_path / "k.xls", "en")


def _seeds() -> dict[str, bytes]:
    return {
        ".docx": _docx(("Normal", "Words.")),
        ".html": PAGE.format(*SENTENCES).encode(),
        ".md": b"# T\n\n1. One\n2. (a) Two\n\n> q\n\n| a | b |\n|---|---|\n| c | d |\n",
        ".pdf": _pdf([_printed(1, BODY)]),
        ".txt": "Artículo 1. Uno\nI. Dos\na) Tres\nArtículo 2. X\nArtículo 3. Y".encode(),
    }


_SEEDS = _seeds()


@pytest.mark.parametrize("suffix", sorted(_SEEDS))
@settings(max_examples=60)
@given(data=st.data())
def test_a_reader_gives_a_document_or_a_document_error_for_any_bytes(
    suffix: str, data: st.DataObject
) -> None:
    raw = bytearray(_SEEDS[suffix])
    for _ in range(data.draw(st.integers(1, 12))):
        at = data.draw(st.integers(0, len(raw)))
        raw[at : at + data.draw(st.integers(0, 40))] = data.draw(st.binary(max_size=12))
    try:
        document = READERS[suffix]("k", bytes(raw), "en")
    except DocumentError as error:
        message = str(error)
    else:
        assert normalize(document.text) == document.text
        return
    assert message.startswith("k: ")
    assert "\n" not in message
