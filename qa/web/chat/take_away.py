"""Taking the chat away: questions and quotations, or the bibliography of what is quoted.

The text goes to the browser that asked, which makes a file of it; no file lies on the server.
"""

import re
import unicodedata
from collections.abc import Callable, Sequence
from datetime import date
from typing import Any, NamedTuple

import gradio as gr

from corpus.errors import DocumentError, FootnoteError
from corpus.wording import SPOKEN, Wording, wording
from qa.answers import Answer
from qa.chats.transcript import as_html, as_json, as_markdown
from qa.citing.bibliography import bibliography
from qa.web.chat.messages import is_answer, own_messages
from qa.web.escape import verbatim
from qa.web.page_engine import PageEngine
from qa.web.texts import texts_for


class Form(NamedTuple):
    """A form in which a chat is taken away: suffix and media type of the file, and its writer."""

    suffix: str
    media: str
    write: Callable[[Sequence[Answer], PageEngine], str]


def _chat(form: Callable[..., str]) -> Callable[[Sequence[Answer], PageEngine], str]:
    def write(answers: Sequence[Answer], engine: PageEngine) -> str:
        return form(answers, lambda version, key: engine.document(version, key).sha256)

    return write


def _bibliography(form: str) -> Callable[[Sequence[Answer], PageEngine], str]:
    def write(answers: Sequence[Answer], engine: PageEngine) -> str:
        version_of = {
            quote.citation.source: answer.index_version
            for answer in answers
            for quote in answer.quotes
        }
        quotes = [quote for answer in answers for quote in answer.quotes]
        return bibliography(quotes, form, find=lambda key: engine.source(key, version_of.get(key)))

    return write


DOWNLOAD_FORMS = {
    "html": Form("html", "text/html", _chat(as_html)),
    "markdown": Form("md", "text/markdown", _chat(as_markdown)),
    "json": Form("json", "application/json", _chat(as_json)),
    "apa": Form("txt", "text/plain", _bibliography("apa")),
    "bibtex": Form("bib", "application/x-bibtex", _bibliography("bibtex")),
    "ris": Form("ris", "application/x-research-info-systems", _bibliography("ris")),
    "csl-json": Form("json", "application/json", _bibliography("csl-json")),
}
"""Forms of the menu in order; the first three hold the chat, the others its bibliography."""
CHAT_FORMS = ("html", "markdown", "json")
# A click on an entry tells its form; the names of forms alone come from the page.
_SCRIPT = """
element.addEventListener("click", (event) => {
  const entry = event.target.closest("button[data-form]");
  if (!entry) return;
  const menu = entry.closest("details");
  menu.open = false;
  menu.querySelector("summary").focus();
  trigger("submit", { form: entry.dataset.form });
});
"""


def take_away(engine: PageEngine, answers: gr.State, chat: gr.Chatbot) -> gr.HTML:
    """Put the menu into the row at hand; the page's script makes the file.

    `chat` shows the answers; those that are shown and no longer known came before the server was
    started anew.
    """
    menu = gr.HTML(_menu(), elem_id="take-away", js_on_load=_SCRIPT)
    file = gr.JSON(visible=False)

    # Gradio reads the annotations of a handler, which `partial` hides.
    def taken_away(
        known: list[Answer], shown: Any, event: gr.EventData, request: gr.Request
    ) -> dict[str, str]:
        texts = texts_for(request)
        if not known and any(is_answer(one["content"]) for one in own_messages(shown)):
            return {"problem": texts("take.restarted")}
        return _taken(engine, known, (event._data or {}).get("form"), texts)

    taken = menu.submit(
        taken_away,
        [answers, chat],
        file,
        preprocess=False,
        api_visibility="private",
        show_progress="hidden",
    )
    taken.then(None, file, None, js="(file) => window.footnote.save(file)")
    return menu


def _taken(
    engine: PageEngine, answers: list[Answer], wanted: object, texts: Wording
) -> dict[str, str]:
    """Name, media type and text of the file, or the problem in words."""
    form = DOWNLOAD_FORMS.get(str(wanted))
    try:
        if form is None:
            raise DocumentError("take.form")
        if not (answers if _of_chat(form) else any(answer.quotes for answer in answers)):
            return {"problem": texts("take.nothing")}
        text = form.write(answers, engine)
    except FootnoteError as error:
        return {"problem": texts.say(error)}
    return {"name": file_name(answers, form), "media": form.media, "text": text}


def file_name(answers: Sequence[Answer], form: Form) -> str:
    """`footnote-2026-03-01-what-lowers-fever.md`: the day and the first question."""
    first = answers[0].question if answers else ""
    plain = unicodedata.normalize("NFKD", first).encode("ascii", "ignore").decode().lower()
    slug = "-".join(re.findall(r"[a-z0-9]+", plain))[:50].rstrip("-")
    kind = "" if _of_chat(form) else "sources"
    parts = ["footnote", date.today().isoformat(), slug, kind]
    return "-".join(filter(None, parts)) + f".{form.suffix}"


def _of_chat(form: Form) -> bool:
    return any(form is DOWNLOAD_FORMS[name] for name in CHAT_FORMS)


def _menu() -> str:
    """The menu in every language; the style shows the reader's."""
    return "".join(
        f'<details class="take in-{texts.language}"><summary>{verbatim(texts("take.title"))}'
        f"</summary><div>{_entries(texts)}</div></details>"
        for texts in map(wording, SPOKEN)
    )


def _entries(texts: Wording) -> str:
    chat, sources = (
        "".join(
            f'<button type="button" data-form="{name}">{verbatim(texts(f"take.{name}"))}</button>'
            for name in DOWNLOAD_FORMS
            if (name in CHAT_FORMS) == of_chat
        )
        for of_chat in (True, False)
    )
    return (
        f"<p>{verbatim(texts('take.chat'))}</p>{chat}"
        f"<p>{verbatim(texts('take.sources'))}</p>{sources}"
        f'<p class="hint">{verbatim(texts("take.hint"))} <code>footnote verify</code></p>'
    )
