"""A chat saved and verified by the commands, on the article."""

import json
import sys
from pathlib import Path

import pytest

from corpus.settings import Settings
from qa.cli.main import main

QUESTION = "How many trafficking victims did Mexico identify in 2016?"


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
