"""Signing in: who may change the library through the page."""

import secrets
import time
from collections import defaultdict, deque
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from threading import Lock
from urllib.parse import urlsplit

from corpus.errors import BusyError, ConfigurationError
from qa.web.access.users import Users

COOKIE = "footnote_session"
HOURS = 12
"""How long one stays signed in."""
_TRIES, _EVERY = 5, 300.0
"""Wrong passwords of a name in so many seconds, after which nobody gets in under it."""
_TRIES_OF_ALL = 100
_MOST_SESSIONS = 1_000


@dataclass
class Door:
    """Open to those who are signed in; where nobody is a user, to those on this machine.

    `local` says that the server is reached from this machine alone. Sessions live in memory: a
    server that starts again asks anew.
    """

    users: Users
    local: bool
    clock: Callable[[], float] = time.monotonic
    _sessions: dict[str, tuple[str, float]] = field(default_factory=dict)
    _failed: dict[str, deque[float]] = field(default_factory=lambda: defaultdict(deque))
    _lock: Lock = field(default_factory=Lock)

    @property
    def broken(self) -> bool:
        """Whether the file of users cannot be used: then nobody passes."""
        try:
            self.users.names()
        except ConfigurationError:
            return True
        return False

    @property
    def kept(self) -> bool:
        """Whether one must sign in."""
        return not self.local or self.broken or bool(self.users.names())

    @property
    def shut(self) -> bool:
        """Whether nobody can sign in: the server is reached from elsewhere and has no users."""
        return self.broken or (not self.local and not self.users.names())

    def name_of(self, cookies: Mapping[str, str]) -> str | None:
        """Who is signed in with these cookies."""
        with self._lock:
            name, until = self._sessions.get(cookies.get(COOKIE, ""), ("", 0.0))
        if not name or self.clock() >= until or self.broken:
            return None
        return name if name in self.users.names() else None

    def open_to(self, cookies: Mapping[str, str]) -> bool:
        """Whether the one with these cookies may change the library."""
        return not self.kept or self.name_of(cookies) is not None

    def sign_in(self, name: str, password: str) -> str | None:
        """A token for the cookie; None for a wrong password or name.

        Raises BusyError after too many wrong ones.
        """
        self._count(name)
        if not self.users.matches(name, password):
            with self._lock:
                self._failed[name].append(self.clock())
                self._failed[""].append(self.clock())
            return None
        token, now = secrets.token_urlsafe(32), self.clock()
        with self._lock:
            self._failed.pop(name, None)
            live = {one: kept for one, kept in self._sessions.items() if now < kept[1]}
            if len(live) >= _MOST_SESSIONS:
                del live[min(live, key=lambda one: live[one][1])]
            self._sessions = {**live, token: (name, now + HOURS * 3600)}
        return token

    def sign_out(self, cookies: Mapping[str, str]) -> None:
        """Forget the session of these cookies."""
        with self._lock:
            self._sessions.pop(cookies.get(COOKIE, ""), None)

    def _count(self, name: str) -> None:
        now = self.clock()
        with self._lock:
            for one in list(self._failed):
                while self._failed[one] and self._failed[one][0] < now - _EVERY:
                    self._failed[one].popleft()
                if not self._failed[one]:
                    del self._failed[one]
            wrong = len(self._failed.get(name, ()))
            if wrong >= _TRIES or len(self._failed.get("", ())) >= _TRIES_OF_ALL:
                raise BusyError("Too many wrong passwords: wait five minutes, then try again.")


def own(headers: Mapping[str, str]) -> bool:
    """Whether a request comes from a page of this server, or from no page at all.

    By Fetch Metadata (W3C) where the browser sends it, else by the origin that it names.
    """
    site = headers.get("sec-fetch-site")
    if site is not None:
        return site in {"same-origin", "none"}
    origin = headers.get("origin")
    return origin is None or urlsplit(origin).netloc == headers.get("host")
