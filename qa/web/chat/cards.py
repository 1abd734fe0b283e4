"""Quotation → its card: the words, the footnote, what they cite."""

from collections.abc import Callable, Iterator, Sequence

from corpus.sources.registry import Source
from corpus.text.documents import Span
from corpus.wording import Wording
from qa.answers import Quotation
from qa.citing.reference import reference, short_reference
from qa.web.escape import verbatim
from qa.web.links import QuotationLink

SourceOf = Callable[[str], Source]
"""Key → the record of a source."""


def cards(
    quotations: Sequence[Quotation], version: str, source_of: SourceOf, texts: Wording
) -> str:
    """A card for each quotation, numbered from 1."""
    return "".join(
        _card(number, quotation, version, source_of, texts)
        for number, quotation in enumerate(quotations, 1)
    )


def original(source: Source, texts: Wording) -> str:
    """The link to the text outside, in a window of its own; empty where no address is known."""
    if not source.url:
        return ""
    return (
        f'<a class="original" href="{verbatim(source.url)}" target="_blank" '
        f'rel="noopener noreferrer">{verbatim(texts("card.original"))}</a>'
    )


def _card(
    number: int, quotation: Quotation, version: str, source_of: SourceOf, texts: Wording
) -> str:
    cited = quotation.citation
    source = source_of(cited.source)
    link = QuotationLink(version, cited.source, quotation.start, quotation.end, quotation.strong)
    where = _where(cited.pinpoint, cited.page, texts)
    tools = "".join(
        (
            f'<button type="button" class="copy">{verbatim(texts("card.copy"))}</button>',
            original(source, texts),
            _judge(texts),
        )
    )
    return (
        f'<div class="card"><blockquote class="quote" lang="{verbatim(quotation.language)}">'
        f'{_strong(quotation)}</blockquote><div class="footnote">'
        f"{_cite(link, str(number), texts)} {_reference(source, where)}</div>"
        f"{''.join(_also(quotation, version, source_of, texts))}"
        f"{_chips(quotation, version, source_of, texts)}"
        f'<div class="tools">{tools}</div></div>'
    )


def _judge(texts: Wording) -> str:
    """Two buttons for a verdict; the page shows them where feedback is taken.

    Roles and states come from the script: the chat lets none through.
    """
    buttons = "".join(
        f'<button type="button" class="verdict {verdict}" '
        f'title="{verbatim(texts(f"judge.{verdict}.why"))}">{verbatim(texts(f"judge.{verdict}"))}'
        "</button>"
        for verdict in ("good", "wrong")
    )
    return f'<span class="judge">{buttons}</span>'


def _cite(link: QuotationLink, label: str, texts: Wording) -> str:
    return (
        f'<a class="cite" href="{link.href}">[{label}]'
        f'<span class="vh"> {verbatim(texts("card.open"))}</span></a>'
    )


def _reference(source: Source, where: str) -> str:
    """The short reference with the pinpoint, which opens to the full one."""
    return (
        '<details class="ref"><summary><span class="short">'
        f'{verbatim(short_reference(source))}</span>, <span class="where">{where}</span></summary>'
        f'<p class="reference">{reference(source, html=True)}</p></details>'
    )


def _where(pinpoint: str, page: str | None, texts: Wording) -> str:
    parts = [pinpoint, texts("page", page=page) if page else ""]
    # A number never stands alone on the next line.
    return verbatim(", ".join(filter(None, parts)).replace("para. ", "para.\u00a0"))


def _strong(quotation: Quotation) -> str:
    """The words of a quotation; where it holds more than what answers, that is strong."""
    marked, at = [], quotation.start
    for span in quotation.strong:
        marked.append(_marked(quotation, Span(at, span.start)))
        marked.append(f"<strong>{_marked(quotation, span)}</strong>")
        at = span.end
    rest = _marked(quotation, Span(at, quotation.end))
    if not quotation.strong or not (rest.strip() or marked[0].strip()):
        return _marked(quotation, Span(quotation.start, quotation.end))
    return "".join([*marked, rest])


def _marked(quotation: Quotation, span: Span) -> str:
    """The words of a span of a quotation, those of them marked that answer."""

    def cut(start: int, end: int) -> str:
        return verbatim(quotation.text[start - quotation.start : end - quotation.start])

    answer = quotation.answer
    if answer is None or answer.end <= span.start or span.end <= answer.start:
        return cut(span.start, span.end)
    first, last = max(span.start, answer.start), min(span.end, answer.end)
    words = f'<mark class="answering">{cut(first, last)}</mark>'
    return f"{cut(span.start, first)}{words}{cut(last, span.end)}"


def _also(quotation: Quotation, version: str, source_of: SourceOf, texts: Wording) -> Iterator[str]:
    """The other places that say the same, each with a link that opens it."""
    for twin in quotation.also:
        cited = twin.citation
        link = QuotationLink(version, cited.source, twin.start, twin.end)
        yield (
            f'<div class="footnote also">{verbatim(texts("card.also"))} '
            f"{_cite(link, '+', texts)} "
            f"{_reference(source_of(cited.source), _where(cited.pinpoint, cited.page, texts))}"
            f'<span class="twin">{verbatim(twin.text)}</span></div>'
        )


def _chips(quotation: Quotation, version: str, source_of: SourceOf, texts: Wording) -> str:
    """The sources that the words themselves cite, each opens what it says to them."""
    links = "".join(
        f'<li><a class="chip{" inherited" if one.inherited else ""}" href="{link.href}"'
        + (f' title="{verbatim(texts("card.inherited"))}"' if one.inherited else "")
        + f">{verbatim(short_reference(source_of(one.key)))}</a></li>"
        for one in quotation.references
        for link in (
            QuotationLink(
                version, quotation.citation.source, quotation.start, quotation.end, cited=one.key
            ),
        )
    )
    if not links:
        return ""
    return f'<div class="chips"><span>{verbatim(texts("card.cites"))}</span> <ul>{links}</ul></div>'
