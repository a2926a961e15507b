"""`summarizer cache info` and `cache clear`: what is kept of the model's answers, and how to be rid of it."""

from collections.abc import Callable
from datetime import UTC, datetime
from typing import TYPE_CHECKING, Any, TypeVar

from ..errors import InputError
from ..settings import Settings
from .bar import TerminalProgress
from .exits import DONE
from .output import write_stdout

if TYPE_CHECKING:
    from ..model.store import AnswerStore

R = TypeVar("R")


def run_info(**arguments: Any) -> int:
    """Tell on standard output what the store holds; makes none where there is none."""
    from ..render.safe import plain

    settings = Settings.resolve(**arguments)
    held = _from_store(settings, lambda store: store.holding())
    bound = f"at most {_size(settings.cache_bytes)}" if settings.cache else "not used: SUMMARIZER_CACHE is off"
    lines = [f"answers   {held.entries if held else 0:,}, {_size(held.bytes if held else 0)} ({bound})"]
    lines.append(f"folder    {plain(str(settings.cache_dir))}")
    if held and held.first_kept and held.last_used:
        cost = held.cost
        tokens = f"{cost.prompt_tokens:,} tokens in, {cost.output_tokens:,} out"
        lines.append(f"paid for  {cost.calls:,} calls, {tokens}, {cost.seconds:,.0f} s")
        lines.append(f"from      {_date(held.first_kept)}, last used {_date(held.last_used)}")
    write_stdout("\n".join(lines) + "\n")
    return DONE


def run_clear(**arguments: Any) -> int:
    """Delete every answer, and tell on standard output how many there were."""
    settings = Settings.resolve(**arguments)
    entries, size = _from_store(settings, lambda store: store.clear()) or (0, 0)
    write_stdout(f"{entries:,} answer{'' if entries == 1 else 's'} deleted, {_size(size)}\n")
    return DONE


def _from_store(settings: Settings, work: "Callable[[AnswerStore], R | None]") -> R | None:
    """What `work` finds, also while SUMMARIZER_CACHE is off; None where nothing was ever kept."""
    from ..model.store import AnswerStore, has_store

    if not has_store(settings.cache_dir):
        return None
    with AnswerStore(settings.cache_dir, settings.cache_bytes, TerminalProgress()) as store:
        found = work(store)
    if found is None:
        message = f"the kept answers in {settings.cache_dir} cannot be used"
        raise InputError(message, hint="the line above says why")
    return found


def _size(size: int) -> str:
    for unit, scale in (("MB", 1_000_000), ("kB", 1_000)):
        if size >= scale:
            return f"{size / scale:,.1f} {unit}"
    return f"{size} bytes"


def _date(moment: float) -> str:
    return datetime.fromtimestamp(moment, UTC).strftime("%Y-%m-%d %H:%M UTC")
