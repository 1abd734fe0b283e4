"""Which words of a passage answer, by the logits of its tokens."""

import math

import numpy as np
import pytest

from qa.answering.answering_words import LONGEST_ANSWER, answering_words
from qa.answering.pair_tokens import PairTokens

TEXT = "two nets torn"
TOKENS = PairTokens(
    ids=[1, 5, 2, 6, 7, 8, 9, 2],
    kinds=[0, 0, 0, 1, 1, 1, 1, 1],
    starts=[-1, -1, -1, -1, 0, 4, 9, -1],
    ends=[-1, -1, -1, -1, 3, 8, 13, -1],
)
"""A question of one token, a context of one, a text of three: at 0, 4 and 9."""


def _logits(begin: list[float], end: list[float]) -> np.ndarray:
    return np.array([begin, end], np.float32).T


def _words(tokens: PairTokens, logits: np.ndarray, text: str) -> tuple[int, int] | None:
    """Begin and end of the words alone."""
    found = answering_words(tokens, logits, text)
    return found and found[:2]


def test_the_probability_is_that_of_the_first_token_times_that_of_the_last() -> None:
    # Among the three tokens of the text: begin 3 of 5 (1, 3, 1), end 2 of 4 (1, 1, 2).
    three, two = math.log(3), math.log(2)
    logits = _logits([9, 9, 9, 9, 0, three, 0, 9], [9, 9, 9, 9, 0, 0, two, 9])
    found = answering_words(TOKENS, logits, TEXT)
    assert found is not None
    assert found[:2] == (4, 13)
    assert found.probability == pytest.approx(3 / 5 * 2 / 4)


def test_the_words_begin_and_end_where_the_sum_of_both_logits_is_highest() -> None:
    # 4 + 2 = 6 from the second token to the third; 1 + 2 and 4 + 1 are less.
    logits = _logits([0, 0, 0, 0, 1, 4, 0, 0], [0, 0, 0, 0, 0, 1, 2, 0])
    assert _words(TOKENS, logits, TEXT) == (4, 13)


def test_words_never_end_before_they_begin_nor_stand_outside_the_text() -> None:
    # Begin is surest at the third token, end at the first; question and context count nothing.
    logits = _logits([9, 9, 9, 9, 0, 0, 5, 9], [9, 9, 9, 9, 4, 0, 0, 9])
    assert _words(TOKENS, logits, TEXT) == (9, 13)


def test_words_are_no_longer_than_the_longest_answer() -> None:
    count = LONGEST_ANSWER + 5
    starts = list(range(0, 2 * count, 2))
    tokens = PairTokens([0] * count, [1] * count, starts, [start + 1 for start in starts])
    begin, end = [0.0] * count, [0.0] * count
    begin[0], end[-1], end[LONGEST_ANSWER - 1] = 5.0, 5.0, 1.0
    found = _words(tokens, _logits(begin, end), "a " * count)
    assert found == (0, 2 * LONGEST_ANSWER - 1)


def test_a_passage_that_was_cut_off_before_its_text_has_no_words() -> None:
    tokens = PairTokens([1, 2], [0, 0], [-1, -1], [-1, -1])
    assert answering_words(tokens, _logits([0, 0], [0, 0]), TEXT) is None


@pytest.mark.parametrize(
    ("text", "pieces", "answer"),
    [
        ("He unmoored it.", [(0, 2), (3, 5), (5, 9), (9, 11), (12, 14)], "unmoored"),
        ("A fine of 5,000 a day", [(2, 6), (7, 9), (12, 15), (16, 17), (18, 21)], "5,000"),
        ("It is not. Kings fish.", [(0, 2), (3, 9), (11, 14), (14, 16), (17, 21)], "Kings"),
    ],
)
def test_words_are_whole_where_a_token_is_a_part_of_one(
    text: str, pieces: list[tuple[int, int]], answer: str
) -> None:
    tokens = PairTokens([0] * 5, [1] * 5, [one for one, _ in pieces], [one for _, one in pieces])
    # Of the third token alone the begin and the end are sure; it is a part of its word.
    logits = _logits([0, 0, 5, 0, 0], [0, 0, 5, 0, 0])
    begin, end = _words(tokens, logits, text) or (0, 0)
    assert text[begin:end] == answer
