"""Further files of a version: words for BM25, and a vector for each token."""

import hashlib
from collections.abc import Callable, Iterator, Sequence
from contextlib import ExitStack, closing, contextmanager
from dataclasses import replace
from functools import cache as once
from pathlib import Path

import numpy as np
from numpy.lib.format import open_memmap

from corpus.errors import IndexDamagedError, IndexMissingError
from corpus.settings import Settings
from corpus.wording import Message
from index.build.progress import Progress
from index.build.work import Options, Part, ReadAlong
from index.models.models import Models
from index.models.multilingual import MULTILINGUAL
from index.models.token_encoder import TokenEncoder
from index.tables.lexical import LEXICAL, Lexical, tokens_of, write_vocabulary
from index.tables.token_vectors import (
    MULTILINGUAL_TOKENS,
    TOKENS,
    Files,
    Packed,
    PackedCache,
    TokenVectorTable,
    packed,
)
from index.versions.integrity import verify_files
from index.versions.published import Versions
from index.versions.store import STORE_FILE, Store, Texts

_BATCH = 32


class LexicalPart(Part):
    """BM25 over the passages, see `index.tables.lexical`."""

    name = LEXICAL
    fingerprint = "bm25s, names in the languages of page and passage, decimals, vocabulary"

    def write(self, folder: Path, _progress: Progress, _full: bool) -> None:
        """Write the files into the folder of the version; they are always made anew."""
        store = Store(folder / STORE_FILE)
        try:
            passages = list(store.words())
            Lexical.build(tokens_of(*passage) for passage in passages).save(folder)
            write_vocabulary(folder, (f"{context} {text}" for context, text, _ in passages))
        finally:
            store.close()


class TokenVectorPart(Part):
    """A vector for each token of each passage, see `index.tables.token_vectors`.

    Vectors of passages that the version in use has are reused from it, unless the build is a full
    one, and those that a build has made before it was cut off from its cache.
    """

    def __init__(
        self,
        encoder: TokenEncoder,
        versions: Versions,
        name: str = TOKENS,
        vector_set: str | None = None,
    ) -> None:
        self.name, self.fingerprint, self.vector_set = name, encoder.fingerprint, vector_set
        self._encoder, self._versions = encoder, versions

    @contextmanager
    def read_along(self, full: bool) -> Iterator[ReadAlong]:
        """Keeps the token vectors of texts in the cache."""
        with self._places(full) as (cache, earlier):
            yield lambda texts: self._batch(texts, cache, earlier)

    def write(self, folder: Path, progress: Progress, full: bool) -> None:
        """Write the files into the folder of the version, whose store is complete."""
        store = Store(folder / STORE_FILE)
        try:
            with self._places(full) as (cache, earlier):
                total, step = store.counts()[0], Message.of(f"step.{self.name}")
                for done in range(0, total, _BATCH):
                    progress(step, done, total)
                    self._batch(store.texts(done, min(done + _BATCH, total)), cache, earlier)
                progress(step, total, total)
                self._save(folder, store, cache)
        finally:
            store.close()

    @contextmanager
    def _places(self, full: bool) -> Iterator[tuple[PackedCache, "_OpenEarlier"]]:
        """Where vectors are kept, and what opens the version where they may be known."""
        path = self._versions.staging / f"packed-{self.name}-{self.fingerprint[:16]}.sqlite"
        with ExitStack() as stack:
            # Only where something is missing: all files of the version are checked.
            @once
            def earlier() -> _EarlierTokens | None:
                part = self.name, self.fingerprint
                found = None if full else _EarlierTokens.opened(self._versions, *part)
                return found and stack.enter_context(closing(found))

            yield stack.enter_context(closing(PackedCache(path))), earlier

    def _batch(self, texts: Texts, cache: PackedCache, earlier: "_OpenEarlier") -> None:
        dimension, starts = self._encoder.dimension, _starts(texts)
        keys = _keys(texts)
        missing = [n for n, key in enumerate(keys) if cache.get(key, dimension) is None]
        if not missing:
            return
        version = earlier()
        found = version.known(texts, missing) if version else {}
        cache.add([(keys[n], one) for n, one in found.items()])
        missing = [n for n in missing if n not in found]
        words = [text for _, text in texts.words()]
        encoded = self._encoder.passages([words[n] for n in missing])
        rows = [
            (keys[n], packed(tokens, starts[n])) for n, tokens in zip(missing, encoded, strict=True)
        ]
        cache.add(rows)

    def _save(self, folder: Path, store: Store, cache: PackedCache) -> None:
        dimension = self._encoder.dimension
        edges = [0, *(len(one.places) for one in self._all(store, cache))]
        totals = np.cumsum(np.array(edges, np.int64))
        files = Files.of(self.name)
        np.save(folder / files.edges, totals)
        shape = (int(totals[-1]), dimension)
        vectors = open_memmap(folder / files.vectors, "w+", np.int8, shape)
        places = open_memmap(folder / files.places, "w+", np.uint16, shape[:1])
        for row, one in enumerate(self._all(store, cache)):
            vectors[totals[row] : totals[row + 1]] = one.vectors
            places[totals[row] : totals[row + 1]] = one.places
        vectors.flush()
        places.flush()

    def _all(self, store: Store, cache: PackedCache) -> Iterator[Packed]:
        for start in range(0, store.counts()[0], _BATCH):
            for key in _keys(store.texts(start, start + _BATCH)):
                one = cache.get(key, self._encoder.dimension)
                if one is None:
                    raise IndexDamagedError("index.vectors-gone", folder=self._versions.staging)
                yield one


