"""Measures of what an answer is called: sure, unsure, or refused.

An answer is right where its first quotation answers, or a record tells what was asked for; of a
refusal the first of the closest passages counts.
"""

from collections.abc import Sequence

from qa.answers import Certainty
from qa.evaluate.measures.refusals import share


def unanswerable_called_sure(answerable: Sequence[bool], called: Sequence[Certainty]) -> float:
    """The share of unanswerable questions whose answer is sure; not a number where there are none.

    0 to 1, less is better: nothing answers these, so all that is called sure is wrong.
    """
    pairs = zip(answerable, called, strict=True)
    return share([one == "sure" for answers, one in pairs if not answers])


def sure_and_wrong(right: Sequence[bool], called: Sequence[Certainty]) -> float:
    """The share of sure answers that are wrong; not a number where none is sure.

    0 to 1, less is better. The answers to unanswerable questions are wrong.
    """
    pairs = zip(right, called, strict=True)
    return share([not hit for hit, one in pairs if one == "sure"])


def right_refused(right: Sequence[bool], called: Sequence[Certainty]) -> float:
    """The share of right answers that are refused; not a number where none is right.

    0 to 1, less is better.
    """
    return share([one == "refused" for hit, one in zip(right, called, strict=True) if hit])


def right_called_sure(right: Sequence[bool], called: Sequence[Certainty]) -> float:
    """The share of right answers that are sure; not a number where none is right.

    0 to 1, more is better: who is sure of nothing is never wrong.
    """
    return share([one == "sure" for hit, one in zip(right, called, strict=True) if hit])
