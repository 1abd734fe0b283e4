"""The flow of a question: searched, extracted, weighed, cut again from the store, cited."""

import time
from collections.abc import Collection, Sequence
from dataclasses import dataclass
from functools import cached_property

from corpus.documents import Document, Span
from corpus.errors import DocumentError, IndexDamagedError, QuestionError
from corpus.pinpoints import pinpoint
from corpus.registry import Source
from corpus.settings import Settings
from index.encoder import Encoder
from index.models import Models
from index.search import Candidate, Index, Query, WordMatches, stamps_file
from index.stages import ALL, Stages
from qa.abstain import Calibration, calibration, reason
from qa.answers import Answer, Citation, CitedReference, Quotation, QuotedPassage
from qa.bibliography import reference
from qa.definitions import prefer_definitions
from qa.extract import Extract, extract
from qa.features import features
from qa.follow import NO_TEXT, NONE_SUPPORTS, SUPPORT, Followed, searched_claim, support
from qa.question import understood
from qa.rerank import Reranker, load_reranker, rerank
from qa.terms import Terms

LOOKED_AT = 40
CANDIDATES = 10
QUOTATIONS = 3
NO_CANDIDATES = "None of the chosen sources holds a passage to search."


@dataclass(frozen=True)
class Found:
    """What a question finds: candidates and the best extracts of them, best first."""

    query: Query
    candidates: tuple[Candidate, ...]
    extracts: tuple[Extract, ...]
    words: WordMatches | None = None

    @cached_property
    def terms(self) -> Terms:
        """The telling words of the question."""
        return Terms(self.query)

    @cached_property
    def features(self) -> tuple[tuple[float, ...], ...]:
        """What the confidence in each extract is computed from."""
        return tuple(
            features(self.terms, one, self.candidates, self.words) for one in self.extracts
        )


