"""An engine that follows the version in use, for processes that run on while others build."""

import logging
import threading
from collections.abc import Callable, Iterator, Sequence
from contextlib import closing, contextmanager

from corpus.errors import DocumentError, FootnoteError, IndexDamagedError, IndexMissingError
from corpus.settings import Settings, load_settings
from corpus.sources.registry import Source
from corpus.text.documents import Document, Span
from index.manifest import Manifest, read_manifest
from index.models.models import Models
from index.versions.locks import Reading
from index.versions.published import Versions
from index.versions.store import STORE_FILE, Store
from qa.answering.engine import Engine
from qa.answering.reader import reader_in_use
from qa.answers import Answer, Followed
from qa.request import Request

_log = logging.getLogger(__name__)
Open = Callable[[Engine | None], Engine]
"""Opens the version in use; gets the engine before it, whose models can be used again."""


Recall = Callable[[str, Engine], Engine]
"""Opens a version that is not in use, with the models of the engine where they fit it."""


def _no_other_version(version: str, _: Engine) -> Engine:
    raise DocumentError("index.not-open", version=version[:80])


class _Lease:
    """An open version and how many questions it answers just now."""

    def __init__(self, engine: Engine) -> None:
        self.engine = engine
        self.questions = 0
        self.replaced = False


