"""Plots of an evaluation as inline SVG; their ink is that of the text around them.

Lines and words are drawn in `currentColor` on no ground, the series in colors and strokes that can
be told apart on light and dark.
"""

import io
import re
import threading
from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager
from html import escape
from typing import Any

import matplotlib as mpl
import numpy as np
from matplotlib.axes import Axes
from matplotlib.figure import Figure as Canvas
from matplotlib.ticker import PercentFormatter

from corpus.wording import Wording
from qa.evaluate.data.language_kinds import kind_words
from qa.evaluate.measures.cases import Figure
from qa.evaluate.measures.evaluation import Evaluation
from qa.evaluate.measures.refusals import Bin, RiskCoverage
from qa.evaluate.reports.tables import ENGLISH_WORDING

_INK = "#010203"
"""Stands for `currentColor`, which matplotlib does not know."""
_COLORS = ("#3a86c8", "#d9772b", "#2a9d6f", "#a564c4", "#c2556a", "#8a8f2a")
_STROKES = ("-", "--", "-.", ":")
_MARKS = "osD^vP"
_SIZE = (6.4, 4.0)
_LOCK = threading.Lock()  # settings of matplotlib are of the whole process
_RC: dict[Any, Any] = {
    "svg.fonttype": "none",
    "font.family": "sans-serif",
    "font.size": 11,
    "axes.edgecolor": _INK,
    "axes.labelcolor": _INK,
    "text.color": _INK,
    "xtick.color": _INK,
    "ytick.color": _INK,
    "axes.spines.top": False,
    "axes.spines.right": False,
    "legend.frameon": False,
    "grid.color": _INK,
    "grid.alpha": 0.15,
    "axes.grid": True,
}
KIND_MEASURE = "passage R@5"


def plots(evaluation: Evaluation, texts: Wording = ENGLISH_WORDING) -> Iterator[tuple[str, str]]:
    """Each plot that the cases allow, with its caption."""
    outcomes = evaluation.outcomes
    judged = [one for one in outcomes if one.judged]
    if judged:
        yield (
            texts("report.risk-caption"),
            risk_coverage_plot({one.setup: one.risk_coverage for one in judged}, texts),
        )
        yield (
            texts("report.reliability-caption"),
            reliability_plot({one.setup: one.reliability for one in judged}, texts),
        )
    kinds = {one.setup: one.by_kind(KIND_MEASURE) for one in outcomes}
    if any(len(own) > 1 for own in kinds.values()):
        yield (
            texts("report.recall-caption"),
            by_kind(kinds, texts),
        )
    yield (
        texts("report.latency-caption"),
        latency({one.setup: [case.milliseconds for case in one.cases] for one in outcomes}, texts),
    )


def risk_coverage_plot(curves: Mapping[str, RiskCoverage], texts: Wording = ENGLISH_WORDING) -> str:
    """Risk over coverage, a line a set-up, with the area under it."""
    with _drawing("risk-coverage") as (canvas, axes):
        for number, (name, own) in enumerate(curves.items()):
            axes.plot(own.coverage, own.risk, label=f"{name}, AURC {own.area:.3f}", **_line(number))
        _shares(axes, texts("report.answered"), texts("report.wrong"))
        return _svg(canvas, axes, texts("report.risk"), "risk-coverage")


def reliability_plot(bins: Mapping[str, Sequence[Bin]], texts: Wording = ENGLISH_WORDING) -> str:
    """The share of right answers over the confidence; on the diagonal the confidence is true."""
    with _drawing("reliability") as (canvas, axes):
        axes.plot([0, 1], [0, 1], color=_INK, linewidth=0.8, alpha=0.6)
        for number, (name, own) in enumerate(bins.items()):
            x, y = [one.confidence for one in own], [one.right for one in own]
            axes.plot(x, y, label=name, **_line(number))
            most = max((one.count for one in own), default=1)
            axes.scatter(
                x,
                y,
                [15 + 120 * one.count / most for one in own],
                color=_color(number),
                marker=_MARKS[number % len(_MARKS)],
                alpha=0.8,
            )
        _shares(axes, texts("report.confidence"), texts("report.right"))
        return _svg(canvas, axes, texts("report.share-right"), "reliability")


