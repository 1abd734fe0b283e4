"""Files that no reader can take: a line with file, reason and remedy; the rest is indexed."""

import io
import json
import sys
import zipfile
from pathlib import Path

import pytest
from fpdf import FPDF
from PIL import Image

from corpus.settings import Settings
from index.build.build import BuildReport, build
from index.build.scan import read_library
from index.search.search import Index
from qa.cli.main import main
from tests.toys import ToyEncoder, toy_source


def _pdf(*lines: str, password: str = "", picture: bool = False) -> bytes:
    pdf = FPDF()
    pdf.set_font("Helvetica", size=9)
    if password:
        pdf.set_encryption(owner_password=f"owner {password}", user_password=password)
    pdf.add_page()
    for row, words in enumerate(lines):
        pdf.text(20, 20 + 6 * row, words)
    if picture:
        pdf.image(Image.new("RGB", (200, 300), "white"), 10, 10, 180)
    return bytes(pdf.output())


def _bomb() -> bytes:
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as archive:
        archive.writestr("[Content_Types].xml", "<Types/>")
        archive.writestr("word/document.xml", bytes(201_000_000))
    return out.getvalue()


WORDS = "Gulls cry over the harbor at dawn."
BAD = {
    "encrypted.pdf": (_pdf(WORDS, password="x"), "encrypted", "save a copy without a password"),
    "empty.pdf": (b"", "not a PDF", "fetch or save the file again"),
    "cut.pdf": (_pdf(WORDS)[:-40], "cut off", "get the file again"),
    "picture.pdf": (_pdf(picture=True), "no text, only pictures", "text recognition (OCR)"),
    "large.html": (b"<p>" + b"x" * 50_000_000, "50 MB", "save the part that matters"),
    "nozip.docx": (b"no zip", "not a DOCX file", "save it again"),
    "bomb.docx": (_bomb(), "unpacks to 201 MB", "save it again"),
    "zeros.txt": (bytes(5000), "zero bytes", "save the file as UTF-8 text"),
    "blank.md": (b" \n\n ", "no text found", "give a file that holds text"),
    "sheet.xls": (b"x", "no reader for '.xls'", "save it as one of"),
}
GOOD = {
    "latin.txt": "Las gaviotas gritan en la bahía de mañana.".encode("latin-1"),
    "utf16.txt": "Las gaviotas gritan en la bahía de mañana.".encode("utf-16"),
    "plain.md": WORDS.encode(),
    "twice.pdf": _pdf(WORDS),
}


def _records(library: Path) -> None:
    keys = {Path(name).stem for name in (*BAD, *GOOD, "link.md")}
    library.mkdir(parents=True)
    records = [toy_source(key).record for key in sorted(keys)]
    (library / "sources.json").write_text(json.dumps(records))


def _fill(folder: Path) -> None:
    """All the files, a second text of one key, and a link that leaves the folder."""
    folder.mkdir(parents=True, exist_ok=True)
    for name, content in {**{n: c for n, (c, *_) in BAD.items()}, **GOOD}.items():
        (folder / name).write_bytes(content)
    (folder / "twice.md").write_text("The other text.")
    (folder.parent / "secret.md").write_text("A secret.")
    (folder / "link.md").symlink_to("../secret.md")


def _check(report: BuildReport, settings: Settings) -> None:
    assert report.documents == len(GOOD) + 1  # and the article
    index = Index.open(settings, ToyEncoder())
    assert "bahía de mañana" in index.document("latin").text
    assert index.document("utf16").text == index.document("latin").text
    assert WORDS in index.document("twice").text
    index.close()


