"""A chat to take away: as JSON, Markdown or HTML, each with what `footnote verify` checks."""

import hashlib
import html
import json
import re
from collections.abc import Callable, Sequence
from pathlib import Path
from typing import Any

from corpus.errors import ConfigurationError
from qa.answering.engine import Engine
from qa.answers import Answer, Quotation

HashOf = Callable[[str, str], str]
"""Version and key of a source → sha256 of its document's text."""
MAY_ANSWER = "These passages may answer:"
"""What stands above the quotations of an answer that is unsure."""
_MARKS = re.compile(r"([\\`*_{}\[\]()#+\-.!|<>~&:@])")
_STYLE = """
:root { color-scheme: light dark; }
body { max-width: 44rem; margin: 2rem auto; padding: 0 1rem; font: 1rem/1.6 system-ui, sans-serif; }
h2 { font-size: 1.1rem; margin: 2.2rem 0 .6rem; }
blockquote { margin: 0; padding: .2rem 0 .2rem 1rem; border-left: 3px solid #8a7a5a;
  white-space: pre-wrap; font-family: Georgia, serif; }
.reference, .meta { font-size: .9rem; opacity: .8; }
.refused, .unsure { font-style: italic; }
@media print { body { margin: 0; } section { break-inside: avoid; } }
"""


def to_object(chat: Sequence[Answer], hash_of: HashOf) -> dict[str, Any]:
    """The chat as an object: the answers as `ask --json` prints them, quotations with hashes."""
    return {"footnote": 1, "chat": [_turn(answer, hash_of) for answer in chat]}


def _turn(answer: Answer, hash_of: HashOf) -> dict[str, Any]:
    turn = answer.to_json()
    for kind in ("quotes", "closest"):
        for quote in turn[kind]:
            quote["sha256"] = hashlib.sha256(quote["text"].encode()).hexdigest()
            quote["document_sha256"] = hash_of(answer.index_version, quote["source"])
    return turn


def as_json(chat: Sequence[Answer], hash_of: HashOf) -> str:
    """The chat as JSON."""
    return json.dumps(to_object(chat, hash_of), ensure_ascii=False, indent=2) + "\n"


def as_markdown(chat: Sequence[Answer], hash_of: HashOf) -> str:
    """The chat as Markdown that shows every character as it is; the data stand in a comment."""
    parts = ["# Footnote\n"]
    for answer in chat:
        parts.append(f"## {_plain(answer.question)}\n")
        if answer.reason is not None:
            parts.append(f"*Not answered by the sources.* {_plain(str(answer.reason))}\n")
        if answer.certainty == "unsure":
            parts.append(f"*{MAY_ANSWER}*\n")
        parts += [f"{_plain(f'{fact.field}: {fact.value}')}\n" for fact in answer.about]
        for number, quote in enumerate(answer.quotes, 1):
            lines = (_plain(line) for line in quote.text.split("\n"))
            parts.append("\n".join(f"> {line}".rstrip() for line in lines) + "\n")
            parts.append(f"\\[{number}\\] {_plain(_cited(quote))}\n")
    # Two hyphens would end the comment, and readers that know no comments would read tags.
    data = json.dumps(to_object(chat, hash_of), ensure_ascii=False)
    data = data.replace("--", "-\\u002d").replace("<", "\\u003c")
    parts.append(f"<!-- footnote {data} -->\n")
    return "\n".join(parts)


def as_html(chat: Sequence[Answer], hash_of: HashOf) -> str:
    """The chat as a page of its own that loads nothing; the data stand in a script element."""
    sections = []
    for answer in chat:
        quotes = "".join(
            f'<blockquote lang="{html.escape(quote.language)}">{html.escape(quote.text)}'
            f'</blockquote><p class="reference">[{number}] {html.escape(_cited(quote))}</p>'
            for number, quote in enumerate(answer.quotes, 1)
        )
        facts = "".join(
            f"<p>{html.escape(f'{fact.field}: {fact.value}')}</p>" for fact in answer.about
        )
        refused = (
            f'<p class="refused">{html.escape(str(answer.reason))}</p>' if answer.reason else ""
        )
        unsure = f'<p class="unsure">{MAY_ANSWER}</p>' if answer.certainty == "unsure" else ""
        sections.append(
            f"<section><h2>{html.escape(answer.question)}</h2>{refused}{unsure}{facts}{quotes}"
            f'<p class="meta">index {html.escape(answer.index_version)}</p></section>'
        )
    data = json.dumps(to_object(chat, hash_of), ensure_ascii=False)
    # A quotation may hold `</script>`: no `<` stands in the data.
    data = data.replace("<", "\\u003c")
    return (
        '<!doctype html><html lang="en"><head><meta charset="utf-8"><title>Footnote</title>'
        '<meta name="viewport" content="width=device-width, initial-scale=1">'
        f"<style>{_STYLE}</style></head><body><h1>Footnote</h1>{''.join(sections)}"
        f'<script type="application/json" id="footnote">{data}</script></body></html>\n'
    )


FORMS: dict[str, Callable[[Sequence[Answer], HashOf], str]] = {
    ".json": as_json,
    ".md": as_markdown,
    ".html": as_html,
}
"""Suffix of a file → how a chat is written into it."""


def _cited(quote: Quotation) -> str:
    cited = quote.citation
    page = f", p. {cited.page}" if cited.page else ""
    return f"{cited.reference} ({cited.pinpoint}{page})"


def _plain(text: str) -> str:
    """The text for Markdown, with nothing of it read as Markdown or HTML."""
    return _MARKS.sub(r"\\\1", text.replace("\r", " "))


def check_form(path: Path) -> None:
    """Raises ConfigurationError where the suffix of a file is none of `FORMS`."""
    if path.suffix.lower() not in FORMS:
        raise ConfigurationError("chat.no-form", path=path, suffix=path.suffix, known=[*FORMS])


def save_chat(path: Path, chat: Sequence[Answer], engine: Engine) -> None:
    """Write a chat, whole or not at all. Raises ConfigurationError where that cannot be done."""
    check_form(path)
    text = FORMS[path.suffix.lower()](
        chat, lambda version, key: engine.document(version, key).sha256
    )
    part = path.with_name(f".{path.name}.part")
    try:
        part.write_text(text, encoding="utf-8")
        part.replace(path)
    except OSError as error:
        part.unlink(missing_ok=True)
        raise ConfigurationError("chat.not-written", path=path, reason=error.strerror) from None
