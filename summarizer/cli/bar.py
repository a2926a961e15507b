"""Progress on stderr: a live bar with time left on a terminal, one plain line per finished task elsewhere."""

import asyncio
import sys
from contextlib import suppress
from types import TracebackType
from typing import TYPE_CHECKING, Self, TextIO

if TYPE_CHECKING:
    from rich.progress import Progress, TaskID

_BYTES = 1_000_000
"""Totals from here on count bytes: no story has a million articles or calls, no model file has fewer bytes."""
_SPEED_WINDOW = 600.0
"""Seconds over which speed is measured; rich's own 30 s would hold a single call of a slow model."""


class TerminalProgress:
    """Implements `summarizer.progress.Progress` for people; a context manager, because a live display must end."""

    def __init__(self, *, quiet: bool = False, stream: TextIO | None = None) -> None:
        """Report to `stream` (stderr by default), or to nobody if `quiet` or if stderr is closed."""
        self._stream: TextIO | None = stream or sys.stderr
        self._quiet = quiet or self._stream is None
        self._live = not self._quiet and self._stream is not None and self._stream.isatty()
        self._bar: Progress | None = None
        self._ids: dict[str, TaskID] = {}
        self._steps: dict[str, tuple[int, int]] = {}

    def __enter__(self) -> Self:
        """Start the display where there is a terminal."""
        if self._live and self._stream:
            self._bar = _bar(self._stream)
            self._bar.start()
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        """End the display and give the terminal back."""
        if self._bar:
            self._bar.stop()

    def start(self, task: str, total: int) -> None:
        """Work named `task` begins and has `total` steps (bytes, calls, articles)."""
        self._steps[task] = (0, total)
        if self._bar:
            if task in self._ids:
                self._bar.remove_task(self._ids[task])
            self._ids[task] = self._bar.add_task(_one_line(task), total=total)

    def advance(self, task: str, steps: int = 1) -> None:
        """`steps` more of `task` are done."""
        done, total = self._steps.get(task, (0, 0))
        self._steps[task] = (done + steps, total)
        if self._bar and task in self._ids:
            self._bar.advance(self._ids[task], steps)

    def finish(self, task: str) -> None:
        """`task` is over, whether or not all its steps were needed."""
        done, total = self._steps.pop(task, (0, 0))
        if self._bar:
            if task in self._ids:
                self._bar.remove_task(self._ids.pop(task))
        elif not self._quiet and not isinstance(sys.exc_info()[1], asyncio.CancelledError):  # interrupted
            self._line(f"{_one_line(task)}: {_amount(done, total)}" if total else _one_line(task))

    def note(self, text: str) -> None:
        """Something worth a line of its own."""
        if self._bar:
            self._bar.console.print(_one_line(text), markup=False, highlight=False, emoji=False)
        elif not self._quiet:
            self._line(_one_line(text))

    def _line(self, text: str) -> None:
        with suppress(OSError):  # a full disk or a reader that left: what the run brings matters more
            print(text, file=self._stream, flush=True)


def _one_line(text: str) -> str:
    from ..render.safe import plain

    return plain(text)


def _amount(done: float, total: float) -> str:
    if total >= _BYTES:
        return f"{done / 1e6:,.0f}/{total / 1e6:,.0f} MB"
    return f"{done:,.0f}/{total:,.0f}"


def _bar(stream: TextIO) -> "Progress":
    from rich.console import Console
    from rich.progress import BarColumn, Progress, ProgressColumn, Task, TextColumn, TimeElapsedColumn
    from rich.progress import TimeRemainingColumn as TimeLeft
    from rich.text import Text

    class Amount(ProgressColumn):
        def render(self, task: Task) -> Text:
            return Text(_amount(task.completed, task.total or 0), style="progress.download")

    class Left(TimeLeft):
        def render(self, task: Task) -> Text:
            left = super().render(task)
            return left if "-" in left.plain else Text.assemble(left, " left")

    return Progress(
        TextColumn("{task.description}", markup=False),
        BarColumn(bar_width=24),
        Amount(),
        TimeElapsedColumn(),
        Left(),
        console=Console(file=stream, highlight=False),
        transient=True,
        speed_estimate_period=_SPEED_WINDOW,
    )
