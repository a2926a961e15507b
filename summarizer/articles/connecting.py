"""Where a request for a page may connect to, and the seconds and bytes that it may take.

The check stands where the connection is made: a name is resolved once, its addresses are checked, and one of these
very addresses is connected to, so that a name server with another answer the second time (DNS rebinding) gains
nothing. Names in the Host header, in SNI and in the certificate's check stay those of the URL.
"""

import ipaddress
import queue
import socket
import threading
import time
from collections.abc import Iterable, Iterator
from typing import Any

import httpcore2
import httpx2

from ..errors import InputError

_MOST_ADDRESSES = 4
_LONGEST_CONNECT = 10.0
"""Seconds for one address, so that a dead one leaves time for the next."""
_NAT64 = ipaddress.ip_network("64:ff9b::/96")
_BROWSER = "open it in a browser, save the page as HTML and give that file"


def resolve(host: str, port: int) -> list[str]:
    """The addresses of `host` (a function of its own so that tests can answer in place of name servers)."""
    found = socket.getaddrinfo(host, port, type=socket.SOCK_STREAM)
    return list(dict.fromkeys(str(entry[4][0]) for entry in found))


def is_public(address: str) -> bool:
    """Whether a numeric address belongs to the public Internet (the registries of IANA, as `ipaddress` has them).

    An IPv6 address that stands for an IPv4 one (mapped, 6to4, Teredo, NAT64) is as public as that.
    """
    ip = ipaddress.ip_address(address.partition("%")[0])
    if isinstance(ip, ipaddress.IPv6Address):
        inner = ip.ipv4_mapped or ip.sixtofour or (ip.teredo[1] if ip.teredo else None)
        if ip in _NAT64:
            inner = ipaddress.IPv4Address(int(ip) & 0xFFFFFFFF)
        if inner:
            return is_public(str(inner))
        if ip.is_site_local:
            return False
    return ip.is_global and not (ip.is_multicast or ip.is_reserved or ip.is_unspecified)


class Allowance:
    """What one fetch may take in all, over its redirects: seconds from now on, and bytes off the network."""

    def __init__(self, seconds: float, size: int) -> None:
        self._whole = seconds
        self._end = time.monotonic() + seconds
        self._left = size

    def seconds(self) -> float:
        """The seconds that are left; raises InputError when there are none."""
        left = self._end - time.monotonic()
        if left <= 0:
            raise self.too_slow()
        return left

    def take(self, size: int) -> None:
        """Count `size` bytes; raises InputError for more than is allowed."""
        self._left -= size
        if self._left < 0:
            raise too_large_page()

    def too_slow(self) -> InputError:
        """The error for a fetch whose time is over."""
        return InputError(f"the site took longer than {self._whole:g} seconds", hint=f"try again later, or {_BROWSER}")


def too_large_page() -> InputError:
    """The error for a page of too many bytes."""
    return InputError("the page is too large: its site sends more than any article needs", hint=_BROWSER)


class Backend(httpcore2.NetworkBackend):
    """Connects to public addresses only (to any if `allow_private`), within an allowance."""

    def __init__(self, allowance: Allowance, *, allow_private: bool) -> None:
        self._allowance = allowance
        self._allow_private = allow_private
        self._plain = httpcore2.SyncBackend()

    def connect_tcp(
        self,
        host: str,
        port: int,
        timeout: float | None = None,
        local_address: str | None = None,
        socket_options: Iterable[httpcore2.SOCKET_OPTION] | None = None,
    ) -> httpcore2.NetworkStream:
        """A connection to the first address of `host` that answers."""
        addresses = self._addresses(host, port)
        for place, address in enumerate(addresses):
            wait = min(self._allowance.seconds(), _LONGEST_CONNECT)
            try:
                stream = self._plain.connect_tcp(address, port, wait, local_address, socket_options)
            except (httpcore2.ConnectError, httpcore2.ConnectTimeout):
                if place == len(addresses) - 1:
                    raise
            else:
                return _Stream(stream, self._allowance)
        raise httpcore2.ConnectError(f"{host} has no address")

    def _addresses(self, host: str, port: int) -> list[str]:
        addresses = self._resolved(host, port)
        if not self._allow_private and not all(map(is_public, addresses)):
            message = f"{host} is an address of this machine or of a private network, and those are not read"
            raise InputError(message, hint="if that is meant, allow it with --allow-private")
        return addresses[:_MOST_ADDRESSES]

    def _resolved(self, host: str, port: int) -> list[str]:
        """`resolve` within the allowance: the system's resolver itself takes no bound."""
        answers: queue.SimpleQueue[list[str] | Exception] = queue.SimpleQueue()

        def ask() -> None:
            try:
                answers.put(resolve(host, port))
            except Exception as error:  # raised below, in the thread that waits
                answers.put(error)

        threading.Thread(target=ask, daemon=True).start()
        try:
            answer = answers.get(timeout=self._allowance.seconds())
        except queue.Empty:
            raise self._allowance.too_slow() from None
        if isinstance(answer, (OSError, UnicodeError)):
            message = f"no address is known for {host}"
            raise InputError(message, hint="check its spelling and the network connection") from None
        if isinstance(answer, Exception):
            raise answer
        return answer


class _Stream(httpcore2.NetworkStream):
    """A connection each of whose steps has only the seconds that are left: a server that drips gains no time."""

    def __init__(self, plain: httpcore2.NetworkStream, allowance: Allowance) -> None:
        self._plain = plain
        self._allowance = allowance

    def read(self, max_bytes: int, timeout: float | None = None) -> bytes:
        data = self._plain.read(max_bytes, self._allowance.seconds())
        self._allowance.take(len(data))
        return data

    def write(self, buffer: bytes, timeout: float | None = None) -> None:
        self._plain.write(buffer, self._allowance.seconds())

    def close(self) -> None:
        self._plain.close()

    def start_tls(
        self, ssl_context: Any, server_hostname: str | None = None, timeout: float | None = None
    ) -> "_Stream":
        secured = self._plain.start_tls(ssl_context, server_hostname, self._allowance.seconds())
        return _Stream(secured, self._allowance)

    def get_extra_info(self, info: str) -> Any:
        return self._plain.get_extra_info(info)


class Transport(httpx2.BaseTransport):
    """httpx2 over a `Backend`, which its own transport has no place for; errors are those of httpcore2."""

    def __init__(self, backend: Backend, proxy: str | None) -> None:
        self._pool = httpcore2.ConnectionPool(
            network_backend=backend, proxy=httpcore2.Proxy(proxy) if proxy else None, max_keepalive_connections=0
        )

    def handle_request(self, request: httpx2.Request) -> httpx2.Response:
        """The response with its body still to come."""
        url = request.url
        target = httpcore2.URL(scheme=url.raw_scheme, host=url.raw_host, port=url.port, target=url.raw_path)
        response = self._pool.handle_request(
            httpcore2.Request(request.method, target, headers=request.headers.raw, extensions=request.extensions)
        )
        return httpx2.Response(response.status, headers=response.headers, stream=_Body(response))

    def close(self) -> None:
        """Close the connections."""
        self._pool.close()


class _Body(httpx2.SyncByteStream):
    def __init__(self, response: httpcore2.Response) -> None:
        self._response = response

    def __iter__(self) -> Iterator[bytes]:
        yield from self._response.iter_stream()

    def close(self) -> None:
        self._response.close()
