"""Greetings, thanks and calls for help: people type them, and ask nothing by them."""

from corpus.languages import LANGUAGES


def is_courtesy(text: str) -> bool:
    """Whether a text is a greeting, thanks or a call for help, in any language, and no more."""
    # They are too short to tell their language.
    rests = (one.courtesies.sub("", text) for one in LANGUAGES.values())
    return any(rest != text and not any(map(str.isalnum, rest)) for rest in rests)
