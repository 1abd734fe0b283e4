"""The tab Corpus: the state of the library, and what changes it."""

from collections.abc import Callable, Iterator, Sequence
from pathlib import Path
from typing import Any

import gradio as gr

from corpus.errors import ConfigurationError, FootnoteError
from corpus.wording import Wording
from qa.library.librarian import Librarian
from qa.web.access.sessions import Door
from qa.web.corpus import view
from qa.web.corpus.components import components
from qa.web.escape import verbatim
from qa.web.jobs.acting import QUIET, acted
from qa.web.jobs.jobs import Jobs
from qa.web.jobs.view import job_view, notice
from qa.web.texts import texts_for


class CorpusTab:
    """The handlers and components of the tab."""

    def __init__(self, librarian: Librarian, jobs: Jobs, door: Door) -> None:
        self._librarian, self._jobs, self._door = librarian, jobs, door

    def put(self, tab: gr.Tab, said: Any) -> None:
        """Put the components into the tab at hand."""
        with gr.Column(elem_id="corpus"):
            shown, given = components(said)
            diff = gr.HTML("", elem_id="corpus-diff")
        outputs = shown.all()
        shown.plan.click(self._starter("plan"), None, outputs, **QUIET)
        shown.build.click(self._starter("build"), None, outputs, **QUIET)
        shown.fetch.click(self._starter("fetch"), None, outputs, **QUIET)
        shown.cancel.click(self._cancel, None, outputs, **QUIET)
        shown.timer.tick(self._tick, None, outputs, **QUIET)
        # What was told is cleared only where it came in.
        # Raw values: a session that is older than the server has lost the choices of its lists.
        raw = {**QUIET, "preprocess": False}
        emptied = [one for one in given.all() if one is not shown.of]
        shown.add.click(self._add, given.all(), [*outputs, *emptied], **raw)
        shown.remove.click(self._changer("remove"), shown.own, outputs, **raw)
        shown.restore.click(self._changer("restore"), shown.removed, outputs, **raw)
        shown.use.click(self._changer("use"), shown.version, outputs, **raw)
        given.compare.click(self._compare, shown.version, diff, **raw)
        tab.select(self._opened, None, outputs, **QUIET)

    def _opened(self, request: gr.Request) -> list[Any]:
        return self._state(request)

    def _tick(self, request: gr.Request) -> list[Any]:
        """How far the work is; when it has ended, everything anew."""
        job = self._jobs.job
        if job is None or not job.active:
            return self._state(request, note=gr.skip())
        return self._state(request, note=gr.skip(), tables=False)

    def _starter(self, name: str) -> Callable[[gr.Request], list[Any]]:
        def start(request: gr.Request) -> list[Any]:
            def begin() -> None:
                self._jobs.start(name, getattr(self._librarian, name))

            return self._done(request, begin, tables=False)

        return start

    def _cancel(self, request: gr.Request) -> list[Any]:
        return self._done(request, self._jobs.cancel, tables=False)

    def _changer(self, name: str) -> Callable[[Any, gr.Request], Iterator[list[Any]]]:
        def change(key: Any, request: gr.Request) -> Iterator[list[Any]]:
            texts = texts_for(request)
            yield self._working(request)

            def act() -> str:
                if not key or not isinstance(key, str):
                    return texts("corpus.choose")
                with self._jobs.idle():
                    getattr(self._librarian, name)(key)
                return texts(f"corpus.{name}.done", name=key)

            yield self._done(request, act)

        return change

    def _working(self, request: gr.Request) -> list[Any]:
        """What is shown at once, since all texts are read for the table that comes after."""
        note = notice(texts_for(request)("corpus.working"))
        return self._state(request, note, tables=False)

    def _add(  # noqa: PLR0913, PLR0917
        self,
        sent: Any,
        of: Any,
        title: Any,
        author: Any,
        year: Any,
        kind: Any,
        language: Any,
        request: gr.Request,
    ) -> Iterator[list[Any]]:
        yield [*self._working(request), *[gr.skip()] * 6]
        texts, file = texts_for(request), _uploaded(sent)
        came = False

        def act() -> str:
            nonlocal came
            if file is None or not (of or str(title or "").strip()):
                return texts("corpus.add.lacks")
            path = file
            try:
                with self._jobs.idle():
                    if of:
                        source = self._librarian.add_text(path, str(of))
                    else:
                        told = _told(*(str(v or "") for v in (title, author, year, kind, language)))
                        source = self._librarian.add(path, told)
            finally:
                path.unlink(missing_ok=True)
            came = True
            return texts("corpus.add.done", name=source.key)

        done = self._done(request, act, hidden=file and file.parent)
        emptied = [None, "", "", "", gr.skip(), gr.skip()]
        kept = [None if file and not file.exists() else gr.skip(), *[gr.skip()] * 5]
        yield [*done, *(emptied if came else kept)]

    def _compare(self, version: Any, request: gr.Request) -> str:
        texts = texts_for(request)
        if not version or not isinstance(version, str):
            return notice(texts("corpus.choose"))
        try:
            return view.difference_view(self._librarian.compare(version), texts)
        except FootnoteError as error:
            return self._placeless(notice(texts.say(error), problem=True))

    def _done(
        self,
        request: gr.Request,
        act: Callable[[], str | None],
        *,
        tables: bool = True,
        hidden: Path | None = None,
    ) -> list[Any]:
        """Act where the reader may, and show what came of it without the folder `hidden`."""
        note = acted(self._door, request, act)
        # Where the server keeps an uploaded file meanwhile is nobody's business.
        shown = note if hidden is None else note.replace(verbatim(f"{hidden}/"), "")
        return self._state(request, shown, tables=tables)

    def _state(self, request: gr.Request, note: Any = "", *, tables: bool = True) -> list[Any]:
        """An update for each of `Shown`; without `tables` those stay that take a while."""
        texts, job = texts_for(request), self._jobs.job
        may = self._door.open_to(request.cookies)
        busy = job is not None and job.active
        planned = job is not None and job.state == "done" and job.name == "plan"
        able = gr.update(interactive=may and not busy)
        access = view.access_view(
            self._door.name_of(request.cookies),
            needs_sign_in=self._door.needs_sign_in,
            lets_nobody_in=self._door.lets_nobody_in,
            texts=texts,
        )
        return [
            access,
            self._placeless(note) if isinstance(note, str) else note,
            self._placeless(job_view(job, texts)),
            gr.update(visible=planned and may, interactive=may),
            gr.update(visible=busy and may),
            *[able] * 6,
            *(self._tables(texts) if tables else [gr.skip()] * 6),
            *[gr.update(visible=may)] * 2,
            gr.Timer(active=busy),
        ]

    def _tables(self, texts: Wording) -> list[Any]:
        try:
            found, versions = self._librarian.sources, self._librarian.versions
            others = [one.id for one in versions if one.state == "published"]
            return [
                self._placeless(view.sources_table(found, texts)),
                self._placeless(view.versions_table(versions, texts)),
                _choices(others),
                _choices(self._librarian.own),
                _choices(self._librarian.removed),
                gr.update(choices=_new_or(self._librarian.textless, texts), value=""),
            ]
        except FootnoteError as error:
            told = notice(texts.say(error), problem=True)
            return [self._placeless(told), *[gr.skip()] * 5]

    def _placeless(self, content: str) -> str:
        """HTML without the place of the data folder, which is nobody's business out there."""
        home = self._librarian.settings.home
        for place in (home.absolute(), home):
            content = content.replace(verbatim(f"{place}/"), "")
        return content


def _uploaded(sent: object) -> Path | None:
    """The file that came; Gradio has seen to it that it lies among those that were uploaded."""
    path = sent.get("path") if isinstance(sent, dict) else None
    return Path(path) if isinstance(path, str) and path else None


def _new_or(textless: Sequence[tuple[str, str]], texts: Wording) -> list[tuple[str, str]]:
    return [(texts("corpus.of.new"), ""), *((f"{key} – {title}", key) for key, title in textless)]


def _told(title: str, author: str, year: str, kind: str, language: str) -> dict[str, Any]:
    """The arguments of `qa.library.add.new_record`. Raises ConfigurationError for a bad year."""
    year = (year or "").strip()
    if year and not (year.isdecimal() and len(year) <= 4):
        raise ConfigurationError("corpus.no-year", year=year)
    return {
        "title": title.strip(),
        "authors": [one.strip() for one in (author or "").split(";") if one.strip()],
        "year": int(year) if year else None,
        "language": str(language),
        "kind": str(kind),
    }


def _choices(keys: Sequence[str]) -> Any:
    return gr.update(choices=list(keys), value=None)
