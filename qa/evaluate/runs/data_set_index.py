"""The documents of a data set, indexed as the library is, in a cache of their own."""

import hashlib
import json
from collections.abc import Sequence
from dataclasses import dataclass, replace
from pathlib import Path

from corpus.settings import PassageSettings, Settings
from index.build.build import build
from index.build.extra_files import options_for
from index.build.progress import Progress, silent
from index.models.encoder import DEFAULT_ENCODER
from index.models.models import Models, load_models
from index.search.stages import Stages
from qa.evaluate.data.datasets import DataSet, Text
from qa.evaluate.runs.set_up_index import CACHE
from qa.evaluate.runs.setups import Setup

WHOLE = PassageSettings(
    min_words=300, max_words=400, law_min_words=300, law_max_words=400, title_words=200
)
"""Passages as long as the models read: the paragraphs and abstracts of data sets stay whole."""


NO_TITLE = "–"
"""Stands in the record of a document without a title; nothing of it is indexed or searched."""


@dataclass(frozen=True)
class Corpus:
    """An indexed data set: the settings of its data folder, and the key of each document."""

    settings: Settings
    keys: dict[str, str]
    models: Models


@dataclass(frozen=True)
class IndexRecipe:
    """How documents are indexed: their language, passages, main encoder and further models.

    `multilingual` is the model of many languages with its token vectors, `tokens` the token vectors
    of English.
    """

    language: str = "en"
    passages: PassageSettings = WHOLE
    encoder: str = DEFAULT_ENCODER
    multilingual: bool = True
    tokens: bool = True

    @classmethod
    def by(
        cls, setups: Sequence[Setup], language: str = "en", *, multilingual: bool = True
    ) -> "tuple[IndexRecipe, ...]":
        """What each set-up asks for, where those of the same encoder and passages share an index.

        No model is loaded for a stage that all of them leave out. `multilingual` is false where the
        model of many languages is to be left out of all.
        """
        bare = [
            cls(language, one.passages or WHOLE, one.encoder or DEFAULT_ENCODER) for one in setups
        ]
        stages = [Stages.named(one.stages) for one in setups]
        sharing = [
            [own for own, other in zip(stages, bare, strict=True) if other == one] for one in bare
        ]
        return tuple(
            replace(
                one,
                multilingual=multilingual and any(s.multilingual for s in shared),
                tokens=any(s.tokens for s in shared),
            )
            for one, shared in zip(bare, sharing, strict=True)
        )


def key_of(document: str) -> str:
    """The key under which a document is indexed; ids of data sets may hold any character."""
    return f"d{hashlib.sha256(document.encode()).hexdigest()[:12]}"


def indexed(data: DataSet, home: Path, wanted: IndexRecipe, progress: Progress = silent) -> Corpus:
    """The documents of a data set, indexed below the data folder `home`; at a second call at once.

    The place depends on the hash of the documents and on what is wanted. Raises FootnoteError
    children as a build does.
    """
    folder = home / CACHE / _digest(data.documents, wanted)
    settings = Settings(home=folder, passages=wanted.passages)
    models = load_models(
        wanted.encoder,
        Settings(home=home).checked_models,
        multilingual=wanted.multilingual,
        tokens=wanted.tokens,
    )
    _write(folder / "texts", data.documents, wanted.language)
    build(
        settings,
        models.main,
        progress,
        packaged=folder / "texts",
        options=options_for(settings, models),
    )
    return Corpus(settings, {one.id: key_of(one.id) for one in data.documents}, models)


def _digest(documents: tuple[Text, ...], wanted: IndexRecipe) -> str:
    digest = hashlib.sha256(repr(wanted).encode())
    for one in documents:
        digest.update(f"\0{one.id}\0{one.title}\0{one.text}".encode())
    return digest.hexdigest()[:16]


def _write(folder: Path, documents: tuple[Text, ...], language: str) -> None:
    """Write texts and records; whatever else is there or differs is put right."""
    folder.mkdir(parents=True, exist_ok=True)
    records = [
        {
            "id": key_of(one.id),
            "type": "document",
            "title": one.title.strip() or NO_TITLE,
            "language": language,
        }
        for one in documents
    ]
    wanted = {f"{key_of(one.id)}.txt": one.text.encode() for one in documents}
    wanted["sources.json"] = json.dumps(records, ensure_ascii=False).encode()
    for path in folder.iterdir():
        if path.name not in wanted:
            path.unlink()
    for name, content in wanted.items():
        path = folder / name
        if not path.exists() or path.read_bytes() != content:
            path.write_bytes(content)
