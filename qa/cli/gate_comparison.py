"""A comparison of two versions, as JSON and for a person."""

from dataclasses import asdict
from typing import TYPE_CHECKING, Any

from rich.text import Text

from qa.cli import console

if TYPE_CHECKING:
    from qa.evaluate.runs.gate_comparison import ComparedQuestion, GateComparison

_WORDS = 18


def comparison_json(found: "GateComparison") -> dict[str, Any]:
    """The comparison as `--json` prints it."""
    before, after = found.means
    return {
        "questions": len(found.rows),
        "before": round(before, 4),
        "after": round(after, 4),
        "change_interval": [round(found.low, 4), round(found.high, 4)],
        "probability_worse": round(found.worse, 4),
        "worse": [_json(row) for row in found.lost],
        "first_quotation_changed": [_json(row) for row in found.moved],
    }


def show_comparison(found: "GateComparison", *, moved: bool) -> None:
    """The questions that got worse, or with `moved` all whose first quotation is another."""
    out = console.output() if moved else console.errors()
    for row in found.moved if moved else found.lost:
        mark = "worse" if row.change < 0 else "better" if row.change > 0 else "equal"
        out.print(Text(f"{row.id} ({mark}): {row.question}"), soft_wrap=True)
        for word, result in (("before", row.before), ("after", row.after)):
            shown = "refused" if result.first is None else f"“{_short(result.first)}”"
            place = f" ({result.place})" if result.place else ""
            out.print(Text(f"  {word:6} {result.worth:.2f}  {shown}{place}"), soft_wrap=True)
    before, after = found.means
    out.print(
        f"{len(found.rows)} questions: {before:.3f} before, {after:.3f} after (change "
        f"{after - before:+.3f}, 95 % from {found.low:+.3f} to {found.high:+.3f}; probability of "
        f"being worse {found.worse:.2f}); {len(found.lost)} got worse, {len(found.moved)} have "
        "another first quotation",
        soft_wrap=True,
    )


def _json(row: "ComparedQuestion") -> dict[str, Any]:
    return {
        "id": row.id,
        "question": row.question,
        "before": asdict(row.before),
        "after": asdict(row.after),
    }


def _short(text: str) -> str:
    words = text.split()
    return " ".join(words[:_WORDS]) + (" …" if len(words) > _WORDS else "")
