"""Who may change the library through the page: names and hashes of passwords in the data folder."""

import hashlib
import hmac
import json
import os
import re
import secrets
from pathlib import Path

from corpus.errors import ConfigurationError, reason_of
from corpus.wording import Message

USERS_FILE = "users.json"
LEAST = 10
"""Characters of a password; NIST SP 800-63B asks for eight at least."""
_MOST = 1_000
_NAME = re.compile(r"[A-Za-z0-9][A-Za-z0-9._@-]{0,63}")
_COST, _BLOCK, _LANES = 2**15, 8, 1
"""Of scrypt, as OWASP's cheat sheet on the storage of passwords names them for 32 MiB."""


class Users:
    """The users of a data folder; the file is read anew each time, so a change counts at once."""

    def __init__(self, home: Path) -> None:
        self.path = home / USERS_FILE

    def names(self) -> tuple[str, ...]:
        """All names, sorted. Raises ConfigurationError where the file cannot be used."""
        return tuple(sorted(self._read()))

    def add(self, name: str, password: str) -> None:
        """Add a user, or give one a new password.

        Raises ConfigurationError for a name or a password that will not do.
        """
        if not _NAME.fullmatch(name):
            raise ConfigurationError("users.name", name=name[:80])
        if not LEAST <= len(password) <= _MOST:
            raise ConfigurationError("users.password", n=len(password), least=LEAST, most=_MOST)
        salt = secrets.token_bytes(16)
        self._write({**self._read(), name: [salt.hex(), _hashed(password, salt).hex()]})

    def remove(self, name: str) -> None:
        """Take a user out. Raises ConfigurationError where there is none of that name."""
        users = self._read()
        if name not in users:
            raise ConfigurationError("users.unknown", name=name[:80])
        del users[name]
        self._write(users)

    def matches(self, name: str, password: str) -> bool:
        """Whether a user has this password; an unknown name takes as long as a known one."""
        if len(password) > _MOST:
            return False
        salt, kept = self._read().get(name, ["00" * 16, ""])
        return hmac.compare_digest(_hashed(password, bytes.fromhex(salt)).hex(), kept)

    def _read(self) -> dict[str, list[str]]:
        try:
            users = json.loads(self.path.read_text(encoding="utf-8"))
            if all(bytes.fromhex(salt) and hashed for salt, hashed in users.values()):
                return dict(users)
            raise ValueError(Message.of("users.empty"))
        except FileNotFoundError:
            return {}
        except (OSError, ValueError, TypeError, AttributeError) as error:
            raise ConfigurationError(
                "users.unreadable", path=self.path, reason=reason_of(error)
            ) from None

    def _write(self, users: dict[str, list[str]]) -> None:
        self.path.parent.mkdir(parents=True, exist_ok=True)
        draft = self.path.with_name(f".{USERS_FILE}.{os.getpid()}.part")
        descriptor = os.open(draft, os.O_WRONLY | os.O_CREAT | os.O_TRUNC, 0o600)
        with os.fdopen(descriptor, "w", encoding="utf-8") as file:
            json.dump(users, file, indent=2)
        draft.replace(self.path)


def _hashed(password: str, salt: bytes) -> bytes:
    return hashlib.scrypt(
        password.encode(), salt=salt, n=_COST, r=_BLOCK, p=_LANES, maxmem=2**26, dklen=32
    )
