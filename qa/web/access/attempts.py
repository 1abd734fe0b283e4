"""Attempts to sign in: how many a name and an address have left, and how long they must wait."""

import ipaddress
import math
from collections import OrderedDict, deque
from collections.abc import Callable, Iterator
from threading import Lock

SECONDS = 300.0
"""How long an attempt counts."""
OF_A_NAME, OF_AN_ADDRESS, OF_A_SITE = 5, 20, 100
"""Attempts in that time: of one name from one address, of all names from one address, and of all
names from all addresses of one IPv6 site."""
MOST_KEPT = 10_000
"""Names, addresses and sites that are remembered, each; beyond that the longest unused are
forgotten, so only who has as many addresses and sites can make one forgotten that counts."""
_LONGEST_NAME = 64
_NETWORK, _SITE = 64, 48
"""Bits of an IPv6 address that name a network, whose addresses one machine may use all, and a site,
which may be given up to 65,536 networks (RFC 6177)."""


class Attempts:
    """Attempts that count; safe to be used by threads.

    Each counts before the password is checked, so that parallel ones cannot pass the limit, and
    is taken back where the password is right. Those of one address leave other addresses alone,
    unless they are of one IPv6 site.
    """

    def __init__(self, clock: Callable[[], float]) -> None:
        self._clock = clock
        # Apart, so that many names make no address forgotten, and many networks no site.
        self._of_names = _Counts(OF_A_NAME)
        self._of_addresses = _Counts(OF_AN_ADDRESS)
        self._of_sites = _Counts(OF_A_SITE)
        self._lock = Lock()

    @property
    def remembered(self) -> int:
        """Number of names, addresses and sites that are remembered, 3 `MOST_KEPT` at most."""
        return len(self._of_names) + len(self._of_addresses) + len(self._of_sites)

    def begin(self, name: str, address: str) -> int:
        """Count an attempt and return 0, or the whole seconds to wait where none is left."""
        now = self._clock()
        with self._lock:
            counted = tuple(self._counted(name, address))
            wait = max(counts.wait(key, now) for counts, key in counted)
            if wait > 0:
                return math.ceil(wait)
            for counts, key in counted:
                counts.add(key, now)
        return 0

    def right(self, name: str, address: str) -> None:
        """Take back an attempt whose password was right, and the wrong ones of its name."""
        with self._lock:
            for counts, key in self._counted(name, address):
                if counts is self._of_names:
                    counts.clear(key)
                else:
                    counts.take_back(key)

    def _counted(self, name: str, address: str) -> "Iterator[tuple[_Counts, str]]":
        """What an attempt counts for."""
        network, site = _places(address)
        yield self._of_names, f"{network} {name[: _LONGEST_NAME + 1]}"
        yield self._of_addresses, network
        if site is not None:
            yield self._of_sites, site


class _Counts:
    """When the attempts of each key began, the key with the longest unused ones first."""

    def __init__(self, most: int) -> None:
        self._most = most
        self._begun: OrderedDict[str, deque[float]] = OrderedDict()

    def __len__(self) -> int:
        return len(self._begun)

    def wait(self, key: str, now: float) -> float:
        """Seconds until the key has an attempt left, 0 where it has one."""
        self._forget(now)
        begun = self._begun.get(key, deque())
        while begun and begun[0] <= now - SECONDS:
            begun.popleft()
        return 0.0 if len(begun) < self._most else begun[0] + SECONDS - now

    def add(self, key: str, now: float) -> None:
        """Count an attempt."""
        self._begun.setdefault(key, deque()).append(now)
        self._begun.move_to_end(key)
        if len(self._begun) > MOST_KEPT:
            self._begun.popitem(last=False)

    def take_back(self, key: str) -> None:
        """Count the latest attempt no more."""
        begun = self._begun.get(key)
        if begun:
            begun.pop()
        if not begun:
            self.clear(key)

    def clear(self, key: str) -> None:
        """Count none of the attempts any more."""
        self._begun.pop(key, None)

    def _forget(self, now: float) -> None:
        """Forget the keys whose last attempt counts no more; they stand in order of it."""
        while self._begun:
            begun = next(iter(self._begun.values()))
            if begun and begun[-1] > now - SECONDS:
                return
            self._begun.popitem(last=False)


def _places(address: str) -> tuple[str, str | None]:
    """The network and the site of an IPv6 address; of another the address itself and no site."""
    try:
        found = ipaddress.ip_address(address)
    except ValueError:
        return address[:_LONGEST_NAME], None
    if isinstance(found, ipaddress.IPv4Address):
        return str(found), None
    if found.ipv4_mapped is not None:
        return str(found.ipv4_mapped), None
    network, site = (ipaddress.ip_network((int(found), n), strict=False) for n in (_NETWORK, _SITE))
    return str(network), str(site)
