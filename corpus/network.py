"""Downloads from public addresses: bounded in size and time, retried, cached, one at a time."""

import ipaddress
import socket
import time
from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from importlib.metadata import version
from pathlib import Path
from types import TracebackType
from urllib.parse import urlsplit

import httpx
import tenacity
from hishel import CacheOptions, SqliteStorage
from hishel.httpx import CacheTransport

from corpus.errors import FetchError

USER_AGENT = f"footnote-qa/{version('footnote-qa')} (fetches the cited sources of a library)"
_TRANSIENT = frozenset({408, 425, 429, 500, 502, 503, 504})
_LONGEST_PAUSE = 60.0

Resolve = Callable[[str], Sequence[str]]
"""Host → the addresses to which a connection may go. Raises FetchError where none may."""
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


def public_addresses(host: str) -> Sequence[str]:
    """The addresses of a host. Raises FetchError where one of them is not public.

    Public is what IANA's registries of special-purpose addresses call globally reachable, so
    loopback, private, link-local and multicast addresses are refused.
    """
    try:
        found = socket.getaddrinfo(host, None, type=socket.SOCK_STREAM)
    except (OSError, UnicodeError) as error:
        raise FetchError(f"{host}: no such host ({error})") from None
    addresses = list(dict.fromkeys(str(entry[4][0]) for entry in found))
    for address in addresses:
        ip = ipaddress.ip_address(address.partition("%")[0])
        mapped = getattr(ip, "ipv4_mapped", None) or ip
        if not mapped.is_global or mapped.is_multicast:
            raise FetchError(f"{host}: {address} is not a public address; nothing is fetched there")
    return addresses


class _Guard(httpx.BaseTransport):
    """Connects only by http and https, and only to addresses that were resolved and checked here.

    The request goes to the checked address itself, so that no second look-up can give another.
    """

    def __init__(self, resolve: Resolve) -> None:
        self._resolve = resolve
        self._inner = httpx.HTTPTransport(trust_env=False)

    def handle_request(self, request: httpx.Request) -> httpx.Response:
        url, host = request.url, request.url.host
        if url.scheme not in {"http", "https"} or not host:
            raise FetchError(f"{url}: only http and https addresses are fetched")
        address = self._resolve(host)[0]
        # The Host header was set from the name; the certificate is checked against it, too.
        sent = httpx.Request(
            request.method,
            url.copy_with(host=address),
            headers=request.headers,
            stream=request.stream,
            extensions={**request.extensions, "sni_hostname": host},
        )
        return self._inner.handle_request(sent)

    def close(self) -> None:
        self._inner.close()


class _TransientError(FetchError):
    """A failure that may pass. `after` is what the server asked to wait, in seconds."""

    def __init__(self, message: str, after: float | None = None) -> None:
        super().__init__(message)
        self.after = after


class Network:
    """Fetches one address after the other; what a server lets be kept is kept in `cache`."""

    def __init__(
        self, cache: Path, limits: Limits | None = None, resolve: Resolve = public_addresses
    ) -> None:
        self._limits = limits or Limits()
        cache.parent.mkdir(parents=True, exist_ok=True)
        self._storage = SqliteStorage(
            database_path=cache, default_ttl=30 * 86400, max_stream_size=self._limits.size
        )
        options = CacheOptions(shared=False, supported_methods=["GET"])
        self._client = httpx.Client(
            transport=CacheTransport(_Guard(resolve), self._storage, options),
            headers={"User-Agent": USER_AGENT, "Accept": "application/pdf, text/html, */*;q=0.8"},
            timeout=httpx.Timeout(self._limits.silence, connect=10.0),
            follow_redirects=True,
            max_redirects=self._limits.redirects,
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
            with self._client.stream("GET", address) as response:
                _check_status(response, address)
                data = self._body(response, address, watch)
                kind = response.headers.get("content-type", "")
                return Download(str(response.url), data, kind)
        except httpx.TooManyRedirects:
            raise FetchError(f"{address}: more than {self._limits.redirects} redirects") from None
        except httpx.TimeoutException:
            raise _TransientError(f"{address}: no answer in time") from None
        except httpx.TransportError as error:
            reason = str(error) or type(error).__name__
            raise _TransientError(f"{address}: connection failed ({reason})") from None
        except (httpx.HTTPError, httpx.InvalidURL, ValueError) as error:
            raise FetchError(f"{address}: not to be fetched ({error})") from None

    def _body(self, response: httpx.Response, address: str, watch: Watch) -> bytes:
        announced = response.headers.get("content-length", "")
        total = int(announced) if announced.isdecimal() else None
        self._check_size(address, total or 0)
        end = time.monotonic() + self._limits.seconds
        parts, size = [], 0
        for part in response.iter_bytes():
            parts.append(part)
            size += len(part)
            self._check_size(address, size)
            if time.monotonic() > end:
                raise FetchError(
                    f"{address}: not complete after {self._limits.seconds:.0f} seconds"
                )
            watch(address, size, total)
        return b"".join(parts)

    def _check_size(self, address: str, size: int) -> None:
        if size > self._limits.size:
            raise FetchError(
                f"{address}: more than {self._limits.size / 1e6:.0f} MB; download it in a browser "
                "and use 'footnote sources import'"
            )


def _check_status(response: httpx.Response, address: str) -> None:
    code = response.status_code
    if code == 200:
        return
    message = f"{address}: answered {code} {response.reason_phrase}".rstrip()
    if code in _TRANSIENT:
        after = response.headers.get("retry-after", "")
        raise _TransientError(message, float(after) if after.isdecimal() else None)
    raise FetchError(message)


def https_form(address: str) -> str:
    """The address by https and without the part after `#`, which servers never see."""
    parts = urlsplit(address)
    return parts._replace(scheme="https", fragment="").geturl()
