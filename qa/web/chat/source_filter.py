"""The filter beside the question: each source on or off, type, year, language."""

import re
from collections.abc import Callable, Sequence
from typing import Any, NamedTuple

import gradio as gr
from pydantic import BaseModel, ValidationError

from corpus.errors import QuestionError
from corpus.wording import Wording
from qa.citing.reference import short_reference
from qa.web.chat.cards import SourceOf
from qa.web.links import AskLink
from qa.web.page_engine import PageEngine
from qa.web.texts import texts_for

_MOST_NAMED = 8
"""Sources that are off are named in an answer up to this number, and counted beyond it."""


class SourceFilter(NamedTuple):
    """The components of the filter; their values, in this order, go to `narrowed`."""

    on: gr.CheckboxGroup
    known: gr.Textbox
    types: gr.CheckboxGroup
    languages: gr.CheckboxGroup
    first: gr.Textbox
    last: gr.Textbox


def source_filter(said: Callable[[str], Any]) -> tuple[SourceFilter, gr.Blocks]:
    """Put the filter into the column at hand; `said` gives the words of a key.

    Returns its components, and the box around them, which opens and closes.
    """
    quiet: dict[str, Any] = {"api_visibility": "private", "show_progress": "hidden"}
    with gr.Accordion(said("filter.title"), open=False, elem_id="filter") as box:
        with gr.Row(elem_id="filter-tools"):
            search = gr.Textbox(
                elem_id="filter-search",
                placeholder=said("filter.search"),
                label=said("filter.search"),
                show_label=False,
                container=False,
            )
            every = gr.Button(said("filter.on"), size="sm")
            none = gr.Button(said("filter.off"), size="sm")
        on = gr.CheckboxGroup(label=said("filter.sources"), elem_id="filter-sources")
        with gr.Row(elem_id="filter-more"):
            types = gr.CheckboxGroup(label=said("filter.types"), elem_id="filter-types")
            languages = gr.CheckboxGroup(label=said("filter.languages"), elem_id="filter-languages")
            first = _year(said("filter.first"), "filter-first")
            last = _year(said("filter.last"), "filter-last")
    # In the browser and not in a session: both lists must always come from the same answer, or a
    # question that is sent while the page loads would find every source off.
    known = gr.Textbox("", visible=False)
    # The words of the search stay in the browser. Its own events do not tell of all changes.
    search.change(None, js="() => window.footnote.find()", **quiet)
    chosen = SourceFilter(on, known, types, languages, first, last)
    every.click(lambda known: known.split(), known, on, queue=False, **quiet)
    none.click(lambda: [], None, on, queue=False, **quiet)
    for part in (on, types, languages, first, last):
        # Raw values: the choices that Gradio would compare them with are the browser's alone.
        part.change(_label, list(chosen), box, queue=False, preprocess=False, **quiet)
    return chosen, box


def fill_filter(engine: PageEngine, request: gr.Request) -> tuple[Any, ...]:
    """Choices of the filter at page load: updates of `on`, `known`, `types`, `languages`, box."""
    texts, keys = texts_for(request), list(engine.keys)
    sources = [engine.source(key) for key in keys]
    kinds = sorted({source.type for source in sources})
    spoken = sorted({one for own in engine.languages.values() for one in own})
    rows = [(f"{short_reference(one)} – {one.title}", one.key) for one in sources]
    return (
        gr.update(choices=rows, value=keys),
        " ".join(keys),
        gr.update(choices=[(texts.named("type", one), one) for one in kinds], value=[]),
        gr.update(choices=[(texts.named("lang", one), one) for one in spoken], value=[]),
        gr.update(label=texts("filter.all", n=len(keys))),
    )


def narrowed(question: str, history: Sequence[str], values: Sequence[Any]) -> AskLink:
    """A question with what the filter says, from the values of its components.

    Raises QuestionError for a year that is none, or values that no filter gives.
    """
    chosen = _chosen(values)
    try:
        return AskLink(
            question=question,
            history=tuple(history),
            off=tuple(key for key in chosen.known.split() if key not in set(chosen.on)),
            types=tuple(chosen.types),
            languages=tuple(chosen.languages),
            first=_number(chosen.first),
            last=_number(chosen.last),
        )
    except ValidationError:
        raise QuestionError("filter.unreadable") from None


def what_is_off(link: AskLink, source_of: SourceOf, texts: Wording) -> list[str]:
    """What an answer says of the sources that were not asked, in sentences."""
    notes = []
    if link.off:
        named = "; ".join(short_reference(source_of(key)) for key in link.off)
        many = texts.count("sources", len(link.off))
        notes.append(texts("answer.off", what=named if len(link.off) <= _MOST_NAMED else many))
    only = _only(link, texts)
    if only:
        notes.append(texts("answer.only", what=", ".join(only)))
    return notes


def _only(link: AskLink, texts: Wording) -> list[str]:
    first, last, only = link.first, link.last, []
    if link.types:
        kinds = [texts.named("type", one) for one in link.types]
        only.append(texts("only.type", what=kinds))
    if first is not None and last is not None:
        key = "only.of" if first == last else "only.between"
        only.append(texts(key, first=first, last=last))
    elif first is not None:
        only.append(texts("only.from", first=first))
    elif last is not None:
        only.append(texts("only.until", last=last))
    if link.languages:
        spoken = [texts.named("lang", one) for one in link.languages]
        only.append(texts("only.language", what=spoken))
    return only


def _year(label: Any, name: str) -> gr.Textbox:
    # A number of Gradio's would become 0 once it was left empty.
    return gr.Textbox(label=label, elem_id=name, max_lines=1, max_length=4)


def _number(year: str | None) -> int | None:
    text = (year or "").strip()
    if not text:
        return None
    if not re.fullmatch(r"[0-9]{4}", text):
        raise QuestionError("filter.no-year", year=text[:10])
    return int(text)


def _label(request: gr.Request, *values: Any) -> Any:
    """The words on the closed box, which say whether all is asked."""
    texts, chosen = texts_for(request), _chosen(values)
    on, there = len(chosen.on), len(chosen.known.split())
    if chosen.types or chosen.languages or chosen.first or chosen.last:
        return gr.update(label=texts("filter.narrowed", on=on, all=there))
    if on < there:
        return gr.update(label=texts("filter.some", on=on, all=there))
    return gr.update(label=texts("filter.all", n=there))


class _Values(BaseModel):
    """The values of the components as a browser sends them."""

    on: list[str] = []
    known: str = ""
    types: list[str] = []
    languages: list[str] = []
    first: str | None = None
    last: str | None = None


def _chosen(values: Sequence[Any]) -> _Values:
    given = dict(zip(SourceFilter._fields, values, strict=True))
    try:
        return _Values.model_validate({name: v for name, v in given.items() if v is not None})
    except ValidationError:
        raise QuestionError("filter.unreadable") from None
