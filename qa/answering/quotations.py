"""Extracts → quotations: cut anew from the stored document, with their citations."""

from corpus.errors import IndexDamagedError
from corpus.law.pinpoints import pinpoint
from corpus.sources.registry import Source
from corpus.text.documents import Document, Span
from index.search.search import Index
from qa.answering.extracts import Extract
from qa.answers import AnswerWords, Citation, CitedReference, Quotation, QuotedPassage, Twin
from qa.citing.reference import reference


class Quoting:
    """Quotes from one version of the index."""

    def __init__(self, index: Index) -> None:
        self._index = index

    def _source(self, key: str) -> Source:
        return self._index.sources[key]

    def quote(self, found: Extract, score: float = 0.0) -> Quotation:
        """The quotation of an extract, cut anew and compared with the passage's own copy.

        Raises IndexDamagedError where they differ.
        """
        document, text = self._cut(found)
        return Quotation(
            text=text,
            start=found.span.start,
            end=found.span.end,
            language=document.sections[found.passage.section].language,
            score=score,
            passage=QuotedPassage(found.passage.id, *found.passage.span, found.passage.text),
            citation=self._citation(document, found),
            references=self.references(document, found.span),
            strong=found.strong,
            answer=self._answer(document, found),
            also=tuple(map(self._twin, found.twins)),
        )

    @staticmethod
    def _answer(document: Document, found: Extract) -> AnswerWords | None:
        """The words that a reader holds for the answer, if they stand in the quotation."""
        words = found.candidate.answer
        if words is None or not (found.span.start <= words.start < words.end <= found.span.end):
            return None
        return AnswerWords(document.cut(words), words.start, words.end)

    def _cut(self, found: Extract) -> tuple[Document, str]:
        """The document of an extract and its words, cut from it."""
        passage, span = found.passage, found.span
        document = self._index.document(passage.source)
        text = document.cut(span)
        offset = span.start - passage.span.start
        if (
            document.cut(passage.span) != passage.text
            or passage.text[offset : offset + len(text)] != text
            or not text.strip()
        ):
            place = {"source": passage.source, "start": passage.span.start}
            raise IndexDamagedError("index.other-passage", **place)
        return document, text

    def _citation(self, document: Document, found: Extract) -> Citation:
        passage, source = found.passage, self._source(found.passage.source)
        return Citation(
            source=source.key,
            section=document.sections[passage.section].path,
            page=None if passage.page is None else document.pages[passage.page].label,
            pinpoint=pinpoint(document, found.strong[0].start),
            reference=reference(source),
            url=source.url,
        )

    def _twin(self, found: Extract) -> Twin:
        document, text = self._cut(found)
        return Twin(text, found.span.start, found.span.end, self._citation(document, found))

    def references(self, document: Document, span: Span) -> tuple[CitedReference, ...]:
        """What a quotation cites: each source once, its own references before inherited ones."""
        cited: dict[str, CitedReference] = {}
        found = self._index.references(document.key, span)
        for one in sorted(found, key=lambda one: (one.span.start < span.start, one.span.start)):
            if one.key is not None and one.key not in cited:
                source = self._source(one.key)
                inherited = one.span.start < span.start
                cited[one.key] = CitedReference(
                    one.key, document.cut(one.span), inherited, reference(source), source.url
                )
        return tuple(cited.values())
