"""Ask an index for what stands before the reader: `python -m qa.tools.reader_training.collect`."""

import argparse
import sys
from collections.abc import Iterable, Iterator, Mapping, Sequence
from pathlib import Path

from corpus.errors import FootnoteError, ModelError
from corpus.settings import load_settings
from corpus.sources.library import GOLD_FOLDER, PACKAGED, TRAINING_FOLDER, Library
from corpus.wording import Message
from index.build.progress import Progress
from index.manifest import file_entry
from index.search.search import Index
from index.search.stages import Stages
from index.versions.store import StoredPassage
from qa.answering.engine import Engine
from qa.answering.reader import MODEL_FILE, NO_READER, WITHOUT_READER, OnnxReader, OpenedReader
from qa.cli.console import errors, say
from qa.cli.main import run
from qa.cli.progress import build_progress
from qa.evaluate.data.gold import GoldPlace, GoldQuestion, read_gold, resolve
from qa.evaluate.measures.citations import holds
from qa.tools.reader_training.training_set import (
    QUESTIONS_FILE,
    ReadPassage,
    RightPassage,
    TrainingQuestion,
    question_row,
    read_questions,
    write_passages,
)

_STEP = Message.of("step.collecting")
CANDIDATES = 20
"""Candidates that are kept of each question: more than a reader reads."""
READER_FILE = "collected-with.txt"
"""In the folder of a set: the sha256 of the reader that its candidates were read by, or `none`."""
_OfDocuments = Mapping[str, Sequence[StoredPassage]]


def collect(
    engine: Engine, files: Iterable[Path], folder: Path, progress: Progress
) -> tuple[int, int]:
    """Write the training set of the labelled questions of files; those it holds are not asked.

    Questions that a document answers which is not indexed are left out. Gives how many it holds
    and how many were left out. Raises LibraryError for a bad row or place.
    """
    folder.mkdir(parents=True, exist_ok=True)
    passages = {key: engine.passages(key) for key in engine.keys}
    write_passages(folder, _to_read(engine, passages))
    path = folder / QUESTIONS_FILE
    _drop_cut_line(path)
    known = {one.id for one in read_questions(folder)} if path.exists() else set[str]()
    rows = [row for file in files for row in read_gold(file) if row.record is None]
    asked = [row for row in rows if row.needed <= passages.keys()]
    with path.open("a", encoding="utf-8") as file:
        for done, row in enumerate(asked):
            progress(_STEP, done, len(asked))
            if row.id not in known:
                file.write(question_row(_collected(engine, passages, row)))
                file.flush()
    progress(_STEP, len(asked), len(asked))
    return len(asked), len(rows) - len(asked)


def claim(folder: Path, reader: str) -> None:
    """Note by which reader the candidates of a set are read, so that no set mixes two.

    A set without a note is one of no reader. Raises FootnoteError where it is another's.
    """
    note = folder / READER_FILE
    if (folder / QUESTIONS_FILE).exists():
        before = note.read_text(encoding="utf-8").strip() if note.exists() else NO_READER
        if before != reader:
            raise FootnoteError("training.other-reader", path=folder, before=before, given=reader)
    folder.mkdir(parents=True, exist_ok=True)
    note.write_text(f"{reader}\n", encoding="utf-8")


def _opened(home: Path, reader: Path | None) -> Engine:
    """An engine without the reader that ships, by which a set must not be chosen; with another."""
    settings = load_settings(home)
    index = Index.open(settings, stages=Stages.named("-read"))
    opened = WITHOUT_READER if reader is None else OpenedReader(OnnxReader(reader))
    return Engine(index, settings.threshold, opened, Library.of(settings))


def _hash(reader: Path) -> str:
    try:
        return file_entry(reader / MODEL_FILE).sha256
    except OSError as error:
        reason = error.strerror
        raise ModelError("model.folder", folder=reader, reason=reason) from None


def _drop_cut_line(path: Path) -> None:
    """Remove a last line that a killed run did not finish."""
    written = path.read_bytes() if path.exists() else b""
    whole = written[: written.rfind(b"\n") + 1]
    if len(whole) < len(written):
        path.write_bytes(whole)


def _to_read(engine: Engine, passages: _OfDocuments) -> Iterator[ReadPassage]:
    for key, own in passages.items():
        sections = engine.indexed(key).sections
        for one in own:
            language = sections[one.section].language
            yield ReadPassage(one.id, key, language, one.context, one.text)


def _collected(engine: Engine, passages: _OfDocuments, question: GoldQuestion) -> TrainingQuestion:
    found = engine.found(question.request())
    right = [one for place in question.answers for one in _holding(engine, passages, place)]
    near = () if question.near is None else _holding(engine, passages, question.near)
    return TrainingQuestion(
        id=question.id,
        text=found.query.text_to_read,
        language=question.language or found.query.language,
        kind=question.kind,
        split=question.split,
        right=tuple(dict.fromkeys(right)),
        near=tuple(one.passage for one in near),
        candidates=tuple(one.passage.id for one in found.ranked[:CANDIDATES]),
    )


def _holding(engine: Engine, passages: _OfDocuments, place: GoldPlace) -> tuple[RightPassage, ...]:
    """The passage that holds a place whole; none where a passage ends inside it."""
    span = resolve(engine.indexed(place.source), place)
    return tuple(
        RightPassage(one.id, span.start - one.span.start, span.end - one.span.start)
        for one in passages[place.source]
        if holds(one.span, span)
    )


def training_files() -> tuple[Path, ...]:
    """The files of questions that the reader learns from, and the labelled ones of the library."""
    folders = (PACKAGED / TRAINING_FOLDER, PACKAGED / GOLD_FOLDER)
    return tuple(file for folder in folders for file in sorted(folder.glob("*.jsonl")))


def main(arguments: Sequence[str]) -> None:
    """Collect the training set from the index of a data folder."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("home", type=Path, help="data folder with an index of all texts")
    parser.add_argument("folder", type=Path, help="where the training set is written or goes on")
    parser.add_argument(
        "--reader",
        type=Path,
        help="folder of a trained reader (make train): its candidates, in a set of their own",
    )
    given = parser.parse_args(arguments)
    claim(given.folder, NO_READER if given.reader is None else _hash(given.reader))
    with build_progress(errors()) as progress:
        engine = _opened(given.home, given.reader)
        try:
            asked, left_out = collect(engine, training_files(), given.folder, progress)
        finally:
            engine.close()
    say(f"{asked:,} questions; {left_out:,} left out, since their documents are not indexed")


if __name__ == "__main__":
    sys.exit(run(lambda: main(sys.argv[1:])))
