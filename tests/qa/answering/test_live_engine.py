"""A serving process follows the version in use, and nobody who asks notices."""

import re
import subprocess
import sys
import threading
from collections import Counter
from collections.abc import Callable
from pathlib import Path

import pytest

from corpus.errors import DocumentError
from corpus.settings import PassageSettings, Settings, load_settings
from corpus.text.documents import Span
from index.build.build import build
from index.models.encoder import Matrix
from index.versions.published import Versions, number
from qa.answering.engine import Engine
from qa.answering.live_engine import Serving
from qa.answering.reader import OpenedReader, reader_in_use
from qa.answers import Answer
from qa.request import Request
from tests.toys import PhraseReader, ToyEncoder, write_library


def _text(edition: int) -> str:
    return f"# About\n\nThe fox of edition {edition} runs."


def _settings(folder: Path) -> Settings:
    return Settings(
        home=folder / "home", passages=PassageSettings(min_words=1, max_words=8), threshold=0
    )


def _publish(settings: Settings, edition: int, **more: str) -> str:
    library = settings.home.parent / "packaged"
    write_library(library, {"fox": _text(edition)} | more)
    return build(settings, ToyEncoder(), packaged=library).version


class _Watched(Engine):
    """Knows when it was closed, and waits in a question where told to."""

    closed = False
    wait: Callable[[], None] = staticmethod(lambda: None)

    def ask(self, request: Request) -> Answer:
        assert not self.closed
        self.wait()
        return super().ask(request)

    def close(self) -> None:
        self.closed = True
        super().close()


@pytest.fixture
def settings(tmp_path: Path) -> Settings:
    settings = _settings(tmp_path)
    _publish(settings, 1)
    return settings


def _serving(settings: Settings) -> tuple[Serving, list[_Watched]]:
    opened: list[_Watched] = []

    def open_engine(_before: Engine | None) -> Engine:
        engine = _Watched.open(settings, ToyEncoder())
        assert isinstance(engine, _Watched)
        opened.append(engine)
        return engine

    return Serving(Versions(settings.home), open_engine), opened


def _edition(answer: Answer) -> int:
    found = re.search(r"edition (\d+)", answer.quotes[0].text)
    assert found
    return int(found[1])


def test_a_new_version_answers_from_the_next_question_on(settings: Settings) -> None:
    serving, opened = _serving(settings)
    first = serving.ask(Request("What does the fox do?"))
    second = _publish(settings, 2)
    assert serving.version == first.index_version  # nobody has asked yet
    answer = serving.ask(Request("What does the fox do?"))
    assert (answer.index_version, _edition(answer)) == (second, 2)
    assert [engine.closed for engine in opened] == [True, False]
    serving.close()
    assert opened[1].closed


def test_a_question_can_be_asked_of_a_version_that_is_not_in_use(settings: Settings) -> None:
    first = Versions(settings.home).current()
    _publish(settings, 2)
    recalled: list[_Watched] = []

    def recall(version: str, _before: Engine) -> Engine:
        engine = _Watched.open(settings, ToyEncoder(), version)
        assert isinstance(engine, _Watched)
        recalled.append(engine)
        return engine

    versions = Versions(settings.home)
    serving = Serving(versions, lambda _: Engine.open(settings, ToyEncoder()), recall)
    answer = serving.ask(Request("What does the fox do?", version=first))
    assert (answer.index_version, _edition(answer)) == (first, 1)
    assert [engine.closed for engine in recalled] == [True]
    assert _edition(serving.ask(Request("What does the fox do?"))) == 2
    assert _edition(serving.ask(Request("What does the fox do?", version=serving.version))) == 2
    with pytest.raises(DocumentError, match="no longer there"):
        serving.ask(Request("What does the fox do?", version="9-none"))
    assert len(recalled) == 1
    key = serving.keys[0]
    assert serving.follow(key, [Span(0, 3)], first) == ()  # nothing is cited there
    assert [engine.closed for engine in recalled] == [True, True]
    with pytest.raises(DocumentError, match="no longer there"):
        serving.follow(key, [Span(0, 3)], "9-none")
    serving.close()


