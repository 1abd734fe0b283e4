"""Sentences, and the clauses of long ones."""

from itertools import pairwise

from hypothesis import given
from hypothesis import strategies as st

from corpus.passages.units import units


def test_a_long_sentence_is_cut_at_its_clauses_and_a_short_one_is_not() -> None:
    preamble = "The States, " + "Recalling the many words, " * 40 + "Have agreed."
    found = [preamble[span.start : span.end] for span in units(preamble, "en")]
    assert found[1] == "Recalling the many words,"
    assert len(found) == 42
    assert len(units("A; b, Recalling c; d.", "en")) == 1


FILLER = "many words that say little of use at all " * 8


def _units(text: str) -> list[str]:
    return [text[span.start : span.end] for span in units(text, "en")]


def test_a_list_that_runs_through_a_long_sentence_is_cut_at_its_labels() -> None:
    found = _units(f"The Board shall (1) pay {FILLER}, (2) write {FILLER}and (3) go home.")
    assert [unit.split()[0] for unit in found] == ["The", "(1)", "(2)", "(3)"]


def test_references_to_items_are_no_list() -> None:
    assert len(_units(f"As subsections (a) and (b) of section 3(c) say, {FILLER * 2}.")) == 1
    assert len(_units(f"It (1) pays {FILLER * 2}.")) == 1


def test_a_long_clause_is_cut_at_its_dashes_where_nothing_else_parts_it() -> None:
    found = _units(f"No court {FILLER}— whatever {FILLER * 2}; it ends.")
    assert [unit.split()[0] for unit in found] == ["No", "whatever", "it"]
    assert found[0].endswith("—")


@given(
    st.text(alphabet="ab; ,.R—1\n", max_size=900).map(
        lambda t: t.replace("R", "Recalling ").replace("1", ", (1) ").replace("ab", ", (2) ")
    )
)
def test_units_give_the_text_back(text: str) -> None:
    spans = units(text, "en")
    assert all(a.end <= b.start for a, b in pairwise(spans))
    assert "".join("".join(text[s.start : s.end].split()) for s in spans) == "".join(text.split())
