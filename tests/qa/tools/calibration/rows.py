"""Observed rows of one extract whose worth alone varies."""

from qa.answering.confidence_features import FEATURES
from qa.evaluate.data.gold import GoldQuestion
from qa.tools.calibration.observation import ObservedRow


def features_of(worth: float) -> tuple[float, ...]:
    return (worth, *[0.1] * (len(FEATURES) - 1))


def row_of(worth: float, *, answerable: bool, right: bool, split: str = "fit") -> ObservedRow:
    places = [{"source": "k", "pinpoint": "para. 1", "phrase": "x"}] if answerable else []
    question = GoldQuestion.model_validate(
        {"id": "q", "question": "?", "kind": "fact", "split": split, "answers": places}
    )
    return ObservedRow(question, (features_of(worth),), (right,))
