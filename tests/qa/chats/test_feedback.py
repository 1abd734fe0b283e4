"""Verdicts of readers: kept, taken back, checked against the document, exported as questions."""

import threading
from dataclasses import replace
from pathlib import Path

import pytest

from corpus.errors import ConfigurationError, DocumentError, FootnoteError, QuestionError
from corpus.text.documents import Document
from qa.answering.engine import Engine
from qa.chats import feedback as feedback_module
from qa.chats.feedback import Feedback, FeedbackStore, Verdict
from qa.evaluate.data.from_feedback import gold_from
from qa.evaluate.data.gold import resolve
from qa.web.chat.verdicts import judged
from qa.web.links import AskLink
from tests.browser.meadow import open_meadow

QUESTION = "What is made in wooden hives?"
WORDS = "Bees of the northern meadow make honey in 12 wooden hives each summer"


@pytest.fixture(scope="module")
def meadow(tmp_path_factory: pytest.TempPathFactory) -> Engine:
    return open_meadow(Path(tmp_path_factory.mktemp("meadow")))


def _document(meadow: Engine, key: str = "reed2019") -> Document:
    return meadow.document(meadow.version, key)


def _given(meadow: Engine, verdict: Verdict = "good", words: str = WORDS) -> Feedback:
    start = _document(meadow).text.index(words)
    place = ("v", "reed2019", start, start + len(words), words)
    return Feedback(QUESTION, ("earlier",), *place, verdict)


def test_a_verdict_is_kept_with_its_time_and_taken_back(tmp_path: Path, meadow: Engine) -> None:
    store, given = FeedbackStore(tmp_path / "new"), _given(meadow)
    assert store.rows() == ()
    first, second = store.add(given), store.add(replace(given, verdict="wrong"))
    assert [replace(one, time="") for one in store.rows()] == [
        given, replace(given, verdict="wrong"),
    ]  # fmt: skip
    assert store.rows()[0].time.endswith("+00:00")
    assert store.remove(first)
    assert not store.remove(first)
    assert [one.verdict for one in store.rows()] == ["wrong"]
    assert store.remove(second)


def test_verdicts_of_many_at_once_are_all_kept(tmp_path: Path, meadow: Engine) -> None:
    given = _given(meadow)
    threads = [
        threading.Thread(target=lambda: [FeedbackStore(tmp_path).add(given) for _ in range(5)])
        for _ in range(8)
    ]
    for one in threads:
        one.start()
    for one in threads:
        one.join()
    assert len(FeedbackStore(tmp_path).rows()) == 40


def test_a_full_or_damaged_store_says_what_to_do(
    tmp_path: Path, meadow: Engine, monkeypatch: pytest.MonkeyPatch
) -> None:
    store = FeedbackStore(tmp_path)
    store.add(_given(meadow))
    monkeypatch.setattr(feedback_module, "MOST", 1)
    with pytest.raises(QuestionError, match=r"1 rows .*export it"):
        store.add(_given(meadow))
    store.path.write_bytes(b"no database" * 100)
    with pytest.raises(ConfigurationError, match=r"feedback\.sqlite.*mend or move"):
        store.rows()


def _request(meadow: Engine, **changed: object) -> dict[str, object]:
    start = _document(meadow).text.index(WORDS)
    asked = {
        "ask": AskLink(question=QUESTION, history=("earlier",)).href,
        "version": meadow.version,
        "key": "reed2019",
        "start": start,
        "end": start + len(WORDS),
        "words": WORDS,
        "verdict": "here",
    }
    return asked | changed


def test_a_verdict_from_the_page_is_kept_with_the_words_of_the_document(
    tmp_path: Path, meadow: Engine
) -> None:
    store = FeedbackStore(tmp_path)
    token = judged(meadow, store, _request(meadow))["token"]
    assert [replace(one, time="") for one in store.rows()] == [
        replace(_given(meadow, "here"), version=meadow.version)
    ]
    assert judged(meadow, store, {"undo": token}) == {"token": ""}
    assert store.rows() == ()


@pytest.mark.parametrize(
    "changed",
    [
        pytest.param({"words": WORDS + "!"}, id="other words"),
        pytest.param({"start": 10**7, "end": 10**8, "words": None}, id="beyond the end"),
        pytest.param({"end": 0, "words": None}, id="no words"),
        pytest.param({"version": "9-00000000"}, id="no such version"),
        pytest.param({"key": "../etc"}, id="no key"),
        pytest.param({"key": "stone2016"}, id="no text"),
        pytest.param({"verdict": "bad"}, id="no verdict"),
        pytest.param({"ask": "#ask?x=1"}, id="no question"),
        pytest.param({"more": 1}, id="a further field"),
    ],
)
def test_what_is_no_verdict_on_words_of_a_document_is_refused(
    tmp_path: Path, meadow: Engine, changed: dict[str, object]
) -> None:
    store = FeedbackStore(tmp_path)
    with pytest.raises(FootnoteError):
        judged(meadow, store, _request(meadow, **changed))
    assert store.rows() == ()


@pytest.mark.parametrize("request_", [None, [], "x", {"undo": 5}, {"undo": "a", "b": 1}])
def test_what_is_no_request_is_refused(tmp_path: Path, meadow: Engine, request_: object) -> None:
    with pytest.raises(DocumentError, match="no verdict"):
        judged(meadow, FeedbackStore(tmp_path), request_)


def test_what_readers_call_good_becomes_a_labelled_question(meadow: Engine) -> None:
    found = gold_from([_given(meadow)], lambda key: _document(meadow, key))
    (question,) = found.questions
    assert (question.question, question.history, question.kind) == (
        QUESTION, ("earlier",), "reader",
    )  # fmt: skip
    (place,) = question.answers
    assert place.phrase == "Bees of the northern meadow make honey in"
    assert place.pinpoint == "Honey, para. 1"
    span = resolve(_document(meadow), place)
    assert _document(meadow).cut(span) == place.phrase
    assert found.left_out == ()
    assert gold_from([_given(meadow)], lambda key: _document(meadow, key)) == found


def test_what_readers_do_not_agree_on_or_only_call_wrong_is_left_out(meadow: Engine) -> None:
    good, wrong = _given(meadow), _given(meadow, "wrong")
    other = replace(wrong, question="Who?")
    found = gold_from([good, wrong, other], lambda key: _document(meadow, key))
    assert found.questions == ()
    assert [str(told).split(": ")[1][:16] for told in found.left_out] == [
        "one reader calle", "readers said wha",
    ]  # fmt: skip


def test_words_that_moved_are_found_again_and_words_that_went_are_told(meadow: Engine) -> None:
    moved = replace(_given(meadow), start=0, end=len(WORDS))
    gone = replace(_given(meadow), question="Gone?", words="Nobody wrote this")
    found = gold_from([moved, gone], lambda key: _document(meadow, key))
    assert [one.question for one in found.questions] == [QUESTION]
    assert "stands no more" in str(found.left_out[0])
