"""Pairs as tokens."""

import pytest

from qa.tools.reader_training.groups import ReadingPair
from qa.tools.reader_training.starting_weights import bundled_cross_encoder
from qa.tools.reader_training.tokens import LONGEST, LONGEST_QUESTION, PairTokenizer


@pytest.fixture(scope="module")
def tokenizer() -> PairTokenizer:
    return PairTokenizer(bundled_cross_encoder()[1])


def test_the_answering_words_are_found_again_by_their_tokens(tokenizer: PairTokenizer) -> None:
    text = "The fine is nine crowns."
    found = tokenizer.pair(ReadingPair("How much?", "Law › Ice", text, True, (12, 23)))
    assert text[found.starts[found.first] : found.ends[found.last]] == "nine crowns"
    assert found.kinds[found.first] == 1


def test_context_and_question_hold_no_answer(tokenizer: PairTokenizer) -> None:
    found = tokenizer.pair(ReadingPair("What?", "nine crowns", "Ice is sold.", False))
    assert (found.first, found.last) == (0, 0)
    assert sum(at >= 0 for at in found.starts) == 4


def test_a_long_passage_is_cut_and_an_answer_behind_the_cut_is_none(
    tokenizer: PairTokenizer,
) -> None:
    text = "ice " * 400 + "nine crowns"
    found = tokenizer.pair(ReadingPair("How much?", "Law", text, True, (1600, 1611)))
    assert len(found.ids) == LONGEST
    assert (found.first, found.last) == (0, 0)


def test_of_a_long_conversation_the_last_question_is_read(tokenizer: PairTokenizer) -> None:
    earlier = "Who mends nets in winter? / " * 20
    found = tokenizer.pair(ReadingPair(earlier + "And ice?", "Law", "Ice is sold.", False))
    alone = tokenizer.pair(ReadingPair("And ice?", "Law", "Ice is sold.", False))
    question = found.ids[1 : 1 + LONGEST_QUESTION]
    assert question[-3:] == alone.ids[1:4]
    assert found.kinds.count(0) == LONGEST_QUESTION + 2
