"""The head of the page: name, promise, and what the library holds."""

from collections.abc import Iterator, Sequence

from corpus.wording import Wording
from qa.library.coverage import BUILD_STEP, FETCH_STEP, IMPORT_STEP, CitedSourceState, Coverage
from qa.web.escape import verbatim


def masthead(titles: Sequence[str], coverage: Coverage | None, texts: Wording) -> str:
    """The HTML of the head; without a coverage the library is named by the titles of its texts."""
    if coverage is None:
        named = titles[0] if len(titles) == 1 else texts.count("sources", len(titles))
        cite = f"<cite>{verbatim(named)}</cite>"
        library = f'<p class="library">{texts("library", what=cite)}</p>'
    else:
        library = _coverage(coverage, texts)
    return (
        '<header class="masthead"><h1>Footnote</h1>'
        f"<p>{verbatim(texts('promise'))}</p>{library}</header>"
    )


def _coverage(coverage: Coverage, texts: Wording) -> str:
    """A line that opens to the cited sources and the step that adds those that are missing."""
    rows = "".join(_row(one, texts) for one in coverage.cited)
    summary = verbatim(texts("library", what=coverage.told(texts)))
    return (
        f'<details class="library"><summary>{summary}</summary>'
        f'<div class="coverage">{"".join(_steps(coverage, texts))}<ul>{rows}</ul></div></details>'
    )


def _row(one: CitedSourceState, texts: Wording) -> str:
    state = texts("coverage.indexed") if one.indexed else texts("coverage.missing", why=one.note)
    return (
        f'<li class="{"held" if one.indexed else "missing"}">'
        f'<span class="mark" aria-hidden="true">{"✓" if one.indexed else "–"}</span>'
        f'<span><cite>{verbatim(one.title)}</cite><span class="state">{verbatim(state)}</span>'
        "</span></li>"
    )


def _steps(coverage: Coverage, texts: Wording) -> Iterator[str]:
    if coverage.step is None:
        yield f"<p>{verbatim(texts('coverage.all'))}</p>"
        return
    build = _command(BUILD_STEP)
    if not coverage.only_built_lacks:
        without = texts("coverage.import", first=_command(IMPORT_STEP), second=build)
        yield f"<p>{verbatim(texts('coverage.add'))} {_command(FETCH_STEP)}</p>"
        yield f"<p>{without}</p>"
    else:
        yield f"<p>{verbatim(texts('coverage.build'))} {build}</p>"
    yield f"<p>{verbatim(texts('coverage.again'))}</p>"


def _command(words: str) -> str:
    return f"<code>{verbatim(words)}</code>"
