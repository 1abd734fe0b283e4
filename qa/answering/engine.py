"""The flow of a question: searched, extracted, weighed, cut again from the store, cited."""

import time
from collections.abc import Sequence
from typing import NamedTuple

from corpus.errors import DocumentError
from corpus.settings import Settings
from corpus.sources.library import NO_LIBRARY, Library
from corpus.sources.registry import Source
from corpus.text.documents import Document, Span
from corpus.wording import Message
from index.models.encoder import Encoder
from index.models.models import Models
from index.search.search import Index
from index.search.stages import ALL_STAGES, Stages
from index.versions.store import StoredPassage
from qa.answering.claims import Following
from qa.answering.confidence import Calibration
from qa.answering.finding import Finder, Found
from qa.answering.quotations import Quoting
from qa.answering.reader import WITHOUT_READER, OpenedReader, open_reader
from qa.answering.record_answers import RecordAnswers
from qa.answering.weighing import Weighing
from qa.answers import Answer, CitedReference, Followed
from qa.request import Request


class Explained(NamedTuple):
    """An answer with what the search found for it; None where a record answers, not a search."""

    answer: Answer
    found: Found | None = None


class Engine:
    """Answers questions from one version of the index; may be shared by threads."""

    def __init__(
        self,
        index: Index,
        threshold: float | None = None,
        opened: OpenedReader = WITHOUT_READER,
        library: Library = NO_LIBRARY,
        fitted: Calibration | None = None,
    ) -> None:
        self._index, self._opened = index, opened
        self._quoting = Quoting(index)
        self._finding = Finder(index, opened.reader, library)
        self._weighing = Weighing(self._quoting, library, threshold, fitted)
        self._records = RecordAnswers(index, self._quoting, library)
        self._following = Following(index, self._quoting, library)

    @classmethod
    def open(  # noqa: PLR0913
        cls,
        settings: Settings,
        encoder: Models | Encoder | None = None,
        version: str | None = None,
        stages: Stages = ALL_STAGES,
        fitted: Calibration | None = None,
        *,
        opened: OpenedReader | None = None,
    ) -> "Engine":
        """An engine on the version in use, or on the one named. Raises as `Index.open` does.

        `fitted` takes the place of the calibration of the library. `opened` takes the place of the
        reader that the settings name; where the stages do not read, none is used.
        """
        index = Index.open(settings, encoder, version, stages)
        if not stages.read:
            opened = WITHOUT_READER
        elif opened is None:
            opened = open_reader(settings.reader, settings.checked_models)
        return cls(index, settings.threshold, opened, Library.of(settings), fitted)

    @property
    def warning(self) -> Message | None:
        """Why answers may be worse than they should, None where nothing is known to be wrong.

        The bundled reader cannot be had, or the confidence was fitted to another model.
        """
        reader = self._opened.reader
        return self._opened.problem or self._weighing.warning(
            self.models.main.name, None if reader is None else reader.name
        )

    @property
    def opened(self) -> OpenedReader:
        """The reader that reads here, or none, for an engine on another version."""
        return self._opened

    @property
    def parts(self) -> tuple[str, ...]:
        """The stages of a search that run here."""
        return (*self._index.searches, *(["read"] if self._opened.reader else []))

    @property
    def version(self) -> str:
        """Id of the version that answers."""
        return self._index.manifest.id

    @property
    def keys(self) -> tuple[str, ...]:
        """Keys of the indexed documents, sorted."""
        return self._index.keys

    @property
    def languages(self) -> dict[str, frozenset[str]]:
        """The languages of the passages of each indexed document, by key."""
        return self._index.languages

    @property
    def records(self) -> dict[str, Source]:
        """The records of all sources that the library knows, indexed or not, by key."""
        return self._index.sources

    @property
    def models(self) -> Models:
        """The models that questions are encoded with."""
        return self._index.models

    def source(self, key: str, version: str | None = None) -> Source:
        """The record of a source. Raises DocumentError for an unknown key or another version."""
        self._check(version)
        return self._records.source(key)

    def document(self, version: str, key: str) -> Document:
        """The document of a source in a version, as it was indexed.

        Raises DocumentError where the version is not open or the key not indexed.
        """
        if version != self.version:
            raise DocumentError("answer.version-closed", version=version[:80])
        return self._index.document(key)

    def indexed(self, key: str) -> Document:
        """The document of a source in this version. Raises DocumentError where there is none."""
        return self._index.document(key)

    def ask(self, request: Request) -> Answer:
        """The answer to a question.

        Raises QuestionError for a question that cannot be searched, an unknown source or filter,
        DocumentError for another version than the one that is open, and IndexDamagedError where a
        quotation is no exact slice of its document.
        """
        return self.explain(request).answer

    def explain(self, request: Request) -> Explained:
        """The answer to a question, with what it was made from. Raises as `ask` does."""
        started = time.perf_counter()
        self._check(request.version)
        asked = self._records.asked(request)
        if asked is not None:
            return Explained(self._records.answer(request, asked, started))
        found = self.found(request)
        return Explained(self._weighed(request, found, started), found)

    def _weighed(self, request: Request, found: Found, started: float) -> Answer:
        """The answer or the refusal that what was found makes."""
        confidence, certainty, refusal, quotes = self._weighing.weigh(found)
        return Answer(
            question=request.text,
            searched=found.query.text,
            confidence=confidence,
            certainty=certainty,
            reason=refusal,
            quotes=() if refusal else quotes,
            closest=quotes if refusal else (),
            index_version=self.version,
            elapsed_ms=(time.perf_counter() - started) * 1000,
            parts=self.parts,
            calibrated=self._weighing.calibrated,
            warning=self.warning,
        )

    def found(self, request: Request) -> Found:
        """What a search of a question finds, before it is decided whether that is an answer.

        Raises as `ask` does.
        """
        self._check(request.version)
        return self._finding.found(request)

    def _check(self, version: str | None) -> None:
        if version not in {None, self.version}:
            raise DocumentError("index.not-open", version=str(version)[:80])

    def passages(self, key: str) -> tuple[StoredPassage, ...]:
        """The passages of a document, in order."""
        return self._index.passages(key)

    def sentences(self, key: str) -> tuple[Span, ...]:
        """The sentences of a document, in order, headings left out."""
        return self._index.sentences(key)

    def references(self, key: str, span: Span) -> tuple[CitedReference, ...]:
        """What a span of a document cites, each source once, as a quotation of it tells."""
        return self._quoting.references(self.indexed(key), span)

    def follow(
        self, key: str, spans: Sequence[Span], version: str | None = None
    ) -> tuple[Followed, ...]:
        """What the sources that spans of a document cite say to each, each source once a span.

        Raises DocumentError for a document that is not indexed, or another version.
        """
        self._check(version)
        return self._following.follow(key, spans)

    def follow_all(self, key: str) -> tuple[Followed, ...]:
        """Every sentence of a document that cites sources, with what they say to it, in order."""
        return self._following.follow_all(key)

    def close(self) -> None:
        """Release the files of the index."""
        self._index.close()
