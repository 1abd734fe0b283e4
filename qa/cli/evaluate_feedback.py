"""`footnote evaluate gold --from-feedback`: what readers judged, as labelled questions."""

import json
from pathlib import Path

from corpus.settings import Settings
from qa.cli import console


def export_feedback(settings: Settings, path: Path) -> None:
    """Write the questions, whole or not at all, and tell what is left out."""
    from qa.answering.live_engine import Serving  # noqa: PLC0415
    from qa.chats.feedback import FeedbackStore  # noqa: PLC0415
    from qa.evaluate.data.from_feedback import gold_from  # noqa: PLC0415

    engine = Serving.open(settings)
    try:
        found = gold_from(
            FeedbackStore(settings.home).rows(), lambda key: engine.document(engine.version, key)
        )
    finally:
        engine.close()
    lines = [json.dumps(one.model_dump(), ensure_ascii=False) for one in found.questions]
    part = path.with_name(f".{path.name}.part")
    part.write_text("".join(f"{line}\n" for line in lines), encoding="utf-8")
    part.replace(path)
    for told in found.left_out:
        console.warn(f"left out: {told}")
    console.say(f"{len(lines)} questions written to {path}")
