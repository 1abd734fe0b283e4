"""Sources, versions, work and plans as the HTML of the tab Corpus."""

from collections.abc import Sequence

from corpus.wording import Wording
from index.versions.inventory import Difference, DocumentChange, VersionState
from qa.library.source_states import Inventory, SourceState
from qa.web.escape import verbatim

_STATES = {
    "indexed": "state.indexed",
    "not indexed": "state.notindexed",
    "unreadable": "state.unreadable",
    "record only": "state.record",
}


def sources_table(found: Inventory, texts: Wording) -> str:
    """A row for each source: what it is, its state, and the problem with what mends it."""
    rows = "".join(_source(one, texts) for one in found.states)
    heads = "".join(
        f'<th scope="col">{verbatim(texts(f"corpus.{name}"))}</th>'
        for name in ("source", "state", "language", "pages", "passages", "date")
    )
    left = "".join(f"<li>{verbatim(texts.say(line))}</li>" for line in found.problems)
    problems = (
        f'<section class="problems" aria-label="{verbatim(texts("corpus.problems"))}">'
        f"<h3>{verbatim(texts('corpus.problems'))}</h3><ul>{left}</ul></section>"
        if left
        else ""
    )
    return (
        f"{_scrolled(texts('corpus.sources'), 'sources')}"
        f"<thead><tr>{heads}</tr></thead><tbody>{rows}</tbody></table></div>{problems}"
    )


def _scrolled(title: str, kind: str) -> str:
    """The heading of a table, and the region in which it scrolls where it is too wide."""
    return (
        f'<h2>{verbatim(title)}</h2><div class="scroll" tabindex="0" role="region" '
        f'aria-label="{verbatim(title)}"><table class="{kind}">'
    )


def _source(one: SourceState, texts: Wording) -> str:
    note = f'<p class="what">{verbatim(texts.say(one.note))}</p>' if one.note else ""
    numbers = "".join(
        f'<td class="number">{"" if n is None else f"{n:,}"}</td>'
        for n in (one.pages, one.passages)
    )
    kind = one.state.replace(" ", "-")
    return (
        f'<tr data-key="{verbatim(one.key)}"><th scope="row"><cite>{verbatim(one.title)}</cite>'
        f"<code>{verbatim(one.key)}</code>{note}</th>"
        f'<td><span class="state {kind}">{verbatim(texts(_STATES[one.state]))}</span></td>'
        f"<td>{verbatim(texts.named('lang', one.language))}</td>{numbers}"
        f"<td>{verbatim(one.date or '')}</td></tr>"
    )


def versions_table(found: Sequence[VersionState], texts: Wording) -> str:
    """A row for each version, the newest first."""
    rows = "".join(_version(one, texts) for one in found)
    heads = "".join(
        f'<th scope="col">{verbatim(texts(f"corpus.{name}"))}</th>'
        for name in ("version", "state", "created", "documents", "passages", "size")
    )
    return (
        f"{_scrolled(texts('corpus.versions'), 'versions')}"
        f"<thead><tr>{heads}</tr></thead><tbody>{rows}</tbody></table></div>"
    )


def _version(one: VersionState, texts: Wording) -> str:
    created = (one.created or "")[:16].replace("T", " ")
    counts = ("" if n is None else f"{n:,}" for n in (one.documents, one.passages))
    size = "" if one.bytes is None else f"{one.bytes / 1e6:,.1f} MB"
    cells = "".join(f'<td class="number">{cell}</td>' for cell in (*counts, size))
    problem = f'<p class="what">{verbatim(texts.say(one.problem))}</p>' if one.problem else ""
    return (
        f'<tr><th scope="row"><code>{verbatim(one.id)}</code>{problem}</th>'
        f'<td><span class="state {one.state}">{verbatim(texts(f"version.{one.state}"))}</span></td>'
        f"<td>{verbatim(created)}</td>{cells}</tr>"
    )


def difference_view(found: Difference, texts: Wording) -> str:
    """What the version in use has that another has not, and the other way around."""
    rows = "".join(_change(one, texts) for one in found.documents)
    models = (
        f"<p>{verbatim(texts('diff.models', old=found.models[0], new=found.models[1]))}</p>"
        if found.models
        else ""
    )
    head = texts("diff.title", old=found.before, new=found.after)
    same = texts("diff.same", n=found.unchanged)
    return (
        f'<div class="told"><h3>{verbatim(head)}</h3>{models}<ul>{rows}</ul>'
        f"<p>{verbatim(same)}</p></div>"
    )


def _change(one: DocumentChange, texts: Wording) -> str:
    counts = texts("diff.counts", added=one.added, removed=one.removed, changed=one.changed)
    kind = texts(f"diff.{one.state}")
    return f"<li><code>{verbatim(one.key)}</code> {verbatim(kind)}: {verbatim(counts)}</li>"


def access_view(
    name: str | None, *, needs_sign_in: bool, lets_nobody_in: bool, texts: Wording
) -> str:
    """Who is signed in, or that one must be to change anything."""
    if lets_nobody_in:
        return (
            f'<p class="access">{verbatim(texts("sign.shut"))} <code>footnote users add</code></p>'
        )
    if not needs_sign_in:
        return ""
    if name is None:
        return (
            f'<p class="access">{verbatim(texts("sign.needed"))} '
            f'<a href="/sign-in">{verbatim(texts("sign.in"))}</a></p>'
        )
    return (
        f'<form class="access" method="post" action="/sign-out"><span>'
        f"{verbatim(texts('sign.as', name=name))}</span> "
        f"<button>{verbatim(texts('sign.out'))}</button></form>"
    )
