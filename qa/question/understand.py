"""A question as it is searched: cleaned, its language, its words in both, the sources it names."""

import re
import unicodedata
from collections.abc import Collection, Iterator, Mapping, Sequence
from contextlib import suppress
from types import MappingProxyType

from corpus.errors import QuestionError
from corpus.sources.library import NO_LIBRARY, Library
from corpus.sources.registry import Source
from corpus.text.numbers import numbers_of
from index.search.provisions import provisions_cited
from index.search.query import Query
from index.tables.lexical import question_tokens
from qa.question.courtesies import behind_courtesies, is_courtesy
from qa.question.followup import standalone
from qa.question.language import language_of_question
from qa.question.named_sources import sources_named
from qa.question.pointing import points_back
from qa.question.spelling import corrected

SEARCHED_CHARACTERS = 2000
"""The models read some 300 words of a question; what lies far beyond is not searched."""
_EARLIER_READ, _EARLIER_CHARACTERS = 2, 300
"""Earlier questions that a reader is given with one that points back, and the most of each."""
_BETWEEN = " / "
_LONG_NUMBER = re.compile(r"(?<![\w.,])[1-9]\d{4,8}(?![\w]|[.,]\d)")
MAX_CHARACTERS = 20_000
"""What is longer is no question."""


def searchable(question: str) -> str:
    """The question without control characters and with single blanks, cut after whole words.

    Raises QuestionError where no letter or digit is left, or where it is too long.
    """
    kept = (
        " " if unicodedata.category(c) in {"Cc", "Zl", "Zp"} else c
        for c in unicodedata.normalize("NFC", question)
        if unicodedata.category(c) != "Cs"
    )
    text = " ".join("".join(kept).split())
    if not any(c.isalnum() for c in text):
        raise QuestionError("question.wordless")
    if len(text) > MAX_CHARACTERS:
        raise QuestionError("question.long", n=len(text), most=MAX_CHARACTERS)
    if len(text) <= SEARCHED_CHARACTERS:
        return text
    return text[: SEARCHED_CHARACTERS + 1].rpartition(" ")[0] or text[:SEARCHED_CHARACTERS]


def understood(  # noqa: PLR0913
    question: str,
    sources: Mapping[str, Source],
    history: Sequence[str] = (),
    vocabulary: Mapping[str, int] = MappingProxyType({}),
    *,
    library: Library = NO_LIBRARY,
    as_typed: bool = False,
) -> Query:
    """The question as the index searches it; one that points back takes words from `history`.

    It takes none of greetings and thanks, and those stay as typed; before a question that points
    back they are left out. Earlier messages without words say nothing. Words that no dictionary
    holds are typing errors where `vocabulary` has one that is near. With `as_typed` neither is
    done. `library` has the terms of the field and the states.

    Raises QuestionError as `searchable` does.
    """
    text, conversation = searchable(question), ""
    earlier = [] if as_typed else [one for one in _said(history) if not is_courtesy(one)]
    asked = behind_courtesies(text)
    if earlier and points_back(asked, earlier[-1]):
        conversation = _conversation([*earlier, asked], vocabulary, library)
        text = standalone(asked, earlier, library.file.states)[:SEARCHED_CHARACTERS]
    language = language_of_question(text)
    if not as_typed and not is_courtesy(text):
        text = corrected(text, vocabulary, language, library.glossary.words)
    cited = provisions_cited(text)
    if not as_typed:
        text = _with_separators(text)
    words = question_tokens(text, language)
    for other, stems in library.glossary.translated(text, language).items():
        words += [f"{other}:{stem}" for stem in stems]
    return Query(
        text,
        language,
        tuple(dict.fromkeys(words)),
        tuple(f"{language}:{stem}" for stem in library.thesaurus.related(text, language)),
        sources_named(text, language, sources),
        _of_named_states(library.states_in(text), sources),
        cited,
        numbers_of(text, language, numerals=False) - cited,
        conversation,
    )


def _said(history: Sequence[str]) -> Iterator[str]:
    """The earlier messages that hold words, as they are searched; of long ones the beginning."""
    for one in history:
        with suppress(QuestionError):
            yield searchable(one[:MAX_CHARACTERS])


def _conversation(questions: Sequence[str], vocabulary: Mapping[str, int], library: Library) -> str:
    """The last question after the two before it, oldest first, without typing errors.

    Of those two only the ends are kept: what is read is cut at its end, where the question stands.
    """
    *earlier, last = (
        corrected(one, vocabulary, language_of_question(one), library.glossary.words)
        for one in questions[-1 - _EARLIER_READ :]
    )
    return _BETWEEN.join([*map(_end, earlier), last])


def _end(question: str) -> str:
    """The last whole words of a question that `_EARLIER_CHARACTERS` have room for."""
    if len(question) <= _EARLIER_CHARACTERS:
        return question
    cut = question[-_EARLIER_CHARACTERS - 1 :]
    return cut.partition(" ")[2] or cut[1:]


def as_words(question: str) -> Query:
    """The question as its words alone, with nothing read out of it. Raises as `searchable`."""
    text = searchable(question)
    language = language_of_question(text)
    return Query(text, language, tuple(dict.fromkeys(question_tokens(text, language))))


def _with_separators(text: str) -> str:
    """Long numbers with separators, as texts write them: encoders compare the characters."""
    return _LONG_NUMBER.sub(lambda found: f"{int(found[0]):,}", text)


def _of_named_states(states: Collection[str], sources: Mapping[str, Source]) -> frozenset[str]:
    """Keys of the laws of the states that a question names, given in lower case."""
    return frozenset(
        key
        for key, source in sources.items()
        if source.jurisdiction is not None and source.jurisdiction.casefold() in states
    )
