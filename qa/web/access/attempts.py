"""Attempts to sign in: how many a name and an address have left, and how long they must wait."""

import ipaddress
import math
from collections import OrderedDict, deque
from collections.abc import Callable
from threading import Lock

SECONDS = 300.0
"""How long an attempt counts."""
OF_A_NAME, OF_AN_ADDRESS = 5, 20
"""Attempts in that time: of one name from one address, and of all names from one address."""
MOST_KEPT = 10_000
"""Names and addresses that are remembered; beyond that the longest unused are forgotten."""
_LONGEST_NAME = 64
_NETWORK = 64
"""Bits of an IPv6 address that name the network of one customer (RFC 6177)."""
Counted = tuple[str, str | None]
"""An address with a name, or with None for all names."""


class Attempts:
    """Attempts that count; safe to be used by threads.

    Each counts before the password is checked, so that parallel ones cannot pass the limit, and
    is taken back where the password is right. Those of one address leave other addresses alone.
    """

    def __init__(self, clock: Callable[[], float]) -> None:
        self._clock = clock
        self._begun: OrderedDict[Counted, deque[float]] = OrderedDict()
        self._lock = Lock()

    @property
    def kept(self) -> int:
        """How many names and addresses are remembered, `MOST_KEPT` at most."""
        return len(self._begun)

    def begin(self, name: str, address: str) -> int:
        """Count an attempt and return 0, or the whole seconds to wait where none is left."""
        now = self._clock()
        with self._lock:
            self._forget(now)
            limits = dict(zip(_counted(name, address), (OF_A_NAME, OF_AN_ADDRESS), strict=True))
            wait = max(self._wait(one, most, now) for one, most in limits.items())
            if wait > 0:
                return math.ceil(wait)
            for one in limits:
                self._begun.setdefault(one, deque()).append(now)
                self._begun.move_to_end(one)
            while len(self._begun) > MOST_KEPT:
                self._begun.popitem(last=False)
        return 0

    def right(self, name: str, address: str) -> None:
        """Take back an attempt whose password was right, and the wrong ones of its name."""
        of_name, of_address = _counted(name, address)
        with self._lock:
            self._begun.pop(of_name, None)
            begun = self._begun.get(of_address)
            if begun:
                begun.pop()
            if not begun:
                self._begun.pop(of_address, None)

    def _wait(self, one: Counted, most: int, now: float) -> float:
        begun = self._begun.get(one, deque())
        while begun and begun[0] <= now - SECONDS:
            begun.popleft()
        return 0.0 if len(begun) < most else begun[0] + SECONDS - now

    def _forget(self, now: float) -> None:
        """Forget those whose last attempt counts no more; they stand in order of it."""
        while self._begun:
            begun = next(iter(self._begun.values()))
            if begun and begun[-1] > now - SECONDS:
                return
            self._begun.popitem(last=False)


def _counted(name: str, address: str) -> tuple[Counted, Counted]:
    place = _network(address)
    return (place, name[: _LONGEST_NAME + 1]), (place, None)


def _network(address: str) -> str:
    """The address, of IPv6 the network of one customer; as it is where it is none."""
    try:
        found = ipaddress.ip_address(address)
    except ValueError:
        return address[:_LONGEST_NAME]
    if isinstance(found, ipaddress.IPv4Address):
        return str(found)
    if found.ipv4_mapped is not None:
        return str(found.ipv4_mapped)
    return str(ipaddress.ip_network((int(found), _NETWORK), strict=False))