def test_a_rollback_is_noticed_too(settings: Settings) -> None:
    _publish(settings, 2)
    serving, _ = _serving(settings)
    assert _edition(serving.ask(Request("fox?"))) == 2
    Versions(settings.home).roll_back()
    assert _edition(serving.ask(Request("fox?"))) == 1
    serving.close()


def test_a_version_is_closed_when_its_last_question_is_done_and_not_before(
    settings: Settings,
) -> None:
    serving, opened = _serving(settings)
    inside, go_on = threading.Event(), threading.Event()

    def wait() -> None:
        inside.set()
        assert go_on.wait(30)

    opened[0].wait = wait
    answers: list[Answer] = []
    slow = threading.Thread(target=lambda: answers.append(serving.ask(Request("fox?"))))
    slow.start()
    assert inside.wait(30)
    _publish(settings, 2)
    # Beside the question that is still being answered.
    assert _edition(serving.ask(Request("fox?"))) == 2
    assert not opened[0].closed
    go_on.set()
    slow.join()
    assert _edition(answers[0]) == 1
    assert opened[0].closed
    serving.close()


def test_a_version_that_cannot_be_opened_leaves_the_one_before_serving(
    settings: Settings, caplog: pytest.LogCaptureFixture
) -> None:
    serving, opened = _serving(settings)
    versions = Versions(settings.home)
    broken = versions.path(_publish(settings, 2)) / "passages.faiss"
    broken.write_bytes(b"x")
    assert [_edition(serving.ask(Request("fox?"))) for _ in range(3)] == [1, 1, 1]
    assert len([r for r in caplog.records if "passages.faiss" in r.getMessage()]) == 1
    _publish(settings, 3)
    assert _edition(serving.ask(Request("fox?"))) == 3
    assert len(opened) == 2
    serving.close()


def test_an_old_answer_opens_its_passage_while_its_version_exists(settings: Settings) -> None:
    serving, _ = _serving(settings)
    _publish(settings, 1, cat="The cat sleeps.")
    answer = serving.ask(Request("the cat sleeps", sources=frozenset({"cat"})))
    library = settings.home.parent / "packaged"
    (library / "cat.md").unlink()
    _publish(settings, 2)
    serving.ask(Request("fox?"))
    old = answer.index_version
    assert serving.version != old
    assert serving.document(old, "cat").text == "The cat sleeps."
    assert serving.source("cat", old).title == "Title of cat"
    with pytest.raises(DocumentError, match="no document 'cow'"):
        serving.document(old, "cow")
    assert Versions(settings.home).remove(old)
    for action in (lambda: serving.document(old, "cat"), lambda: serving.source("cat", old)):
        with pytest.raises(DocumentError, match=f"version {old}, which is no longer there"):
            action()
    with pytest.raises(DocumentError, match="no longer there"):
        serving.document("../../etc", "passwd")
    serving.close()


def test_an_old_document_that_was_altered_is_not_shown(settings: Settings) -> None:
    import sqlite3

    serving, _ = _serving(settings)
    old = serving.version
    _publish(settings, 2)
    serving.ask(Request("fox?"))
    path = Versions(settings.home).path(old) / "store.sqlite"
    with sqlite3.connect(path) as db:
        db.execute("UPDATE documents SET text = replace(text, 'runs', 'lies')")
    db.close()
    with pytest.raises(DocumentError, match="is not what was indexed"):
        serving.document(old, "fox")
    serving.close()


def test_the_model_is_loaded_again_only_where_it_is_another(
    settings: Settings, monkeypatch: pytest.MonkeyPatch
) -> None:
    loaded: list[str] = []

    def load(name: str, _stamps: Path) -> ToyEncoder:
        loaded.append(name)
        return ToyEncoder(fingerprint="f" * 8 if name == "toy" else "o" * 8, name=name)

    monkeypatch.setattr("index.models.models.load_encoder", load)
    toml = "threshold = 0.0\n[passages]\nmin_words = 1\nmax_words = 8\n"
    (settings.home / "settings.toml").write_text(toml)
    serving = Serving.open(settings)
    _publish(settings, 2)
    assert _edition(serving.ask(Request("fox?"))) == 2
    assert loaded == ["toy"]
    library = settings.home.parent / "packaged"
    build(settings, ToyEncoder(name="other", fingerprint="o" * 8), packaged=library)
    assert _edition(serving.ask(Request("fox?"))) == 2
    assert number(serving.version) == 3
    assert loaded == ["toy", "other"]
    serving.close()


