"""Answer → the HTML of a chat message."""

from collections.abc import Callable, Sequence

from corpus.registry import Source
from qa.answers import Answer, Quotation
from qa.bibliography import reference
from qa.web.escape import verbatim
from qa.web.links import QuotationLink

SourceOf = Callable[[str], Source]


def question_message(question: str) -> str:
    """The reader's own words, as they were typed."""
    return f'<div class="asked">{verbatim(question)}</div>'


def answer_message(answer: Answer, source_of: SourceOf) -> str:
    """A card for each quotation, or the refusal with the closest passages."""
    if answer.answered:
        body = _cards(answer.quotes, answer.index_version, source_of)
        said = _count(len(answer.quotes), "quotation") + ", word for word"
        head = f'<p class="said" role="status">{said}</p>'
    else:
        head = (
            '<div class="refusal" role="status"><p class="refusal-title">Not answered by the '
            f'sources</p><p class="refusal-reason">{verbatim(answer.reason or "")}</p></div>'
        )
        closest = _cards(answer.closest, answer.index_version, source_of)
        body = (
            f'<details class="closest"><summary>{_count(len(answer.closest), "passage")} that '
            f"came closest – not an answer</summary>{closest}</details>"
            if closest
            else ""
        )
    return f'<div class="answer">{head}{body}{_meta(answer)}</div>'


def problem_message(message: str) -> str:
    """What went wrong and what to do, in the place of an answer."""
    return f'<div class="answer"><p class="problem" role="alert">{verbatim(message)}</p></div>'


def _cards(quotations: Sequence[Quotation], version: str, source_of: SourceOf) -> str:
    return "".join(
        _card(number, quotation, version, source_of(quotation.citation.source))
        for number, quotation in enumerate(quotations, 1)
    )


def _card(number: int, quotation: Quotation, version: str, source: Source) -> str:
    cited = quotation.citation
    link = QuotationLink(version, cited.source, quotation.start, quotation.end)
    where = ", ".join(filter(None, (cited.pinpoint, cited.page and f"p. {cited.page}")))
    # A number never stands alone on the next line.
    where = verbatim(where.replace("para. ", "para.\u00a0"))
    original = (
        f' <a class="original" href="{verbatim(cited.url)}" target="_blank" '
        'rel="noopener noreferrer">Original</a>'
        if cited.url
        else ""
    )
    return (
        f'<div class="card"><blockquote class="quote" lang="{verbatim(quotation.language)}">'
        f"{verbatim(quotation.text)}</blockquote>"
        f'<p class="footnote"><a class="cite" href="{link.href}" '
        f'title="Open the source at these words">[{number}]</a> '
        f'<span class="reference">{reference(source, html=True)}</span> '
        f'<span class="where">{where}</span>{original}</p></div>'
    )


def _meta(answer: Answer) -> str:
    version = verbatim(answer.index_version)
    return f'<p class="meta">{answer.elapsed_ms:.0f} ms · index {version}</p>'


def _count(number: int, noun: str) -> str:
    return f"{number} {noun}{'' if number == 1 else 's'}"
