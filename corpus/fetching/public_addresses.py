"""Connections to public addresses alone, checked where they are made."""

import ipaddress
import socket
import ssl
from collections.abc import Callable, Sequence
from functools import cache

import httpx

from corpus.errors import FetchError

_NAT64 = ipaddress.ip_network("64:ff9b::/96")
"""RFC 6052: the last 32 bits are an IPv4 address."""

Resolve = Callable[[str], Sequence[str]]
"""Host → the addresses to which a connection may go. Raises FetchError where none may."""


def public_addresses(host: str) -> Sequence[str]:
    """The addresses of a host. Raises FetchError where one of them is not public.

    Public is what IANA's registries of special-purpose addresses call globally reachable, so
    loopback, private, link-local and multicast addresses are refused.
    """
    try:
        found = socket.getaddrinfo(host, None, type=socket.SOCK_STREAM)
    except (OSError, UnicodeError) as error:
        raise FetchError("fetch.no-host", host=host, reason=str(error)) from None
    addresses = list(dict.fromkeys(str(entry[4][0]) for entry in found))
    for address in addresses:
        if not _is_public(ipaddress.ip_address(address.partition("%")[0])):
            raise FetchError("fetch.not-public", host=host, address=address)
    return addresses


def _is_public(ip: ipaddress.IPv4Address | ipaddress.IPv6Address) -> bool:
    """Whether an address, and the IPv4 address that it may stand for, is public."""
    if isinstance(ip, ipaddress.IPv6Address):
        last = ipaddress.IPv4Address(int(ip) & 0xFFFFFFFF) if ip in _NAT64 else None
        inner = ip.ipv4_mapped or ip.sixtofour or last
        if inner is not None:
            return _is_public(inner)
    return ip.is_global and not ip.is_multicast


@cache
def _certificates() -> ssl.SSLContext:
    """The authorities that certificates are checked against; to read them takes a moment."""
    return httpx.create_ssl_context(trust_env=False)


class PublicAddressGuard(httpx.BaseTransport):
    """Connects only by http and https, and only to addresses that were resolved and checked here.

    The request goes to the checked address itself, so that no second look-up can give another.
    """

    def __init__(self, resolve: Resolve) -> None:
        self._resolve = resolve
        # Kept connections are told apart by address alone: two hosts behind one address would
        # share one, and the certificate of the second would never be checked.
        self._inner = httpx.HTTPTransport(
            verify=_certificates(),
            trust_env=False,
            limits=httpx.Limits(max_keepalive_connections=0),
        )

    def handle_request(self, request: httpx.Request) -> httpx.Response:
        """The answer of the first address of the host to which a connection can be made."""
        url, host = request.url, request.url.host
        if url.scheme not in {"http", "https"} or not host:
            raise FetchError("fetch.scheme", address=str(url))
        *others, last = self._resolve(host)
        for address in others:
            try:
                return self._send(request, address)
            except (httpx.ConnectError, httpx.ConnectTimeout):
                continue  # a host may have an address of IPv6 where our network has none
        return self._send(request, last)

    def _send(self, request: httpx.Request, address: str) -> httpx.Response:
        # The Host header was set from the name; the certificate is checked against it, too.
        sent = httpx.Request(
            request.method,
            request.url.copy_with(host=address),
            headers=request.headers,
            stream=request.stream,
            extensions={**request.extensions, "sni_hostname": request.url.host},
        )
        return self._inner.handle_request(sent)

    def close(self) -> None:
        """Release the connections."""
        self._inner.close()
