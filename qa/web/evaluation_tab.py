"""The tab Evaluation: the labelled questions asked of one version, or of two."""

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

import gradio as gr

from qa.evaluate.data.datasets import Question
from qa.evaluate.data.gold import SPLITS, Split
from qa.evaluate.measures.evaluation import Evaluation
from qa.web.access.sessions import Door
from qa.web.evaluation_view import evaluation_view
from qa.web.jobs.acting import QUIET, acted
from qa.web.jobs.jobs import Jobs, Report
from qa.web.jobs.view import job_view
from qa.web.page_engine import PageEngine
from qa.web.texts import texts_for

NAME = "evaluate"
_MOST = 2


@dataclass(frozen=True)
class Evaluator:
    """What the tab asks: the versions, the run over some of them, and the questions of a half."""

    versions: Callable[[], tuple[str, ...]]
    run: Callable[[tuple[str, ...], Split, Report], Evaluation]
    questions: Callable[[Split], dict[str, Question]]


class EvaluationTab:
    """The handlers and components of the tab; the last evaluation is shown to every reader."""

    def __init__(self, evaluator: Evaluator, engine: PageEngine, jobs: Jobs, door: Door) -> None:
        self._evaluator, self._engine = evaluator, engine
        self._jobs, self._door = jobs, door
        self._last: tuple[Evaluation, Split] | None = None

    def put(self, tab: gr.Tab, said: Any) -> None:
        """Put the components into the tab at hand."""
        with gr.Column(elem_id="evaluation"):
            access = gr.HTML("", elem_id="evaluation-access")
            with gr.Row(elem_id="evaluation-actions"):
                words = (said("eval.measure"), said("eval.tune"), said("eval.fit"))
                parts = list(zip(words, reversed(SPLITS), strict=True))
                half = gr.Dropdown(
                    parts, value="measure", label=said("eval.half"), elem_id="evaluation-half"
                )
                versions = gr.Dropdown(
                    [],
                    label=said("eval.versions"),
                    info=said("eval.versions.hint"),
                    multiselect=True,
                    max_choices=_MOST,
                    elem_id="evaluation-versions",
                )
                run = gr.Button(said("eval.run"), variant="primary", elem_id="evaluation-run")
                cancel = gr.Button(said("corpus.cancel"), elem_id="evaluation-cancel")
            note = gr.HTML("", elem_id="evaluation-note")
            job = gr.HTML("", elem_id="evaluation-job")
            result = gr.HTML("", elem_id="evaluation-result")
            timer = gr.Timer(1.0, active=False)
        moving = [access, note, job, run, cancel, timer]
        run.click(self._start, [half, versions], [*moving, result], preprocess=False, **QUIET)
        cancel.click(self._cancel, None, [*moving, result], **QUIET)
        timer.tick(self._tick, None, [*moving, result], **QUIET)
        tab.select(self._opened, None, [*moving, result, versions], **QUIET)

    def _opened(self, request: gr.Request) -> list[Any]:
        found = list(self._evaluator.versions())
        chosen = gr.update(choices=found, value=[self._engine.version])
        return [*self._state(request), self._result(request), chosen]

    def _tick(self, request: gr.Request) -> list[Any]:
        active = self._jobs.job is not None and self._jobs.job.active
        result = gr.skip() if active else self._result(request)
        return [*self._state(request, gr.skip()), result]

    def _start(self, half: Any, versions: Any, request: gr.Request) -> list[Any]:
        split: Split = next((one for one in SPLITS if one == half), "measure")
        chosen = tuple(map(str, versions if isinstance(versions, list) else ()))[:_MOST]

        def act() -> None:
            known = self._evaluator.versions()
            wanted = tuple(one for one in chosen if one in known) or (self._engine.version,)
            self._jobs.start(NAME, lambda report: self._run(wanted, split, report))

        return self._done(request, act)

    def _run(self, versions: tuple[str, ...], split: Split, report: Report) -> str:
        self._last = (self._evaluator.run(versions, split, report), split)
        return ""

    def _cancel(self, request: gr.Request) -> list[Any]:
        return self._done(request, self._jobs.cancel)

    def _done(self, request: gr.Request, act: Callable[[], None]) -> list[Any]:
        return [*self._state(request, acted(self._door, request, act)), gr.skip()]

    def _state(self, request: gr.Request, note: Any = "") -> list[Any]:
        texts, job = texts_for(request), self._jobs.job
        may = self._door.open_to(request.cookies)
        busy = job is not None and job.active
        own = job is not None and job.name == NAME
        needed = "" if may else f'<p class="access">{texts("eval.sign")}</p>'
        return [
            needed,
            note,
            job_view(job if own or busy else None, texts),
            gr.update(interactive=may and not busy),
            gr.update(visible=busy and own and may),
            gr.Timer(active=busy),
        ]

    def _result(self, request: gr.Request) -> str:
        texts = texts_for(request)
        if self._last is None:
            return f'<p class="empty">{texts("eval.none")}</p>'
        evaluation, split = self._last
        asked = self._evaluator.questions(split)
        return evaluation_view(evaluation, asked, self._engine.keys, texts)
