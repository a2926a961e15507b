"""Ctrl-C that ends the command within about a second, whatever it waits for."""

import asyncio
import os
import signal
import sys
import threading
from collections.abc import Coroutine
from contextlib import suppress
from types import FrameType
from typing import Any, TypeVar

from .exits import INTERRUPTED

R = TypeVar("R")

GRACE = 0.7
"""Seconds in which the work may end by itself: connections are closed, the embedded server stops."""
_SHOW_CURSOR = "\x1b[?25h"


def run_interruptibly(work: Coroutine[Any, Any, R]) -> R:
    """Run `work` in an event loop of its own; SIGINT cancels it and raises KeyboardInterrupt.

    What cannot be cancelled (a thread that assembles the weights or looks up a name, a long stretch of computing) would
    keep the process alive: after `GRACE` it is left behind, with the documented exit code. Files are written in one
    step only, so that no half ones stay.
    """
    last_resort = threading.Timer(GRACE, _leave)
    last_resort.daemon = True

    async def guarded() -> R:
        """The work, with a hand on the signal that asyncio's own runner has just taken."""
        inner = signal.getsignal(signal.SIGINT)
        if threading.current_thread() is not threading.main_thread() or not callable(inner):
            return await work

        def interrupt(number: int, frame: FrameType | None) -> None:
            with suppress(RuntimeError):  # started by an earlier Ctrl-C
                last_resort.start()
            inner(number, frame)

        signal.signal(signal.SIGINT, interrupt)
        try:
            return await work
        finally:
            signal.signal(signal.SIGINT, inner)

    try:
        return asyncio.run(guarded())
    finally:
        last_resort.cancel()


def _leave() -> None:
    with suppress(Exception):
        sys.stderr.write((_SHOW_CURSOR if sys.stderr.isatty() else "") + "Interrupted.\n")
        sys.stderr.flush()
    os._exit(INTERRUPTED)
