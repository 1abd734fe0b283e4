"""A question as it is searched."""

import unicodedata

from corpus.errors import QuestionError

MAX_CHARACTERS = 2000
"""The default encoder reads 256 tokens; what lies far beyond would be ignored silently."""


def searchable(question: str) -> str:
    """The question without control characters and with single blanks.

    Raises QuestionError where no letter or digit is left, or where it is too long.
    """
    kept = (
        " " if unicodedata.category(c) in {"Cc", "Zl", "Zp"} else c
        for c in unicodedata.normalize("NFC", question)
        if unicodedata.category(c) != "Cs"
    )
    text = " ".join("".join(kept).split())
    if not any(c.isalnum() for c in text):
        raise QuestionError("The question holds no words: type a question about the sources.")
    if len(text) > MAX_CHARACTERS:
        raise QuestionError(
            f"The question has {len(text):,} characters and at most {MAX_CHARACTERS:,} are "
            "searched: shorten it to what you want to know."
        )
    return text
