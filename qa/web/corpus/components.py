"""The components of the tab Corpus."""

from collections.abc import Sequence
from dataclasses import dataclass, fields
from typing import Any

import gradio as gr

from corpus.languages import LANGUAGES
from corpus.readers import READERS
from corpus.sources.csl import TYPES
from corpus.wording import SPOKEN, wording

_NAMED_TYPES = frozenset(
    "article-journal bill book chapter legislation report thesis treaty webpage".split()
)


@dataclass(frozen=True)
class Shown:
    """The components that tell or follow the state of the library, in the order of updates."""

    access: Any
    note: Any
    job: Any
    build: Any
    cancel: Any
    plan: Any
    fetch: Any
    add: Any
    remove: Any
    restore: Any
    use: Any
    sources: Any
    versions: Any
    version: Any
    own: Any
    removed: Any
    of: Any
    adding: Any
    removing: Any
    timer: Any

    def all(self) -> list[Any]:
        """The components as Gradio wants its outputs."""
        return [getattr(self, one.name) for one in fields(self)]


@dataclass(frozen=True)
class Given:
    """Input fields for adding a text, and the button that compares versions."""

    compare: Any
    file: Any
    of: Any
    title: Any
    author: Any
    year: Any
    kind: Any
    language: Any

    def all(self) -> list[Any]:
        """The fields in the order of `CorpusTab._add`."""
        return [self.file, self.of, self.title, self.author, self.year, self.kind, self.language]


def components(said: Any) -> tuple[Shown, Given]:
    """Put the components into the column at hand, with the words of the page."""
    access = gr.HTML("", elem_id="corpus-access")
    with gr.Row(elem_id="corpus-actions"):
        plan = gr.Button(
            said("corpus.plan"), variant="primary", elem_id="corpus-plan", interactive=False
        )
        fetch = gr.Button(said("corpus.fetch"), elem_id="corpus-fetch", interactive=False)
    note = gr.HTML("", elem_id="corpus-note")
    job = gr.HTML("", elem_id="corpus-job")
    with gr.Row(elem_id="corpus-work"):
        # Nothing is open to a click before the state of the library has come.
        build = gr.Button(
            said("corpus.build"), variant="primary", elem_id="corpus-build", visible=False
        )
        cancel = gr.Button(said("corpus.cancel"), elem_id="corpus-cancel", visible=False)
    sources = gr.HTML(_waiting(), elem_id="corpus-sources")
    with gr.Accordion(
        said("corpus.add"), open=False, elem_id="corpus-add-box", visible=False
    ) as adding:
        given, add = _form(said)
    with gr.Accordion(
        said("corpus.remove.title"), open=False, elem_id="corpus-remove-box", visible=False
    ) as removing:
        with gr.Row():
            own = gr.Dropdown([], label=said("corpus.own"), elem_id="corpus-own")
            remove = gr.Button(said("corpus.remove"), elem_id="corpus-remove")
        with gr.Row():
            removed = gr.Dropdown([], label=said("corpus.removed"), elem_id="corpus-removed")
            restore = gr.Button(said("corpus.restore"), elem_id="corpus-restore")
    versions = gr.HTML("", elem_id="corpus-versions")
    with gr.Row(elem_id="corpus-version-row"):
        version = gr.Dropdown([], label=said("corpus.version"), elem_id="corpus-version")
        compare = gr.Button(said("corpus.compare"), elem_id="corpus-compare")
        use = gr.Button(said("corpus.use"), elem_id="corpus-use", interactive=False)
    timer = gr.Timer(1.0, active=False)
    parts = (access, note, job, build, cancel, plan, fetch, add, remove, restore, use)
    tables = (sources, versions, version, own, removed, given[1])
    shown = Shown(*parts, *tables, adding, removing, timer)
    return shown, Given(compare, *given)


def _waiting() -> str:
    """What stands in the place of the table before it comes, in both languages."""
    return "".join(
        f'<p class="empty in-{texts.language}">{texts("corpus.waiting")}</p>'
        for texts in map(wording, SPOKEN)
    )


def _form(said: Any) -> tuple[Sequence[Any], Any]:
    file = gr.File(
        label=said("corpus.file"),
        file_types=sorted(READERS),
        file_count="single",
        elem_id="corpus-file",
        height=140,
    )
    of = gr.Dropdown([], label=said("corpus.of"), info=said("corpus.of.hint"), elem_id="corpus-of")
    title = gr.Textbox(label=said("corpus.title"), max_length=500, elem_id="corpus-title")
    with gr.Row():
        author = gr.Textbox(
            label=said("corpus.author"),
            info=said("corpus.author.hint"),
            max_length=500,
            elem_id="corpus-author",
        )
        year = gr.Textbox(label=said("corpus.year"), max_length=4, elem_id="corpus-year")
    with gr.Row():
        kinds = [(said(f"type.{one}"), one) for one in sorted(TYPES & _NAMED_TYPES)]
        kind = gr.Dropdown(kinds, value="report", label=said("corpus.type"), elem_id="corpus-type")
        languages = [(said(f"lang.{one}"), one) for one in LANGUAGES]
        language = gr.Dropdown(
            languages, value="en", label=said("corpus.language"), elem_id="corpus-language"
        )
    add = gr.Button(said("corpus.add.button"), variant="primary", elem_id="corpus-add")
    return (file, of, title, author, year, kind, language), add
