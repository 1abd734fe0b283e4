"""The flow of a question: searched, extracted, weighed, cut again from the store, cited."""

import time
from collections.abc import Sequence
from dataclasses import dataclass
from functools import cached_property
from typing import NamedTuple

from corpus.errors import DocumentError, QuestionError
from corpus.settings import Settings
from corpus.sources.library import NO_LIBRARY, Library
from corpus.sources.registry import Source
from corpus.text.documents import Document, Span
from corpus.wording import Message
from index.models.encoder import Encoder
from index.models.models import Models
from index.search.query import Candidate, Query, WordMatches
from index.search.search import Index
from index.search.stages import ALL_STAGES, Stages
from index.search.weights import WEIGHTS
from index.versions.store import StoredPassage
from qa.answering.claims import Following
from qa.answering.confidence import Calibration, calibration, reason
from qa.answering.confidence_features import features
from qa.answering.definitions import prefer_definitions
from qa.answering.duplicates import distinct
from qa.answering.extracts import Extract, extract, whole
from qa.answering.quotations import Quoting
from qa.answering.record_facts import record_facts
from qa.answering.reranking import Reranker, load_reranker, rerank
from qa.answers import Answer, CitedReference, Followed, Quotation
from qa.question.about_source import Asked, asked_about
from qa.question.filters import EVERYTHING
from qa.question.language import language_of_question
from qa.question.terms import Terms
from qa.question.understand import as_words, searchable, understood
from qa.request import Request

NOT_RECORDED = Message.of("refused.not-recorded")
NO_WORDS = Message.of("refused.no-words")
NO_CANDIDATES = Message.of("refused.no-candidates")


