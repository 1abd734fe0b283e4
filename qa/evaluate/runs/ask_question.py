"""A question of a data set asked of an engine: the case that comes of it."""

import time
from collections.abc import Callable, Mapping, Sequence

from corpus.text.documents import Span
from index.search.query import Candidate
from index.versions.store import StoredPassage
from qa.answering.engine import Engine
from qa.answering.finding import Found
from qa.answers import Answer
from qa.evaluate.data.datasets import AnswerPlace, Question
from qa.evaluate.data.trec import scored
from qa.evaluate.measures.answers import JudgedAnswer, answer_scores
from qa.evaluate.measures.cases import Case
from qa.evaluate.measures.citations import Right, holds
from qa.evaluate.measures.rankings import ranked
from qa.request import Request

Key = Callable[[str], str]


class MeasuredEngine:
    """An engine that is asked as readers ask it, each answer measured as a case.

    `key` gives the key under which a document of the data set is indexed. Without `answer` the
    search alone runs and is measured, for data sets in which no answers are known.
    """

    def __init__(self, engine: Engine, key: Key = str, *, answer: bool = True) -> None:
        self._engine, self._key, self._answer = engine, key, answer
        self._passages: dict[str, tuple[StoredPassage, ...]] = {}

    def case(self, question: Question, names: Mapping[str, str] | None = None) -> Case:
        """Ask a question; `names` gives the document of each key where they differ.

        A question that a record answers is not searched: it finds no documents and no passages.
        Raises LibraryError or EvaluationError where a place does not stand in its document, and
        DocumentError where the index does not know a source.
        """
        right = [self._right(place) for place in question.places]
        if question.record is not None:
            self._engine.source(question.record.source)
        started = time.perf_counter()
        answer, found = self._asked(question.request())
        took = (time.perf_counter() - started) * 1000
        passages = found.ranked if found is not None else ()
        keys = dict.fromkeys(one.passage.source for one in passages)
        documents = tuple(keys if names is None else (names[key] for key in keys))
        # Where one source alone is asked, to find it is no feat.
        several = question.sources is None or len(question.sources) > 1
        scores = ranked(question.grades, scored(documents)) if several else {}
        if right:
            scores |= self._passage_scores(passages, right)
        judged = answer and JudgedAnswer(
            answer,
            tuple(right),
            question.answerable,
            question.told_by(answer),
            self._engine.indexed,
        )
        if judged:
            scores |= answer_scores(judged)
        return Case(
            id=question.id,
            group=question.group,
            kind=question.kind,
            answerable=question.answerable,
            scores=scores,
            milliseconds=took,
            certainty=answer.certainty if answer else None,
            right=judged.fits if judged else None,
            confidence=answer.confidence if answer else None,
            found=documents,
        )

    def _asked(self, request: Request) -> tuple[Answer | None, Found | None]:
        if not self._answer:
            return None, self._engine.found(request)
        explained = self._engine.explain(request)
        return explained.answer, explained.found

    def _right(self, place: AnswerPlace) -> Right:
        key = self._key(place.document)
        document = self._engine.indexed(key)
        span = place.locate(document)
        around = [
            one
            for one in self._engine.sentences(key)
            if one.start < span.end and span.start < one.end
        ]
        whole = Span(around[0].start, around[-1].end) if around else span
        # The phrase of a pinpoint only points at its sentence; other words are the answer.
        words = document.cut(whole if place.pinpoint is not None else span)
        cites = frozenset(one.key for one in self._engine.references(key, whole))
        return Right(key, span, place.pinpoint, words, cites)

    def _passage_scores(
        self, found: Sequence[Candidate], right: Sequence[Right]
    ) -> dict[str, float]:
        """How well the passages that hold an answer whole are found."""
        grades = {
            one.id: 1
            for place in right
            for one in self._of(place.key)
            if holds(one.span, place.span)
        }
        own = ranked(grades, scored(one.passage.id for one in found))
        return {f"passage {name}": value for name, value in own.items()}

    def _of(self, key: str) -> tuple[StoredPassage, ...]:
        if key not in self._passages:
            self._passages[key] = self._engine.passages(key)
        return self._passages[key]
