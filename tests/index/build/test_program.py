"""The digest of the program covers what reads and cuts texts, and nothing else."""

import shutil
from pathlib import Path

import pytest

from index.build.program import CORPUS, program_hash


@pytest.fixture
def corpus(tmp_path: Path) -> Path:
    """A copy of the package that may be edited."""
    copy = tmp_path / "corpus"
    shutil.copytree(CORPUS, copy, ignore=shutil.ignore_patterns("__pycache__", "library"))
    program_hash.cache_clear()
    return copy


def _edited(file: Path) -> str:
    """The digest after a line was added to a file."""
    file.write_text(file.read_text(encoding="utf-8") + "\n# edited\n", encoding="utf-8")
    program_hash.cache_clear()
    return program_hash(file.parents[1])


@pytest.mark.parametrize(
    "file",
    ["fetching/network.py", "fetching/fetcher.py", "sources/user_library.py", "errors.py",
     "settings.py", "wording.tsv"],
)  # fmt: skip
def test_an_edit_of_what_reads_no_text_leaves_the_digest_alone(corpus: Path, file: str) -> None:
    before = program_hash(corpus)
    (corpus / file).write_text((corpus / file).read_text(encoding="utf-8") + "\n# edited\n")
    program_hash.cache_clear()
    assert program_hash(corpus) == before


@pytest.mark.parametrize(
    "file",
    ["readers/plain.py", "readers/pdf.py", "law/labels.py", "text/sentences.py",
     "passages/units.py"],
)  # fmt: skip
def test_an_edit_of_what_reads_and_cuts_texts_changes_the_digest(corpus: Path, file: str) -> None:
    before = program_hash(corpus)
    assert _edited(corpus / file) != before


def test_a_table_beside_the_modules_counts(corpus: Path) -> None:
    before = program_hash(corpus)
    (corpus / "text" / "abbreviations.tsv").write_text("art.")
    program_hash.cache_clear()
    assert program_hash(corpus) != before


@pytest.mark.parametrize(
    "line",
    ["from corpus.dialects.spoken import WORDS", "from corpus import dialects",
     "import corpus.dialects"],
)  # fmt: skip
def test_a_package_counts_once_a_reader_needs_it(corpus: Path, line: str) -> None:
    (corpus / "dialects").mkdir()
    (corpus / "dialects" / "spoken.py").write_text("WORDS = 1\n")
    before = program_hash(corpus)
    assert _edited(corpus / "dialects" / "spoken.py") == before
    with (corpus / "readers" / "plain.py").open("a") as reader:
        reader.write(f"\n{line}\n")
    program_hash.cache_clear()
    needed = program_hash(corpus)
    assert _edited(corpus / "dialects" / "spoken.py") != needed


def test_the_digest_is_that_of_the_contents_wherever_they_lie(corpus: Path) -> None:
    (corpus / "readers" / "__pycache__").mkdir()
    (corpus / "readers" / "__pycache__" / "plain.pyc").write_bytes(b"\0")
    assert program_hash(corpus) == program_hash()
