"""Bytes of a text file → text."""

import codecs

from corpus.errors import DocumentError
from corpus.wording import Message

_MARKS = (
    (codecs.BOM_UTF8, "utf-8-sig"),
    (codecs.BOM_UTF32_LE, "utf-32"),
    (codecs.BOM_UTF32_BE, "utf-32"),
    (codecs.BOM_UTF16_LE, "utf-16"),
    (codecs.BOM_UTF16_BE, "utf-16"),
)


def decoded(name: str, data: bytes) -> str:
    """The text of a file: by its byte order mark, else UTF-8, else Windows-1252.

    Raises DocumentError for bytes that are no text.
    """
    encoding = next((known for mark, known in _MARKS if data.startswith(mark)), "utf-8")
    try:
        text = data.decode(encoding)
    except UnicodeDecodeError as error:
        if encoding != "utf-8":
            problem = Message.of(
                "document.not-in-encoding", at=error.start, encoding=encoding.upper()
            )
            raise _no_text(name, problem) from None
        text = _western(name, data)
    if "\0" in text:
        raise _no_text(name, Message.of("document.zeros"))
    return text


def _western(name: str, data: bytes) -> str:
    """Windows-1252, which holds Latin-1; its five unused bytes tell other files."""
    try:
        text = data.decode("cp1252")
    except UnicodeDecodeError as error:
        raise _no_text(name, Message.of("document.no-encoding", at=error.start)) from None
    controls = sum(character < " " and character not in "\t\n\r\f" for character in text)
    if controls:
        raise _no_text(name, Message.of("document.controls", n=controls))
    return text


def _no_text(name: str, reason: Message) -> DocumentError:
    return DocumentError.of(name, Message.of("document.no-characters", reason=reason))
