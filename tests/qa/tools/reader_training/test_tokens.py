"""Pairs as tokens."""

import pytest

from qa.answering.pair_tokens import LONGEST, PairTokenizer
from qa.tools.reader_training.groups import ReadingPair
from qa.tools.reader_training.starting_weights import bundled_cross_encoder
from qa.tools.reader_training.tokens import labeled


@pytest.fixture(scope="module")
def tokenizer() -> PairTokenizer:
    return PairTokenizer(bundled_cross_encoder()[1])


def test_the_answering_words_are_found_again_by_their_tokens(tokenizer: PairTokenizer) -> None:
    text = "The fine is nine crowns."
    found = labeled(tokenizer, ReadingPair("How much?", "Law › Ice", text, True, (12, 23)))
    assert text[found.tokens.starts[found.first] : found.tokens.ends[found.last]] == "nine crowns"
    assert found.tokens.kinds[found.first] == 1


def test_context_and_question_hold_no_answer(tokenizer: PairTokenizer) -> None:
    found = labeled(tokenizer, ReadingPair("What?", "nine crowns", "Ice is sold.", False))
    assert (found.first, found.last) == (0, 0)
    assert sum(at >= 0 for at in found.tokens.starts) == 4


def test_a_long_passage_is_cut_and_an_answer_behind_the_cut_is_none(
    tokenizer: PairTokenizer,
) -> None:
    text = "ice " * 400 + "nine crowns"
    found = labeled(tokenizer, ReadingPair("How much?", "Law", text, True, (1600, 1611)))
    assert len(found.tokens.ids) == LONGEST
    assert (found.first, found.last) == (0, 0)