@dataclass(frozen=True)
class Found:
    """What a question finds: candidates and the best extracts of them, best first.

    `ranked` are all passages that were looked at, the candidates first; `nothing` says why there
    are none.
    """

    query: Query
    candidates: tuple[Candidate, ...]
    extracts: tuple[Extract, ...]
    words: WordMatches | None = None
    ranked: tuple[Candidate, ...] = ()
    nothing: Message | None = NO_CANDIDATES
    library: Library = NO_LIBRARY

    @cached_property
    def terms(self) -> Terms:
        """The telling words of the question."""
        return Terms(self.query, self.library)

    @cached_property
    def features(self) -> tuple[tuple[float, ...], ...]:
        """What the confidence in each extract is computed from."""
        return tuple(
            features(self.terms, one, self.candidates, self.words) for one in self.extracts
        )


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
        reranker: Reranker | None = None,
        library: Library = NO_LIBRARY,
        fitted: Calibration | None = None,
    ) -> None:
        self._index, self._library = index, library
        self._given = threshold
        self._fitted = fitted
        self._reranker = reranker
        self._quoting = Quoting(index)
        self._following = Following(index, self._quoting, library)

    @classmethod
    def open(
        cls,
        settings: Settings,
        encoder: Models | Encoder | None = None,
        version: str | None = None,
        stages: Stages = ALL_STAGES,
        fitted: Calibration | None = None,
    ) -> "Engine":
        """An engine on the version in use, or on the one named. Raises as `Index.open` does.

        `fitted` takes the place of the calibration of the library.
        """
        index = Index.open(settings, encoder, version, stages)
        reranker = (
            load_reranker(settings.reranker, settings.checked_models) if stages.rerank else None
        )
        return cls(index, settings.threshold, reranker, Library.of(settings), fitted)

    @cached_property
    def _calibration(self) -> Calibration:
        # Read when it is needed: the fit of a new one does without.
        return calibration(self._library.calibration) if self._fitted is None else self._fitted

    @property
    def _threshold(self) -> float:
        return self._calibration.threshold if self._given is None else self._given

    @property
    def warning(self) -> Message | None:
        """Why the confidence may be wrong; None where it is fitted, or the threshold is given."""
        if self._given is not None:
            return None
        return self._calibration.fitted_to_another(self.models.main.name)

    @property
    def parts(self) -> tuple[str, ...]:
        """The stages of a search that run here."""
        return (*self._index.searches, *(["rerank"] if self._reranker else []))

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
        try:
            return self._index.sources[key]
        except KeyError:
            raise DocumentError("index.no-source", key=key[:80]) from None

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
        asked = self._about(request)
        if asked is not None:
            return Explained(self._told(request, asked, started))
        found = self.found(request)
        return Explained(self._weighed(request, found, started), found)

    def _weighed(self, request: Request, found: Found, started: float) -> Answer:
        """The answer or the refusal that what was found makes."""
        confidence, refusal, quotes = self._weigh(found)
        return Answer(
            question=request.text,
            searched=found.query.text,
            confidence=confidence,
            reason=refusal,
            quotes=() if refusal else quotes,
            closest=quotes if refusal else (),
            index_version=self.version,
            elapsed_ms=(time.perf_counter() - started) * 1000,
            parts=self.parts,
            calibrated=self._calibration.own,
            warning=self.warning,
        )

    def found(self, request: Request) -> Found:
        """What a search of a question finds, before it is decided whether that is an answer.

        Raises as `ask` does.
        """
        self._check(request.version)
        allowed = self._index.allowed(self._chosen(request), request.filters.languages)
        query = self._query(request)
        search = self._index.question(query)
        ranked = tuple(search.candidates(allowed, WEIGHTS.looked_at))
        if self._index.stages.question:
            ranked = tuple(prefer_definitions(query, ranked, self._library))
        if self._reranker is not None:
            ranked = rerank(self._reranker, query, ranked)
        candidates = ranked[: WEIGHTS.candidates]
        words = search.word_matches(candidates)
        extracts = distinct(extract(candidates), WEIGHTS.quotations)
        nothing = None if candidates else self._nothing(request)
        return Found(query, candidates, extracts, words, ranked, nothing, self._library)

    def _check(self, version: str | None) -> None:
        if version not in {None, self.version}:
            raise DocumentError("index.not-open", version=str(version)[:80])

    def _query(self, request: Request) -> Query:
        index = self._index
        if not index.stages.question:
            return as_words(request.text)
        return understood(
            request.text,
            index.sources,
            request.history,
            index.vocabulary,
            library=self._library,
            as_typed=request.as_typed,
        )

    def _chosen(self, request: Request) -> list[str] | None:
        """The keys of the sources that are asked, None for all."""
        sources, filters = request.sources, request.filters
        unknown = sorted(set(sources or ()) - set(self.keys))
        if unknown:
            raise QuestionError("question.no-source", unknown=unknown, known=self.keys)
        if filters == EVERYTHING:
            return None if sources is None else sorted(sources)
        passing = filters.chosen(self._index.sources, self._index.languages)
        return sorted(passing if sources is None else passing & sources)

    def _nothing(self, request: Request) -> Message:
        """Why no source is left to ask."""
        sources, filters = request.sources, request.filters
        if not filters.parts:
            return NO_CANDIDATES
        asked = len(self.keys if sources is None else sources)
        return Message.of("refused.filtered", n=asked, filter=filters.parts)

    def _about(self, request: Request) -> Asked | None:
        """What a question on a document itself asks for; of those that are asked."""
        text, sources = searchable(request.text), request.sources
        main = self._library.file.main
        asked = asked_about(text, language_of_question(text), self._index.sources, main)
        return asked if asked and (sources is None or asked.source in sources) else None

    def _told(self, request: Request, asked: Asked, started: float) -> Answer:
        """The answer that the record of a source gives, with its first words where they tell."""
        source, words = self.source(asked.source), 0
        cited: tuple[Source, ...] = ()
        quotes: tuple[Quotation, ...] = ()
        if source.key in self.keys:
            document = self._index.document(source.key)
            words = len(document.text.split())
            found = self._quoting.references(document, Span(0, len(document.text)))
            cited = tuple(self.source(one.key) for one in found)
            if asked.field == "about":
                quotes = (self.quote(whole(self._index.opening(source.key)), 1.0),)
        told = record_facts(asked, source, cited, words)
        return Answer(
            question=request.text,
            searched=searchable(request.text),
            confidence=1.0 if told else 0.0,
            reason=None if told or quotes else NOT_RECORDED,
            quotes=quotes,
            closest=(),
            index_version=self.version,
            elapsed_ms=(time.perf_counter() - started) * 1000,
            about=told,
        )

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

    def _weigh(self, found: Found) -> tuple[float, Message | None, tuple[Quotation, ...]]:
        if not found.candidates:
            return 0.0, found.nothing, ()
        if not found.terms.stems and not found.terms.numbers:
            return 0.0, NO_WORDS, tuple(map(self.quote, found.extracts))
        scores = [self._calibration.probability(values) for values in found.features]
        confidence = max(scores)
        refused = confidence < self._threshold
        quotes = tuple(
            self.quote(extract, score)
            for number, (extract, score) in enumerate(zip(found.extracts, scores, strict=True))
            if refused or number == 0 or score >= self._threshold
        )
        return confidence, reason(found.terms, found.candidates) if refused else None, quotes

    def quote(self, found: Extract, score: float = 0.0) -> Quotation:
        """The quotation of an extract, as `Quoting.quote` gives it."""
        return self._quoting.quote(found, score)
