"""Answers that were paid for: found again, by nothing but what was asked, through kills, damage and crowds."""

import asyncio
import itertools
import json
import os
import signal
import sqlite3
import stat
import subprocess
import sys
from collections import Counter
from collections.abc import Callable
from pathlib import Path
from typing import Any
from uuid import uuid4

import pytest
from pydantic import BaseModel, Field, SecretStr, create_model, field_validator
from support.fake_model import SyntheticModel
from support.scripted_server import ScriptedServer, synthetic_completion, synthetic_error
from typer.testing import CliRunner, Result

from summarizer import Article, Summarizer
from summarizer.cli.app import app
from summarizer.errors import ReplyError
from summarizer.model import Endpoint, Meter, open_model
from summarizer.model.client import Model
from summarizer.model.store import ROW, AnswerStore
from summarizer.progress import Silent
from summarizer.render.common import run_words
from summarizer.schemas import Provenance, Usage
from summarizer.settings import Settings

KEY = "sk-planted-fedcba9876543210"
QUESTION = [
    {"role": "system", "content": "Count."},
    {"role": "user", "content": "Nine goats crossed the Orlow bridge."},
]
FILE = "answers.sqlite3"


class Count(BaseModel):
    """A counted thing."""

    number: int = Field(ge=0)
    kind: str = "goats"


NINE = synthetic_completion('{"number": 9,  "kind": "goats"}', prompt_tokens=40, cached_tokens=30, output_tokens=8)
TEN = synthetic_completion('{"number": 10, "kind": "goats"}')


class Notes(Silent):
    """Keeps what is told."""

    def __init__(self) -> None:
        self.notes: list[str] = []

    def note(self, text: str) -> None:
        self.notes.append(text)


@pytest.fixture
def notes() -> Notes:
    return Notes()


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    return tmp_path / "kept" / "here"


def store(folder: Path, notes: Notes | None = None, limit: int = 10**9) -> AnswerStore:
    return AnswerStore(folder, limit, notes or Notes())


def put(kept: AnswerStore, name: str, reply: str = '{"number": 9}') -> None:
    kept.put(name.encode(), reply, task="extract", cost=Usage(calls=1, prompt_tokens=40, output_tokens=8, seconds=0.5))


def ask(
    folder: Path,
    base_url: str,
    notes: Notes | None = None,
    *,
    messages: list[dict[str, str]] = QUESTION,
    schema: type[BaseModel] = Count,
    max_tokens: int = 50,
    times: int = 1,
    **settings: Any,
) -> tuple[BaseModel, Usage]:
    """Open the model, put the question, close the model: what a run of its own would do."""

    async def run() -> tuple[BaseModel, Usage]:
        meter = Meter()
        resolved = Settings(
            **{"base_url": base_url, "api_key": SecretStr(KEY), "model": "m", "cache_dir": folder, **settings}
        )
        async with open_model(resolved, notes or Silent()) as model:
            for _ in range(times):
                answer = await model.ask(messages, schema, meter=meter, max_tokens=max_tokens, task="extract")
        return answer, meter.usage

    return asyncio.run(run())


# --- found again ---


@pytest.mark.parametrize("mode", ["json_schema", "json", "tools"])
def test_an_answer_is_paid_for_once(play: Callable[..., ScriptedServer], folder: Path, mode: str) -> None:
    call = {"id": "c", "type": "function", "function": {"name": "Count", "arguments": '{"number": 9}'}}
    server = play(synthetic_completion(None, tool_calls=[call]) if mode == "tools" else NINE)
    first, paid = ask(folder, server.base_url, mode=mode)
    second, usage = ask(folder, server.base_url, mode=mode)
    assert len(server.requests) == 1
    assert second == first == Count(number=9)
    assert type(second) is Count
    assert (usage.calls, usage.prompt_tokens, usage.output_tokens, usage.seconds) == (0, 0, 0, 0)
    assert (usage.reused_answers, usage.reused_calls) == (1, 1)
    assert (usage.reused_prompt_tokens, usage.reused_output_tokens) == (paid.prompt_tokens, paid.output_tokens)
    assert usage.reused_seconds == paid.seconds > 0
    assert paid.reused_answers == 0


