"""The guard before every request: security headers, no requests of other pages, files for few."""

import json
from collections.abc import Iterator
from typing import Any, NamedTuple

from starlette.datastructures import MutableHeaders
from starlette.requests import Request
from starlette.responses import PlainTextResponse
from starlette.types import ASGIApp, Receive, Scope, Send
from starlette.types import Message as Event

from corpus.wording import Message
from qa.web.access.sessions import Door, from_own_page
from qa.web.texts import preferred

# What Gradio 6 needs and no more: its page runs inline scripts and compiles templates.
_POLICY = (
    "default-src 'self'; script-src 'self' 'unsafe-inline' 'unsafe-eval'; "
    "style-src 'self' 'unsafe-inline'; img-src 'self' data: blob:; font-src 'self' data:; "
    "connect-src 'self'; object-src 'none'; base-uri 'self'; form-action 'self'; "
    "frame-ancestors 'none'"
)
_HEADERS = {
    "Content-Security-Policy": _POLICY,
    "X-Content-Type-Options": "nosniff",
    "Referrer-Policy": "no-referrer",
    "Cross-Origin-Opener-Policy": "same-origin",
}
_API = "/gradio_api"
_UPLOAD = f"{_API}/upload"
_FILES = tuple(f"{_API}/{name}" for name in ("file", "proxy", "stream"))
_FILE = "gradio.FileData"
MOST_BYTES = 16 * 2**20
"""Of a request other than an upload: a long chat comes with each of its questions."""


class _Refusal(NamedTuple):
    """Status of HTTP and words of a refusal."""

    status: int
    why: Message


class RequestGuard:
    """Adds the headers to every answer, and refuses what would bring or name a file.

    Gradio takes the path or the address of a file wherever a value is expected. Here only who may
    change the library sends or names one, and never by an address elsewhere; requests of pages of
    other servers change nothing.

    Plain ASGI: Starlette's `@app.middleware` fails where an event stream is cut.
    """

    def __init__(self, app: ASGIApp, door: Door | None) -> None:
        self._app, self._door = app, door

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Pass a request on, or refuse it."""
        if scope["type"] != "http":
            await self._app(scope, receive, send)
            return

        async def guarded(message: Event) -> None:
            if message["type"] == "http.response.start":
                headers = MutableHeaders(scope=message)
                for name, value in _HEADERS.items():
                    headers[name] = value
            await send(message)

        request, passed = Request(scope, receive), receive
        refusal = self._refusal(request)
        if refusal is None and scope["method"] == "POST" and not _is_upload(request):
            body = await _body(request)
            refusal = self._refusal_of(body, request)
            passed = _again(body or b"", receive)
        if refusal is not None:
            told = preferred(request.headers.get("accept-language")).say(refusal.why)
            await PlainTextResponse(told, refusal.status)(scope, receive, guarded)
            return
        await self._app(scope, passed, guarded)

    def _refusal(self, request: Request) -> _Refusal | None:
        """Why a request is refused by its head."""
        path, changes = request.url.path, request.method not in {"GET", "HEAD", "OPTIONS"}
        if changes and not from_own_page(request.headers):
            return _Refusal(403, Message.of("guard.other-page"))
        files = path.startswith(_FILES)
        if (files or _is_upload(request)) and not self._takes_files(request):
            return _Refusal(403, Message.of("guard.no-files"))
        kind = request.headers.get("content-type", "")
        if changes and not _is_upload(request) and kind.startswith("multipart/"):
            return _Refusal(415, Message.of("guard.form"))
        if files and ("://" in path or not path.startswith(f"{_API}/file=")):
            return _Refusal(403, Message.of("guard.other-server"))
        return None

    def _refusal_of(self, body: bytes | None, request: Request) -> _Refusal | None:
        """The same by what comes with it; no body is one that is too long."""
        if body is None:
            return _Refusal(413, Message.of("guard.long", most=MOST_BYTES // 2**20))
        if not request.url.path.startswith(_API):
            return None
        try:
            # The parser of the server itself, so that both see the same.
            named = list(_files(json.loads(body))) if body else []
        except (ValueError, RecursionError):
            return _Refusal(400, Message.of("guard.not-json"))
        if named and not self._takes_files(request):
            return _Refusal(403, Message.of("guard.no-file"))
        if any("://" in str(one.get("path")) for one in named):
            return _Refusal(403, Message.of("guard.fetch"))
        return None

    def _takes_files(self, request: Request) -> bool:
        return self._door is not None and self._door.open_to(request.cookies)


def _is_upload(request: Request) -> bool:
    return request.url.path.startswith(_UPLOAD)


async def _body(request: Request) -> bytes | None:
    parts, size = [], 0
    async for chunk in request.stream():
        size += len(chunk)
        if size > MOST_BYTES:
            return None
        parts.append(chunk)
    return b"".join(parts)


def _again(body: bytes, receive: Receive) -> Receive:
    """What gives the body once more, then whatever else comes."""
    given = False

    async def give() -> Event:
        nonlocal given
        if given:
            return await receive()
        given = True
        return {"type": "http.request", "body": body, "more_body": False}

    return give


def _files(value: Any) -> Iterator[dict[str, Any]]:
    """The files that are named anywhere in a value."""
    waiting = [value]
    while waiting:
        one = waiting.pop()
        if isinstance(one, dict):
            meta = one.get("meta")
            if isinstance(meta, dict) and meta.get("_type") == _FILE:
                yield one
            waiting += one.values()
        elif isinstance(one, list):
            waiting += one
