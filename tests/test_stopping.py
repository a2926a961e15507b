"""Stopping midway, by Ctrl-C, SIGTERM or a cancelled task: soon, with nothing left behind and nothing finished lost."""

import asyncio
import json
import os
import signal
import socket
import subprocess
import sys
import threading
import time
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any
from urllib.parse import urlsplit

import pytest
from support.fake_model import SyntheticModel, schema_name
from support.preloaded import Preloaded, Run
from support.scripted_server import Reply, Request, synthetic_error
from typer.testing import CliRunner

from summarizer import Article, Settings, Summarizer
from summarizer.cli.app import app

SOON = 10.0
"""Seconds: what shows that nobody waited for the server, which would keep them for a minute. No measure of speed."""
TEXT = "The weir at {0} gave way. The flood took away 4 barns of {0}. Another 12 people were injured in {0}."
KEPT = "  hint: run the same command again: finished answers are kept, only the rest is asked"


class Stuck(SyntheticModel):
    """Answers until the reply schema `at` is asked for by name (number `nth`): that request gets `reply`, for ever."""

    def __init__(self, reply: Reply, at: str = "MarkQuestions", nth: int = 2) -> None:
        self.stuck = threading.Event()
        """Set when that request has come in."""
        asked: list[str] = []

        def fault(number: int, request: Request) -> Reply | None:
            asked.append(schema_name(request))
            if self.freed or asked[-1] != at or asked.count(at) < nth:
                return None
            self.stuck.set()
            return reply

        self.freed = False
        super().__init__(fault=fault)


HANG = Reply(hang=True)
DRIP = Reply(body=b"{" + b" " * 500, drip=0.2)
WAIT = synthetic_error(429, retry_after="250")
MOMENTS = {
    "waiting for the head of a reply": lambda: Stuck(HANG),
    "in the middle of a reply": lambda: Stuck(DRIP),
    "waiting to repeat": lambda: Stuck(WAIT),
    "summarising": lambda: Stuck(HANG, "Header", 1),
    "merging": lambda: Stuck(HANG, "Narrative", 1),
}


def until(told: Callable[[], bool]) -> None:
    """Wait for what must come soon."""
    limit = time.monotonic() + SOON
    while not told():
        assert time.monotonic() < limit
        time.sleep(0.01)


@pytest.fixture
def deaf() -> Iterator[str]:
    """The address of a server that lets nobody in: its queue is full, and it never looks at it."""
    with socket.create_server(("127.0.0.1", 0), backlog=0) as server, socket.socket() as one, socket.socket() as two:
        for waiting in (one, two):
            waiting.setblocking(False)
            waiting.connect_ex(server.getsockname())
        yield f"http://127.0.0.1:{server.getsockname()[1]}/v1"


# --- a cancelled task ---


def articles() -> list[Article]:
    return [
        Article.from_text(TEXT.format(name), id=name, title=f"Flood in {name}", language="en")
        for name in ("Dunmoor", "Tarn")
    ]


def files_open() -> int:
    return len(os.listdir("/proc/self/fd"))


@pytest.mark.anyio
@pytest.mark.parametrize("moment", MOMENTS)
async def test_a_cancelled_story_ends_at_once_and_goes_on_where_it_was(tmp_path: Path, moment: str) -> None:
    threads = set(threading.enumerate())
    with MOMENTS[moment]() as model:
        settings = Settings(base_url=model.base_url, window=1, concurrency=2, cache_dir=tmp_path)
        others = asyncio.all_tasks()
        async with Summarizer(settings) as reader:
            work = asyncio.create_task(reader.story(articles()))
            await asyncio.to_thread(model.stuck.wait, 30)
            await asyncio.sleep(0.3)  # the answer to the request beside it comes in, and the pause begins
            start = time.monotonic()
            work.cancel()
            with pytest.raises(asyncio.CancelledError):
                await work
        assert time.monotonic() - start < SOON
        assert asyncio.all_tasks() == others
        await asyncio.to_thread(until, lambda: model.connections == 0)
        answered = [json.dumps(request.body) for request, reply in model.delivered if reply.status == 200]
        model.freed = True
        before = len(model.requests)
        async with Summarizer(settings) as reader:
            story = await reader.story(articles())
        again = [json.dumps(request.body) for request in model.requests[before:]]
    assert story.failures == ()
    assert again
    assert not set(again) & set(answered)
    assert story.usage.reused_answers == len(answered) > 0
    left = [thread for thread in set(threading.enumerate()) - threads if "asyncio" not in thread.name]  # of to_thread
    assert left == []


@pytest.mark.anyio
async def test_a_cancelled_task_that_connects_ends_at_once(deaf: str) -> None:
    open_before = files_open()
    async with Summarizer(Settings(base_url=deaf, cache=False)) as reader:
        work = asyncio.create_task(reader.story(articles()))
        await asyncio.sleep(0.5)
        start = time.monotonic()
        work.cancel()
        with pytest.raises(asyncio.CancelledError):
            await work
    assert time.monotonic() - start < SOON
    assert files_open() == open_before


# --- a signal ---


@pytest.fixture(scope="module")
def preloaded(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Preloaded]:
    with Preloaded(tmp_path_factory.mktemp("runs")) as processes:
        yield processes


SETTINGS = {"SUMMARIZER_WINDOW": "1", "SUMMARIZER_CONCURRENCY": "1", "SUMMARIZER_CACHE": "1"}


@pytest.fixture
def command(tmp_path: Path) -> list[str]:
    """The command on two articles, but for the address."""
    paths = [tmp_path / f"{article.id}.md" for article in articles()]
    for path, article in zip(paths, articles(), strict=True):
        path.write_text(f"---\ntitle: {article.title}\nlanguage: en\n---\n{article.text}\n")
    options = ["--format", "json", "--quiet", "--model", "m", "--cache-dir", str(tmp_path / "kept")]
    return ["story", *map(str, paths), *options, "--base-url"]


