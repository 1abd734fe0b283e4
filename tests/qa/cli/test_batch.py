"""Rows of a batch as requests."""

import pytest

from corpus.errors import QuestionError
from qa.cli.batch import BatchRow
from qa.question.filters import Filter
from qa.request import Request

COMMON = Request(
    "", sources=frozenset({"a"}), filters=Filter.of(years="2017"), as_typed=True, version="v-1"
)


def test_what_a_row_leaves_out_is_that_of_the_command_line() -> None:
    row = BatchRow(id=1, question="And then?", history=["Why?"])
    assert row.request(COMMON) == Request(
        "And then?", ("Why?",), frozenset({"a"}), Filter.of(years="2017"), True, "v-1"
    )


def test_sources_and_filters_of_a_row_stand_before_those_of_the_command_line() -> None:
    row = BatchRow(id=1, question="Why?", sources=["b", "c"], types=["treaty"], languages=["es"])
    found = row.request(COMMON)
    assert found.sources == frozenset("bc")
    assert found.filters == Filter.of(["treaty"], None, ["es"])  # as a whole: no years any more


def test_an_empty_list_of_sources_leaves_them_out() -> None:
    assert BatchRow(id=1, question="Why?", sources=[]).request(COMMON).sources == frozenset("a")
    assert BatchRow(id=1, question="Why?", sources=[]).request(Request("")).sources is None


def test_years_that_are_none_are_an_error() -> None:
    with pytest.raises(QuestionError):
        BatchRow(id=1, question="Why?", years="soon").request(COMMON)
