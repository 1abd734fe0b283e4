"""An evaluation as the HTML of the tab Evaluation: figures, plots, wrong questions."""

from collections.abc import Mapping, Sequence

from corpus.wording import Wording
from qa.evaluate.data.datasets import Question
from qa.evaluate.measures.cases import Case
from qa.evaluate.measures.evaluation import Evaluation, Outcome
from qa.evaluate.reports.pages import run_facts, table
from qa.evaluate.reports.tables import tables
from qa.web.escape import verbatim
from qa.web.links import AskLink


def evaluation_view(
    evaluation: Evaluation, asked: Mapping[str, Question], keys: Sequence[str], texts: Wording
) -> str:
    """The page of an evaluation; each wrong question has a link that asks it in the chat.

    `asked` gives the question of each id, `keys` are those of all sources, since a question that
    is asked of some alone has the others off.
    """
    from qa.evaluate.reports.plots import plots  # noqa: PLC0415  (most who serve never draw)

    data = texts.named("report.data", evaluation.data)
    lines = "".join(f"<li>{verbatim(line)}</li>" for line in run_facts(evaluation, texts))
    figures = "".join(
        f"<figure>{svg}<figcaption>{verbatim(caption)}</figcaption></figure>"
        for caption, svg in plots(evaluation, texts)
    )
    rows = "".join(_wide(table(one), texts) for one in tables(evaluation, texts))
    wrong = "".join(_wrong(one, asked, keys, texts) for one in evaluation.outcomes)
    return (
        f'<section class="evaluation"><h2>{verbatim(data)}</h2>'
        f'<div class="plots">{figures}</div>{rows}<h2>{verbatim(texts("eval.wrong"))}</h2>{wrong}'
        f'<details class="about"><summary>{verbatim(texts("eval.about"))}</summary>'
        f"<ul>{lines}</ul></details></section>"
    )


def _wide(content: str, texts: Wording) -> str:
    label = verbatim(texts("eval.table"))
    return f'<div class="scroll" tabindex="0" role="region" aria-label="{label}">{content}</div>'


def _wrong(
    outcome: Outcome, asked: Mapping[str, Question], keys: Sequence[str], texts: Wording
) -> str:
    found = [(case, kind) for case in outcome.cases if (kind := _fault(case)) is not None]
    items = "".join(
        f'<li><span class="fault">{verbatim(texts(f"eval.{kind}"))}</span> '
        f'<a class="ask-again" href="{verbatim(_link(asked[case.id], outcome, keys).href)}">'
        f"{verbatim(_words(asked[case.id]))}</a></li>"
        for case, kind in sorted(found, key=lambda one: (one[1], one[0].id))
        if case.id in asked
    )
    said = texts("eval.wrong.of", n=len(found), all=len(outcome.cases), name=outcome.setup)
    return f'<details class="wrong"><summary>{verbatim(said)}</summary><ul>{items}</ul></details>'


def _fault(case: Case) -> str | None:
    if case.answerable and not case.answered:
        return "refused"
    if case.answerable and not case.right:
        return "other"
    if case.answerable or not case.answered:
        return None
    return "sure" if case.certainty == "sure" else "answered"


def _words(question: Question) -> str:
    return " › ".join((*question.history, question.text))


def _link(question: Question, outcome: Outcome, keys: Sequence[str]) -> AskLink:
    off = () if question.sources is None else tuple(k for k in keys if k not in question.sources)
    return AskLink(
        question=question.text,
        history=question.history,
        off=off,
        version=outcome.index_version or None,
    )
