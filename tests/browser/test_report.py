"""The HTML report of an evaluation: readable in light and dark, nothing from outside."""

from pathlib import Path

import pytest
from playwright.sync_api import Browser

from corpus.wording import Message
from qa.evaluate.measures.cases import Case
from qa.evaluate.measures.evaluation import Evaluation, Outcome
from qa.evaluate.reports.pages import html
from tests.browser.test_access import _faults

HOSTILE = "<img src=x onerror=alert(1)>"


def _case(number: int, kind: str, *, right: bool) -> Case:
    return Case(
        id=f"q{number}",
        group="",
        kind=kind,
        answerable=True,
        scores={"first quotation": float(right), "passage R@5": float(right)},
        milliseconds=10.0 * (number + 1),
        certainty="sure",
        right=right,
        confidence=number / 20,
    )


@pytest.fixture(scope="module")
def report(tmp_path_factory: pytest.TempPathFactory) -> Path:
    outcomes = tuple(
        Outcome(
            name,
            "all",
            tuple(_case(n, "fact" if n % 2 else "list", right=n % step > 0) for n in range(20)),
        )
        for name, step in (("all", 4), (HOSTILE, 3))
    )
    path = Path(tmp_path_factory.mktemp("report")) / "report.html"
    path.write_text(html(Evaluation(HOSTILE, 1, outcomes, (Message(HOSTILE),), "a machine", 1.0)))
    return path


@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_the_report_is_readable_and_loads_nothing(
    chromium: Browser, report: Path, scheme: str, tmp_path: Path
) -> None:
    page = chromium.new_page(color_scheme="dark" if scheme == "dark" else "light")
    requests: list[str] = []
    page.on("request", lambda request: requests.append(request.url))
    page.on("dialog", lambda dialog: requests.append(dialog.message))
    page.goto(report.as_uri())
    assert requests == [report.as_uri()]
    assert page.locator("figure svg").count() == 4
    assert page.locator("h1").inner_text() == HOSTILE
    assert _faults(page) == []
    # Words and axes of the plots have the color of the text, which turns with the scheme.
    ink = page.evaluate("getComputedStyle(document.body).color")
    ground = page.evaluate("getComputedStyle(document.body).backgroundColor")
    drawn = page.evaluate(
        "[...document.querySelectorAll('svg text, svg [id^=text] use, svg g > path')]"
        ".flatMap((one) => { const s = getComputedStyle(one); return [s.fill, s.stroke]; })"
    )
    assert ink in drawn
    assert ink != ground
    page.screenshot(path=tmp_path / f"report-{scheme}.png", full_page=True)
    page.close()
