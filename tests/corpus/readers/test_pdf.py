"""PDF files."""

import pytest
from fpdf import FPDF
from PIL import Image

from corpus.errors import DocumentError
from corpus.readers.pdf import read_pdf
from tests.corpus.readers.samples import BODY, pdf_of, printed


def _pictures() -> bytes:
    """Two pages as a scanner makes them."""
    pdf = FPDF()
    for _ in range(2):
        pdf.add_page()
        pdf.image(Image.new("RGB", (200, 300), "white"), 10, 10, 180)
    return bytes(pdf.output())


def test_a_pdf_loses_running_lines_and_joins_broken_ones() -> None:
    document = read_pdf("k", pdf_of([printed(n, BODY) for n in (1, 2, 3, 4)]), "en")
    assert "Annual Report" not in document.text
    assert "Page 2" not in document.text
    assert "Trafficking is another crime. A long-term plan is needed" in document.text
    assert "each country differs" in document.text


def test_a_pdf_has_the_page_numbers_that_are_printed_on_it() -> None:
    document = read_pdf("k", pdf_of([printed(n, BODY) for n in (7, 8, 9)]), "en")
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
        pdf_of([printed(1, first, at_the_end=True), printed(2, second), printed(3, BODY)]),
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
        "k", pdf_of([[(20, 30, "A heading over both columns of the page"), *rows]]), "en"
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


@pytest.mark.parametrize(
    ("data", "message"),
    [
        pytest.param(b"", "not a PDF that can be read", id="empty"),
        pytest.param(b"%PDF-1.7 and nothing", "cut off, its end is missing", id="cut"),
        pytest.param(b"%PDF-1.7 %%EOF", "not a PDF that can be read", id="nothing in it"),
        pytest.param(b"\0" * 5000, "not a PDF that can be read", id="zeros"),
        pytest.param(
            pdf_of([printed(1, BODY)])[:-20], "cut off, its end is missing", id="cut late"
        ),
        pytest.param(_pictures(), "the 2 pages hold no text, only pictures", id="pictures"),
        pytest.param(pdf_of([[]]), "the page of the PDF holds no text", id="blank"),
        pytest.param(
            pdf_of([printed(1, BODY)], password="secret"),
            "encrypted; save a copy without a password",
            id="encrypted",
        ),
    ],
)
def test_a_pdf_that_cannot_be_read_says_why(data: bytes, message: str) -> None:
    with pytest.raises(DocumentError, match=message) as caught:
        read_pdf("k", data, "en")
    assert "\n" not in str(caught.value)
