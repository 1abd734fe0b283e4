"""Sessions: who is signed in, and so may change the library through the page."""

import secrets
import time
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from threading import BoundedSemaphore, Lock
from urllib.parse import urlsplit

from corpus.errors import BusyError, ConfigurationError
from qa.web.access.attempts import Attempts
from qa.web.access.users import Users

COOKIE = "footnote_session"
HOURS = 12
"""How long one stays signed in."""
_MOST_SESSIONS = 1_000
_AT_ONCE = 2
"""Passwords that are checked at once: each check takes 32 MiB."""


@dataclass
class Door:
    """Access control: admits signed-in users; if no user exists, requests from this machine.

    `local` says that the server is reached from this machine alone; `clock` gives seconds. Sessions
    live in memory and end with the server.
    """

    users: Users
    local: bool
    clock: Callable[[], float] = time.monotonic
    _sessions: dict[str, tuple[str, float]] = field(default_factory=dict)
    _lock: Lock = field(default_factory=Lock)
    _checking: BoundedSemaphore = field(default_factory=lambda: BoundedSemaphore(_AT_ONCE))

    def __post_init__(self) -> None:
        self._attempts = Attempts(self.clock)

    @property
    def broken(self) -> bool:
        """Whether the file of users cannot be used: then nobody passes."""
        try:
            self.users.names()
        except ConfigurationError:
            return True
        return False

    @property
    def needs_sign_in(self) -> bool:
        """Whether only those who are signed in may change the library."""
        return not self.local or self.broken or bool(self.users.names())

    @property
    def lets_nobody_in(self) -> bool:
        """Whether nobody can sign in: the file of users is broken, or there are no users.

        Without users this machine needs no signing in, other machines are refused.
        """
        return self.broken or (not self.local and not self.users.names())

    def name_of(self, cookies: Mapping[str, str]) -> str | None:
        """The name of the user who is signed in with these cookies; None for nobody."""
        with self._lock:
            name, until = self._sessions.get(cookies.get(COOKIE, ""), ("", 0.0))
        if not name or self.clock() >= until or self.broken:
            return None
        return name if name in self.users.names() else None

    def open_to(self, cookies: Mapping[str, str]) -> bool:
        """Whether the one with these cookies may change the library."""
        return not self.needs_sign_in or self.name_of(cookies) is not None

    def sign_in(self, name: str, password: str, address: str) -> str | None:
        """A token for the cookie; None for a wrong password or name.

        Raises BusyError, with the `seconds` to wait among the values of its message, after too
        many wrong ones from the address.
        """
        wait = self._attempts.begin(name, address)
        if wait:
            minutes, seconds = divmod(wait, 60)
            raise BusyError("sign.wait", time=f"{minutes}:{seconds:02d}", seconds=wait)
        with self._checking:
            if not self.users.matches(name, password):
                return None
        self._attempts.right(name, address)
        token, now = secrets.token_urlsafe(32), self.clock()
        with self._lock:
            live = {one: held for one, held in self._sessions.items() if now < held[1]}
            if len(live) >= _MOST_SESSIONS:
                del live[min(live, key=lambda one: live[one][1])]
            self._sessions = {**live, token: (name, now + HOURS * 3600)}
        return token

    def sign_out(self, cookies: Mapping[str, str]) -> None:
        """Forget the session of these cookies."""
        with self._lock:
            self._sessions.pop(cookies.get(COOKIE, ""), None)


def from_own_page(headers: Mapping[str, str]) -> bool:
    """Whether a request comes from a page of this server, or from no page at all.

    By Fetch Metadata (W3C) where the browser sends it, else by the origin that it names.
    """
    site = headers.get("sec-fetch-site")
    if site is not None:
        return site in {"same-origin", "none"}
    origin = headers.get("origin")
    return origin is None or urlsplit(origin).netloc == headers.get("host")
