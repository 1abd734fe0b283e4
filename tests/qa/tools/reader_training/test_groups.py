"""Groups to learn from: what stands beside the passage that answers."""

from qa.tools.reader_training.groups import learning_groups, read_groups
from qa.tools.reader_training.training_set import ReadPassage, RightPassage, TrainingQuestion

PASSAGES = {
    name: ReadPassage(name, "law", "en", "Law", text)
    for name, text in {
        "fine": "The fine for selling ice is nine crowns.",
        "fine again": "The fine for selling ice is nine crowns each.",
        "boats": "Boats are painted in May.",
        "nets": "Nets are mended in winter.",
        "geese": "Geese fly over the western dike.",
    }.items()
}


def _question(right: tuple[RightPassage, ...] = (), near: tuple[str, ...] = ()) -> TrainingQuestion:
    return TrainingQuestion(
        "q1", "What does ice cost?", "en", "fact", "fit", right, near, tuple(PASSAGES)
    )


ANSWERED = _question((RightPassage("fine", 28, 39),))


def test_the_passage_that_answers_stands_first_with_its_words() -> None:
    (group,) = learning_groups([ANSWERED], PASSAGES, 2, seed=0)
    assert group.answerable
    assert group.pairs[0].text[28:39] == "nine crowns"
    assert group.pairs[0].span == (28, 39)
    assert [one.answers for one in group.pairs] == [True, False, False]


def test_a_passage_that_says_the_same_is_no_wrong_one() -> None:
    (group,) = learning_groups([ANSWERED], PASSAGES, 4, seed=0)
    texts = {one.text for one in group.pairs[1:]}
    assert texts == {PASSAGES[name].text for name in ("boats", "nets", "geese")}


def test_a_near_miss_comes_with_the_passage_that_it_misses() -> None:
    # Three wrong ones would stand beside one that answers; without one there are two less in all.
    (group,) = learning_groups([_question(near=("fine",))], PASSAGES, 3, seed=0)
    assert group.pairs[0].text == PASSAGES["fine"].text
    assert [one.answers for one in group.pairs] == [False, False]
    (least,) = learning_groups([_question(near=("fine",))], PASSAGES, 1, seed=0)
    assert [one.text for one in least.pairs] == [PASSAGES["fine"].text]


def test_the_same_seed_gives_the_same_groups_and_another_others() -> None:
    every = [tuple(learning_groups([ANSWERED], PASSAGES, 1, seed=n)) for n in (*range(20), 0)]
    assert every[0] == every[-1]
    assert len(set(every)) > 1


def test_candidates_are_read_in_the_order_of_the_search() -> None:
    ((question, pairs),) = read_groups([ANSWERED], PASSAGES, most=3)
    assert question is ANSWERED
    assert [one.answers for one in pairs] == [True, False, False]
    assert [one.text for one in pairs] == [one.text for one in PASSAGES.values()][:3]
