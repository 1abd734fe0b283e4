"""Times that a reader waits for on the page, taken inside the browser."""

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from playwright.sync_api import Locator, Page

DEADLINE_MS = 20_000
"""What has not appeared by then is an error."""

# A page in the background gets no animation frames, so a timer looks, too, and sees the deadline.
_SHOWN = """async (act, shown, deadline) => {
  const before = performance.now();
  act();
  for (;;) {
    await Promise.race([
      new Promise(requestAnimationFrame), new Promise((go) => setTimeout(go, 100)),
    ]);
    const after = performance.now() - before;
    if (shown()) return after;
    if (after > deadline) throw new Error(`not shown after ${Math.round(after)} ms`);
  }
}"""
_CLICK = f"""(link, deadline) => ({_SHOWN})(
  () => link.click(),
  () => document.body.classList.contains("panel-open")
    && document.querySelector("#panel mark.hit")?.getBoundingClientRect().height > 0,
  deadline)"""
_ASK = f"""(box, deadline) => {{
  const quotations = () => document.querySelectorAll("#chat blockquote.quote").length;
  const had = quotations();
  return ({_SHOWN})(
    () => box.dispatchEvent(new KeyboardEvent("keypress", {{ key: "Enter", bubbles: true }})),
    () => quotations() > had,
    deadline);
}}"""


def ask_ms(page: "Page", question: str, deadline_ms: float = DEADLINE_MS) -> float:
    """Milliseconds from Enter to the first quotation of the answer.

    Raises playwright's Error where no quotation is shown within `deadline_ms`.
    """
    box = page.locator("#question textarea")
    box.fill(question)
    return float(box.evaluate(_ASK, deadline_ms))


def highlight_ms(link: "Locator", deadline_ms: float = DEADLINE_MS) -> float:
    """Milliseconds from a click on a footnote to its highlighted words; the panel is emptied after.

    Raises playwright's Error where no words are highlighted within `deadline_ms`.
    """
    took = float(link.evaluate(_CLICK, deadline_ms))
    link.page.keyboard.press("Escape")
    link.page.evaluate("document.querySelector('#panel .sheet').remove()")
    return took
