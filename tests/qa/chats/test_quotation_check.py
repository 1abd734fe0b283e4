"""Saved chats: what is shown is what stands in the store."""

import json
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from corpus.errors import LibraryError
from corpus.settings import Settings
from index.versions.published import Versions
from qa.answering.engine import Engine
from qa.answers import Answer
from qa.chats.quotation_check import read_chat, verified
from qa.chats.transcript import as_json
from qa.cli.verify import show_verified
from qa.request import Request

QUESTION = "How many trafficking victims did Mexico identify in 2016?"


@pytest.fixture(scope="module")
def answer(engine: Engine) -> Answer:
    return engine.ask(Request(QUESTION))


def _hash(_version: str, _key: str) -> str:
    return "0" * 64


@given(data=st.data())
def test_an_altered_quotation_is_always_found(
    data: st.DataObject, answer: Answer, article: Settings
) -> None:
    quote = answer.quotes[0]
    at = data.draw(st.integers(0, len(quote.text) - 1))
    other = data.draw(st.characters(codec="utf-8").filter(lambda c: c != quote.text[at]))
    changed = quote.text[:at] + other + quote.text[at + 1 :]
    turn = json.loads(as_json([answer], _hash))["chat"][0]
    turn["quotes"] = [turn["quotes"][0] | {"text": changed}]
    path = article.home / "altered.json"
    path.write_text(json.dumps({"chat": [turn]}), encoding="utf-8")
    (found,) = verified(Versions(article.home), read_chat(path))
    path.unlink()
    assert found.state == "altered"
    assert not found.holds
    assert f"differs after {at} characters" in found.detail


def test_moved_and_lost_quotations_are_told(
    answer: Answer, article: Settings, tmp_path: Path
) -> None:
    turn = json.loads(as_json([answer], _hash))["chat"][0]
    first = turn["quotes"][0]
    turn["quotes"] = [
        first | {"start": first["start"] + 1, "end": first["end"] + 1},
        first | {"source": "nobody"},
    ]
    turn["index_version"] = "0-ffffffff"
    path = tmp_path / "chat.json"
    path.write_text(json.dumps({"chat": [turn]}))
    moved, gone = verified(Versions(article.home), read_chat(path))
    assert (moved.state, gone.state) == ("moved", "gone")
    assert moved.holds
    assert not gone.holds
    assert "version 0-ffffffff is gone" in moved.detail


def test_quotations_that_may_answer_are_told_from_those_that_do(
    answer: Answer, article: Settings, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    turn = json.loads(as_json([answer], _hash))["chat"][0]
    turn["quotes"] = turn["quotes"][:1]
    refused = {"certainty": "refused", "quotes": [], "closest": turn["quotes"]}
    before = {name: value for name, value in turn.items() if name != "certainty"}
    turns = [turn | {"certainty": "sure"}, turn | {"certainty": "unsure"}, turn | refused, before]
    path = tmp_path / "chat.json"
    path.write_text(json.dumps({"chat": turns}))
    found = verified(Versions(article.home), read_chat(path))
    assert [one.certainty for one in found] == ["sure", "unsure", "refused", None]
    assert {one.state for one in found} == {"exact"}
    show_verified(found)
    lines = capsys.readouterr().out.splitlines()
    version = answer.index_version
    assert [line.partition(version)[2] for line in lines[:4]] == [
        "",
        "; may answer",
        "; close to a question that was refused",
        "",
    ]


@pytest.mark.parametrize(
    "content",
    [
        b"", b"hello", b"[1, 2]", b"{}", b"null", b"\xff\xfe", b'{"chat": 3}', b"[" * 100_000,
        b'{"index_version": "1", "certainty": "perhaps"}',
        b'{"index_version": "1", "quotes": [{"text": "", "source": "x", "start": 0, "end": 1}]}',
        b'{"index_version": "1", "quotes": [{"text": "a", "source": "x", "start": -1, "end": 1}]}',
    ],
)  # fmt: skip
def test_what_is_no_chat_is_an_error_of_one_line(content: bytes, tmp_path: Path) -> None:
    path = tmp_path / "chat.json"
    path.write_bytes(content)
    with pytest.raises(LibraryError, match=r"no exported chat|not UTF-8"):
        read_chat(path)
    with pytest.raises(LibraryError, match="not readable"):
        read_chat(tmp_path / "none")