class Serving:
    """The methods of an Engine, each on the version that is in use when it is called.

    A version that was put to use is opened beside the one before between two questions, by the
    thread that notices it; the others go on with the one before, which is closed when its last
    question is done. One that cannot be opened is told in the log, and the one before goes on.
    """

    def __init__(
        self, versions: Versions, open_engine: Open, recall: Recall = _no_other_version
    ) -> None:
        self._versions, self._open, self._recall = versions, open_engine, recall
        self._recalling = threading.Lock()  # one older version at a time is enough
        self._lock = threading.Lock()  # over the lease and its count
        self._opening = threading.Lock()
        self._lease = _Lease(open_engine(None))
        self._refused: str | None = None

    @classmethod
    def open(cls, settings: Settings) -> "Serving":
        """Serve the version in use in the data folder. Raises the errors of `Engine.open`."""
        versions = Versions(settings.home)

        def models_for(version: str, before: Engine) -> Models | None:
            """Those that are loaded, None where the version was made with another main model."""
            model = read_manifest(versions.path(version)).model
            fits = model.fingerprint == before.models.main.fingerprint
            return before.models if fits else None

        def open_engine(before: Engine | None) -> Engine:
            if before is None:
                return Engine.open(settings)
            # Read anew: the version may have been built for settings that changed meanwhile.
            fresh = load_settings(settings.home)
            read = before.opened.reader
            same = read is not None and read.name == reader_in_use(fresh.reader)
            opened = before.opened if same else None
            return Engine.open(fresh, models_for(versions.current(), before), opened=opened)

        def recall(version: str, before: Engine) -> Engine:
            models = models_for(version, before)
            return Engine.open(settings, models, version, opened=before.opened)

        return cls(versions, open_engine, recall)

    @property
    def version(self) -> str:
        """Id of the version that answers."""
        return self._lease.engine.version

    @property
    def keys(self) -> tuple[str, ...]:
        """Keys of the indexed documents, sorted."""
        return self._lease.engine.keys

    @property
    def languages(self) -> dict[str, frozenset[str]]:
        """The languages of the passages of each indexed document, by key."""
        with self._leased() as engine:
            return engine.languages

    def source(self, key: str, version: str | None = None) -> Source:
        """The record of a source, in the version that answers or another that is there.

        Raises DocumentError for an unknown key or version.
        """
        with self._leased() as engine:
            if version in {None, engine.version}:
                return engine.source(key)
        with self._store(str(version)) as (store, _):
            sources = store.sources()
        if key not in sources:
            raise DocumentError("index.no-source-in", key=key[:80], version=version)
        return sources[key]

    def document(self, version: str, key: str) -> Document:
        """The document of a source in a version, as it was indexed.

        Raises DocumentError where the version is gone, or damaged, or the key not indexed in it.
        """
        with self._leased() as engine:
            if version == engine.version:
                return engine.document(version, key)
        with self._store(version) as (store, manifest):
            document = store.document(key)
        listed = {entry.key: entry.sha256 for entry in manifest.documents}
        if document.sha256 != listed.get(key):
            raise DocumentError("index.other-document", key=key, version=version)
        return document

    def ask(self, request: Request) -> Answer:
        """The answer to a question; it names its version. Raises the errors of `Engine.ask`.

        A version that is there but not in use is opened for this one question.
        """
        self._notice()
        with self._leased() as engine, self._of_version(engine, request.version) as asked:
            return asked.ask(request)

    def follow(
        self, key: str, spans: Sequence[Span], version: str | None = None
    ) -> tuple[Followed, ...]:
        """What the sources that spans of a document cite say to each, see `Engine.follow`.

        A `version` that is there but not in use is opened for this once.
        """
        self._notice()
        with self._leased() as engine, self._of_version(engine, version) as asked:
            return asked.follow(key, spans)

    def follow_all(self, key: str) -> tuple[Followed, ...]:
        """Every sentence of a document that cites sources, see `Engine.follow_all`."""
        self._notice()
        with self._leased() as engine:
            return engine.follow_all(key)

    def close(self) -> None:
        """Release the files of the version that answers."""
        with self._lock:
            lease, lease_done = self._lease, not self._lease.questions
            lease.replaced = True
        if lease_done:
            lease.engine.close()

    @contextmanager
    def _leased(self) -> Iterator[Engine]:
        with self._lock:
            lease = self._lease
            lease.questions += 1
        try:
            yield lease.engine
        finally:
            with self._lock:
                lease.questions -= 1
                last = lease.replaced and not lease.questions
            if last:
                lease.engine.close()

    @contextmanager
    def _of_version(self, engine: Engine, version: str | None) -> Iterator[Engine]:
        """An engine on a version, with the models that are loaded; None is the one in use."""
        if version in {None, engine.version}:
            yield engine
            return
        if version not in self._versions.ids():
            raise DocumentError("index.version-gone", version=str(version)[:80])
        with self._recalling, closing(self._recall(str(version), engine)) as older:
            yield older

    def _notice(self) -> None:
        """Switch to the version in use, unless another thread is doing so."""
        try:
            wanted = self._versions.current()
        except (IndexMissingError, IndexDamagedError):
            return  # what is open goes on
        if wanted in {self.version, self._refused} or not self._opening.acquire(blocking=False):
            return
        try:
            if wanted != self.version:  # else another thread was faster
                self._switch(_Lease(self._open(self._lease.engine)))
        except FootnoteError as error:
            self._refused = wanted
            _log.error("%s; version %s goes on", error, self.version)
        finally:
            self._opening.release()

    def _switch(self, fresh: _Lease) -> None:
        with self._lock:
            before, self._lease = self._lease, fresh
            self._refused = None
            before.replaced = True
            idle = not before.questions
        if idle:
            before.engine.close()
        _log.info("version %s replaces %s", fresh.engine.version, before.engine.version)

    @contextmanager
    def _store(self, version: str) -> Iterator[tuple[Store, Manifest]]:
        """The store of a version that does not answer any more."""
        gone = DocumentError("answer.version-gone", version=version[:80])
        if version not in self._versions.ids():
            raise gone
        folder = self._versions.path(version)
        try:
            with closing(Reading(folder)), closing(Store(folder / STORE_FILE)) as store:
                yield store, read_manifest(folder)
        except FileNotFoundError:
            raise gone from None
        except IndexDamagedError as error:
            raise DocumentError(error.message.key, **error.message.values) from None
