"""The texts that the reader learns from, brought into a data folder."""

from pathlib import Path

import pytest

from corpus.settings import Settings
from corpus.sources.library import Library
from qa.tools.reader_training import texts
from qa.tools.reader_training.texts import EXTRA, add_texts, listed


def test_each_listed_text_has_a_file_a_title_a_type_and_a_year() -> None:
    for one in listed().values():
        assert one.keys() == {"file", "title", "type", "year"}


def test_the_listed_texts_are_added_under_their_keys_once(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    rows = '[gulls2001]\nfile = "gulls.md"\ntitle = "Gull Act"\ntype = "legislation"\nyear = 2001\n'
    monkeypatch.setattr(texts, "TEXTS", tmp_path / "texts.toml")
    (tmp_path / "texts.toml").write_text(rows, encoding="utf-8")
    folder = tmp_path / "texts" / EXTRA
    folder.mkdir(parents=True)
    (folder / "gulls.md").write_text("# Gull Act\n\nGulls are counted in May.", encoding="utf-8")
    settings = Settings(home=tmp_path / "home")
    for _ in range(2):
        add_texts(settings, folder.parent)
    library = Library.of(settings)
    assert library.sources["gulls2001"].title == "Gull Act"
    assert library.read("gulls2001").text.endswith("Gulls are counted in May.")
