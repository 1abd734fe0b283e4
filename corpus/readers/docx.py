"""DOCX → Document: paragraphs, headings by their style, cells of tables."""

import io
import re
import zipfile
from collections.abc import Iterator
from typing import TYPE_CHECKING

from corpus.errors import DocumentError
from corpus.law.structure import structured
from corpus.text.blocks import Block, assemble
from corpus.text.documents import Document
from corpus.wording import Message

if TYPE_CHECKING:
    from docx.document import Document as Word
    from docx.text.paragraph import Paragraph

_MOST_BYTES = 200_000_000
"""Of what a file unpacks to: a small file can be made to unpack to any size."""
# Word has a style for the title besides: its Heading 1 is the level below.
_HEADING = re.compile(r"(?:heading|título|encabezado) ?([1-6])$", re.I)


def read_docx(key: str, data: bytes, language: str) -> Document:
    """The document of a Word file (DOCX). Raises DocumentError for anything else."""
    _check(key, data)
    import docx  # noqa: PLC0415

    try:
        word = docx.Document(io.BytesIO(data))
        blocks = list(_blocks(word))
    except Exception as error:  # noqa: BLE001 - python-docx lets any error of XML and zip through
        raise _broken(key, str(error)) from None
    return assemble(key, structured(blocks), language)


def _check(key: str, data: bytes) -> None:
    try:
        with zipfile.ZipFile(io.BytesIO(data)) as archive:
            size = sum(entry.file_size for entry in archive.infolist())
            if "[Content_Types].xml" not in archive.namelist():
                raise _broken(key, Message.of("document.other-zip"))
    except (zipfile.BadZipFile, OSError, ValueError, NotImplementedError) as error:
        raise _broken(key, str(error)) from None
    if size > _MOST_BYTES:
        raise _broken(key, Message.of("document.unpacks", size=size / 1e6, most=_MOST_BYTES / 1e6))


def _broken(key: str, reason: Message | str) -> DocumentError:
    short = " ".join(reason.split())[:120] if isinstance(reason, str) else reason
    return DocumentError.of(key, Message.of("document.no-docx", reason=short))


def _blocks(word: "Word") -> Iterator[Block]:
    for part in word.iter_inner_content():
        if hasattr(part, "rows"):
            for row in part.rows:
                for cell in dict.fromkeys(row.cells):
                    yield from map(_block, cell.paragraphs)
        else:
            yield _block(part)


def _block(paragraph: "Paragraph") -> Block:
    style = (paragraph.style.name or "") if paragraph.style is not None else ""
    heading = _HEADING.search(style)
    level = (
        1 if style.lower() in {"title", "título"} else min(int(heading[1]) + 1, 6) if heading else 0
    )
    return Block(paragraph.text, level)
