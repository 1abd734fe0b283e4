"""Downloads from public addresses: bounded in size and time, retried, cached, one at a time."""

import logging
import sqlite3
import time
from collections.abc import Callable, Iterator
from contextlib import closing, contextmanager
from dataclasses import dataclass, field
from importlib.metadata import version
from pathlib import Path
from types import TracebackType

import httpx
import tenacity
from hishel import CacheOptions, SqliteStorage
from hishel.httpx import CacheTransport

from corpus.errors import FetchError
from corpus.fetching.public_addresses import PublicAddressGuard, Resolve, public_addresses

USER_AGENT = f"footnote-qa/{version('footnote-qa')} (fetches the cited sources of a library)"
_TRANSIENT = frozenset({408, 425, 429, 500, 502, 503, 504})
_LONGEST_PAUSE = 60.0
# The cache saves traffic and no more: its troubles are no news for a reader.
logging.getLogger("hishel").setLevel(logging.CRITICAL)

Watch = Callable[[str, int, int | None], None]
"""Called with the address, the bytes that have come and how many are announced."""


def unwatched(_address: str, _received: int, _announced: int | None) -> None:
    """A download that nobody watches."""


@dataclass(frozen=True)
class Limits:
    """Bounds of a download: bytes, seconds, attempts and redirects."""

    size: int = 100_000_000
    seconds: float = 300.0
    silence: float = 30.0
    attempts: int = 3
    redirects: int = 10
    pause: float = 1.0


@dataclass(frozen=True)
class Download:
    """What an address gave. `address` is the last one after redirects."""

    address: str
    data: bytes = field(repr=False)
    content_type: str


class _TransientError(FetchError):
    """A failure that may pass. `after` is what the server asked to wait, in seconds."""

    def __init__(self, key: str, /, after: float | None = None, **values: object) -> None:
        super().__init__(key, **values)
        self.after = after


class Network:
    """Fetches one address after the other; what a server lets be kept is kept in `cache`."""

    def __init__(
        self, cache: Path, limits: Limits | None = None, resolve: Resolve = public_addresses
    ) -> None:
        self._limits = limits or Limits()
        _prepare(cache)
        self._storage = SqliteStorage(
            database_path=cache, default_ttl=30 * 86400, max_stream_size=self._limits.size
        )
        options = CacheOptions(shared=False, supported_methods=["GET"])
        self._client = httpx.Client(
            transport=CacheTransport(PublicAddressGuard(resolve), self._storage, options),
            headers={"User-Agent": USER_AGENT, "Accept": "application/pdf, text/html, */*;q=0.8"},
            timeout=httpx.Timeout(self._limits.silence, connect=10.0),
            trust_env=False,
        )

    def __enter__(self) -> "Network":
        return self

    def __exit__(
        self,
        _kind: type[BaseException] | None,
        _error: BaseException | None,
        _trace: TracebackType | None,
    ) -> None:
        self.close()

    def close(self) -> None:
        """Release connections and cache."""
        self._client.close()
        self._storage.close()

    def get(self, address: str, watch: Watch = unwatched) -> Download:
        """What an address gives. Raises FetchError with the reason where it cannot be had."""
        limits = self._limits
        backoff = tenacity.wait_exponential_jitter(
            multiplier=limits.pause, max=_LONGEST_PAUSE, jitter=limits.pause
        )

        def pause(state: tenacity.RetryCallState) -> float:
            error = state.outcome.exception() if state.outcome else None
            asked = error.after if isinstance(error, _TransientError) else None
            return backoff(state) if asked is None else min(asked, _LONGEST_PAUSE)

        attempt = tenacity.Retrying(
            retry=tenacity.retry_if_exception_type(_TransientError),
            stop=tenacity.stop_after_attempt(limits.attempts),
            wait=pause,
            reraise=True,
        )
        return attempt(self._once, address, watch)

    def _once(self, address: str, watch: Watch) -> Download:
        try:
            with self._answer(address) as response:
                _check_status(response, address)
                data = self._body(response, address, watch)
                kind = response.headers.get("content-type", "")
                return Download(str(response.url), data, kind)
        except httpx.TimeoutException:
            raise _TransientError("fetch.late", address=address) from None
        except httpx.TransportError as error:
            reason = str(error) or type(error).__name__
            raise _TransientError("fetch.connection", address=address, reason=reason) from None
        except (httpx.HTTPError, httpx.InvalidURL, ValueError) as error:
            raise FetchError("fetch.impossible", address=address, reason=str(error)) from None

    @contextmanager
    def _answer(self, address: str) -> Iterator[httpx.Response]:
        """The answer after all redirects, whose bodies are never read: they could be endless."""
        request = self._client.build_request("GET", address)
        for _ in range(self._limits.redirects + 1):
            with closing(self._client.send(request, stream=True)) as response:
                if response.next_request is None:
                    yield response
                    return
                request = response.next_request
        raise FetchError("fetch.redirects", address=address, most=self._limits.redirects)

    def _body(self, response: httpx.Response, address: str, watch: Watch) -> bytes:
        announced = response.headers.get("content-length", "")
        # What is announced of a compressed body is its compressed size.
        plain = "content-encoding" not in response.headers
        total = int(announced) if announced.isdecimal() and plain else None
        self._check_size(address, total or 0)
        end = time.monotonic() + self._limits.seconds
        parts, size = [], 0
        for part in response.iter_bytes():
            parts.append(part)
            size += len(part)
            self._check_size(address, size)
            if time.monotonic() > end:
                raise FetchError("fetch.incomplete", address=address, seconds=self._limits.seconds)
            watch(address, size, total)
        return b"".join(parts)

    def _check_size(self, address: str, size: int) -> None:
        if size > self._limits.size:
            raise FetchError("fetch.size", address=address, size=self._limits.size / 1e6)


def _prepare(cache: Path) -> None:
    """Make room for the cache; a damaged one is thrown away, since all of it can be had again."""
    cache.parent.mkdir(parents=True, exist_ok=True)
    try:
        with closing(sqlite3.connect(cache)) as connection:
            sound = connection.execute("PRAGMA quick_check").fetchone() == ("ok",)
    except sqlite3.OperationalError:
        return  # in use or not to be opened: no sign of damage
    except sqlite3.DatabaseError:
        sound = False
    if not sound:
        for file in cache.parent.glob(f"{cache.name}*"):
            file.unlink()


def _check_status(response: httpx.Response, address: str) -> None:
    code = response.status_code
    if code == 200:
        return
    answer = f"{code} {response.reason_phrase}".strip()
    if code not in _TRANSIENT:
        raise FetchError("fetch.status", address=address, answer=answer)
    after = response.headers.get("retry-after", "")
    wait = float(after) if after.isdecimal() else None
    raise _TransientError("fetch.status", after=wait, address=address, answer=answer)