class Engine:
    """Answers questions from one version of the index; may be shared by threads."""

    def __init__(
        self, index: Index, threshold: float | None = None, reranker: Reranker | None = None
    ) -> None:
        self._index = index
        self._given = threshold
        self._reranker = reranker

    @classmethod
    def open(
        cls,
        settings: Settings,
        encoder: Models | Encoder | None = None,
        version: str | None = None,
        stages: Stages = ALL,
    ) -> "Engine":
        """An engine on the version in use, or on the one named. Raises as `Index.open` does."""
        index = Index.open(settings, encoder, version, stages)
        reranker = (
            load_reranker(settings.reranker, stamps_file(settings)) if stages.rerank else None
        )
        return cls(index, settings.threshold, reranker)

    @cached_property
    def _calibration(self) -> Calibration:
        # Only an answer needs it: the fit of a new one does without.
        return calibration()

    @property
    def _threshold(self) -> float:
        return self._calibration.threshold if self._given is None else self._given

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
    def models(self) -> Models:
        """The models that questions are encoded with."""
        return self._index.models

    def source(self, key: str, version: str | None = None) -> Source:
        """The record of a source. Raises DocumentError for an unknown key or another version."""
        if version not in {None, self.version}:
            raise DocumentError(f"index version {str(version)[:80]} is not open: ask again")
        try:
            return self._index.sources[key]
        except KeyError:
            raise DocumentError(f"no source '{key[:80]}' in the index") from None

    def document(self, version: str, key: str) -> Document:
        """The document of a source in a version, as it was indexed.

        Raises DocumentError where the version is not open or the key not indexed.
        """
        if version != self.version:
            raise DocumentError(
                f"This answer came from index version {version[:80]}, which is no longer open: "
                "ask again."
            )
        return self._index.document(key)

    def indexed(self, key: str) -> Document:
        """The document of a source in this version. Raises DocumentError where there is none."""
        return self._index.document(key)

    def ask(
        self,
        question: str,
        history: Sequence[str] = (),
        sources: Collection[str] | None = None,
    ) -> Answer:
        """The answer to a question from the indexed sources, or from `sources` among them.

        `history` holds the earlier questions of the conversation, oldest first. Raises
        QuestionError for a question that cannot be searched or an unknown source, and
        IndexDamagedError where a quotation is no exact slice of its document.
        """
        started = time.perf_counter()
        found = self.found(question, history, sources)
        confidence, refusal, quotes = self._weigh(found)
        return Answer(
            question=question,
            searched=found.query.text,
            confidence=confidence,
            reason=refusal,
            quotes=() if refusal else quotes,
            closest=quotes if refusal else (),
            index_version=self.version,
            elapsed_ms=(time.perf_counter() - started) * 1000,
            parts=self.parts,
        )

    def found(
        self,
        question: str,
        history: Sequence[str] = (),
        sources: Collection[str] | None = None,
    ) -> Found:
        """What a question finds, before it is decided whether that is an answer.

        Arguments and errors as in `ask`.
        """
        unknown = sorted(set(sources or ()) - set(self.keys))
        if unknown:
            raise QuestionError(
                f"No indexed source {', '.join(unknown)}; indexed are {', '.join(self.keys)}."
            )
        query = understood(question, self._index.sources, history, self._index.vocabulary)
        nearest = self._index.candidates(query, LOOKED_AT, sources)
        candidates = tuple(prefer_definitions(query, nearest)[:CANDIDATES])
        if self._reranker is not None:
            candidates = rerank(self._reranker, query, candidates)
        words = self._index.word_matches(query.text, candidates)
        return Found(query, candidates, extract(candidates, QUOTATIONS), words)

    def follow(self, key: str, span: Span) -> tuple[Followed, ...]:
        """What the sources that a span of a document cites say to it, each source once.

        Raises DocumentError for a document that is not indexed.
        """
        document = self._index.document(key)
        return tuple(
            self._followed(document, span, cited) for cited in self._references(document, span)
        )

    def follow_all(self, key: str) -> tuple[Followed, ...]:
        """Every sentence of a document that cites sources, with what they say to it, in order."""
        spans = self._index.sentences(key)
        return tuple(found for span in spans for found in self.follow(key, span))

    def _followed(self, document: Document, span: Span, cited: CitedReference) -> Followed:
        own = [one.span for one in self._index.references(document.key, span)]
        claim = searched_claim(document, span, own)
        score, quotation, reason = None, None, NO_TEXT
        if cited.key in self.keys:
            score, quotation = self._support(claim, cited.key) if claim else (0.0, None)
            reason = NONE_SUPPORTS
        return Followed(
            key=cited.key,
            start=span.start,
            end=span.end,
            claim=document.cut(span),
            reference=cited.text,
            inherited=cited.inherited,
            score=score,
            quotation=quotation,
            reason=None if quotation else reason,
        )

    def _support(self, claim: str, key: str) -> tuple[float, Quotation | None]:
        candidates = self._index.candidates(understood(claim, {}), CANDIDATES, [key])
        extracts = extract(candidates, CANDIDATES)
        scored = [(support(claim, one.passage.text, one.match), one) for one in extracts]
        if not scored:
            return 0.0, None
        score, best = max(scored, key=lambda pair: pair[0])
        return score, self.quote(best, score) if score >= SUPPORT else None

    def close(self) -> None:
        """Release the files of the index."""
        self._index.close()

    def _weigh(self, found: Found) -> tuple[float, str | None, tuple[Quotation, ...]]:
        if not found.candidates:
            return 0.0, NO_CANDIDATES, ()
        scores = [self._calibration.probability(values) for values in found.features]
        confidence = max(scores)
        refused = confidence < self._threshold
        quotes = tuple(
            self.quote(extract, score)
            for extract, score in zip(found.extracts, scores, strict=True)
            if refused or score >= self._threshold
        )
        return confidence, reason(found.terms, found.candidates) if refused else None, quotes

    def quote(self, found: Extract, score: float = 0.0) -> Quotation:
        """The quotation of an extract, cut anew and compared with the passage's own copy.

        Raises IndexDamagedError where they differ.
        """
        passage, span = found.passage, found.span
        document = self._index.document(passage.source)
        text = document.cut(span)
        offset = span.start - passage.span.start
        if (
            document.cut(passage.span) != passage.text
            or passage.text[offset : offset + len(text)] != text
            or not text.strip()
        ):
            raise IndexDamagedError(
                f"a passage of {passage.source} at {passage.span.start} is not what its document "
                "says, so it is not shown: run 'footnote doctor --deep'"
            )
        source = self.source(passage.source)
        page = None if passage.page is None else document.pages[passage.page].label
        return Quotation(
            text=text,
            start=span.start,
            end=span.end,
            language=document.sections[passage.section].language,
            score=score,
            passage=QuotedPassage(passage.id, *passage.span, passage.text),
            citation=Citation(
                source=source.key,
                section=document.sections[passage.section].path,
                page=page,
                pinpoint=pinpoint(document, span.start),
                reference=reference(source),
                url=source.url,
            ),
            references=self._references(document, span),
            strong=found.strong,
        )

    def _references(self, document: Document, span: Span) -> tuple[CitedReference, ...]:
        """What a quotation cites: each source once, its own references before inherited ones."""
        cited: dict[str, CitedReference] = {}
        found = self._index.references(document.key, span)
        for one in sorted(found, key=lambda one: (one.span.start < span.start, one.span.start)):
            if one.key is not None and one.key not in cited:
                source = self.source(one.key)
                inherited = one.span.start < span.start
                cited[one.key] = CitedReference(
                    one.key, document.cut(one.span), inherited, reference(source), source.url
                )
        return tuple(cited.values())
