"""The handlers of the chat."""

from contextlib import closing
from pathlib import Path
from typing import Any

from corpus.settings import Settings
from index.build.build import build
from qa.answering.engine import Engine
from qa.web.chat.chat import Chat
from tests.toys import ToyEncoder, write_library


class _Spanish:
    """What the chat needs of a browser's request."""

    headers = {"accept-language": "es"}  # noqa: RUF012


def test_the_page_says_in_its_language_that_the_confidence_fits_another_model(
    tmp_path: Path,
) -> None:
    library = write_library(tmp_path / "packaged", {"one": "Cats purr loudly. Dogs bark."})
    settings = Settings(home=tmp_path / "home")
    build(settings, ToyEncoder(), packaged=library)
    nothing_chosen: tuple[Any, ...] = (["one"], "one", [], [], None, None)
    with closing(Engine.open(settings, ToyEncoder())) as engine:
        turns = list(
            Chat(engine).typed("Do cats purr?", [], [], _Spanish(), *nothing_chosen)  # type: ignore[arg-type]
        )
    _, messages, answers = turns[-1]
    assert len(answers) == 1
    assert "La confianza se ajustó a otro modelo" in messages[-1]["content"]
