import pytest

from corpus.text.documents import Span
from index.search.query import Candidate
from index.versions.store import StoredPassage
from qa.answering.extracts import extract

TEXT = "Cats purr. Dogs bark. Bees fly.\n\nShips sail."
START = 100


def _candidate(*scores: float, score: float = 0.4, source: str = "k") -> Candidate:
    """A passage of four sentences at offset 100 of its document."""
    spans = [
        Span(START + TEXT.index(s), START + TEXT.index(s) + len(s))
        for s in ("Cats purr.", "Dogs bark.", "Bees fly.", "Ships sail.")
    ]
    sentences = tuple(spans)
    whole = Span(START, START + len(TEXT))
    passage = StoredPassage(0, f"{source}-1", source, whole, 0, None, "", TEXT, sentences)
    return Candidate(passage, score, scores)


def _words(found: Span) -> str:
    return TEXT[found.start - START : found.end - START]


@pytest.mark.parametrize(
    ("scores", "words"),
    [
        pytest.param((0.2, 0.8, 0.2, 0.2), "Dogs bark.", id="one"),
        pytest.param((0.76, 0.8, 0.2, 0.2), "Cats purr. Dogs bark.", id="a near neighbor"),
        pytest.param((0.74, 0.8, 0.2, 0.2), "Dogs bark.", id="a neighbor not near enough"),
        pytest.param((0.8, 0.2, 0.79, 0.2), "Cats purr.", id="near, but no neighbor"),
        pytest.param((0.2, 0.2, 0.8, 0.8), "Bees fly.\n\nShips sail.", id="over a paragraph's end"),
    ],
)
def test_the_best_sentence_is_quoted_with_near_neighbors(
    scores: tuple[float, ...], words: str
) -> None:
    (found,) = extract([_candidate(*scores)])
    assert _words(found.span) == words


def test_worth_is_the_mean_of_sentence_and_passage() -> None:
    (found,) = extract([_candidate(0.2, 0.8, 0.2, 0.2, score=0.4)])
    assert found.score == pytest.approx(0.6)  # (0.8 + 0.4) / 2


def test_extracts_come_in_order_of_worth() -> None:
    low = _candidate(0.3, 0.3, 0.3, 0.3, source="low")
    high = _candidate(0.2, 0.9, 0.2, 0.2, source="high")
    assert [one.passage.source for one in extract([low, high])] == ["high", "low"]
    assert extract([]) == ()


def test_the_best_of_each_source_comes_before_the_second_of_one() -> None:
    # Worth is the mean of sentence and passage: .9, .85, .8, and .1, too far from the first.
    candidates = [
        _candidate(*[score] * 4, score=score, source=source)
        for source, score in (("one", 0.9), ("one", 0.85), ("two", 0.8), ("three", 0.1))
    ]
    sources = [one.passage.source for one in extract(candidates)]
    assert sources == ["one", "two", "one", "three"]


def _of(sentences: list[str], scores: list[float], gaps: list[str] | None = None) -> str:
    """What is quoted of a passage of sentences, with the gaps after each."""
    gaps = gaps or [" "] * (len(sentences) - 1)
    text, spans = "", []
    for sentence, gap in zip(sentences, [*gaps, ""], strict=True):
        spans.append(Span(len(text), len(text) + len(sentence)))
        text += sentence + gap
    stored = tuple(spans)
    passage = StoredPassage(0, "k-1", "k", Span(0, len(text)), 0, None, "", text, stored)
    (found,) = extract([Candidate(passage, 0.5, tuple(scores))])
    assert all(found.span.start <= one.start and one.end <= found.span.end for one in found.strong)
    return found.text


def test_a_sentence_that_points_back_comes_with_the_one_before_which_is_not_strong() -> None:
    sentences = ["A hotline was opened.", "It received 646 calls.", "Ships sail."]
    text = _of(sentences, [0.1, 0.9, 0.1])
    assert text == "A hotline was opened. It received 646 calls."


def test_no_more_than_is_needed_is_quoted() -> None:
    sentences = ["A hotline was opened.", "Mexico identified 740 victims.", "Ships sail."]
    assert _of(sentences, [0.1, 0.9, 0.1]) == "Mexico identified 740 victims."


def test_a_sentence_does_not_reach_over_the_beginning_of_its_paragraph() -> None:
    sentences = ["A hotline was opened.", "It received 646 calls."]
    assert _of(sentences, [0.1, 0.9], ["\n\n"]) == "It received 646 calls."


def test_an_item_comes_with_the_words_that_announce_its_list() -> None:
    sentences = ["The State may:", "(a) board the vessel;", "(b) search the vessel.", "Ships sail."]
    gaps = ["\n\n"] * 3
    assert _of(sentences, [0.1, 0.2, 0.9, 0.1], gaps) == "\n\n".join(sentences[:3])


def test_the_words_that_announce_a_list_come_with_it_and_not_with_what_follows() -> None:
    sentences = ["1. The State may:", "(a) board it;", "(b) search it.", "2. Ships sail."]
    gaps = ["\n\n"] * 3
    assert _of(sentences, [0.9, 0.1, 0.1, 0.1], gaps) == "\n\n".join(sentences[:3])


def test_a_list_that_is_far_from_its_announcement_comes_without_it() -> None:
    long = "(a) " + "word " * 70 + "end;"
    sentences = ["The State may:", long, "(b) search the vessel."]
    assert _of(sentences, [0.1, 0.1, 0.9], ["\n\n"] * 2) == "(b) search the vessel."
