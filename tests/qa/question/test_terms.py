"""Which words of a question carry its meaning."""

import pytest

from index.search.query import Query
from qa.question.terms import LONGEST_WORD, Terms


@pytest.mark.parametrize(("letters", "count"), [(LONGEST_WORD, 1), (LONGEST_WORD + 1, 0)])
def test_a_run_of_letters_that_is_longer_than_any_word_carries_no_meaning(
    letters: int, count: int
) -> None:
    assert len(Terms(Query("q" * letters)).stems) == count