def test_a_reader_is_loaded_once_for_new_and_for_older_versions(
    settings: Settings, monkeypatch: pytest.MonkeyPatch
) -> None:
    loaded: list[str | None] = []

    def load(name: str | None, _stamps: Path) -> OpenedReader:
        loaded.append(name)
        reader = PhraseReader("fox")
        reader.name = reader_in_use(name) or ""
        return OpenedReader(reader)

    monkeypatch.setattr("index.models.models.load_encoder", lambda *_: ToyEncoder())
    monkeypatch.setattr("qa.answering.engine.open_reader", load)
    toml = "[passages]\nmin_words = 1\nmax_words = 8\n"
    (settings.home / "settings.toml").write_text(toml)
    first = Versions(settings.home).current()
    serving = Serving.open(load_settings(settings.home))
    _publish(settings, 2)
    assert _edition(serving.ask(Request("fox?"))) == 2
    assert _edition(serving.ask(Request("fox?", version=first))) == 1
    assert loaded == [None]
    (settings.home / "settings.toml").write_text(f'reader = "other"\n{toml}')
    _publish(settings, 3)
    assert _edition(serving.ask(Request("fox?"))) == 3
    assert loaded == [None, "other"]
    serving.close()


PUBLISH = (
    f"import sys\nfrom pathlib import Path\nfrom {__name__} import _publish, _settings\n"
    "print('ready', flush=True)\nfor line in sys.stdin:\n"
    "    print(_publish(_settings(Path(sys.argv[1])), int(line)), flush=True)\n"
)


class _Slow(ToyEncoder):
    def query(self, text: str) -> Matrix:
        threading.Event().wait(0.001)  # lets other threads in, as a model does
        return super().query(text)


@pytest.mark.slow
def test_no_question_fails_or_is_answered_by_a_wrong_version_while_five_are_published(
    settings: Settings, capsys: pytest.CaptureFixture[str]
) -> None:
    publisher = subprocess.Popen(
        [sys.executable, "-c", PUBLISH, str(settings.home.parent)],
        cwd=Path(__file__).parents[3],
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        text=True,
    )
    assert publisher.stdin is not None
    assert publisher.stdout is not None
    assert publisher.stdout.readline() == "ready\n"
    serving = Serving(Versions(settings.home), lambda _: Engine.open(settings, _Slow()))
    editions = {serving.version: 1}
    answers: list[list[Answer]] = [[] for _ in range(3)]
    failed: list[BaseException] = []
    stop = threading.Event()

    def ask(mine: list[Answer]) -> None:
        while not stop.is_set():
            try:
                mine.append(serving.ask(Request("What does the fox do?")))
            except Exception as error:  # noqa: BLE001
                failed.append(error)

    threads = [threading.Thread(target=ask, args=(mine,)) for mine in answers]
    for thread in threads:
        thread.start()
    try:
        for edition in range(2, 7):
            publisher.stdin.write(f"{edition}\n")
            publisher.stdin.flush()
            version = publisher.stdout.readline().strip()
            assert version, "the process that publishes has ended"
            editions[version] = edition
            late = serving.ask(Request("What does the fox do?"))
            while late.index_version != version:  # it may wait for the thread that opens it alone
                assert serving.version in editions
                late = serving.ask(Request("What does the fox do?"))
    finally:
        stop.set()
        for thread in threads:
            thread.join()
        publisher.kill()
        publisher.communicate()
    every = [answer for mine in answers for answer in mine]
    wrong = [a for a in every if _edition(a) != editions[a.index_version]]
    for mine in answers:
        numbers = [number(answer.index_version) for answer in mine]
        assert numbers == sorted(numbers)
    counted = Counter(answer.index_version for answer in every)
    with capsys.disabled():
        print(
            f"\n[5 versions published under {len(every):,} questions: {len(failed)} failed, "
            f"{len(wrong)} from a wrong version; {len(counted)} versions answered]"
        )
    assert failed == []
    assert wrong == []
    assert len(editions) == 6
    assert len(counted) == 6
    serving.close()
