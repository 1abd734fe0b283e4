"""The errors of Footnote: every message says what failed and what to do."""

from collections.abc import Mapping
from typing import Any, NamedTuple

from pydantic import ValidationError

from corpus.wording import Message


class FootnoteError(Exception):
    """Root of all errors that a user can mend; its text is one line for that user.

    `message` has the key of its words in `corpus/wording.tsv` and the values that stand in them.
    """

    def __init__(self, key: str, /, **values: object) -> None:
        super().__init__(key)
        self.message = Message(key, values)

    def __str__(self) -> str:
        return str(self.message)

    def __reduce__(self) -> tuple[Any, ...]:
        return _unpickled, (type(self), self.message.key, self.message.values)


def _unpickled(kind: type[FootnoteError], key: str, values: Mapping[str, object]) -> FootnoteError:
    return kind(key, **values)


class LibraryError(FootnoteError):
    """A record or the folder of a library is not usable."""


class FetchError(FootnoteError):
    """An address did not give the text of a source."""


class DocumentError(FootnoteError):
    """A document could not be read."""

    @classmethod
    def of(cls, name: object, problem: Message) -> "DocumentError":
        """The error of a document or file of that name; `problem` is told apart from it."""
        return cls("document.of", name=str(name), problem=problem)

    @property
    def problem(self) -> Message:
        """What is wrong, without the name of the document where that is known."""
        own = self.message.values.get("problem")
        return own if isinstance(own, Message) else self.message


class ModelError(FootnoteError):
    """A model is missing, damaged or of another kind than expected."""


class IndexMissingError(FootnoteError):
    """No version of the index has been published yet."""


class IndexDamagedError(FootnoteError):
    """A version of the index is incomplete, foreign or altered."""

    @classmethod
    def of(cls, problem: Message) -> "IndexDamagedError":
        """The error that advises to build anew; `problem` is told apart from the advice."""
        return cls("index.damaged", problem=problem)

    @property
    def problem(self) -> Message:
        """What is wrong, without the advice where that is known."""
        own = self.message.values.get("problem")
        return own if isinstance(own, Message) else self.message


class IndexStaleError(FootnoteError):
    """The index was made with another model or other settings."""


class StorageError(FootnoteError):
    """The data folder cannot be written: a full disk, or a permission that is missing."""


class BusyError(FootnoteError):
    """Another process holds what is needed."""


class QuestionError(FootnoteError):
    """A question cannot be searched."""


class ConfigurationError(FootnoteError):
    """A setting has a value that cannot be used."""


class EvaluationError(FootnoteError):
    """Labelled data, an earlier run or a set-up cannot be used for measuring."""


def reason_of(error: BaseException) -> Message | str:
    """Why something failed: the words of our own, or the text of a library or of the system."""
    message = getattr(error, "message", error.args[0] if error.args else None)
    if isinstance(message, Message):
        return message
    return (error.strerror if isinstance(error, OSError) else None) or str(error)


def of_the_system(error: OSError) -> Message:
    """What an error of the system says, with its file where it names one, and what to look at."""
    reason = reason_of(error)
    if error.filename:
        return Message.of("system.file", path=error.filename, reason=reason)
    return Message.of("system.other", reason=reason)


def short_reason(error: BaseException) -> Message | str:
    """As `reason_of`; text of libraries becomes one line of 200 characters at most."""
    reason = field_reason(error) if isinstance(error, ValueError) else reason_of(error)
    return reason if isinstance(reason, Message) else " ".join(reason.split())[:200]


class Refused(NamedTuple):
    """The first value that a check by pydantic refused: where it stands, why, what it is."""

    place: str
    reason: Message | str
    received: object


def field_reason(error: ValueError) -> Message | str:
    """As `reason_of`; for a value that a check by pydantic refused with its place before it."""
    if not isinstance(error, ValidationError):
        return reason_of(error)
    found = refused(error)
    if not found.place:
        return found.reason
    return Message.of("data.field", place=found.place, reason=found.reason)


def refused(error: ValidationError) -> Refused:
    """What a check refused first; `place` has the names on the way to it, apart by dots.

    A check of our own raises `ValueError(Message(...))`, which is the reason then; otherwise it is
    pydantic's English text.
    """
    first = error.errors(include_url=False)[0]
    raised = first.get("ctx", {}).get("error")
    reason = reason_of(raised) if isinstance(raised, ValueError) else first["msg"]
    return Refused(".".join(map(str, first["loc"])), reason, first["input"])
