"""The head of the page: name, promise, and what the library holds."""

from collections.abc import Iterator, Sequence

from qa.shelf import BUILD_STEP, FETCH_STEP, IMPORT_STEP, Shelf, Shelved
from qa.web.escape import verbatim


def masthead(titles: Sequence[str], shelf: Shelf | None) -> str:
    """The HTML of the head; without a shelf the library is named by the titles of its texts."""
    if shelf is None:
        named = titles[0] if len(titles) == 1 else f"{len(titles)} sources"
        library = f'<p class="library">Library: <cite>{verbatim(named)}</cite></p>'
    else:
        library = _shelf(shelf)
    return (
        '<header class="masthead"><h1>Footnote</h1>'
        "<p>Answers in the sources’ own words, each with its footnote.</p>"
        f"{library}</header>"
    )


def _shelf(shelf: Shelf) -> str:
    """A line that opens to the cited sources and the step that adds those that are missing."""
    rows = "".join(map(_row, shelf.cited))
    return (
        f'<details class="library"><summary>Library: {verbatim(shelf.summary)}</summary>'
        f'<div class="shelf">{"".join(_steps(shelf))}<ul>{rows}</ul></div></details>'
    )


def _row(one: Shelved) -> str:
    state = "indexed" if one.indexed else f"not indexed: {one.note}"
    return (
        f'<li class="{"held" if one.indexed else "missing"}">'
        f'<span class="mark" aria-hidden="true">{"✓" if one.indexed else "–"}</span>'
        f'<span><cite>{verbatim(one.title)}</cite><span class="state">{verbatim(state)}</span>'
        "</span></li>"
    )


def _steps(shelf: Shelf) -> Iterator[str]:
    if shelf.step is None:
        yield "<p>All of them are indexed.</p>"
        return
    build = _command(BUILD_STEP)
    if not shelf.only_built_lacks:
        yield f"<p>Add what can be had from the web: {_command(FETCH_STEP)}</p>"
        yield f"<p>Without a network: {_command(IMPORT_STEP)}, then {build}</p>"
    else:
        yield f"<p>Their texts are here: {build}</p>"
    yield "<p>Nothing is downloaded before you ask for it. Start the chat again afterwards.</p>"


def _command(words: str) -> str:
    return f"<code>{verbatim(words)}</code>"