class _EarlierTokens:
    """The token vectors of the version in use."""

    def __init__(self, folder: Path, part: str) -> None:
        self._token_tables, self._store = TokenVectorTable(folder, part), Store(folder / STORE_FILE)

    @classmethod
    def opened(cls, versions: Versions, part: str, fingerprint: str) -> "_EarlierTokens | None":
        """None where no sound version is in use, or its vectors are of another model."""
        try:
            folder = versions.path(versions.current())
            manifest = verify_files(folder)
        except (IndexMissingError, IndexDamagedError):
            return None
        return cls(folder, part) if manifest.has_part(part, fingerprint) else None

    def known(self, texts: Texts, numbers: Sequence[int]) -> dict[int, Packed]:
        """What it has for these passages, by their numbers, where sentences begin as they do now.

        The same text may have been cut into other sentences by an earlier program.
        """
        rows = self._store.rows_by_hash([texts.passages[n] for n in numbers])
        starts, found = _starts(texts), {}
        for number in numbers:
            row = rows.get(texts.passages[number])
            if row is not None and _starts(self._store.texts(row, row + 1)) == [starts[number]]:
                found[number] = self._token_tables.packed(row)
        return found

    def close(self) -> None:
        """Release the files."""
        self._store.close()


_OpenEarlier = Callable[[], _EarlierTokens | None]


def options_for(settings: Settings, models: Models, options: Options | None = None) -> Options:
    """The options with all that the models at hand can add to a version.

    Encoders and parts of the options stay; one is added only where they have none of its name.
    """
    options = options or Options()
    parts: list[Part] = [LexicalPart()]
    tokens = {TOKENS: models.tokens, MULTILINGUAL_TOKENS: models.multilingual_tokens}
    for name, encoder in tokens.items():
        if encoder is not None:
            also = MULTILINGUAL if name == MULTILINGUAL_TOKENS else None
            parts.append(TokenVectorPart(encoder, Versions(settings.home), name, also))
    more = {} if models.multilingual is None else {MULTILINGUAL: models.multilingual}
    given = {part.name for part in options.parts}
    return replace(
        options,
        encoders={**more, **options.encoders},
        parts=[*options.parts, *(part for part in parts if part.name not in given)],
    )


def _keys(texts: Texts) -> list[bytes]:
    """What the packed vectors of each passage hang on: its text, and where its sentences begin."""
    return [
        hashlib.sha256(digest + repr(starts).encode()).digest()
        for digest, starts in zip(texts.passages, _starts(texts), strict=True)
    ]


def _starts(texts: Texts) -> list[list[int]]:
    """Where in the encoded text of each passage its sentences begin."""
    found: list[list[int]] = [[] for _ in texts.passages]
    for at, (start, _) in zip(texts.passage_of, texts.spans, strict=True):
        found[at].append(len(texts.contexts[at][0]) + 1 + start)
    return found
