"""The server around the page: headers, hosts, health, and an orderly start and stop."""

import errno
import ipaddress
import socket
from collections.abc import Callable, Sequence
from pathlib import Path

import gradio as gr
import uvicorn
from fastapi import FastAPI
from starlette.middleware.trustedhost import TrustedHostMiddleware

from corpus.errors import BusyError, ConfigurationError, reason_of
from corpus.sources.library import NO_LIBRARY, Library
from qa.chats.feedback import FeedbackStore
from qa.web.access.request_guard import RequestGuard
from qa.web.access.sessions import Door
from qa.web.access.sign_in_page import add_sign_in
from qa.web.app.page import NamedTab, ReadCoverage, build_page
from qa.web.page_engine import PageEngine
from qa.web.texts import words_of_the_page, words_of_the_script

_STYLE = Path(__file__).parents[1] / "static" / "style.css"
_SCRIPT = Path(__file__).parents[1] / "static" / "page.js"


def create_app(  # noqa: PLR0913
    engine: PageEngine,
    hosts: list[str] | None = None,
    coverage: ReadCoverage | None = None,
    tabs: Sequence[NamedTab] = (),
    *,
    feedback: FeedbackStore | None = None,
    door: Door | None = None,
    upload_mb: int = 50,
    library: Library = NO_LIBRARY,
) -> FastAPI:
    """The web application; `hosts` are the names under which it may be called, None any.

    `door` decides who may upload, files of up to `upload_mb` megabytes; without one nobody may.
    `library` has the example questions, and says what it is about.
    """
    app = FastAPI(title="Footnote", docs_url=None, redoc_url=None, openapi_url=None)
    app.add_middleware(RequestGuard, door=door)
    if hosts is not None:
        # Else a page elsewhere could bind its own name to this address and read the answers.
        app.add_middleware(TrustedHostMiddleware, allowed_hosts=hosts)

    @app.get("/healthz")
    def healthz() -> dict[str, str]:
        return {"status": "ok", "index": engine.version}

    if door is not None:
        add_sign_in(app, door)
    page = build_page(engine, coverage=coverage, tabs=tabs, feedback=feedback, library=library)
    # Gradio looks where a file lies only once it was launched, which mounting leaves out.
    page.has_launched = page.is_running = True
    mounted: FastAPI = gr.mount_gradio_app(
        app,
        page,
        path="/",
        footer_links=[],
        run_history=False,
        theme=_theme(),
        head=_head(),
        i18n=words_of_the_page(library),
        max_file_size=1 if door is None else f"{upload_mb}mb",
        show_error=False,
        ssr_mode=False,
        mcp_server=False,
    )
    return mounted


def _head() -> str:
    """Style and script of the whole page; `css=` of Gradio would reach its components only."""
    style, script = (file.read_text(encoding="utf-8") for file in (_STYLE, _SCRIPT))
    return (
        f'<meta name="color-scheme" content="light dark"><style>{style}</style>'
        f"<script>window.footnoteWords = {words_of_the_script()};\n{script}</script>"
    )


def _theme() -> gr.themes.Base:
    sans, mono = ["system-ui", "sans-serif"], ["ui-monospace", "monospace"]
    theme = gr.themes.Base(font=sans, font_mono=mono, primary_hue="blue", neutral_hue="stone")
    return theme.set(
        body_background_fill="var(--paper)",
        body_background_fill_dark="var(--paper)",
        body_text_color="var(--ink)",
        body_text_color_dark="var(--ink)",
        body_text_color_subdued="var(--faint)",
        body_text_color_subdued_dark="var(--faint)",
        button_primary_background_fill="var(--accent)",
        button_primary_background_fill_dark="var(--accent)",
    )


def listen(host: str, port: int) -> socket.socket:
    """A listening socket; port 0 takes any free one.

    Raises BusyError where the port is in use, ConfigurationError where it cannot be had.
    """
    family = socket.AF_INET6 if ":" in host else socket.AF_INET
    try:
        return socket.create_server((host, port), family=family)
    except OSError as error:
        if error.errno == errno.EADDRINUSE:
            other = port + 1 if port < 65535 else 0
            raise BusyError("serve.port", port=port, host=host, other=other) from None
        reason = reason_of(error)
        raise ConfigurationError("serve.listen", host=host, port=port, reason=reason) from None


def serve(
    app: FastAPI,
    listening: socket.socket,
    on_ready: Callable[[str], None],
    *,
    behind_proxy: bool = False,
) -> None:
    """Serve an application on a listening socket until the process is told to stop.

    `on_ready` gets the address once the page can be fetched; for `behind_proxy` see
    `server_settings`.
    """
    host, port = listening.getsockname()[:2]
    shown = f"[{host}]" if ":" in host else host
    config = server_settings(app, behind_proxy=behind_proxy)
    _Server(config, lambda: on_ready(f"http://{shown}:{port}")).run(sockets=[listening])


def server_settings(app: FastAPI, *, behind_proxy: bool) -> uvicorn.Config:
    """The settings of the server; the header `X-Forwarded-For` counts with `behind_proxy` alone.

    It then counts where a proxy on this machine sends it, and names the address that wrong
    passwords are counted by.
    """
    return uvicorn.Config(
        app,
        log_level="warning",
        access_log=False,
        proxy_headers=behind_proxy,
        timeout_graceful_shutdown=3,  # open event streams would hold the shutdown otherwise
    )


def is_local(listening: socket.socket) -> bool:
    """Whether a server on this socket is reached from this machine alone."""
    return ipaddress.ip_address(listening.getsockname()[0]).is_loopback


def hosts_of(listening: socket.socket) -> list[str] | None:
    """Names for a server that only this machine reaches; others are served under any name."""
    host = listening.getsockname()[0]
    return ["127.0.0.1", "localhost", host] if is_local(listening) and ":" not in host else None


class _Server(uvicorn.Server):
    def __init__(self, config: uvicorn.Config, on_started: Callable[[], None]) -> None:
        super().__init__(config)
        self._on_started = on_started

    async def startup(self, sockets: list[socket.socket] | None = None) -> None:
        await super().startup(sockets)
        if self.started:
            self._on_started()
