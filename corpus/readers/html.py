"""HTML → Document: the main text of a page, without its furniture."""

import codecs
import logging
import re

from lxml import etree

from corpus.errors import DocumentError
from corpus.law.structure import structured
from corpus.readers.decoding import decoded
from corpus.text.blocks import Block, assemble
from corpus.text.documents import Document
from corpus.wording import Message

_MOST_BYTES = 20_000_000
_CHARSET = re.compile(rb"""<meta[^>]*\bcharset\s*=\s*["']?\s*([A-Za-z0-9_.:-]+)""", re.I)
# What it logs of a page that it cannot read is told by the error of this module.
logging.getLogger("trafilatura").setLevel(logging.CRITICAL)
_TEXTS = {"p", "item", "quote", "cell", "code"}


def read_html(key: str, data: bytes, language: str) -> Document:
    """The document of a web page. Raises DocumentError where it is too large or holds no text."""
    if len(data) > _MOST_BYTES:
        size, most = len(data) / 1e6, _MOST_BYTES / 1e6
        problem = Message.of("document.page-too-large", size=size, most=most)
        raise DocumentError.of(key, problem)
    import trafilatura  # noqa: PLC0415

    text = _declared(data) or decoded(key, data)
    found = trafilatura.extract(
        text,
        output_format="xml",
        include_comments=False,
        include_tables=True,
        include_formatting=False,
        favor_recall=True,
        deduplicate=False,
    )
    if not found:
        raise DocumentError.of(key, Message.of("document.page-empty"))
    # What trafilatura gives is XML of its own making; entities from outside stay unresolved.
    root = etree.fromstring(
        found.encode(), etree.XMLParser(resolve_entities=False, no_network=True)
    )
    main = root.find("main")
    blocks = [] if main is None else list(_blocks(main))
    title = root.get("title")
    if title and not any(block.level == 1 for block in blocks):
        blocks.insert(0, Block(title, 1))
    return assemble(key, structured(blocks), language)


def _declared(data: bytes) -> str | None:
    """The text of a page by the encoding that it names, where it holds by it; None otherwise.

    As browsers do it, the name is looked for in the first 1024 bytes; a name of two-byte encodings
    there is not believed, since it could not have been read otherwise.
    """
    named = _CHARSET.search(data[:1024])
    if named is None or data.startswith(
        (codecs.BOM_UTF8, codecs.BOM_UTF16_LE, codecs.BOM_UTF16_BE)
    ):
        return None
    try:
        text = data.decode(named[1].decode())
    except (LookupError, UnicodeError):
        return None
    return None if "\0" in text else text


def _blocks(main: "etree._Element") -> list[Block]:
    blocks = []
    for element in main.iter():
        if element.tag == "head":
            level = int((element.get("rend") or "h2")[1:] or 2)
            blocks.append(Block(_words(element), max(1, min(level, 6))))
        elif element.tag in _TEXTS and not any(child.tag in _TEXTS for child in element):
            quoted = sum(
                ancestor.tag == "quote" for ancestor in (element, *element.iterancestors())
            )
            blocks.append(Block(_words(element), quoted=quoted))
    return blocks


def _words(element: "etree._Element") -> str:
    return " ".join("".join(element.itertext()).split())
