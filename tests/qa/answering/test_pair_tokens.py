"""Question and passage as the reader reads them."""

from pathlib import Path

import pytest

from corpus.errors import ModelError
from qa.answering.pair_tokens import LONGEST, LONGEST_QUESTION, PairTokenizer
from tests.toys import TOY_PIECES, toy_tokenizer

# [CLS] is 2, [SEP] 3, net 4, torn 5, ##s 6, boat 7, mend 8, ":" 9, what is unknown 1.


@pytest.fixture
def tokenizer(tmp_path: Path) -> PairTokenizer:
    toy_tokenizer().save(str(tmp_path / "tokenizer.json"))
    return PairTokenizer(tmp_path / "tokenizer.json")


def test_places_are_those_in_the_text_and_marks_question_and_context_have_none(
    tokenizer: PairTokenizer,
) -> None:
    found = tokenizer.pair("mend?", "boat", "nets torn")
    assert found.ids == [2, 8, 1, 3, 7, 9, 4, 6, 5, 3]
    assert found.kinds == [0] * 4 + [1] * 6
    assert found.starts == [-1] * 6 + [0, 3, 5, -1]
    assert found.ends == [-1] * 6 + [3, 4, 9, -1]


def test_a_passage_without_a_context_is_read_without_a_colon(tokenizer: PairTokenizer) -> None:
    found = tokenizer.pair("mend", "", "nets")
    assert found.ids == [2, 8, 3, 4, 6, 3]
    assert found.starts == [-1, -1, -1, 0, 3, -1]


def test_of_a_long_question_the_end_is_kept(tokenizer: PairTokenizer) -> None:
    found = tokenizer.pair("boat " * 100 + "torn", "", "net")
    assert found.ids == [2, *[7] * (LONGEST_QUESTION - 1), 5, 3, 4, 3]


def test_a_long_passage_is_cut_at_its_end_and_still_closed(tokenizer: PairTokenizer) -> None:
    found = tokenizer.pair("mend", "boat", "net " * 1000)
    assert len(found.ids) == len(found.kinds) == len(found.starts) == len(found.ends) == LONGEST
    assert found.ids[-2:] == [4, 3]
    # [CLS], mend, [SEP], boat, ":" and the last [SEP] leave room for the rest.
    assert found.starts[-2] == 4 * (LONGEST - 6 - 1)


def test_a_context_that_leaves_no_room_hides_the_text(tokenizer: PairTokenizer) -> None:
    found = tokenizer.pair("mend", "boat " * 300, "net")
    assert len(found.ids) == LONGEST
    assert set(found.starts) == {-1}


@pytest.mark.parametrize("damage", ["missing", "cut", "foreign"])
def test_a_file_that_is_no_tokenizer_of_a_reader_is_one_clear_line(
    damage: str, tmp_path: Path
) -> None:
    path = tmp_path / "tokenizer.json"
    if damage == "foreign":
        toy_tokenizer([one for one in TOY_PIECES if one != "[CLS]"]).save(str(path))
    elif damage == "cut":
        toy_tokenizer().save(str(path))
        path.write_text(path.read_text()[:100])
    with pytest.raises(ModelError) as caught:
        PairTokenizer(path)
    told = str(caught.value)
    assert told.startswith(f"{path}: not the tokenizer of a reader (")
    assert "\n" not in told
    assert ("[CLS]" in told) is (damage == "foreign")
