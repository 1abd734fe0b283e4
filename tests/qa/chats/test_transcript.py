"""Chats saved and verified: what is shown is what stands in the store."""

import json
import sys
from dataclasses import replace
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st
from markdown_it import MarkdownIt

from corpus.errors import LibraryError
from corpus.settings import Settings
from index.versions.versions import Versions
from qa.answering.engine import Engine
from qa.answers import Answer
from qa.chats.transcript import as_html, as_json, as_markdown
from qa.chats.verify import read_chat, verified
from qa.cli.main import main
from qa.request import Request

QUESTION = "How many trafficking victims did Mexico identify in 2016?"
HOSTILE = "</script><img src=x onerror=alert(1)> --> *a* [b](c) `d` <!-- -- & \\ “e”\n\n# f"


@pytest.fixture(scope="module")
def answer(engine: Engine) -> Answer:
    return engine.ask(Request(QUESTION))


def _hash(_version: str, _key: str) -> str:
    return "0" * 64


@pytest.mark.parametrize("form", [as_json, as_markdown, as_html])
def test_each_form_is_read_again_and_every_quotation_holds(
    form: object, answer: Answer, article: Settings, tmp_path: Path
) -> None:
    path = tmp_path / "chat"
    hostile = replace(answer, question=HOSTILE)
    path.write_text(form([hostile, answer], _hash), encoding="utf-8")  # type: ignore[operator]
    turns = read_chat(path)
    assert [turn.question for turn in turns] == [HOSTILE, QUESTION]
    found = verified(Versions(article.home), turns)
    assert len(found) == 2 * len(answer.quotes) > 0
    assert {one.state for one in found} == {"exact"}


def test_html_and_markdown_show_hostile_text_and_do_nothing(answer: Answer) -> None:
    hostile = replace(answer, question=HOSTILE, quotes=(), reason=HOSTILE)
    page = as_html([hostile], _hash)
    assert page.count("<script") == 1
    assert "<img" not in page
    rendered = MarkdownIt("commonmark").render(as_markdown([hostile], _hash))
    assert "<img" not in rendered.replace("&lt;img", "")
    assert "<em>a</em>" not in rendered
    assert "<a " not in rendered
    assert rendered.count("<!--") == 1


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


def _verify(monkeypatch: pytest.MonkeyPatch, *arguments: str) -> int:
    monkeypatch.setattr(sys, "argv", ["footnote", *arguments])
    with pytest.raises(SystemExit) as caught:
        main()
    return int(caught.value.code or 0)


def test_a_question_is_asked_saved_and_verified_on_the_command_line(
    article: Settings,
    tmp_path: Path,
    monkeypatch: pytest.MonkeyPatch,
    capsys: pytest.CaptureFixture[str],
) -> None:
    home, chat = str(article.home), tmp_path / "chat.html"
    assert _verify(monkeypatch, "ask", QUESTION, "--save", str(chat), "--home", home) == 0
    assert _verify(monkeypatch, "verify", str(chat), "--home", home) == 0
    assert "quotations stand word for word" in capsys.readouterr().out
    text = chat.read_text(encoding="utf-8")
    assert "740 trafficking victims" in text
    chat.write_text(text.replace("740 trafficking victims", "750 trafficking victims"))
    assert _verify(monkeypatch, "verify", str(chat), "--home", home, "--json") == 1
    rows = json.loads(capsys.readouterr().out)
    assert "altered" in {row["state"] for row in rows}
    assert _verify(monkeypatch, "ask", QUESTION, "--save", "chat.docx", "--home", home) == 1
    assert "name a file that ends with .json, .md, .html" in capsys.readouterr().err


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


@pytest.mark.parametrize(
    "content",
    [
        b"", b"hello", b"[1, 2]", b"{}", b"null", b"\xff\xfe", b'{"chat": 3}', b"[" * 100_000,
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