def by_kind(figures: Mapping[str, Mapping[str, Figure]], texts: Wording = ENGLISH_WORDING) -> str:
    """A measure by kind of question with its interval, a mark a set-up."""
    kinds = list(dict.fromkeys(kind for own in figures.values() for kind in own))
    height = max(_SIZE[1], 0.9 + 0.2 * len(kinds) * (1 + len(figures)))
    with _drawing("kinds", height) as (canvas, axes):
        step = 0.7 / max(len(figures), 1)
        for number, (name, own) in enumerate(figures.items()):
            known = [kind for kind in kinds if kind in own]
            values = np.array([own[kind].value for kind in known])
            low = np.nan_to_num([own[kind].low for kind in known], nan=1.0)
            high = np.nan_to_num([own[kind].high for kind in known], nan=0.0)
            axes.errorbar(
                values,
                [kinds.index(kind) + (number - (len(figures) - 1) / 2) * step for kind in known],
                xerr=[np.maximum(values - low, 0), np.maximum(high - values, 0)],
                fmt=_MARKS[number % len(_MARKS)],
                color=_color(number),
                label=name,
                capsize=2,
            )
        counts = {kind: one.cases for own in figures.values() for kind, one in own.items()}
        axes.set_yticks(
            range(len(kinds)),
            [f"{kind_words(kind, texts)} ({counts[kind]})" for kind in kinds],
        )
        axes.invert_yaxis()
        axes.set_xlim(-0.02, 1.02)
        axes.set_xlabel(texts("report.recall"))
        return _svg(canvas, axes, texts("report.recall-title"), "kinds")


def latency(milliseconds: Mapping[str, Sequence[float]], texts: Wording = ENGLISH_WORDING) -> str:
    """The share of questions done within a time, a line a set-up."""
    with _drawing("latency") as (canvas, axes):
        for number, (name, own) in enumerate(milliseconds.items()):
            times = np.sort(np.asarray(own, float))
            shares = np.arange(1, len(times) + 1) / max(len(times), 1)
            axes.step(times, shares, where="post", label=name, **_line(number))
        axes.set_xlim(left=0)
        axes.set_ylim(-0.02, 1.02)
        axes.yaxis.set_major_formatter(PercentFormatter(1))
        axes.set_xlabel(texts("report.milliseconds"))
        axes.set_ylabel(texts("report.done"))
        return _svg(canvas, axes, texts("report.done-title"), "latency")


@contextmanager
def _drawing(name: str, height: float = _SIZE[1]) -> Iterator[tuple[Canvas, Axes]]:
    """A canvas with axes under the settings above; one at a time."""
    with _LOCK, mpl.rc_context({**_RC, "svg.hashsalt": name}):
        canvas = Canvas(figsize=(_SIZE[0], height), layout="constrained")
        yield canvas, canvas.add_subplot()


def _color(number: int) -> str:
    return _COLORS[number % len(_COLORS)]


def _line(number: int) -> dict[str, Any]:
    return {"color": _color(number), "linestyle": _STROKES[number % len(_STROKES)]}


def _shares(axes: Axes, across: str, up: str) -> None:
    axes.set_xlim(0, 1.02)
    axes.set_ylim(-0.02, 1.02)
    for axis in (axes.xaxis, axes.yaxis):
        axis.set_major_formatter(PercentFormatter(1))
    axes.set_xlabel(across)
    axes.set_ylabel(up)


def _svg(canvas: Canvas, axes: Axes, label: str, name: str) -> str:
    if axes.get_legend_handles_labels()[1]:
        axes.legend()
    out = io.StringIO()
    nothing = dict.fromkeys(("Creator", "Date", "Format", "Type"))
    canvas.savefig(out, format="svg", transparent=True, metadata=nothing)
    text = out.getvalue()
    text = text[text.index("<svg") :].replace(_INK, "currentColor")
    text = re.sub(r"<metadata>.*?</metadata>\s*", "", text, flags=re.S)
    # Ids of plots on one page must differ.
    text = re.sub(r'(id="|href="#|url\(#)', rf"\g<1>{name}-", text)
    return text.replace("<svg ", f'<svg role="img" aria-label="{escape(label)}" ', 1).strip()
