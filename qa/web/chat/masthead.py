"""The head of the page: name, promise, and what the library holds."""

from collections.abc import Iterator, Sequence

from qa.library.coverage import BUILD_STEP, FETCH_STEP, IMPORT_STEP, Shelf, Shelved
from qa.web.escape import verbatim
from qa.web.texts import Texts


def masthead(titles: Sequence[str], shelf: Shelf | None, texts: Texts) -> str:
    """The HTML of the head; without a shelf the library is named by the titles of its texts."""
    if shelf is None:
        named = titles[0] if len(titles) == 1 else texts.count("sources", len(titles))
        cite = f"<cite>{verbatim(named)}</cite>"
        library = f'<p class="library">{texts("library", what=cite)}</p>'
    else:
        library = _shelf(shelf, texts)
    return (
        '<header class="masthead"><h1>Footnote</h1>'
        f"<p>{verbatim(texts('promise'))}</p>{library}</header>"
    )


def _shelf(shelf: Shelf, texts: Texts) -> str:
    """A line that opens to the cited sources and the step that adds those that are missing."""
    rows = "".join(_row(one, texts) for one in shelf.cited)
    summary = verbatim(texts("library", what=_summary(shelf, texts)))
    return (
        f'<details class="library"><summary>{summary}</summary>'
        f'<div class="shelf">{"".join(_steps(shelf, texts))}<ul>{rows}</ul></div></details>'
    )


def _summary(shelf: Shelf, texts: Texts) -> str:
    key = "shelf.article" if shelf.article else "shelf.cited"
    cited = texts(key, of=shelf.indexed, all=len(shelf.cited))
    return texts("shelf.added", rest=cited, n=shelf.added) if shelf.added else cited


def _row(one: Shelved, texts: Texts) -> str:
    state = texts("shelf.indexed") if one.indexed else texts("shelf.missing", why=one.note)
    return (
        f'<li class="{"held" if one.indexed else "missing"}">'
        f'<span class="mark" aria-hidden="true">{"✓" if one.indexed else "–"}</span>'
        f'<span><cite>{verbatim(one.title)}</cite><span class="state">{verbatim(state)}</span>'
        "</span></li>"
    )


def _steps(shelf: Shelf, texts: Texts) -> Iterator[str]:
    if shelf.step is None:
        yield f"<p>{verbatim(texts('shelf.all'))}</p>"
        return
    build = _command(BUILD_STEP)
    if not shelf.only_built_lacks:
        without = texts("shelf.import", first=_command(IMPORT_STEP), second=build)
        yield f"<p>{verbatim(texts('shelf.add'))} {_command(FETCH_STEP)}</p>"
        yield f"<p>{without}</p>"
    else:
        yield f"<p>{verbatim(texts('shelf.build'))} {build}</p>"
    yield f"<p>{verbatim(texts('shelf.again'))}</p>"


def _command(words: str) -> str:
    return f"<code>{verbatim(words)}</code>"
