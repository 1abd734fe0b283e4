"""A web server on the loopback, under public names, that does what a test tells it."""

import threading
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from typing import Any

from corpus.fetching.public_addresses import public_addresses

Handler = BaseHTTPRequestHandler
Behavior = Callable[[Handler], None]


class Site:
    """A server on the loopback under the public names `site.test` and `other.test`."""

    def __init__(self) -> None:
        self.pages: dict[str, Behavior] = {}
        self.seen: list[tuple[str, dict[str, str]]] = []
        self.open = 0
        self.most_open = 0
        self.done = threading.Event()
        site = self

        class _Handler(BaseHTTPRequestHandler):
            def do_GET(self) -> None:
                site.open += 1
                site.most_open = max(site.most_open, site.open)
                site.seen.append((self.path, dict(self.headers)))
                try:
                    site.pages[self.path](self)
                except (BrokenPipeError, ConnectionResetError):
                    pass
                finally:
                    site.open -= 1

            def log_message(self, *_: Any) -> None:
                pass

        self.server = ThreadingHTTPServer(("127.0.0.1", 0), _Handler)
        self.server.daemon_threads = True
        self.base = f"http://site.test:{self.server.server_port}"

    def at(self, path: str, behavior: Behavior) -> str:
        self.pages[path] = behavior
        return self.base + path


def gives(
    body: bytes, kind: str = "text/html", status: int = 200, length: str = "", **headers: str
) -> Callable[[Handler], None]:
    def behave(handler: Handler) -> None:
        handler.send_response(status)
        handler.send_header("Content-Type", kind)
        handler.send_header("Content-Length", length or str(len(body)))
        for name, value in headers.items():
            handler.send_header(name.replace("_", "-"), value)
        handler.end_headers()
        handler.wfile.write(body)

    return behave


def redirects(to: str) -> Behavior:
    return gives(b"", status=302, Location=to)


def resolve(host: str) -> Sequence[str]:
    return ["127.0.0.1"] if host in {"site.test", "other.test"} else public_addresses(host)


@contextmanager
def running_site() -> Iterator[Site]:
    """A site that serves until the end of the block."""
    site = Site()
    thread = threading.Thread(target=site.server.serve_forever, args=(0.01,), daemon=True)
    thread.start()
    try:
        yield site
    finally:
        site.done.set()
        site.server.shutdown()
        site.server.server_close()
        thread.join()
