"""Follow-ups of CANARD: what the words that a question takes from earlier ones are worth."""

import json
from pathlib import Path

import pytest

from corpus.errors import LibraryError
from qa.tools.follow_up_words import FollowUp, added_words, main, read_canard

ROW = {
    "History": ["A page", "A section", "Who freed the captives?", "An answer.", "When?", "In May."],
    "Question": "And why?",
    "Rewrite": "And why were the captives freed?",
}


def test_page_title_and_questions_of_a_history_are_what_was_said_before(
    tmp_path: Path,
) -> None:
    path = tmp_path / "dev.json"
    path.write_text(json.dumps([ROW]), encoding="utf-8")
    asked = ("A page", "Who freed the captives?", "When?")
    assert read_canard(path) == [FollowUp("And why?", asked, "And why were the captives freed?")]


def test_added_stems_are_compared_with_those_that_a_question_lacks() -> None:
    # Stems of a question hold no function words: nothing is left of the question as it was asked,
    # captiv and freed are added, and captiv, freed are those of the question that stands alone.
    found = added_words([FollowUp("And why?", ("Who freed the captives?",), "freed captives")])
    assert (found.before, found.after, found.recall, found.precision) == (0, 1, 1, 1)
    # freed is right; captiv is not, and women is lacking.
    found = added_words([FollowUp("And why?", ("Who freed the captives?",), "freed women")])
    assert (found.before, found.after, found.recall, found.precision) == (0, 0.5, 0.5, 0.5)


def test_a_question_that_stands_alone_gets_no_words() -> None:
    alone = "Who funds the hotline for victims?"
    found = added_words([FollowUp(alone, ("Who freed the captives?",), alone)])
    assert (found.before, found.after, found.recall, found.precision) == (1, 1, 0, 0)


@pytest.mark.parametrize(
    "text",
    ["[", "[{}]", "[1]", "[]", '[{"Question": "Why?", "History": []}]'],
    ids=["cut", "no fields", "no rows", "nothing", "no title"],
)
def test_a_file_that_is_none_of_canard_is_refused_by_name(tmp_path: Path, text: str) -> None:
    path = tmp_path / "dev.json"
    path.write_text(text, encoding="utf-8")
    with pytest.raises(LibraryError, match=r"dev\.json"):
        read_canard(path)


def test_the_command_says_the_figures(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    path = tmp_path / "dev.json"
    path.write_text(json.dumps([ROW]), encoding="utf-8")
    main([str(path)])
    assert capsys.readouterr().err.startswith("1 questions: F1 ")
