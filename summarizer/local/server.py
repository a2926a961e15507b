"""The embedded model's server: llama.cpp in this process, OpenAI-compatible, on loopback only."""

import asyncio
import json
import os
import secrets
import socket
import stat
import weakref
from contextlib import suppress
from http.client import HTTPConnection, HTTPException
from importlib import import_module
from pathlib import Path
from types import TracebackType
from typing import Any, Self
from urllib.parse import urlsplit

from ..errors import ModelUnavailable
from .weights import INSTALL, checked_gguf

HOST = "127.0.0.1"
PROMPT_CACHE_MIB = 512
"""Bound on kept prompt prefixes (about 28 KiB a token for the default model); llama.cpp's own default is 8 GiB."""
_LONGEST_BATCH = 60.0
"""Seconds that a slow machine may need for the tokens it is working on."""


class EmbeddedServer:
    """Runs the GGUF at `path` while entered (`with` or `async with`).

    `context_tokens` is what one request may hold, prompt and reply together; `threads` defaults to the usable physical
    cores; `parallel` requests are answered at once, the others wait. `base_url` (up to and with /v1), `api_key`
    (random, enforced) and `model` are what an OpenAI client needs. Raises ModelUnavailable if the model cannot be run.
    """

    def __init__(
        self, path: Path, *, context_tokens: int = 4096, threads: int | None = None, parallel: int = 1
    ) -> None:
        self.path = path
        self.model = path.stem
        self.api_key = secrets.token_hex(24)
        self.context_tokens = context_tokens
        self.threads = threads or usable_cores()
        self.parallel = parallel
        self._address: str | None = None
        self._stop: weakref.finalize[..., Self] | None = None

    @property
    def base_url(self) -> str:
        """Where the server listens, such as http://127.0.0.1:43121/v1."""
        if self._address is None:
            raise RuntimeError("the embedded server is not running")
        return f"{self._address}/v1"

    def start(self) -> Self:
        """Load the model (1-2 s, other Python threads stand still meanwhile) and listen on a free port."""
        if self._address is not None:
            return self
        checked_gguf(self.path)
        llama = _xllamacpp()
        try:
            server = llama.Server(self._params(llama))
            # Once this is answered the server's loop runs. Destroyed before that, it would miss the call to stop and
            # its destructor would wait forever, holding the interpreter's lock.
            server.handle_metrics()
        except Exception as error:  # a RuntimeError without its reason, which goes to the silenced log
            hint = (
                "it may be damaged, no language model or too new for the installed xllamacpp, or memory is short: "
                "the default model takes about 2 GB"
            )
            raise ModelUnavailable(f"the model file {self.path} cannot be loaded", hint=hint) from error
        self._address = server.listening_address
        # Also at interpreter exit, where a server that still lives keeps the process from ending.
        self._stop = weakref.finalize(self, _shut_down, [server], urlsplit(server.listening_address).port)
        return self

    def close(self) -> None:
        """End the server and free its port and memory; requests under way are cut off. Harmless if repeated."""
        self._address = None
        if self._stop is not None:
            self._stop()
            self._stop = None

    def _close_when_idle(self) -> None:
        """Close after the batch of tokens under way, which nothing can stop.

        xllamacpp would wait for it, too, but holding the interpreter's lock: the whole process would stand still. Asked
        for one token more, the server answers once it is through.
        """
        if self._address is not None:
            address = urlsplit(self._address)
            _hang_up(address.port or 0)
            connection = HTTPConnection(HOST, address.port, timeout=_LONGEST_BATCH)
            question = {"model": self.model, "messages": [{"role": "user", "content": "."}], "max_tokens": 1}
            headers = {"Authorization": f"Bearer {self.api_key}", "Content-Type": "application/json"}
            with suppress(OSError, HTTPException):
                connection.request("POST", "/v1/chat/completions", json.dumps(question), headers)
                connection.getresponse().read()
            connection.close()
        self.close()

    def _params(self, llama: Any) -> Any:
        params = llama.CommonParams()
        params.model.path = str(self.path)
        params.model_alias = {self.model}  # or replies carry the path on this machine
        params.hostnames = [HOST]
        params.port = 0
        params.api_keys = [self.api_key]
        params.verbosity = -1
        params.n_ctx = self.context_tokens * self.parallel  # llama.cpp divides it among the slots
        params.n_parallel = self.parallel
        params.cpuparams.n_threads = self.threads
        params.cpuparams_batch.n_threads = self.threads
        params.cache_prompt = True
        params.cache_ram_mib = PROMPT_CACHE_MIB
        params.ui = False
        params.endpoint_slots = False
        params.endpoint_metrics = True  # what start() waits for
        return params

    def __enter__(self) -> Self:
        return self.start()

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self.close()

    async def __aenter__(self) -> Self:
        starting = asyncio.ensure_future(asyncio.to_thread(self.start))
        try:
            return await asyncio.shield(starting)
        except asyncio.CancelledError:  # loading cannot be interrupted: let it end, then undo it
            with suppress(ModelUnavailable):
                await starting
            self.close()
            raise

    async def __aexit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        await asyncio.to_thread(self._close_when_idle if kind else self.close)


def usable_cores() -> int:
    """Count the physical cores this process may use: hyperthreads only slow each other down here."""
    try:
        processors = os.sched_getaffinity(0)
    except AttributeError:  # macOS, Windows
        return os.cpu_count() or 1
    cores = set()
    for processor in processors:
        siblings = Path(f"/sys/devices/system/cpu/cpu{processor}/topology/thread_siblings_list")
        try:
            cores.add(siblings.read_text(encoding="ascii").strip())
        except OSError:
            cores.add(str(processor))
    return max(1, min(len(cores), _quota()))


def _quota() -> int:
    """Read the container's share of the processors, in whole cores; many where there is no limit."""
    try:
        limit, period = Path("/sys/fs/cgroup/cpu.max").read_text(encoding="ascii").split()
        return max(1, int(limit) // int(period))
    except (OSError, ValueError):  # no such file, or the limit is "max"
        return 1 << 16


def _xllamacpp() -> Any:
    try:
        return import_module("xllamacpp")
    except ImportError as error:
        hint = f"{INSTALL}; or use a server: set OPENAI_API_KEY or OPENAI_BASE_URL"
        missing = isinstance(error, ModuleNotFoundError)
        state = "is not installed" if missing else f"cannot be imported here: {error}"
        raise ModelUnavailable(f"xllamacpp, which runs the embedded model, {state}", hint=hint) from error


def _shut_down(only_reference: list[Any], port: int) -> None:
    """Drop the last reference, upon which xllamacpp stops the server (it has no method for that).

    Its destructor waits for every open request while it holds the interpreter's lock, so a client in this process
    could never finish: their connections are closed first.
    """
    _hang_up(port)
    only_reference.clear()


def _hang_up(port: int) -> None:
    try:
        descriptors = [int(name) for name in os.listdir("/dev/fd")]
    except OSError:  # Windows: whoever closes the server has to end its requests first
        return
    for descriptor in descriptors:
        with suppress(OSError):
            if stat.S_ISSOCK(os.fstat(descriptor).st_mode):  # the copy of anything else would stay open
                with socket.socket(fileno=os.dup(descriptor)) as connection:
                    _end(connection, port)


def _end(connection: socket.socket, port: int) -> None:
    """Shut down a connection of the server on that port; a listening socket is none."""
    listens = connection.getsockopt(socket.SOL_SOCKET, socket.SO_ACCEPTCONN)
    if connection.getsockname()[:2] == (HOST, port) and not listens:
        connection.shutdown(socket.SHUT_RDWR)
