"""What the record of a source says: author, title, date, language."""

from collections.abc import Mapping

from corpus.languages import LANGUAGES, plain_code
from corpus.sources.registry import Source
from corpus.wording import Message
from qa.answers import Fact, Field
from qa.citing.reference import reference
from qa.question.about_source import RecordQuestion


def record_facts(
    asked: RecordQuestion, source: Source, cited: tuple[Source, ...], words: int
) -> tuple[Fact, ...]:
    """What the record says; empty where it does not. `words` is the length of the text."""
    record, length = source.record, Message.counted("fact.words", words)
    values: dict[Field, list[str]] = {
        "author": [", ".join(filter(None, map(_name, record.get("author", []))))],
        "title": [source.title],
        "date": [str(source.year or "")],
        "about": [source.title],
        "cites": [reference(one) for one in cited],
        "length": [str(length)],
        "language": [source.language],
    }
    message = {"length": length, "language": _language(source.language)}.get(asked.field)
    return tuple(
        Fact(asked.field, value, source.key, message) for value in values[asked.field] if value
    )


def _language(code: str) -> Message | None:
    """The name of a language, None where there is no word for it."""
    plain = plain_code(code)
    return Message.of(f"lang.{plain}") if plain in LANGUAGES else None


def _name(name: Mapping[str, str]) -> str:
    return name.get("literal") or " ".join(filter(None, (name.get("given"), name.get("family"))))
