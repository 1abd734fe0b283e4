"""Questions on a source itself, answered by its record and, where they tell, its first words."""

import time

from corpus.errors import DocumentError
from corpus.sources.library import Library
from corpus.sources.registry import Source
from corpus.text.documents import Span
from corpus.wording import Message
from index.search.search import Index
from qa.answering.extracts import whole
from qa.answering.quotations import Quoting
from qa.answering.record_facts import record_facts
from qa.answers import Answer, Quotation
from qa.question.about_source import RecordQuestion, asked_about
from qa.question.language import language_of_question
from qa.question.understand import searchable
from qa.request import Request

NOT_RECORDED = Message.of("refused.not-recorded")


class RecordAnswers:
    """Answers from the records of one version; may be shared by threads."""

    def __init__(self, index: Index, quoting: Quoting, library: Library) -> None:
        self._index, self._quoting, self._library = index, quoting, library

    def source(self, key: str) -> Source:
        """The record of a source, indexed or not. Raises DocumentError for an unknown key."""
        try:
            return self._index.sources[key]
        except KeyError:
            raise DocumentError("index.no-source", key=key[:80]) from None

    def asked(self, request: Request) -> RecordQuestion | None:
        """What a question on a source itself asks for; None where it asks for what texts say.

        A question on a source that is not asked is none. Raises QuestionError as `searchable` does.
        """
        text, sources = searchable(request.text), request.sources
        main = self._library.file.main
        language = language_of_question(text)
        asked = asked_about(text, language, self._index.sources, main, request.history)
        return asked if asked and (sources is None or asked.source in sources) else None

    def answer(self, request: Request, asked: RecordQuestion, started: float) -> Answer:
        """What the record says, or that it does not; `started` is a time of `perf_counter`."""
        source, words = self.source(asked.source), 0
        cited: tuple[Source, ...] = ()
        quotes: tuple[Quotation, ...] = ()
        if source.key in self._index.keys:
            document = self._index.document(source.key)
            words = len(document.text.split())
            found = self._quoting.references(document, Span(0, len(document.text)))
            cited = tuple(self.source(one.key) for one in found)
            opening = self._index.opening(source.key) if asked.field == "about" else None
            quotes = (self._quoting.quote(whole(opening), 1.0),) if opening else ()
        told = record_facts(asked, source, cited, words)
        return Answer(
            question=request.text,
            searched=searchable(request.text),
            confidence=1.0 if told else 0.0,
            certainty="sure" if told or quotes else "refused",
            reason=None if told or quotes else NOT_RECORDED,
            quotes=quotes,
            closest=(),
            index_version=self._index.manifest.id,
            elapsed_ms=(time.perf_counter() - started) * 1000,
            about=told,
        )
