"""Candidates read: those that a reader holds for answers come first, with the words that answer."""

from collections.abc import Sequence
from dataclasses import replace

from corpus.text.documents import Span
from index.models.known_languages import Languages, knows
from index.search.query import Candidate, Query
from index.search.weights import WEIGHTS
from qa.answering.reader import AnswerReader, PassageInContext, PassageReading

READ = "reader"
"""The name of the logit among the signals of a candidate."""


def read_candidates(
    reader: AnswerReader, query: Query, candidates: Sequence[Candidate]
) -> tuple[Candidate, ...]:
    """The candidates with the best of them read and put in order anew.

    Among the first `WEIGHTS.candidates`, which alone can be quoted, the first
    `WEIGHTS.read_candidates` (`read_follow_up` for a question that points back) in the language of
    the question are read, and the first `WEIGHTS.read_foreign` in others, more of these where there
    are few of the former; where the first of all is likely enough, the others are not. Those that
    were read change places among themselves, by logit and score together; each takes the score that
    belonged to its new place, so that all scores go on falling. Passages in a language that the
    reader does not know stay where they are; all do where it does not know that of the question.
    """
    places = _places(reader.languages, query, candidates[: WEIGHTS.candidates])
    texts = [
        PassageInContext(one.passage.context, one.passage.text)
        for one in (candidates[n] for n in places)
    ]
    said = _said(reader, query.text_to_read, texts)
    places = places[: len(said)]
    marked = [_marked(candidates[n], one) for n, one in zip(places, said, strict=True)]
    order = sorted(range(len(marked)), key=lambda n: (-_worth(marked[n]), places[n]))
    found = list(candidates)
    for place, number in zip(places, order, strict=True):
        found[place] = replace(marked[number], score=candidates[place].score)
    return tuple(found)


def _places(languages: Languages, query: Query, candidates: Sequence[Candidate]) -> list[int]:
    """The places of the candidates that are read for a question."""
    language = query.language
    most_own = WEIGHTS.read_follow_up if query.conversation else WEIGHTS.read_candidates
    known = [
        place for place, one in enumerate(candidates) if knows(languages, language, one.language)
    ]
    own = [place for place in known if candidates[place].language == language]
    foreign = [place for place in known if candidates[place].language != language]
    own = own[:most_own]
    most = max(WEIGHTS.read_foreign, most_own - len(own))
    return sorted(own + foreign[:most])


def _said(
    reader: AnswerReader, question: str, texts: Sequence[PassageInContext]
) -> list[PassageReading]:
    """What is said of the texts, or of the first alone where that is likely enough.

    A reading costs more than the search, so none is made that would change nothing.
    """
    first = reader.read(question, texts[:1]) if texts else []
    if len(texts) <= 1 or first[0].logit >= reader.sufficient_logit:
        return first
    return [*first, *reader.read(question, texts[1:])]


def _marked(candidate: Candidate, said: PassageReading) -> Candidate:
    """The candidate with what was read: the logit, and the words by their place in the document."""
    begin = candidate.passage.span.start
    words = None if said.words is None else Span(begin + said.words[0], begin + said.words[1])
    return replace(candidate, signals=candidate.signals | {READ: said.logit}, answer=words)


def _worth(candidate: Candidate) -> float:
    return candidate.signals[READ] + WEIGHTS.search_weight * candidate.score
