"""Whether what arrived from an address is the text that a record describes."""

import re
import unicodedata
from pathlib import Path
from tempfile import TemporaryDirectory

from corpus.errors import DocumentError, FetchError
from corpus.fetching.network import Download
from corpus.readers import read_document
from corpus.sources.registry import Source
from corpus.text.documents import Document

_DECLARED = {
    "application/pdf": ".pdf",
    "application/x-pdf": ".pdf",
    "application/xhtml+xml": ".html",
    "text/html": ".html",
    "text/markdown": ".md",
    "text/plain": ".txt",
    "application/vnd.openxmlformats-officedocument.wordprocessingml.document": ".docx",
}
_ANY = frozenset(
    "application/octet-stream binary/octet-stream application/download application/force-download "
    "application/x-download".split()
) | {""}
"""What servers say of files whose type they do not know."""
_TEXTS = frozenset({".html", ".md", ".txt"})
_ERROR_PAGE = re.compile(
    r"\b(?:page (?:was )?not found|not found|404|403 forbidden|access denied|error \d{3}|"
    r"temporarily unavailable|service unavailable|just a moment|are you a robot|captcha|"
    r"enable (?:javascript|cookies)|página no encontrada|no encontrad[ao]|acceso denegado)\b",
    re.I,
)
_ERROR_PAGE_WORDS = 300
_TITLE_SHARE = 0.6
_SHORT_WORD = 4


def check_content(source: Source, download: Download) -> str:
    """The ending (`.pdf`) under which a download can be stored as the text of a source.

    The bytes must be of the declared type and readable, no error page, and hold the words of the
    title. Raises FetchError with the reason otherwise.
    """
    suffix = _suffix(download)
    document = _read(source, download, suffix)
    _check_text(source, download.address, document.text)
    return suffix


def _suffix(download: Download) -> str:
    declared = download.content_type.partition(";")[0].strip().lower()
    found = _sniffed(download.data)
    if found is None:
        raise FetchError("fetch.no-type", address=download.address)
    if declared in _ANY:
        return found
    expected = _DECLARED.get(declared)
    if expected is None:
        raise FetchError("fetch.other-type", address=download.address, declared=declared)
    # A page may lack its <html>, and text is what it is called.
    if expected != found and not (expected in _TEXTS and found in _TEXTS):
        raise FetchError(
            "fetch.wrong-type", address=download.address, declared=declared, found=found[1:]
        )
    return found if found == ".html" else expected


def _sniffed(data: bytes) -> str | None:
    start = data[:1024]
    if not data.strip(b"\0 \t\r\n"):
        return None
    if b"%PDF-" in start:
        return ".pdf"
    if start.startswith(b"PK\x03\x04"):
        return ".docx" if b"word/" in data else None
    if re.search(rb"<(?:!doctype\s+html|html|head|body)\b", start, re.I):
        return ".html"
    return None if b"\0" in start and not start.startswith((b"\xff\xfe", b"\xfe\xff")) else ".txt"


def _read(source: Source, download: Download, suffix: str) -> Document:
    with TemporaryDirectory(prefix="footnote-") as folder:
        file = Path(folder) / f"{source.key}{suffix}"
        file.write_bytes(download.data)
        try:
            return read_document(source.key, file, source.language)
        except DocumentError as error:
            raise FetchError(
                "fetch.unreadable", address=download.address, problem=error.problem
            ) from None


def _check_text(source: Source, address: str, text: str) -> None:
    words = text.split()
    error = _ERROR_PAGE.search(" ".join(words[:60]))
    if error and len(words) < _ERROR_PAGE_WORDS:
        raise FetchError("fetch.error-page", address=address, words=error[0])
    wanted = {word for word in _folded(source.title) if len(word) >= _SHORT_WORD}
    held = wanted & set(_folded(text))
    if len(held) < _TITLE_SHARE * len(wanted):
        missing = sorted(wanted - held)[:5]
        raise FetchError("fetch.other-text", address=address, title=source.title, missing=missing)


def _folded(text: str) -> list[str]:
    plain = unicodedata.normalize("NFD", text.casefold())
    return re.findall(r"\w+", "".join(c for c in plain if not unicodedata.combining(c)))
