"""The words of the page in the language of its reader."""

import json

import gradio as gr

from corpus.sources.library import NO_LIBRARY, Library
from corpus.wording import SPOKEN, Wording, wording

_OF_THE_BROWSER = frozenset("chat corpus eval filter lang question tab type".split())
"""First parts of the keys whose words are sent along with every page."""


def preferred(accept_language: str | None) -> Wording:
    """The words of the first language of an `Accept-Language` header that the page speaks.

    Quality values count, as RFC 9110 section 12.5.4 has them; English where nothing fits.
    """
    wanted = []
    for number, part in enumerate((accept_language or "")[:1000].split(",")):
        name, _, quality = part.partition(";")
        language = name.strip().lower().partition("-")[0]
        if language in SPOKEN:
            wanted.append((-_quality(quality), number, language))
    rated = sorted(one for one in wanted if one[0] < 0)
    return wording(rated[0][2] if rated else "en")


def texts_for(request: gr.Request | None) -> Wording:
    """The words for the browser that sent a request."""
    headers = None if request is None else request.headers
    return preferred(headers.get("accept-language") if headers is not None else None)


def words_of_the_page(library: Library = NO_LIBRARY) -> gr.I18n:
    """The words of the parts of the page that the browser puts into its own language.

    The example questions of the library are `example.1` and so on.
    """
    return gr.I18n(
        **{
            language: {
                key: words
                for key, words in wording(language).words.items()
                if key.partition(".")[0] in _OF_THE_BROWSER
            }
            | {f"example.{n}": one for n, one in enumerate(library.examples(language), 1)}
            for language in SPOKEN
        }
    )


def words_of_the_script() -> str:
    """The words that the scripts of the page say, as a JSON object of languages."""
    said = {
        language: {
            key.removeprefix("js."): words
            for key, words in wording(language).words.items()
            if key.startswith("js.")
        }
        for language in SPOKEN
    }
    return json.dumps(said, ensure_ascii=False).replace("<", "\\u003c")


def _quality(parameter: str) -> float:
    name, _, value = parameter.strip().partition("=")
    try:
        return float(value) if name.strip() == "q" else 1.0
    except ValueError:
        return 0.0
