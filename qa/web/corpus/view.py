"""Sources, versions, work and plans as the HTML of the tab Corpus."""

from collections.abc import Sequence

from corpus.fetching.fetcher import Fetched
from index.build.build import BuildReport
from index.build.plan import Plan
from index.versions.inventory import Difference, DocumentChange, VersionState
from qa.library.source_states import Inventory, SourceState
from qa.web.engine_messages import translated
from qa.web.escape import verbatim
from qa.web.jobs.jobs import Job
from qa.web.texts import Texts

_STATES = {
    "indexed": "state.indexed",
    "not indexed": "state.notindexed",
    "unreadable": "state.unreadable",
    "record only": "state.record",
}


def sources_table(found: Inventory, texts: Texts) -> str:
    """A row for each source: what it is, its state, and the problem with what mends it."""
    rows = "".join(_source(one, texts) for one in found.states)
    heads = "".join(
        f'<th scope="col">{verbatim(texts(f"corpus.{name}"))}</th>'
        for name in ("source", "state", "language", "pages", "passages", "date")
    )
    left = "".join(f"<li>{verbatim(line)}</li>" for line in found.problems)
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


def _source(one: SourceState, texts: Texts) -> str:
    note = f'<p class="what">{verbatim(translated(one.note, texts))}</p>' if one.note else ""
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


def versions_table(found: Sequence[VersionState], texts: Texts) -> str:
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


def _version(one: VersionState, texts: Texts) -> str:
    created = (one.created or "")[:16].replace("T", " ")
    counts = ("" if n is None else f"{n:,}" for n in (one.documents, one.passages))
    size = "" if one.bytes is None else f"{one.bytes / 1e6:,.1f} MB"
    cells = "".join(f'<td class="number">{cell}</td>' for cell in (*counts, size))
    problem = f'<p class="what">{verbatim(one.problem)}</p>' if one.problem else ""
    return (
        f'<tr><th scope="row"><code>{verbatim(one.id)}</code>{problem}</th>'
        f'<td><span class="state {one.state}">{verbatim(texts(f"version.{one.state}"))}</span></td>'
        f"<td>{verbatim(created)}</td>{cells}</tr>"
    )


def difference_view(found: Difference, texts: Texts) -> str:
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


def _change(one: DocumentChange, texts: Texts) -> str:
    counts = texts("diff.counts", added=one.added, removed=one.removed, changed=one.changed)
    kind = texts(f"diff.{one.state}")
    return f"<li><code>{verbatim(one.key)}</code> {verbatim(kind)}: {verbatim(counts)}</li>"


def job_view(job: Job | None, texts: Texts) -> str:
    """How far the work is, or what came of it."""
    if job is None:
        return ""
    name = verbatim(texts(f"job.{job.name}"))
    if job.active:
        share = round(100 * job.done / job.total) if job.total else 0
        told = (
            [translated(texts.named("step", job.step), texts), f"{job.done:,}/{job.total:,}"]
            if job.step
            else []
        )
        if job.left is not None and job.total > 1:
            told.append(texts("job.left", time=_time(job.left)))
        if job.state == "canceling":
            told = [texts("job.canceling")]
        return (
            f'<div class="job"><p class="job-name">{name}</p><div class="track" role="progressbar" '
            f'aria-label="{name}" aria-valuemin="0" aria-valuemax="100" aria-valuenow="{share}">'
            f'<div class="bar-fill" style="width:{share}%"></div></div>'
            f'<p class="job-step">{verbatim(" · ".join(told))}</p></div>'
        )
    if job.state == "failed":
        return _told(name, texts("job.failed"), [translated(job.error or "", texts)], problem=True)
    if job.state == "canceled":
        return _told(name, texts("job.canceled"), [])
    return _result(name, job.result, texts)


def _result(name: str, result: object, texts: Texts) -> str:
    if isinstance(result, BuildReport):
        key = "job.built" if result.published else "job.unchanged"
        if result.held_back:
            return _told(name, texts("job.heldback"), [result.held_back, *result.problems])
        said = texts(key, version=result.version, n=result.documents)
        return _told(name, said, result.problems)
    if isinstance(result, tuple) and result and isinstance(result[0], Plan):
        return _plan(name, result[0], result[1], texts)
    if isinstance(result, tuple):
        fetched = [one for one in result if isinstance(one, Fetched)]
        came = sum(one.file is not None for one in fetched)
        lines = [f"{one.key}: {_reason(one, texts)}" for one in fetched]
        return _told(name, texts("job.fetched", n=came, all=len(fetched)), lines)
    return _told(name, texts("job.done"), [])


def _reason(one: Fetched, texts: Texts) -> str:
    if one.reason is None:
        return texts("job.came")
    return "; ".join(translated(reason, texts) for reason in one.reason.split("; "))


def _plan(name: str, plan: Plan, problems: Sequence[str], texts: Texts) -> str:
    lines = [
        f"{texts(f'plan.{kind}')}: {', '.join(keys)}"
        for kind, keys in (("new", plan.new), ("changed", plan.changed), ("removed", plan.removed))
        if keys
    ]
    if plan.unchanged:
        lines.append(texts("plan.unchanged", n=len(plan.unchanged)))
    lines.append(texts("plan.passages", n=f"{plan.passages:,}"))
    return _told(name, texts("plan.title"), [*lines, *problems])


def _told(name: str, said: str, lines: Sequence[str], *, problem: bool = False) -> str:
    items = "".join(f"<li>{verbatim(line)}</li>" for line in lines)
    role = ' role="alert"' if problem else ' role="status"'
    return (
        f'<div class="told{" problem" if problem else ""}"{role}><p><b>{name}</b> · '
        f"{verbatim(said)}</p>{f'<ul>{items}</ul>' if items else ''}</div>"
    )


def notice(message: str, *, problem: bool = False) -> str:
    """What came of a click, in a line."""
    kind, role = ("told problem", "alert") if problem else ("told", "status")
    return f'<div class="{kind}" role="{role}"><p>{verbatim(message)}</p></div>'


def access_view(name: str | None, *, kept: bool, shut: bool, texts: Texts) -> str:
    """Who is signed in, or that one must be to change anything."""
    if shut:
        return (
            f'<p class="access">{verbatim(texts("sign.shut"))} <code>footnote users add</code></p>'
        )
    if not kept:
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


def _time(seconds: float) -> str:
    minutes, rest = divmod(round(seconds), 60)
    return f"{minutes}:{rest:02}"
