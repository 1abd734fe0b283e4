"""The documents of a data set, indexed as the library is, in a cache of their own."""

import hashlib
import json
from dataclasses import dataclass
from pathlib import Path

from corpus.settings import PassageSettings, Settings
from index.build import build
from index.models import Models, load_models
from index.parts import options_for
from index.progress import Progress, silent
from index.search import stamps_file
from qa.evaluate.datasets import DataSet, Text

WHOLE = PassageSettings(min_words=300, max_words=400, law_min_words=300, law_max_words=400)
"""Passages as long as the models read: the paragraphs and abstracts of data sets stay whole."""
_CACHE = "evaluation"


@dataclass(frozen=True)
class Corpus:
    """An indexed data set: the settings of its data folder, and the key of each document."""

    settings: Settings
    keys: dict[str, str]
    models: Models


def key_of(document: str) -> str:
    """The key under which a document is indexed; ids of data sets may hold any character."""
    return f"d{hashlib.sha256(document.encode()).hexdigest()[:12]}"


def indexed(  # noqa: PLR0913
    data: DataSet,
    home: Path,
    language: str = "en",
    passages: PassageSettings = WHOLE,
    *,
    multilingual: bool = True,
    progress: Progress = silent,
) -> Corpus:
    """The documents of a data set, indexed below the data folder `home`; at a second call at once.

    The place depends on the hash of the documents, their language and the passages. Raises
    FootnoteError children as a build does.
    """
    name = f"{_digest(data.documents, language, passages)}{'' if multilingual else '-english'}"
    folder = home / _CACHE / name
    settings = Settings(home=folder, passages=passages)
    models = load_models(stamps=stamps_file(Settings(home=home)), multilingual=multilingual)
    _write(folder / "texts", data.documents, language)
    build(
        settings,
        models.main,
        progress,
        packaged=folder / "texts",
        options=options_for(settings, models),
    )
    return Corpus(settings, {one.id: key_of(one.id) for one in data.documents}, models)


def _digest(documents: tuple[Text, ...], language: str, passages: PassageSettings) -> str:
    digest = hashlib.sha256(f"{language}\0{passages.model_dump_json()}".encode())
    for one in documents:
        digest.update(f"\0{one.id}\0{one.title}\0{one.text}".encode())
    return digest.hexdigest()[:16]


def _write(folder: Path, documents: tuple[Text, ...], language: str) -> None:
    folder.mkdir(parents=True, exist_ok=True)
    records = [
        {
            "id": key_of(one.id),
            "type": "document",
            "title": one.title or "Untitled",
            "language": language,
        }
        for one in documents
    ]
    registry = folder / "sources.json"
    text = json.dumps(records, ensure_ascii=False)
    if registry.exists() and registry.read_text(encoding="utf-8") == text:
        return  # the name of the folder tells the texts
    for one in documents:
        (folder / f"{key_of(one.id)}.txt").write_text(one.text, encoding="utf-8")
    registry.write_text(text, encoding="utf-8")