def end(run: Run) -> tuple[int, str, list[str]]:
    """How it ended, soon after the signal."""
    begun = time.monotonic()
    ended = run.end()
    assert time.monotonic() - begun < SOON
    return ended


@pytest.mark.parametrize(
    ("moment", "number", "told"),
    [
        ("waiting for the head of a reply", signal.SIGTERM, "Terminated."),
        ("in the middle of a reply", signal.SIGINT, "Interrupted."),
        ("waiting to repeat", signal.SIGINT, "Interrupted."),
        ("merging", signal.SIGINT, "Interrupted."),
    ],
)
def test_a_signal_ends_the_command_and_the_same_command_goes_on(
    preloaded: Preloaded, command: list[str], moment: str, number: signal.Signals, told: str
) -> None:
    with MOMENTS[moment]() as model:
        run = preloaded.start([*command, model.base_url], **SETTINGS)
        assert model.stuck.wait(60)
        time.sleep(0.3)  # until the pause has begun
        run.signal(number)
        assert end(run) == (128 + number, "", [told, KEPT])
        until(lambda: model.connections == 0)
        answered = [json.dumps(request.body) for request, reply in model.delivered if reply.status == 200]
        model.freed = True
        before = len(model.requests)
        done = CliRunner().invoke(app, [*command, model.base_url], env=SETTINGS)
        again = [json.dumps(request.body) for request in model.requests[before:]]
    assert (done.exit_code, done.stderr) == (0, "")
    assert again
    assert not set(again) & set(answered)
    assert json.loads(done.stdout)["usage"]["reused_answers"] == len(answered) > 0


def test_a_signal_while_connecting(preloaded: Preloaded, command: list[str], deaf: str) -> None:
    waiting = connecting(deaf)
    run = preloaded.start([*command, deaf], **SETTINGS)
    until(lambda: connecting(deaf) > waiting)
    run.signal(signal.SIGINT)
    assert end(run) == (130, "", ["Interrupted.", KEPT])
    until(lambda: connecting(deaf) <= waiting)


def connecting(base_url: str) -> int:
    """How many connections to that port wait for the other side's greeting."""
    port = f":{urlsplit(base_url).port:04X}"
    lines = [line.split() for line in Path("/proc/net/tcp").read_text().splitlines()[1:]]
    return sum(line[2].endswith(port) and line[3] == "02" for line in lines)


@pytest.mark.parametrize(
    ("cache", "hint"),
    [
        ("0", "nothing was kept (--no-cache, SUMMARIZER_CACHE): the same command begins anew"),
        ("1", "nothing could be kept in {}: the same command begins anew"),
    ],
)
def test_without_a_store_the_command_does_not_promise_to_go_on(
    preloaded: Preloaded, command: list[str], tmp_path: Path, cache: str, hint: str
) -> None:
    folder = tmp_path / "kept"
    folder.write_text("a file in the place of the folder")
    with Stuck(HANG) as model:
        run = preloaded.start([*command, model.base_url], **{**SETTINGS, "SUMMARIZER_CACHE": cache})
        assert model.stuck.wait(60)
        run.signal(signal.SIGINT)
        assert end(run) == (130, "", ["Interrupted.", f"  hint: {hint.format(folder)}"])


def test_a_second_signal_ends_at_once_what_does_not_end_by_itself() -> None:
    """A coroutine that does not let itself be cancelled, and a grace that would be long."""
    code = """
import asyncio
from summarizer.cli import interrupt
from summarizer.cli.exits import reporting

interrupt.GRACE = 600

async def work():
    while True:
        print("ready", flush=True)
        try:
            await asyncio.sleep(600)
        except asyncio.CancelledError:
            print("refused", flush=True)

with reporting(verbose=False):
    interrupt.run_interruptibly(work(), resume=lambda: "as before")
"""
    pipes: dict[str, Any] = {"stdout": subprocess.PIPE, "stderr": subprocess.PIPE, "text": True}
    with subprocess.Popen([sys.executable, "-c", code], **pipes) as process:
        assert process.stdout
        try:
            assert process.stdout.readline() == "ready\n"
            process.send_signal(signal.SIGINT)
            assert process.stdout.readline() == "refused\n"
            process.send_signal(signal.SIGINT)
            _, errors = process.communicate(timeout=SOON)
        finally:
            process.kill()
    assert (process.returncode, errors) == (130, "Interrupted.\n  hint: as before\n")


@pytest.mark.model
@pytest.mark.parametrize("number", [signal.SIGINT, signal.SIGTERM])
def test_the_command_ends_soon_in_the_middle_of_the_real_models_work(tmp_path: Path, number: signal.Signals) -> None:
    """llama.cpp cannot break off a batch, and xllamacpp waits for it: nobody may wait for both."""
    article = tmp_path / "flood.md"
    article.write_text(" ".join(TEXT.format(name) for name in ("Dunmoor", "Tarn", "Hale", "Bray")))
    run = subprocess.Popen(
        [sys.executable, "-m", "summarizer", "story", str(article), "--no-cache", "--verbose"],
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        text=True,
    )
    time.sleep(10)  # the weights are read after about two seconds; the story takes half a minute
    begun = time.monotonic()
    run.send_signal(number)
    stdout, stderr = run.communicate(timeout=60)
    took = time.monotonic() - begun
    assert (run.returncode, stdout) == (128 + number, "")
    assert "Traceback" not in stderr
    assert took < 2, f"{took:.1f} s"  # the promise is one; this much is left to a busy machine
