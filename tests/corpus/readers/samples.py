"""Files of each kind, made in memory."""

import io

import docx
from fpdf import FPDF

BODY = [
    "Forced labor is work that a person does",
    "under threat and against their will. Traf-",
    "ficking is another crime. A long-term plan",
    "is needed, since the plan of each coun-",
    "try differs from that of its neighbors.",
]


def pdf_of(pages: list[list[tuple[float, float, str]]], password: str = "") -> bytes:
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


def _filler(number: int) -> list[str]:
    return [f"Line {word * number} of the page." for word in "klmnopqrstuvwxy"]


def printed(
    number: int, body: list[str], *, at_the_end: bool = False
) -> list[tuple[float, float, str]]:
    # Each page has words of its own: what stands on every page is taken for a running line.
    own = [f"{'abcdefghi'[number - 1] * 3} {body[0]}", *body[1:]] if body is BODY else body
    texts = [*_filler(number), *own] if at_the_end else [*own, *_filler(number)]
    rows = ["Annual Report on Work", *texts, f"Page {number} of 4"]
    return [(20, 20 + 6 * at, words) for at, words in enumerate(rows)]


PAGE = """<html><head><title>Report on work</title></head><body><nav>Home | About</nav>
<article><h1>Report on work</h1><p>{0}</p><h2>Findings</h2><p>{1}</p><ul><li>{2}</li></ul></article>
<script>alert(1)</script><footer>Cookies</footer></body></html>"""


SENTENCES = [
    f"The {word} finding of the report on forced work is that inspectors visited many farms, "
    "talked with the workers, and wrote down what they saw and heard there."
    for word in ("first", "second", "third")
]


def docx_of(*entries: tuple[str, str]) -> bytes:
    word, out = docx.Document(), io.BytesIO()
    for style, words in entries:
        word.add_paragraph(words, style=style)
    word.add_table(1, 1).rows[0].cells[0].text = "In a cell."
    word.save(out)
    return out.getvalue()
