"""The page to sign in and out, and the requests that do it."""

from urllib.parse import parse_qs

from fastapi import FastAPI, Request
from starlette.concurrency import run_in_threadpool
from starlette.responses import HTMLResponse, RedirectResponse, Response

from corpus.errors import BusyError, FootnoteError
from corpus.wording import Wording
from qa.web.access.sessions import COOKIE, HOURS, Door, from_own_page
from qa.web.escape import verbatim
from qa.web.texts import preferred

_MOST_BYTES = 4_096
_STYLE = """
:root { color-scheme: light dark; --paper: #faf8f4; --ink: #23201b; --faint: #635c50;
  --line: #8d8576; --accent: #1d4f91; --on: #fff; --warn: #7a3b00; }
@media (prefers-color-scheme: dark) { :root { --paper: #191815; --ink: #ece7dc; --faint: #aba393;
  --line: #6f6a5e; --accent: #9dbdf0; --on: #191815; --warn: #ffc98a; } }
body { margin: 0; min-height: 100dvh; display: grid; place-items: center; background: var(--paper);
  color: var(--ink); font: 16px/1.5 system-ui, sans-serif; }
main { width: min(360px, calc(100vw - 32px)); }
h1 { font: 700 26px/1.2 Georgia, serif; margin: 0 0 4px; }
p { margin: 0 0 16px; color: var(--faint); }
.problem { color: var(--warn); }
label { display: block; margin: 12px 0 4px; }
input { box-sizing: border-box; width: 100%; padding: 10px 12px; border: 1px solid var(--line);
  border-radius: 8px; background: transparent; color: inherit; font: inherit; }
button { margin: 20px 0 16px; width: 100%; padding: 11px; border: 0; border-radius: 8px;
  background: var(--accent); color: var(--on); font: inherit; font-weight: 600; cursor: pointer; }
a { color: var(--accent); }
:focus-visible { outline: 2px solid var(--accent); outline-offset: 2px; }
"""


def add_sign_in(app: FastAPI, door: Door) -> None:
    """Add `/sign-in` and `/sign-out` to the application."""

    @app.get("/sign-in")
    def form(request: Request) -> Response:
        return HTMLResponse(_page(_texts(request)))

    @app.post("/sign-in")
    async def enter(request: Request) -> Response:
        texts = _texts(request)
        fields = await _fields(request)
        if not from_own_page(request.headers):
            return HTMLResponse(_page(texts, texts("sign.elsewhere")), status_code=403)
        try:
            name, password = fields.get("name", ""), fields.get("password", "")
            address = request.client.host if request.client else ""
            token = await run_in_threadpool(door.sign_in, name, password, address)
        except BusyError as error:
            told, wait = texts.say(error), {"Retry-After": str(error.message.values["seconds"])}
            return HTMLResponse(_page(texts, told), status_code=429, headers=wait)
        except FootnoteError as error:
            told = texts.say(error)
            return HTMLResponse(_page(texts, told), status_code=503)
        if token is None:
            return HTMLResponse(_page(texts, texts("sign.wrong")), status_code=401)
        response = RedirectResponse("/", status_code=303)
        secure = request.url.scheme == "https"
        response.set_cookie(
            COOKIE, token, max_age=HOURS * 3600, httponly=True, samesite="strict", secure=secure
        )
        return response

    @app.post("/sign-out")
    def leave(request: Request) -> Response:
        # The cookie of a strict site comes with no request of another one.
        door.sign_out(request.cookies)
        response = RedirectResponse("/", status_code=303)
        response.delete_cookie(COOKIE)
        return response


def _texts(request: Request) -> Wording:
    return preferred(request.headers.get("accept-language"))


async def _fields(request: Request) -> dict[str, str]:
    data = b""
    async for chunk in request.stream():
        data += chunk
        if len(data) > _MOST_BYTES:
            return {}
    try:
        given = parse_qs(data.decode(), max_num_fields=8)
    except ValueError:  # UnicodeDecodeError is one
        return {}
    return {name: values[-1] for name, values in given.items()}


def _page(texts: Wording, problem: str = "") -> str:
    told = f'<p class="problem" role="alert">{verbatim(problem)}</p>' if problem else ""
    return (
        f'<!doctype html><html lang="{texts.language}"><head><meta charset="utf-8">'
        f"<title>Footnote · {verbatim(texts('sign.in'))}</title>"
        '<meta name="viewport" content="width=device-width, initial-scale=1">'
        # Without it the browser would not say where the form comes from.
        '<meta name="referrer" content="same-origin">'
        f"<style>{_STYLE}</style></head><body><main><h1>Footnote</h1>"
        f"<p>{verbatim(texts('sign.why'))}</p>{told}"
        f'<form method="post" action="/sign-in"><label for="name">{verbatim(texts("sign.name"))}'
        '</label><input id="name" name="name" autocomplete="username" maxlength="64" required '
        f'autofocus><label for="password">{verbatim(texts("sign.password"))}</label>'
        '<input id="password" name="password" type="password" autocomplete="current-password" '
        f'maxlength="1000" required><button>{verbatim(texts("sign.in"))}</button></form>'
        f'<a href="/">{verbatim(texts("sign.back"))}</a></main></body></html>'
    )