def test_what_re_asks_and_repeats_cost_is_part_of_the_price(
    play: Callable[..., ScriptedServer], folder: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    async def at_once(seconds: float) -> None:
        return None

    monkeypatch.setattr("summarizer.model.retry.pause", at_once)
    server = play(synthetic_error(503), synthetic_completion('{"number": -1}'), NINE)
    _, paid = ask(folder, server.base_url)
    _, usage = ask(folder, server.base_url)
    assert (paid.calls, paid.failed_calls, paid.retries, paid.reasks) == (3, 2, 1, 1)
    assert (usage.reused_answers, usage.reused_calls) == (1, 3)
    assert (usage.reused_prompt_tokens, usage.reused_output_tokens) == (50, 13)


def test_the_price_of_one_answer_is_not_that_of_its_neighbours(
    play: Callable[..., ScriptedServer], folder: Path
) -> None:
    """Several questions side by side on one meter."""
    server = play(*[NINE] * 4)
    settings = Settings(base_url=server.base_url, model="m", cache_dir=folder, concurrency=4)

    async def run() -> Usage:
        meter = Meter()
        async with open_model(settings, Silent()) as model:
            asked = [
                model.ask([{"role": "user", "content": f"Goat {i}?"}], Count, meter=meter, max_tokens=50)
                for i in range(4)
            ]
            await asyncio.gather(*asked)
        return meter.usage

    paid, usage = asyncio.run(run()), asyncio.run(run())
    assert (paid.calls, paid.prompt_tokens) == (4, 160)
    assert (usage.calls, usage.reused_answers, usage.reused_calls, usage.reused_prompt_tokens) == (0, 4, 4, 160)


def test_the_same_question_within_one_run_is_asked_once(play: Callable[..., ScriptedServer], folder: Path) -> None:
    server = play(NINE)
    _, usage = ask(folder, server.base_url, times=3)
    assert (usage.calls, usage.reused_answers, len(server.requests)) == (1, 2, 1)


Backwards = create_model("Count", __doc__="A counted thing.", kind=(str, "goats"), number=(int, Field(ge=0)))
Described = create_model("Count", __doc__="A counted flock.", number=(int, Field(ge=0)), kind=(str, "goats"))
SAME: dict[str, Any] = {}
OTHERS: dict[str, dict[str, Any]] = {
    "model": {"model": "another"},
    "path of the server": {"path": "/team/v1"},
    "text": {"messages": [QUESTION[0], {"role": "user", "content": "Nine goats crossed the Orlow bridge!"}]},
    "prompt": {"messages": [{"role": "system", "content": "Count well."}, QUESTION[1]]},
    "role": {"messages": [{**QUESTION[0], "role": "user"}, QUESTION[1]]},
    "one message more": {"messages": [*QUESTION, {"role": "user", "content": "Well?"}]},
    "schema": {"schema": Described},
    "order of the fields": {"schema": Backwards},
    "max_tokens": {"max_tokens": 51},
    "temperature": {"temperature": 0.1},
    "mode": {"mode": "json"},
}


@pytest.mark.parametrize("other", OTHERS.values(), ids=OTHERS.keys())
def test_anything_that_shapes_an_answer_makes_a_new_call(
    play: Callable[..., ScriptedServer], folder: Path, other: dict[str, Any]
) -> None:
    server = play(NINE, TEN)

    def both(changes: dict[str, Any]) -> tuple[BaseModel, Usage]:
        changes = dict(changes)
        return ask(folder, server.base_url.replace("/v1", changes.pop("path", "/v1")), **changes)

    both(SAME)
    answer, usage = both(other)
    assert (usage.calls, usage.reused_answers) == (1, 0)
    assert answer.model_dump()["number"] == 10
    for changes, number in ((SAME, 9), (other, 10)):  # both are kept, side by side
        answer, usage = both(changes)
        assert (answer.model_dump()["number"], usage.calls) == (number, 0)


def test_another_server_is_asked_for_itself(play: Callable[..., ScriptedServer], folder: Path) -> None:
    one, other = play(NINE), play(TEN)
    assert ask(folder, one.base_url)[0] == Count(number=9)
    assert ask(folder, other.base_url)[0] == Count(number=10)


@pytest.mark.parametrize(
    "unrelated",
    [
        {"api_key": SecretStr("sk-another-000000000")},
        {"timeout": 7.0},
        {"concurrency": 2},
        {"reasks": 3},
        {"language": "de"},
    ],
    ids=lambda changes: next(iter(changes)),
)
def test_what_does_not_shape_an_answer_makes_none(
    play: Callable[..., ScriptedServer], folder: Path, unrelated: dict[str, Any]
) -> None:
    server = play(NINE)
    ask(folder, server.base_url)
    assert ask(folder, server.base_url, **unrelated)[1].reused_answers == 1


@pytest.mark.parametrize(
    ("one", "other", "same"),
    [
        ("https://models.example.org/v1", "https://MODELS.example.org:443/v1/", True),
        ("https://reader:hush-hush@models.example.org/v1?k=v", "https://models.example.org/v1", True),
        ("https://models.example.org/v1", "http://models.example.org/v1", False),
        ("http://localhost:8000/v1", "http://localhost:8001/v1", False),
    ],
)
def test_a_server_is_its_host_port_and_path(one: str, other: str, same: bool) -> None:
    servers = [Endpoint(address, "k", "m", "x").server for address in (one, other)]
    assert (servers[0] == servers[1]) == same
    assert "hush" not in servers[0]


def test_the_embedded_model_is_known_by_its_weights_not_by_its_port(
    play: Callable[..., ScriptedServer], folder: Path
) -> None:
    servers = [play(NINE), play(TEN), play(TEN)]

    async def run(number: int, weights: str) -> Count:
        endpoint = Endpoint(servers[number].base_url, f"random-{number}", "small", "embedded", weights)
        with store(folder) as kept:
            model = Model(Settings(), endpoint, kept)
            answer = await model.ask(QUESTION, Count, meter=Meter(), max_tokens=50)
            await model.aclose()
        return answer

    answers = [asyncio.run(run(0, "a.gguf 1")), asyncio.run(run(1, "a.gguf 1")), asyncio.run(run(2, "a.gguf 2"))]
    assert [answer.number for answer in answers] == [9, 9, 10]
    assert [len(server.requests) for server in servers] == [1, 0, 1]


def test_an_answer_that_no_longer_fits_is_asked_for_anew_and_replaced(
    play: Callable[..., ScriptedServer], folder: Path
) -> None:
    class Strict(Count):
        """A counted thing."""

        @field_validator("number")
        @classmethod
        def _even(cls, number: int) -> int:
            if number % 2:
                raise ValueError("goats come in pairs")
            return number

    Strict.__name__ = "Count"
    server = play(NINE, TEN)
    loose, strict = ({"title": "Count", "schema": Count}, {"title": "Count", "schema": Strict})
    assert loose["schema"].model_json_schema()["properties"] == strict["schema"].model_json_schema()["properties"]
    Strict.model_config["title"] = "Count"
    Strict.model_rebuild(force=True)
    assert Strict.model_json_schema() == Count.model_json_schema()
    ask(folder, server.base_url)
    assert ask(folder, server.base_url, schema=Strict)[0].model_dump()["number"] == 10
    assert len(server.requests) == 2
    assert ask(folder, server.base_url, schema=Strict)[1].reused_answers == 1
    assert ask(folder, server.base_url)[0] == Count(number=10)
    assert len(server.requests) == 2


def test_a_schema_that_adds_something_random_gives_the_same_answer_again(
    play: Callable[..., ScriptedServer], folder: Path
) -> None:
    class Marked(BaseModel):
        number: int = Field(alias="howMany")
        mark: str = Field(default_factory=lambda: uuid4().hex)

    server = play(synthetic_completion('{"howMany": 3}'))
    first, _ = ask(folder, server.base_url, schema=Marked)
    second, _ = ask(folder, server.base_url, schema=Marked)
    assert first == second


def test_replies_of_no_use_are_not_kept(play: Callable[..., ScriptedServer], folder: Path) -> None:
    bad = synthetic_completion('{"number": -1}')
    cut = synthetic_completion('{"number": 9}', finish_reason="length")
    server = play(bad, bad, cut, NINE)
    for _ in range(2):
        with pytest.raises(ReplyError):
            ask(folder, server.base_url)
    assert ask(folder, server.base_url)[1].calls == 1


def test_without_a_cache_everything_is_asked_and_nothing_kept(
    play: Callable[..., ScriptedServer], folder: Path
) -> None:
    server = play(NINE, TEN)
    assert ask(folder, server.base_url, cache=False)[0] == Count(number=9)
    assert ask(folder, server.base_url, cache=False)[0] == Count(number=10)
    assert not folder.exists()


@pytest.mark.parametrize(("value", "used"), [("0", False), ("off", False), ("false", False), ("1", True), ("on", True)])
def test_the_environment_switches_it(value: str, used: bool) -> None:
    assert Settings.resolve({"SUMMARIZER_CACHE": value}).cache is used


def test_it_is_on_unless_told_otherwise() -> None:
    assert Settings.resolve({}).cache is True
    assert Settings.resolve({"SUMMARIZER_CACHE_BYTES": "1000"}).cache_bytes == 1000


# --- killed ---

TEXTS = {
    "mill": "The weir at Dunmoor broke at 05:10 today. The flood took away 4 barns. Another 12 people were injured.",
    "lock": "The flood took away 6 barns, the parish said. The ministry confirmed the flood. Some 300 sheep were lost.",
    "quay": "Crews looked for 2 missing boatmen. Neighbours of the upper lock brought ropes and lamps to the bank.",
}


@pytest.fixture(scope="module")
def articles(tmp_path_factory: pytest.TempPathFactory) -> list[str]:
    paths = []
    for name, text in TEXTS.items():
        path = tmp_path_factory.mktemp("flood") / f"{name}.md"
        path.write_text(f"---\ntitle: The flood, by the {name}\npublished: 2033-02-06\nlanguage: en\n---\n{text}\n")
        paths.append(str(path))
    return paths


def summarizer(server: ScriptedServer, articles: list[str], *options: str, concurrency: int = 1) -> list[str]:
    """The command that reads the articles, for a process of its own."""
    command = ["env", "SUMMARIZER_CACHE=1", f"OPENAI_API_KEY={KEY}", "SUMMARIZER_WINDOW=1"]
    command += [f"SUMMARIZER_CONCURRENCY={concurrency}", sys.executable, "-m", "summarizer", "story", *articles]
    return [*command, "--base-url", server.base_url, "--model", "m", "--format", "json", "--quiet", *options]


def story(server: ScriptedServer, articles: list[str], *options: str, concurrency: int = 1) -> Any:
    command = summarizer(server, articles, *options, concurrency=concurrency)
    done = subprocess.run(command, capture_output=True, timeout=120, check=True)
    return json.loads(done.stdout)


def bodies(server: ScriptedServer) -> list[str]:
    """What was asked, without requests that a kill cut short."""
    return [json.dumps(request.body, sort_keys=True) for request in server.requests if isinstance(request.body, dict)]


@pytest.fixture(scope="module")
def untroubled(articles: list[str]) -> tuple[Any, list[str]]:
    """The story of a run that nobody kills, and what it asks."""
    with SyntheticModel() as model:
        return story(model, articles, "--no-cache"), bodies(model)


@pytest.mark.parametrize(("part", "concurrency"), [(0.5, 1), (1, 1), (0.4, 3)])
def test_a_killed_run_makes_only_the_missing_calls_when_it_is_started_again(
    articles: list[str], untroubled: tuple[Any, list[str]], folder: Path, part: float, concurrency: int
) -> None:
    whole, needed_bodies = untroubled
    needed = len(needed_bodies)
    assert needed == len(set(needed_bodies)) > 10
    stop_at = round(needed * part)
    with SyntheticModel(stop_at=stop_at) as model:
        command = summarizer(model, articles, "--cache-dir", str(folder), concurrency=concurrency)
        with subprocess.Popen(command, stdout=subprocess.DEVNULL) as killed:
            assert model.seen.wait(60)
            killed.send_signal(signal.SIGKILL)
        assert killed.returncode == -signal.SIGKILL
        model.go_on.set()
        resumed = story(model, articles, "--cache-dir", str(folder), concurrency=concurrency)
    asked = Counter(bodies(model))
    assert asked.keys() == set(needed_bodies)
    in_flight = len(model.requests) - needed
    assert 1 <= in_flight <= concurrency
    assert max(asked.values()) <= 2
    usage = resumed.pop("usage")
    assert usage["reused_calls"] >= stop_at - concurrency
    assert usage["calls"] + usage["reused_calls"] == needed
    assert resumed == {name: value for name, value in whole.items() if name != "usage"}


KILLED = """
import hashlib, itertools, sys
from pathlib import Path
from summarizer.model.store import AnswerStore
from summarizer.progress import Silent
from summarizer.schemas import Usage

kept = AnswerStore(Path(sys.argv[1]), 10**9, Silent())
for number in itertools.count():
    kept.put(f"{sys.argv[2]} {number}".encode(), "[" + "1, " * (number % 3000) + "1]", task="t", cost=Usage(calls=1))
    print(number, flush=True)
    if number + 1 == int(sys.argv[3]):
        break
"""


def putting(folder: Path, name: str, count: int = 0) -> "subprocess.Popen[str]":
    """A process that puts answers, telling each that it has put."""
    return subprocess.Popen(
        [sys.executable, "-c", KILLED, str(folder), name, str(count)], stdout=subprocess.PIPE, text=True
    )


def intact(folder: Path) -> bool:
    with sqlite3.connect(folder / FILE) as db:
        [(verdict,)] = db.execute("PRAGMA integrity_check").fetchall()
        [told] = db.execute("SELECT entries, bytes FROM totals").fetchall()
        [real] = db.execute("SELECT count(*), total(bytes) FROM answers").fetchall()
    db.close()
    return bool(verdict == "ok" and told == real)


@pytest.mark.parametrize("lines", [1, 40, 700])
def test_no_answer_that_was_put_is_lost_by_a_kill(folder: Path, lines: int, notes: Notes) -> None:
    with putting(folder, "a") as process:
        assert process.stdout
        for _ in itertools.islice(process.stdout, lines):
            pass
        process.kill()
        told = lines + len(process.stdout.read().splitlines())
    with store(folder, notes) as kept:
        found = [kept.get(f"a {number}".encode()) is not None for number in range(told)]
    assert all(found)
    assert intact(folder)
    assert notes.notes == []


def test_many_processes_share_one_store(folder: Path, notes: Notes) -> None:
    """They make it at the same moment, and two of them write the same keys."""
    processes = [putting(folder, name, 250) for name in ("a", "b", "c", "c")]
    for process in processes:
        process.communicate(timeout=120)
    assert [process.returncode for process in processes] == [0, 0, 0, 0]
    with store(folder, notes) as kept:
        held = kept.holding()
        assert held
        assert held.entries == 750
        assert all(kept.get(f"{name} {number}".encode()) for name in "abc" for number in range(250))
    assert intact(folder)
    assert notes.notes == []


# --- damaged, unwritable, full, locked, deleted ---


def filled(folder: Path, count: int = 400) -> Path:
    """A store of some hundred kB, closed."""
    with store(folder) as kept:
        for number in range(count):
            put(kept, f"a {number}", json.dumps({"number": number, "kind": "x" * 500}))
    return folder / FILE


def scribble(path: Path, start: int, length: int) -> None:
    with path.open("r+b") as file:
        file.seek(start)
        file.write(b"\xa5" * length)


def other_version(path: Path) -> None:
    with sqlite3.connect(path) as db:
        db.execute("PRAGMA user_version = 99")
    db.close()


def foreign(path: Path) -> None:
    path.unlink()
    with sqlite3.connect(path) as db:
        db.execute("CREATE TABLE somebody (elses TEXT)")
    db.close()


DAMAGES: dict[str, Callable[[Path], object]] = {
    "no database": lambda path: path.write_text("not what it was"),
    "header": lambda path: scribble(path, 0, 100),
    "pages": lambda path: scribble(path, 8192, path.stat().st_size - 8192),
    "cut in the first page": lambda path: os.truncate(path, 700),
    "cut after the first pages": lambda path: os.truncate(path, 8192),
    "cut within a page": lambda path: os.truncate(path, 20_000),
    "cut to half": lambda path: os.truncate(path, path.stat().st_size // 8192 * 4096),
    "another version": other_version,
    "another program's": foreign,
}


@pytest.mark.parametrize("damage", DAMAGES.values(), ids=DAMAGES.keys())
def test_a_damaged_file_is_set_aside_and_the_run_goes_on(
    play: Callable[..., ScriptedServer], folder: Path, notes: Notes, damage: Callable[[Path], object]
) -> None:
    damage(filled(folder))
    with store(folder, notes) as kept:
        for number in range(400):  # until the damage is met
            kept.get(f"a {number}".encode())
    server = play(NINE)
    answer, usage = ask(folder, server.base_url, notes)
    assert (answer, usage.calls) == (Count(number=9), 1)
    assert ask(folder, server.base_url, notes)[1].reused_answers == 1
    assert len(notes.notes) == 1
    assert "set aside as answers.damaged-1.sqlite3" in notes.notes[0]
    assert (folder / "answers.damaged-1.sqlite3").exists()
    assert intact(folder)


def test_an_empty_file_is_a_new_one(folder: Path, notes: Notes) -> None:
    os.truncate(filled(folder), 0)
    with store(folder, notes) as kept:
        put(kept, "b")
        assert kept.get(b"b")
    assert notes.notes == []


@pytest.mark.parametrize("change", ["reply = NULL", "calls = -4", "output_tokens = 'many'", "reply = x'ff'"])
def test_an_impossible_row_is_damage_too(folder: Path, notes: Notes, change: str) -> None:
    path = filled(folder, 3)
    with sqlite3.connect(path) as db:
        db.execute("PRAGMA writable_schema = ON")
        db.execute("UPDATE sqlite_master SET sql = replace(sql, 'reply TEXT NOT NULL', 'reply TEXT')")
    db.close()
    with sqlite3.connect(path) as db:
        db.execute(f"UPDATE answers SET {change}")
    db.close()
    with store(folder, notes) as kept:
        assert kept.get(b"a 1") is None
        put(kept, "a 1")
        assert kept.get(b"a 1")
    assert len(notes.notes) == 1


def test_files_set_aside_do_not_take_each_others_names(folder: Path, notes: Notes) -> None:
    for count in (1, 2, 3):
        filled(folder, 3).write_text(f"damage {count}")
        with store(folder, notes):
            pass
    assert [(folder / f"answers.damaged-{count}.sqlite3").read_text() for count in (1, 2, 3)] == [
        "damage 1",
        "damage 2",
        "damage 3",
    ]


def test_a_good_file_is_not_set_aside_for_the_damage_of_the_one_before(folder: Path, notes: Notes) -> None:
    """Two processes have the damaged file open; both meet the damage, one after the other."""
    path = filled(folder, 8000)  # more than a connection keeps in memory
    early, late = Notes(), Notes()
    with store(folder, early) as one:
        scribble(path, 8192, path.stat().st_size - 8192)
        with store(folder, late) as other:
            assert other.get(b"a 7777") is None
            assert (folder / "answers.damaged-1.sqlite3-wal").exists()  # the one that the first still has open
            put(other, "new")
            assert one.get(b"a 7777") is None
            assert one.get(b"new")
            put(one, "newer")
            assert other.get(b"newer")
    assert (len(late.notes), len(early.notes)) == (1, 0)
    assert sorted(folder.glob("answers*.sqlite3")) == [folder / "answers.damaged-1.sqlite3", path]


def test_what_is_put_after_the_file_was_deleted_is_kept(folder: Path, notes: Notes) -> None:
    with store(folder, notes) as kept:
        put(kept, "a")
        for path in folder.iterdir():
            path.unlink()
        put(kept, "b")
    with store(folder, notes) as kept:
        assert kept.get(b"b")
    assert notes.notes == []


def below_a_file(folder: Path) -> None:
    folder.parent.parent.mkdir(exist_ok=True)
    folder.parent.write_text("in the way")


def a_directory_in_its_place(folder: Path) -> None:
    (folder / FILE).mkdir(parents=True)


def read_only(folder: Path) -> None:
    folder.mkdir(parents=True)
    folder.chmod(0o500)
    if os.access(folder, os.W_OK):
        pytest.skip("this user may write anywhere")


@pytest.mark.parametrize("obstacle", [below_a_file, a_directory_in_its_place, read_only])
def test_where_nothing_can_be_written_the_run_goes_on_without(
    play: Callable[..., ScriptedServer], folder: Path, notes: Notes, obstacle: Callable[[Path], None]
) -> None:
    obstacle(folder)
    server = play(NINE, TEN)
    messages = [[{"role": "user", "content": text}] for text in ("One?", "Two?")]

    async def run() -> list[int]:
        settings = Settings(base_url=server.base_url, model="m", cache_dir=folder)
        async with open_model(settings, notes) as model:
            return [(await model.ask(asked, Count, meter=Meter(), max_tokens=50)).number for asked in messages]

    assert asyncio.run(run()) == [9, 10]
    [note] = notes.notes
    assert "not kept" in note
    assert "--no-cache" in note


def test_a_full_disk_ends_the_keeping_and_nothing_else(folder: Path) -> None:
    """A bound on the size of files stands in for it; in a process of its own."""
    code = """
import resource, signal, sys
from pathlib import Path
from summarizer.model.store import AnswerStore
from summarizer.progress import Silent
from summarizer.schemas import Usage

class Notes(Silent):
    def note(self, text):
        print("note", text)

kept = AnswerStore(Path(sys.argv[1]), 10**9, Notes())
kept.put(b"first", "1", task="t", cost=Usage())
signal.signal(signal.SIGXFSZ, signal.SIG_IGN)
resource.setrlimit(resource.RLIMIT_FSIZE, (300_000, resource.RLIM_INFINITY))
for number in range(1000):
    kept.put(f"k{number}".encode(), "2" * 1000, task="t", cost=Usage())
kept.close()
print("done")
"""
    done = subprocess.run(
        [sys.executable, "-c", code, str(folder)], capture_output=True, text=True, timeout=60, check=True
    )
    first, *rest = done.stdout.splitlines()
    assert first.startswith("note Answers are not kept")
    assert rest == ["done"]
    with store(folder) as kept:
        assert kept.get(b"first")
    assert intact(folder)


def test_a_process_that_holds_the_file_does_not_stop_the_run(
    folder: Path, notes: Notes, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("summarizer.model.store_file.PATIENCE", 0.05)
    filled(folder, 3)
    with store(folder, notes) as kept:
        holder = sqlite3.connect(folder / FILE, isolation_level=None)
        holder.execute("BEGIN IMMEDIATE")
        assert kept.get(b"a 1")  # though its last use cannot be noted
        assert notes.notes == []
        put(kept, "b")
        holder.execute("ROLLBACK")
        holder.close()
        assert kept.get(b"a 1") is None
    assert len(notes.notes) == 1
    with store(folder, notes) as kept:
        assert kept.get(b"a 1")


def test_any_number_of_tokens_that_a_server_reports_can_be_kept(
    play: Callable[..., ScriptedServer], folder: Path
) -> None:
    server = play(synthetic_completion('{"number": 9}', prompt_tokens=10**30, output_tokens=10**30))
    ask(folder, server.base_url)
    assert ask(folder, server.base_url)[1].reused_answers == 1


# --- bound ---


def test_the_least_recently_used_go_first(folder: Path) -> None:
    reply = '{"number": 9}'
    with store(folder, limit=3 * (len(reply) + ROW)) as kept:
        for name in ("a", "b", "c"):
            put(kept, name, reply)
        assert kept.get(b"a")
        put(kept, "d", reply)
        assert [name for name in "abcd" if kept.get(name.encode())] == ["a", "c", "d"]
        put(kept, "a", reply)  # in the place of the older one: nobody has to go
        assert [name for name in "acd" if kept.get(name.encode())] == ["a", "c", "d"]


def test_the_bound_is_kept_at_all_times_and_when_it_is_lowered(folder: Path) -> None:
    sizes = [17, 3000, 150, 40_000, 1]
    with store(folder, limit=100_000) as kept:
        for number, size in enumerate(sizes * 40):
            put(kept, str(number), "1" * size)
            held = kept.holding()
            assert held
            assert held.bytes <= 100_000
        assert kept.get(b"199")
    with store(folder, limit=5_000) as kept:
        put(kept, "last", "1" * 100)
        held = kept.holding()
        assert held
        assert 0 < held.bytes <= 5_000
        assert kept.get(b"last")
    assert intact(folder)


def test_an_answer_above_the_bound_drives_out_no_other(folder: Path) -> None:
    with store(folder, limit=1000) as kept:
        put(kept, "a")
        put(kept, "b", "1" * 1000)
        assert kept.get(b"a")
        assert kept.get(b"b") is None


def test_the_file_stays_about_as_large_as_the_bound(folder: Path) -> None:
    with store(folder, limit=300_000) as kept:
        for number in range(3000):
            put(kept, str(number), "1" * 800)
    assert (folder / FILE).stat().st_size < 450_000


# --- private ---


def test_no_key_and_no_question_is_in_the_files(play: Callable[..., ScriptedServer], folder: Path) -> None:
    address = play(NINE, synthetic_completion(json.dumps({"number": 1, "kind": KEY}))).base_url
    asked = address.replace("http://", "http://reader:hush-hush@")
    with store(folder):  # keeps the journal from being folded into the file and deleted
        for text in ("Nine goats crossed the Orlow bridge.", "What is your key?"):
            ask(folder, asked, messages=[{"role": "user", "content": text}])
        found = b"".join(path.read_bytes() for path in folder.iterdir())
    assert b'"goats"' in found
    assert [word for word in (KEY, "hush-hush", "Orlow", "127.0.0.1") if word.encode() in found] == []


def test_a_reply_that_repeats_the_key_is_not_kept_and_a_placeholder_is_no_key(
    play: Callable[..., ScriptedServer], folder: Path
) -> None:
    escaped = "".join(f"\\u{ord(letter):04x}" for letter in KEY)
    for kind in (KEY, escaped):
        reply = synthetic_completion(f'{{"number": 1, "kind": "{kind}"}}')
        server = play(reply, reply)
        assert [ask(folder, server.base_url)[1].calls for _ in range(2)] == [1, 1]
    server = play(NINE)
    assert [ask(folder, server.base_url, api_key=SecretStr("goat"))[1].calls for _ in range(2)] == [1, 0]


def test_only_the_user_may_read_it(folder: Path) -> None:
    with store(folder) as kept:
        put(kept, "a")
        modes = {path.name: stat.S_IMODE(path.stat().st_mode) for path in folder.iterdir()}
    assert stat.S_IMODE(folder.stat().st_mode) == 0o700
    assert {FILE, f"{FILE}-wal"} <= modes.keys()
    assert set(modes.values()) == {0o600}


def test_a_folder_that_was_there_keeps_its_rights(folder: Path) -> None:
    folder.mkdir(parents=True, mode=0o755)
    folder.chmod(0o755)
    with store(folder):
        pass
    assert stat.S_IMODE(folder.stat().st_mode) == 0o755


# --- the command line, and what a reader is told ---


def run(*arguments: str) -> Result:
    return CliRunner().invoke(app, list(arguments))


def test_info_and_clear(folder: Path) -> None:
    for name in ("answers.damaged-1.sqlite3", "answers.damaged-1.sqlite3-wal"):
        filled(folder, 3).with_name(name).write_text("an old one")
    info = run("cache", "info", "--cache-dir", str(folder))
    assert info.exit_code == 0
    lines = {line.split()[0]: line.split(maxsplit=1)[1] for line in info.stdout.splitlines()}
    assert lines["answers"].startswith("3, 2.1 kB (")
    assert lines["folder"] == str(folder)
    assert lines["paid"] == "for  3 calls, 120 tokens in, 24 out, 2 s"
    cleared = run("cache", "clear", "--cache-dir", str(folder))
    assert (cleared.exit_code, cleared.stdout) == (0, "3 answers deleted, 2.1 kB\n")
    assert b"xxxx" not in b"".join(path.read_bytes() for path in folder.iterdir())
    assert [path.name for path in folder.iterdir() if "damaged" in path.name] == []
    again = run("cache", "clear", "--cache-dir", str(folder))
    assert (again.exit_code, again.stdout) == (0, "0 answers deleted, 0 bytes\n")
    assert "answers   0, 0 bytes" in run("cache", "info", "--cache-dir", str(folder)).stdout


def test_clearing_gives_the_room_back(folder: Path) -> None:
    path = filled(folder)
    assert path.stat().st_size > 200_000
    run("cache", "clear", "--cache-dir", str(folder))
    assert sum(file.stat().st_size for file in folder.iterdir()) < 50_000


def test_info_and_clear_make_nothing_where_nothing_is(folder: Path) -> None:
    assert run("cache", "info", "--cache-dir", str(folder)).stdout.startswith("answers   0, 0 bytes (")
    assert run("cache", "clear", "--cache-dir", str(folder)).stdout == "0 answers deleted, 0 bytes\n"
    assert not folder.exists()


def test_info_of_a_damaged_file_says_so_on_stderr(folder: Path) -> None:
    filled(folder, 3).write_text("damage")
    done = run("cache", "info", "--cache-dir", str(folder))
    assert (done.exit_code, done.stdout.startswith("answers   0")) == (0, True)
    assert "answers.damaged-1.sqlite3" in done.stderr


def test_info_of_a_file_that_cannot_be_used_is_2(folder: Path) -> None:
    a_directory_in_its_place(folder)
    done = run("cache", "info", "--cache-dir", str(folder))
    assert (done.exit_code, done.stdout) == (2, "")
    assert "cannot be used" in done.stderr


def test_clearing_leaves_a_run_under_way_able_to_keep(folder: Path, notes: Notes) -> None:
    with store(folder, notes) as kept:
        put(kept, "a")
        assert run("cache", "clear", "--cache-dir", str(folder)).stdout.startswith("1 answer deleted")
        assert kept.get(b"a") is None
        put(kept, "b")
    with store(folder, notes) as kept:
        assert kept.get(b"b")
    assert notes.notes == []


def test_no_cache_asks_for_all_of_it_again(articles: list[str], folder: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.delenv("SUMMARIZER_CACHE")
    counts = []
    with SyntheticModel() as model:
        options = [*articles, "--base-url", model.base_url, "--model", "m", "--cache-dir", str(folder)]
        for more in ([], [], ["--no-cache"]):
            assert run("story", *options, *more).exit_code == 0
            counts.append(len(model.requests))
        needed = counts[0]
        assert counts == [needed, needed, 2 * needed]
        summaries = str(folder / "s.json")
        run("summarize", *options, "-f", "json", "-o", summaries)
        assert len(model.requests) == 2 * needed
        merge = ["merge", summaries, "--adjudicate", *options[len(articles) :]]
        assert run(*merge).exit_code == 0
        assert len(model.requests) == 2 * needed
        assert run(*merge, "--no-cache").exit_code == 0
        assert len(model.requests) > 2 * needed


def test_the_cost_of_a_claim_does_not_depend_on_the_cache(folder: Path) -> None:
    articles = [Article.from_text(text, id=name, title=f"By the {name}", language="en") for name, text in TEXTS.items()]

    async def read(model: SyntheticModel) -> Usage:
        settings = Settings(base_url=model.base_url, model="m", cache_dir=folder)
        async with Summarizer(settings) as reader:
            return (await reader.story(articles)).usage

    with SyntheticModel() as model:
        paid, reused = asyncio.run(read(model)), asyncio.run(read(model))
    assert paid.calls == len(model.requests)
    assert reused.calls == 0
    assert reused.reused_answers == paid.calls
    assert (reused.reused_prompt_tokens, reused.reused_output_tokens) == (model.prompt_tokens, model.output_tokens)
    assert reused.output_tokens_per_verified_claim == paid.output_tokens_per_verified_claim


def test_a_reader_is_told_what_came_from_the_cache() -> None:
    made = Provenance(summarizer_version="1", model="m", provider="host")
    some = Usage(calls=3, prompt_tokens=1200, output_tokens=90, seconds=4, reused_answers=12, reused_output_tokens=110)
    assert run_words(made, some.per_claim(20)) == (
        "m at host · 3 calls · 12 answers from the cache · 1,200 tokens in, 90 out · "
        "10 output tokens per verified claim · 4 s"
    )
    assert run_words(made, Usage(reused_answers=1)) == "m at host · 1 answer from the cache"
    assert run_words(made, Usage()) == "m at host"


@pytest.mark.parametrize("command", ["info", "clear"])
def test_help_of_the_cache_loads_nothing_heavy(command: str) -> None:
    code = (
        f"import sys\nfrom summarizer.cli import main\nsys.argv = ['summarizer', 'cache', '{command}', '--help']\n"
        "try:\n    main()\nexcept SystemExit as leaving:\n    assert not leaving.code, leaving.code\n"
        "print(*sys.modules, file=sys.stderr)"
    )
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, timeout=60, check=True)
    assert f"$ summarizer cache {command}" in done.stdout
    heavy = {"openai", "instructor", "sqlite3", "summarizer.schemas", "summarizer.model"}
    assert sorted(heavy & set(done.stderr.split())) == []
