"""What all tests share: a shielded environment, a shut network, recorded conversations, and the embedded model."""

import os
from collections.abc import Callable, Iterator
from contextlib import ExitStack
from pathlib import Path

import pytest
from support import cassettes
from support.cassettes import Tape
from support.embedded import REPLAYED, RecordingServer, always
from support.network import block
from support.scripted_server import ScriptedServer
from vcr.record_mode import RecordMode

from summarizer.model.endpoint import Endpoint
from summarizer.settings import Settings

SHIELDED = ("OPENAI_", "SUMMARIZER_", "AZURE_OPENAI_")
PROXIES = ("http_proxy", "https_proxy", "all_proxy", "no_proxy")


def pytest_addoption(parser: pytest.Parser) -> None:
    """`--record`, `--model`, `--soak` and `--browser`."""
    cassettes.add_options(parser)
    parser.addoption("--soak", action="store_true", help="run the tests that take minutes, too")
    parser.addoption("--write-stories", action="store_true", help="keep the examples' results (test_stories.py)")
    parser.addoption("--browser", action="store_true", help="run the tests that open pages in Chromium, too")
    parser.addoption("--model", action="store_true", help="run the tests that need the real embedded model, too")


def pytest_configure(config: pytest.Config) -> None:
    """Declare the markers."""
    config.addinivalue_line("markers", "model: needs the real embedded model; runs with --model")
    config.addinivalue_line("markers", "soak: takes minutes; runs with --soak")
    config.addinivalue_line("markers", "browser: opens pages in a headless Chromium; runs with --browser")


@pytest.hookimpl(tryfirst=True)  # before -k and others take tests away
def pytest_collection_modifyitems(config: pytest.Config, items: list[pytest.Item]) -> None:
    """Note which cassettes there should be; skip what needs the model, or minutes, unless it is asked for."""
    cassettes.expect(config, items)
    lacks = {"model": "needs the real embedded model", "soak": "takes minutes", "browser": "needs Chromium"}
    for name, lack in lacks.items():
        if not config.getoption(f"--{name}"):
            for item in items:
                if item.get_closest_marker(name):
                    item.add_marker(pytest.mark.skip(reason=f"{lack}: run with --{name}"))


@pytest.hookimpl(wrapper=True)
def pytest_runtest_call(item: pytest.Item) -> Iterator[None]:
    """Fail a test whose conversation is not the recorded one."""
    return (yield from cassettes.run(item))


@pytest.fixture
def play() -> Iterator[Callable[..., ScriptedServer]]:
    """Starts servers that play a script of synthetic replies, and stops them in the end."""
    with ExitStack() as servers:
        yield lambda *replies: servers.enter_context(ScriptedServer(*replies))


@pytest.fixture
def waits(monkeypatch: pytest.MonkeyPatch) -> list[float]:
    """The seconds that would have been slept between attempts."""
    waited: list[float] = []

    async def note(seconds: float) -> None:
        waited.append(seconds)

    monkeypatch.setattr("summarizer.model.retry.pause", note)
    return waited


@pytest.fixture(scope="session")
def anyio_backend() -> str:
    """Async tests run on asyncio."""
    return "asyncio"


@pytest.fixture(autouse=True)
def shielded(request: pytest.FixtureRequest, monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    """No setting comes from the user's environment, and nothing leaves the machine unless it is being recorded."""
    live = request.node.get_closest_marker("model") is not None
    cache = os.environ.get("SUMMARIZER_CACHE_DIR")
    for name in list(os.environ):
        if name.startswith(SHIELDED) or name.lower() in PROXIES:
            monkeypatch.delenv(name)
    if not live:  # else the weights are in the user's own cache
        cache = str(tmp_path / "cache")
    if cache:
        monkeypatch.setenv("SUMMARIZER_CACHE_DIR", cache)
    monkeypatch.setenv("SUMMARIZER_CACHE", "0")  # a test counts what is asked; tests/test_store.py is about the rest
    if "cassette" not in request.fixturenames or cassettes.record_mode(request.config) == RecordMode.NONE:
        block(monkeypatch, loopback=True)


@pytest.fixture
def cassette(request: pytest.FixtureRequest, monkeypatch: pytest.MonkeyPatch) -> Iterator[Tape]:
    """The test's recorded conversation: HTTP requests are answered from `cassettes/<module>/<test>.yaml`."""
    tape = cassettes.insert(request.node)
    if tape.records:
        if "model_endpoint" in request.fixturenames:
            # Now, so that nothing of the server's start (its weights may have to be fetched) is recorded.
            request.getfixturevalue("recording_server").endpoint()
    else:
        block(monkeypatch, loopback=False)

        async def at_once(seconds: float) -> None:
            """Do not wait: a request that is missing from the cassette looks like a lost connection."""

        monkeypatch.setattr("summarizer.model.retry.pause", at_once)
    yield from tape.play(monkeypatch)


@pytest.fixture(scope="session")
def recording_server(request: pytest.FixtureRequest) -> Iterator[RecordingServer]:
    """The real embedded server, for recording; it starts when its endpoint is asked for."""
    server = RecordingServer()
    yield server
    server.close()


@pytest.fixture
def model_endpoint(cassette: Tape, recording_server: RecordingServer) -> Endpoint:
    """Where the embedded model answers: really while recording, from the cassette in replay."""
    return recording_server.endpoint() if cassette.records else REPLAYED


@pytest.fixture
def model_settings(model_endpoint: Endpoint, monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> Settings:
    """Settings for the embedded model, and everything that opens a model with them gets `model_endpoint`.

    Code that resolves its own settings (the command line) is served alike: the environment names no other model.
    """
    monkeypatch.setattr("summarizer.model.opening.endpoint_for", always(model_endpoint))
    return Settings(cache_dir=tmp_path / "cache", cache=False)
