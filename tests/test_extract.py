import pytest

from corpus.documents import Span
from index.search import Candidate
from index.store import StoredPassage, StoredSentence
from qa.extract import extract

TEXT = "Cats purr. Dogs bark. Bees fly.\n\nShips sail."
START = 100


def _candidate(*scores: float, score: float = 0.4, source: str = "k") -> Candidate:
    """A passage of four sentences at offset 100 of its document."""
    spans = [
        Span(START + TEXT.index(s), START + TEXT.index(s) + len(s))
        for s in ("Cats purr.", "Dogs bark.", "Bees fly.", "Ships sail.")
    ]
    sentences = tuple(StoredSentence(row, span) for row, span in enumerate(spans))
    whole = Span(START, START + len(TEXT))
    passage = StoredPassage(0, f"{source}-1", source, whole, 0, None, "", TEXT, sentences)
    return Candidate(passage, score, scores)


def _words(found: Span) -> str:
    return TEXT[found.start - START : found.end - START]


@pytest.mark.parametrize(
    ("scores", "words"),
    [
        pytest.param((0.2, 0.8, 0.2, 0.2), "Dogs bark.", id="one"),
        # Worth is half of each cosine, so cosines within .1 are worths within .05.
        pytest.param((0.71, 0.8, 0.2, 0.2), "Cats purr. Dogs bark.", id="a near neighbor"),
        pytest.param((0.69, 0.8, 0.2, 0.2), "Dogs bark.", id="a neighbor not near enough"),
        pytest.param((0.8, 0.2, 0.79, 0.2), "Cats purr.", id="near, but no neighbor"),
        pytest.param((0.2, 0.2, 0.8, 0.8), "Bees fly.", id="over the end of the paragraph"),
        pytest.param((0.2, 0.2, 0.79, 0.8), "Ships sail.", id="back over its beginning"),
    ],
)
def test_the_best_sentence_is_quoted_with_near_neighbors_of_its_paragraph(
    scores: tuple[float, ...], words: str
) -> None:
    (found,) = extract([_candidate(*scores)], 3)
    assert _words(found.span) == words


def test_worth_is_the_mean_of_sentence_and_passage() -> None:
    (found,) = extract([_candidate(0.2, 0.8, 0.2, 0.2, score=0.4)], 3)
    assert found.score == pytest.approx(0.6)  # (0.8 + 0.4) / 2


def test_extracts_come_in_order_of_worth_and_no_more_than_asked() -> None:
    low = _candidate(0.3, 0.3, 0.3, 0.3, source="low")
    high = _candidate(0.2, 0.9, 0.2, 0.2, source="high")
    assert [one.passage.source for one in extract([low, high], 2)] == ["high", "low"]
    assert len(extract([low, high], 1)) == 1
    assert extract([], 3) == ()


def test_the_best_of_each_source_comes_before_the_second_of_one() -> None:
    # Worth is the mean of sentence and passage: .9, .8, .7, and .1, too far from the first.
    candidates = [
        _candidate(*[score] * 4, score=score, source=source)
        for source, score in (("one", 0.9), ("one", 0.8), ("two", 0.7), ("three", 0.1))
    ]
    sources = [one.passage.source for one in extract(candidates, 4)]
    assert sources == ["one", "two", "one", "three"]
