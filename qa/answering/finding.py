"""A question searched: candidates and the best extracts of them, before any is an answer."""

from dataclasses import dataclass
from functools import cached_property

from corpus.errors import QuestionError
from corpus.sources.library import Library
from corpus.wording import Message
from index.models.known_languages import EVERY_LANGUAGE, Languages
from index.search.query import Candidate, Query
from index.search.search import Index
from index.search.weights import WEIGHTS
from qa.answering.confidence_features import features
from qa.answering.definitions import (
    asked_term,
    prefer_defining_sentences,
    prefer_definitions,
)
from qa.answering.duplicates import distinct
from qa.answering.extracts import Extract, extract
from qa.answering.reader import AnswerReader
from qa.answering.reading import read_candidates
from qa.question.filters import EVERYTHING
from qa.question.terms import Terms
from qa.question.understand import as_words, understood
from qa.request import Request

NO_CANDIDATES = Message.of("refused.no-candidates")


@dataclass(frozen=True)
class Found:
    """What a question finds: candidates and the best extracts of them, best first.

    `ranked` are all passages that were looked at, the candidates first; `nothing` says why there
    are none. `reader_languages` are those of the reader, where there is one.
    """

    query: Query
    candidates: tuple[Candidate, ...]
    extracts: tuple[Extract, ...]
    ranked: tuple[Candidate, ...]
    nothing: Message | None
    library: Library
    reader_languages: Languages = EVERY_LANGUAGE

    @cached_property
    def terms(self) -> Terms:
        """The telling words of the question."""
        return Terms(self.query, self.library)

    @cached_property
    def features(self) -> tuple[tuple[float, ...], ...]:
        """What the confidence in each extract is computed from."""
        return tuple(
            features(self.terms, one, self.candidates, self.reader_languages)
            for one in self.extracts
        )


class Finder:
    """Searches one version of the index; may be shared by threads."""

    def __init__(self, index: Index, reader: AnswerReader | None, library: Library) -> None:
        self._index, self._reader, self._library = index, reader, library

    def found(self, request: Request) -> Found:
        """What a search of a question finds.

        Raises QuestionError for a question that cannot be searched, an unknown source or filter.
        """
        allowed = self._index.allowed(self._chosen(request), request.filters.languages)
        query = self._query(request)
        search = self._index.question(query)
        ranked = tuple(search.candidates(allowed, WEIGHTS.looked_at))
        term = asked_term(query, self._library) if self._index.stages.question else frozenset[str]()
        ranked = tuple(prefer_definitions(query, term, ranked))
        if self._reader is not None:
            ranked = read_candidates(self._reader, query, ranked)
        candidates = search.with_sentence_scores(ranked[: WEIGHTS.candidates])
        candidates = prefer_defining_sentences(query, term, candidates)
        return Found(
            query=query,
            candidates=candidates,
            extracts=distinct(extract(candidates), WEIGHTS.quotations),
            ranked=ranked,
            nothing=None if candidates else self._nothing(request),
            library=self._library,
            reader_languages=EVERY_LANGUAGE if self._reader is None else self._reader.languages,
        )

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
        unknown = sorted(set(sources or ()) - set(self._index.keys))
        if unknown:
            raise QuestionError("question.no-source", unknown=unknown, known=self._index.keys)
        if filters == EVERYTHING:
            return None if sources is None else sorted(sources)
        passing = filters.chosen(self._index.sources, self._index.languages)
        return sorted(passing if sources is None else passing & sources)

    def _nothing(self, request: Request) -> Message:
        """Why no source is left to ask."""
        sources, filters = request.sources, request.filters
        if not filters.parts:
            return NO_CANDIDATES
        asked = len(self._index.keys if sources is None else sources)
        return Message.of("refused.filtered", n=asked, filter=filters.parts)
