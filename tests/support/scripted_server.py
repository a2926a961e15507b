"""A local HTTP server that plays a script of synthetic replies: for what no real model can be made to say on demand.

Everything it sends is made up; conversations with a real model are in `cassettes/` (see `support.cassettes`).
"""

import json
import select
import socket
import struct
import threading
from collections.abc import Callable, Iterable, Mapping
from contextlib import ExitStack
from dataclasses import dataclass, field
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from types import TracebackType
from typing import Any, Self


@dataclass(frozen=True)
class Reply:
    """One synthetic reply, sent when `hold` is set (at once without one).

    Unless the connection is reset instead (`reset`), or nothing ever comes (`hang`). Of a reply that is `cut` the head
    and so many bytes of the body come before the connection is reset; `drip` is the pause before each byte, in seconds.
    """

    status: int = 200
    headers: Mapping[str, str] = field(default_factory=dict)
    body: Any = b""  # bytes and str as they are, anything else as JSON
    hold: threading.Event | None = None
    reset: bool = False
    hang: bool = False
    cut: int | None = None
    drip: float = 0.0


@dataclass(frozen=True)
class Request:
    """One request as it came in."""

    method: str
    path: str
    headers: Mapping[str, str]
    body: Any  # parsed if it is JSON, else bytes

    @property
    def messages(self) -> list[dict[str, Any]]:
        """The chat messages of a completion request."""
        messages: list[dict[str, Any]] = self.body["messages"]
        return messages


def synthetic_completion(
    content: str | None,
    *,
    finish_reason: str = "stop",
    prompt_tokens: int = 10,
    cached_tokens: int = 0,
    output_tokens: int = 5,
    **message: Any,
) -> Reply:
    """A chat completion nobody generated; further `message` fields are for refusals and tool calls."""
    return Reply(
        body={
            "id": "synthetic",
            "object": "chat.completion",
            "created": 0,
            "model": "synthetic",
            "choices": [
                {
                    "index": 0,
                    "message": {"role": "assistant", "content": content, **message},
                    "finish_reason": finish_reason,
                }
            ],
            "usage": {
                "prompt_tokens": prompt_tokens,
                "completion_tokens": output_tokens,
                "total_tokens": prompt_tokens + output_tokens,
                "prompt_tokens_details": {"cached_tokens": cached_tokens},
            },
        }
    )


def synthetic_error(status: int, message: str = "synthetic fault", *, code: str | None = None, **headers: str) -> Reply:
    """An error in the form of the OpenAI protocol; header names are given with underscores."""
    error = {"message": message, "type": "synthetic", "param": None, "code": code}
    return Reply(
        status=status, headers={name.replace("_", "-"): value for name, value in headers.items()}, body={"error": error}
    )


class ScriptedServer:
    """Plays its replies in the order in which requests come in; `requests` are what it got, `peak` the most at once.

    A request beyond the script gets status 418, which no client repeats. `connections` are those open now, and
    `delivered` the requests with the replies that were sent to the last byte.
    """

    def __init__(self, *replies: Reply) -> None:
        self._script: Iterable[Reply] = iter(replies)
        self._lock = threading.Lock()
        self.ended = threading.Event()
        self.requests: list[Request] = []
        self.delivered: list[tuple[Request, Reply]] = []
        self.connections = 0
        self.under_way = 0
        self.peak = 0
        self._server = _Server(("127.0.0.1", 0), _handler_for(self))
        self._thread = threading.Thread(target=self._server.serve_forever, kwargs={"poll_interval": 0.01}, daemon=True)

    @property
    def base_url(self) -> str:
        """Its address, up to and with /v1."""
        return f"http://127.0.0.1:{self._server.server_address[1]}/v1"

    def __enter__(self) -> Self:
        self._thread.start()
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self.ended.set()
        self._server.shutdown()
        self._server.server_close()
        self._thread.join()

    def take(self, request: Request) -> Reply:
        """Note a request and return what the script has for it."""
        with self._lock:
            self.requests.append(request)
            self.under_way += 1
            self.peak = max(self.peak, self.under_way)
            return next(iter(self._script), synthetic_error(418, "the synthetic script is over"))

    def done(self) -> None:
        """Note that a request is about to get its reply."""
        with self._lock:
            self.under_way -= 1

    def connect(self, more: int) -> None:
        """Note a connection that was opened (1) or has ended (-1)."""
        with self._lock:
            self.connections += more


class _Server(ThreadingHTTPServer):
    daemon_threads = True
    block_on_close = False

    def handle_error(self, request: Any, client_address: Any) -> None:
        """Say nothing: clients that give up are part of the script."""


def _handler_for(owner: ScriptedServer) -> type[BaseHTTPRequestHandler]:
    class Handler(BaseHTTPRequestHandler):
        protocol_version = "HTTP/1.1"
        timeout = 30  # seconds; a client that keeps its connection open does not keep a thread for ever

        def handle(self) -> None:
            owner.connect(1)
            try:
                super().handle()
            finally:
                owner.connect(-1)

        def do_GET(self) -> None:
            self._answer()

        def do_POST(self) -> None:
            self._answer()

        def _answer(self) -> None:
            length = int(self.headers.get("content-length", 0))
            raw = self.rfile.read(length)
            if len(raw) < length:  # the client has given up: there is nothing to answer
                self.close_connection = True
                return
            try:
                body: Any = json.loads(raw)
            except ValueError:
                body = raw
            headers = {name.lower(): value for name, value in self.headers.items()}
            request = Request(self.command, self.path, headers, body)
            reply = owner.take(request)
            if reply.hold:
                reply.hold.wait(30)
            with ExitStack() as under_way:
                under_way.callback(owner.done)
                self._send(request, reply, under_way.close)

        def _send(self, request: Request, reply: Reply, done: Callable[[], None]) -> None:
            """Send it; `done` is called before the last byte, upon which the client may send its next request."""
            if reply.hang:
                self._wait_for_the_end()
            elif reply.reset:
                self._reset()
            else:
                data = _bytes(reply.body)
                self.send_response(reply.status)
                for name, value in {"content-type": "application/json", **reply.headers}.items():
                    self.send_header(name, value)
                self.send_header("content-length", str(len(data)))
                self.end_headers()
                *first, last = _pieces(data[: reply.cut], reply.drip)
                for piece in first:
                    self.wfile.write(piece)
                    owner.ended.wait(reply.drip)
                done()
                if reply.cut is None:
                    owner.delivered.append((request, reply))
                self.wfile.write(last)
                if reply.cut is not None:
                    self._reset()

        def _wait_for_the_end(self) -> None:
            self.close_connection = True
            while not owner.ended.is_set():
                if select.select([self.connection], [], [], 0.02)[0]:  # the client has gone: it has nothing to say
                    return

        def _reset(self) -> None:
            linger = struct.pack("ii", 1, 0)  # close with RST instead of FIN
            self.connection.setsockopt(socket.SOL_SOCKET, socket.SO_LINGER, linger)
            self.close_connection = True

        def log_message(self, format: str, *args: Any) -> None:
            """Keep the tests' output clean."""

    return Handler


def _bytes(body: Any) -> bytes:
    if isinstance(body, bytes):
        return body
    return (body if isinstance(body, str) else json.dumps(body)).encode()


def _pieces(data: bytes, drip: float) -> list[bytes]:
    """The body in one piece, or byte by byte if it drips."""
    return [data[place : place + 1] for place in range(len(data))] if drip else [data]
