"""A cited source as the panel shows it: its record, and what it says to the claim."""

from corpus.sources.registry import Source
from corpus.wording import Wording
from qa.answers import Followed
from qa.citing.reference import reference
from qa.web.chat.cards import original
from qa.web.escape import verbatim
from qa.web.links import QuotationLink
from qa.web.panel.document_view import sheet


def cited_panel(
    source: Source, followed: Followed, claim: QuotationLink, n: int, texts: Wording
) -> str:
    """The record, the claim, and beside it the passage that supports it, or that none does."""
    return sheet(
        f'<p class="kind">{verbatim(texts("cited.title"))}</p>',
        f'<div class="sheet-body record" tabindex="0" role="region" '
        f'aria-label="{verbatim(texts("cited.title"))}"><h2>{verbatim(source.title)}</h2>'
        f'<p class="reference">{reference(source, html=True)} {original(source, texts)}</p>'
        f'{_facts(source, texts)}<div class="beside">{_claim(followed, claim, texts)}'
        f"{_support(followed, claim.version, texts)}</div></div>",
        n,
        texts,
    )


def _facts(source: Source, texts: Wording) -> str:
    facts = (
        ("cited.type", texts.named("type", source.type)),
        ("cited.year", str(source.year or "")),
        ("cited.language", texts.named("lang", source.language)),
    )
    rows = "".join(
        f"<div><dt>{verbatim(texts(name))}</dt><dd>{verbatim(value)}</dd></div>"
        for name, value in facts
        if value
    )
    return f"<dl>{rows}</dl>"


def _claim(followed: Followed, claim: QuotationLink, texts: Wording) -> str:
    return (
        f'<section class="claim"><h3>{verbatim(texts("cited.claim"))}</h3>'
        f'<blockquote>{verbatim(followed.claim)}</blockquote><p><a class="cite into" '
        f'href="{claim.href}">{verbatim(texts("cited.open"))}</a></p></section>'
    )


def _support(followed: Followed, version: str, texts: Wording) -> str:
    quote = followed.quotation
    head = f'<section class="support"><h3>{verbatim(texts("cited.support"))}</h3>'
    if quote is None:
        why = texts("cited.notext" if followed.score is None else "cited.none")
        return f'{head}<p class="none">{verbatim(why)}</p></section>'
    cited = quote.citation
    link = QuotationLink(version, cited.source, quote.start, quote.end, quote.strong)
    where = verbatim(cited.pinpoint)
    return (
        f'{head}<blockquote class="quote" lang="{verbatim(quote.language)}">'
        f'{verbatim(quote.text)}</blockquote><p><a class="cite into" href="{link.href}">'
        f'{verbatim(texts("cited.open"))}</a> <span class="where">{where}</span></p></section>'
    )