def test_a_build_indexes_what_can_be_read_and_says_of_the_rest_what_to_do(tmp_path: Path) -> None:
    settings = Settings(home=tmp_path / "home")
    _records(settings.library)
    _fill(settings.library)
    report = build(settings, ToyEncoder())
    problems = {Path(line.partition(": ")[0]).name: line for line in map(str, report.problems)}
    assert len(problems) == len(report.problems)
    for name, (_, reason, remedy) in BAD.items():
        line = problems.pop(name)
        assert line.startswith(str(settings.library / name))
        assert reason in line
        assert remedy in line
        assert "\n" not in line
    assert "twice.pdf is the text of 'twice' already; remove one" in problems.pop("twice.md")
    assert "leads out of the folder; copy the file itself" in problems.pop("link.md")
    assert problems == {}
    _check(report, settings)


def test_an_import_takes_what_can_be_read_and_says_of_the_rest_what_to_do(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    settings = Settings(home=tmp_path / "home")
    _records(settings.library)
    _fill(tmp_path / "texts")
    arguments = ["footnote", "sources", "import", str(tmp_path / "texts")]
    monkeypatch.setattr(sys, "argv", [*arguments, "--home", str(settings.home)])
    with pytest.raises(SystemExit) as caught:
        main()
    assert not caught.value.code
    lines = capsys.readouterr().out.splitlines()
    told = {line.split()[1].rstrip(":"): line for line in lines if line.startswith(("left", "tak"))}
    for name in GOOD:
        assert told.pop(name) == f"taken  {name}"
    for name, (_, reason, remedy) in BAD.items():
        line = told.pop(name)
        assert line.startswith(f"left   {name}: ")
        assert reason in line
        assert remedy in line
        assert line.count(name) == 1
    assert "another file of 'twice' was taken" in told.pop("twice.md")
    assert "leads out of the folder; copy the file itself" in told.pop("link.md")
    assert told == {}
    held = {path.name for path in settings.library.iterdir()}
    assert held == {*GOOD, "sources.json"}
    _check(build(settings, ToyEncoder()), settings)


@pytest.mark.parametrize("key", ["../secret", "/etc/passwd", "a/b", "..", "secret.md"])
def test_a_key_that_is_a_path_leads_nowhere(
    key: str,
    tmp_path: Path,
    monkeypatch: pytest.MonkeyPatch,
    capsys: pytest.CaptureFixture[str],
) -> None:
    home, secret = tmp_path / "home", tmp_path / "home" / "secret.md"
    (home / "library").mkdir(parents=True)
    secret.write_text("A secret.")
    text = tmp_path / "text.md"
    text.write_text(WORDS)
    for arguments in (
        ["remove", key],
        ["fetch", key],
        ["cite", key],
        ["add", str(text), "--title", "T", "--key", key],
    ):
        monkeypatch.setattr(sys, "argv", ["footnote", "sources", *arguments, "--home", str(home)])
        with pytest.raises(SystemExit) as caught:
            main()
        assert caught.value.code == 1
        printed = capsys.readouterr()
        assert len(printed.err.strip().splitlines()) == 1
    assert secret.read_text() == "A secret."
    assert not [
        path for path in tmp_path.rglob("*") if path.is_file() and path not in {secret, text}
    ]


def test_a_broken_record_is_refused_with_its_line_and_the_library_is_not_touched(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    home = tmp_path / "home"
    (home / "library").mkdir(parents=True)
    (home / "library" / "sources.json").write_text('[\n {"id": "a",\n  "type": "book"}\n]')
    for command in (["list"], ["fetch"], ["check"], ["cite"]):
        monkeypatch.setattr(sys, "argv", ["footnote", "sources", *command, "--home", str(home)])
        with pytest.raises(SystemExit) as caught:
            main()
        assert caught.value.code == 1
        if command != ["check"]:  # which reads the index alone
            assert "sources.json, line 2, record" in capsys.readouterr().err


def test_bad_files_in_the_library_hinder_no_reading_of_the_others(tmp_path: Path) -> None:
    settings = Settings(home=tmp_path / "home")
    _records(settings.library)
    (settings.library / "plain.md").write_text(WORDS)
    (settings.library / "plain.txt").write_bytes(bytes(10))
    library = read_library(settings)
    assert library.documents["plain"].text == WORDS
    assert len(library.problems) == 1
