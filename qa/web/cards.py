"""Answer → the HTML of a chat message."""

from collections.abc import Callable, Sequence

from corpus.registry import Source
from qa.about import Fact
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
        body = _facts(answer.about) + _cards(answer.quotes, answer.index_version, source_of)
        said = _count(len(answer.quotes), "quotation") + ", word for word"
        if answer.about:
            said = "From the record of the source"
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
        _card(
            number,
            quotation,
            version,
            source_of(quotation.citation.source),
            _also(quotation, version, source_of),
        )
        for number, quotation in enumerate(quotations, 1)
    )


def _facts(about: Sequence[Fact]) -> str:
    """What a record says: no quotation, and it does not look like one."""
    rows = "".join(
        f'<li><span class="field">{verbatim(fact.field)}</span> {verbatim(fact.value)}</li>'
        for fact in about
    )
    return f'<ul class="facts">{rows}</ul>' if rows else ""


def _also(quotation: Quotation, version: str, source_of: SourceOf) -> str:
    """The other places that say the same, each with a link that opens it."""
    rows = []
    for twin in quotation.also:
        cited = twin.citation
        link = QuotationLink(version, cited.source, twin.start, twin.end)
        rows.append(
            f'<p class="footnote also">Also: <a class="cite" href="{link.href}" '
            f'title="Open the source at these words">[+]</a> '
            f'<span class="reference">{reference(source_of(cited.source), html=True)}</span> '
            f'<span class="where">{verbatim(cited.pinpoint)}</span></p>'
        )
    return "".join(rows)


def _strong(quotation: Quotation) -> str:
    """The words of a quotation; where it holds more than what answers, that is strong."""
    marked, at = [], quotation.start
    for span in quotation.strong:
        marked.append(verbatim(quotation.text[at - quotation.start : span.start - quotation.start]))
        words = verbatim(quotation.text[span.start - quotation.start : span.end - quotation.start])
        marked.append(f"<strong>{words}</strong>")
        at = span.end
    rest = verbatim(quotation.text[at - quotation.start :])
    if not quotation.strong or not (rest.strip() or marked[0].strip()):
        return verbatim(quotation.text)
    return "".join([*marked, rest])


def _card(number: int, quotation: Quotation, version: str, source: Source, also: str) -> str:
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
        f"{_strong(quotation)}</blockquote>"
        f'<p class="footnote"><a class="cite" href="{link.href}" '
        f'title="Open the source at these words">[{number}]</a> '
        f'<span class="reference">{reference(source, html=True)}</span> '
        f'<span class="where">{where}</span>{original}</p>{also}</div>'
    )


def _meta(answer: Answer) -> str:
    version = verbatim(answer.index_version)
    return f'<p class="meta">{answer.elapsed_ms:.0f} ms · index {version}</p>'


def _count(number: int, noun: str) -> str:
    return f"{number} {noun}{'' if number == 1 else 's'}"
