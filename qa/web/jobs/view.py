"""Work that goes on, and what came of it, as HTML."""

from collections.abc import Sequence

from corpus.fetching.fetcher import Fetched
from corpus.wording import Message, Wording
from index.build.build import BuildReport
from index.build.plan import Plan
from qa.web.escape import verbatim
from qa.web.jobs.jobs import Job


def job_view(job: Job | None, texts: Wording) -> str:
    """How far the work is, or what came of it."""
    if job is None:
        return ""
    name = verbatim(texts(f"job.{job.name}"))
    if job.active:
        share = round(100 * job.done / job.total) if job.total else 0
        told = [texts.say(job.step), f"{job.done:,}/{job.total:,}"] if job.step else []
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
        return _told(name, texts("job.failed"), [texts.say(job.error)], problem=True)
    if job.state == "canceled":
        return _told(name, texts("job.canceled"), [])
    return _result(name, job.result, texts)


def _result(name: str, result: object, texts: Wording) -> str:
    if isinstance(result, BuildReport):
        key = "job.built" if result.published else "job.unchanged"
        problems = [texts.say(one) for one in result.problems]
        if result.held_back:
            return _told(name, texts("job.heldback"), [texts.say(result.held_back), *problems])
        said = texts(key, version=result.version, n=result.documents)
        return _told(name, said, problems)
    if isinstance(result, tuple) and result and isinstance(result[0], Plan):
        return _plan(name, result[0], result[1], texts)
    if isinstance(result, tuple):
        fetched = [one for one in result if isinstance(one, Fetched)]
        came = sum(one.file is not None for one in fetched)
        lines = [f"{one.key}: {_reason(one, texts)}" for one in fetched]
        return _told(name, texts("job.fetched", n=came, all=len(fetched)), lines)
    return _told(name, texts("job.done"), [])


def _reason(one: Fetched, texts: Wording) -> str:
    if one.reason is None:
        return texts("job.came")
    return texts.say(one.reason)


def _plan(name: str, plan: Plan, problems: Sequence[Message], texts: Wording) -> str:
    lines = [
        f"{texts(f'plan.{kind}')}: {', '.join(keys)}"
        for kind, keys in (("new", plan.new), ("changed", plan.changed), ("removed", plan.removed))
        if keys
    ]
    if plan.unchanged:
        lines.append(texts("plan.unchanged", n=len(plan.unchanged)))
    lines.append(texts("plan.passages", n=f"{plan.passages:,}"))
    return _told(name, texts("plan.title"), [*lines, *map(texts.say, problems)])


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


def _time(seconds: float) -> str:
    minutes, rest = divmod(round(seconds), 60)
    return f"{minutes}:{rest:02}"
