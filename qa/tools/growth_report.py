"""The measured growth as a table in docs/benchmarks.md and as a drawing beside it."""

from collections.abc import Sequence
from pathlib import Path
from typing import Any

from corpus.settings import VectorSettings

DOCS = Path(__file__).parents[2] / "docs"
_BEGIN, _END = "<!-- growth: written by `make growth` -->", "<!-- end of growth -->"
_HEAD = (
    "| passages (sentences) | search | build, s (passages/s) | peak memory, MB | on disk, MB | "
    "search p50 / p95, ms | recall@10 |\n|---|---|---|---|---|---|---|"
)


def write_report(rows: Sequence[dict[str, Any]], docs: Path = DOCS) -> None:
    """Write the rows, as `growth.measure` gives them, into the page and draw them.

    Raises ValueError where the page lacks its marks.
    """
    page = docs / "benchmarks.md"
    before, begin, rest = page.read_text(encoding="utf-8").partition(_BEGIN)
    _, end, after = rest.partition(_END)
    if not begin or not end:
        raise ValueError(f"{page} lacks the marks {_BEGIN} and {_END}")
    table = "\n".join([_HEAD, *(_row(row) for row in rows)])
    page.write_text(f"{before}{begin}\n{table}\n{end}{after}", encoding="utf-8")
    draw(rows, docs / "growth.svg")


def _row(row: dict[str, Any]) -> str:
    chosen = VectorSettings().kind(row["passages"]) == row["kind"]
    kind = f"**{row['kind']}**" if chosen else row["kind"]
    build = f"{row['build_s']:,.1f}"
    build += f" ({row['passages'] / row['build_s']:,.0f})" if row["encoded"] else " (reused)"
    found = "not reached" if row["recall"] is None else f"{row['recall']:.3f}"
    return (
        f"| {row['passages']:,} ({row['sentences']:,}) | {kind} | {build} | {row['peak_mb']:,.0f} "
        f"| {row['disk_mb']:,.1f} | {row['p50_ms']:.2f} / {row['p95_ms']:.2f} | {found} |"
    )


def draw(rows: Sequence[dict[str, Any]], path: Path) -> None:
    """Draw the p95 of a search, build time, memory and disk over the passages."""
    import matplotlib as mpl  # noqa: PLC0415

    mpl.use("svg")
    mpl.rcParams["svg.hashsalt"] = "growth"  # the same figures give the same file
    import matplotlib.pyplot as plt  # noqa: PLC0415

    figure, axes = plt.subplots(1, 3, figsize=(11, 3.4), layout="constrained")
    kinds = list(dict.fromkeys(row["kind"] for row in rows))
    for kind in kinds:
        own = [row for row in rows if row["kind"] == kind]
        sizes = [row["passages"] for row in own]
        axes[0].plot(sizes, [row["p95_ms"] for row in own], marker="o", label=kind)
        axes[2].plot(sizes, [row["disk_mb"] for row in own], marker="o", label=f"disk, {kind}")
    full = [row for row in rows if row["encoded"]]
    sizes = [row["passages"] for row in full]
    axes[1].plot(sizes, [row["build_s"] for row in full], marker="o", color="black")
    axes[2].plot(
        sizes, [row["peak_mb"] for row in full], "--", marker="s", color="black", label="memory"
    )
    for axis, title in zip(axes, ("Search, p95 in ms", "Full build, s", "Megabytes"), strict=True):
        axis.set(xscale="log", yscale="log", xlabel="passages", title=title)
        axis.grid(visible=True, alpha=0.3)
    axes[0].legend()
    axes[2].legend(fontsize="small")
    figure.savefig(path, metadata={"Date": None})
    plt.close(figure)
