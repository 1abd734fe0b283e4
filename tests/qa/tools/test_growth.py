from pathlib import Path
from typing import Any

import numpy as np
import pytest

from qa.tools.growth import FastEncoder, measure, write_texts
from qa.tools.growth_report import write_report

ROW = {
    "passages": 1000, "sentences": 2000, "kind": "exact", "encoded": 1000, "build_s": 2.0,
    "peak_mb": 300.0, "disk_mb": 5.5, "p50_ms": 0.5, "p95_ms": 0.75, "recall": 1.0, "effort": None,
}  # fmt: skip


@pytest.mark.slow
def test_a_small_growth_is_measured_from_nothing_and_then_taken_over(tmp_path: Path) -> None:
    write_texts(tmp_path / "library", 120)
    exact = measure(tmp_path, "exact")
    assert (exact["passages"], exact["recall"]) == (120, 1.0)
    assert exact["encoded"] == 120
    fast = measure(tmp_path, "hnsw")
    assert fast["encoded"] == 0
    assert fast["recall"] >= 0.95


def test_the_fast_encoder_gives_unit_vectors_whatever_the_words() -> None:
    vectors = FastEncoder().passages(["bada of the", "of the", ""])
    assert np.allclose(np.linalg.norm(vectors, axis=1), 1)


@pytest.mark.slow
def test_the_report_fills_the_page_between_its_marks_and_draws(tmp_path: Path) -> None:
    page = tmp_path / "benchmarks.md"
    marks = ("<!-- growth: written by `make growth` -->", "<!-- end of growth -->")
    page.write_text(f"Before\n{marks[0]}\nold\n{marks[1]}\nAfter\n")
    rows: list[dict[str, Any]] = [ROW, ROW | {"kind": "ivf", "encoded": 0, "recall": None}]
    write_report(rows, tmp_path)
    text = page.read_text()
    assert text.startswith("Before\n")
    assert text.endswith("After\n")
    assert "old" not in text
    # 1,000 passages in 2 s.
    assert "| 1,000 (2,000) | **exact** | 2.0 (500) | 300 | 5.5 | 0.50 / 0.75 | 1.000 |" in text
    assert "| ivf | 2.0 (reused) |" in text
    assert "not reached" in text
    drawn = (tmp_path / "growth.svg").read_bytes()
    write_report(rows, tmp_path)
    assert (tmp_path / "growth.svg").read_bytes() == drawn


def test_a_page_without_marks_is_refused(tmp_path: Path) -> None:
    (tmp_path / "benchmarks.md").write_text("nothing")
    with pytest.raises(ValueError, match="lacks the marks"):
        write_report([ROW], tmp_path)
