"""Kinds of labelled questions that are named after languages: of the question, of its texts."""

from collections.abc import Mapping
from functools import cache

from corpus.languages import LANGUAGES
from corpus.wording import Wording, wording


def languages_of_kind(kind: str) -> tuple[str, ...]:
    """Codes of the languages that the name of a kind or a group is made of.

    That of the question for `spanish`; that of the question and that of the texts which answer it
    for `english-on-spanish` or `English on Spanish`; none for other kinds.
    """
    names = kind.casefold().replace(" on ", "-on-").split("-on-")
    codes = tuple(_codes().get(name, "") for name in names)
    return codes if len(codes) <= 2 and all(codes) else ()


def group_of_kind(kind: str) -> str | None:
    """The group of questions that ask in one language what texts in another answer.

    None for kinds that do not name two languages.
    """
    codes = languages_of_kind(kind)
    return _pair(codes, wording("en")) if len(codes) == 2 else None


def kind_words(kind: str, texts: Wording) -> str:
    """The words for a kind or a group; a name that is not the project's is its own."""
    codes = languages_of_kind(kind)
    if len(codes) == 2:
        return _pair(codes, texts)
    return texts.named("lang", codes[0]) if codes else texts.named("report.group", kind)


def _pair(codes: tuple[str, ...], texts: Wording) -> str:
    question, document = (texts.named("lang", code) for code in codes)
    return texts("report.pair", question=question, document=document)


@cache
def _codes() -> Mapping[str, str]:
    """English name of a language, in lower case → its code."""
    words = wording("en")
    return {words.named("lang", code).casefold(): code for code in LANGUAGES}
