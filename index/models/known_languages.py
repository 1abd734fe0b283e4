"""Which languages a model knows."""

Languages = frozenset[str]
"""Codes such as `en`; empty for a model of every language, or one of which it is not known."""

EVERY_LANGUAGE: Languages = frozenset()
ENGLISH_ALONE: Languages = frozenset({"en"})


def knows(languages: Languages, *wanted: str) -> bool:
    """Whether a model's languages include all `wanted`; an empty set includes every language."""
    return not languages or languages.issuperset(wanted)
