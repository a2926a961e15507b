"""A network that is shut: tests reach this machine at most, replayed ones not even that."""

import ipaddress
import socket
from typing import Any

import pytest


class NetworkBlockedError(RuntimeError):
    """A test tried to leave the machine (or, in replay, the process)."""


def is_loopback(host: str) -> bool:
    """True for names and addresses of this machine."""
    if host in ("localhost", ""):
        return True
    try:
        return ipaddress.ip_address(host.partition("%")[0]).is_loopback
    except ValueError:
        return False


def block(monkeypatch: pytest.MonkeyPatch, *, loopback: bool) -> None:
    """Let sockets connect only within the machine (AF_UNIX always, loopback if `loopback`)."""

    def guard(host: object) -> None:
        name = host.decode("ascii", "replace") if isinstance(host, bytes) else str(host)
        if not (loopback and is_loopback(name)):
            raise NetworkBlockedError(f"tests have no network: {name} was to be reached")

    def guarded(method: str) -> Any:
        original = getattr(socket.socket, method)

        def connect(self: socket.socket, *arguments: Any) -> Any:
            if self.family in (socket.AF_INET, socket.AF_INET6):
                guard(arguments[-1][0])  # the address is the last argument of connect, connect_ex and sendto
            return original(self, *arguments)

        return connect

    for method in ("connect", "connect_ex", "sendto"):
        monkeypatch.setattr(socket.socket, method, guarded(method))
    resolve = socket.getaddrinfo

    def getaddrinfo(host: Any, *arguments: Any, **options: Any) -> Any:
        if host is not None:
            guard(host)
        return resolve(host, *arguments, **options)

    monkeypatch.setattr(socket, "getaddrinfo", getaddrinfo)
