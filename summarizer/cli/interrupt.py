"""Ctrl-C and SIGTERM, which end the command within about a second, whatever it waits for."""

import asyncio
import os
import signal
import sys
import threading
from collections.abc import Callable, Coroutine
from contextlib import suppress
from types import FrameType
from typing import Any, TypeVar

from ..settings import Settings
from .exits import Interrupted, say

R = TypeVar("R")

GRACE = 0.7
"""Seconds in which the work may end by itself: connections are closed, the embedded server stops."""
_SIGNALS = (signal.SIGINT, signal.SIGTERM)
_SHOW_CURSOR = "\x1b[?25h"


def run_interruptibly(work: Coroutine[Any, Any, R], *, resume: Callable[[], str] | None = None) -> R:
    """Run `work` in an event loop of its own; SIGINT and SIGTERM cancel it and raise Interrupted.

    What cannot be cancelled (a thread that assembles the weights or looks up a name, a long stretch of computing) would
    keep the process alive: after `GRACE`, or at a second signal, it is left behind, with the documented exit code.
    Files are written in one step only, so that no half ones stay. `resume` says then how to go on.
    """
    signals: list[int] = []

    def stopped() -> Interrupted:
        return Interrupted(signals[0] if signals else signal.SIGINT, resume() if resume else None)

    def leave() -> None:
        reason = stopped()
        with suppress(Exception):
            if sys.stderr.isatty():
                sys.stderr.write(_SHOW_CURSOR)
            say(str(reason), hint=reason.hint)
            sys.stderr.flush()
        os._exit(reason.code)

    last_resort = threading.Timer(GRACE, leave)
    last_resort.daemon = True

    async def guarded() -> R:
        """The work, with a hand on the signal that asyncio's own runner has just taken."""
        cancel = signal.getsignal(signal.SIGINT)
        if threading.current_thread() is not threading.main_thread() or not callable(cancel):
            return await work

        def interrupt(number: int, frame: FrameType | None) -> None:
            signals.append(number)
            if len(signals) > 1:
                leave()
            last_resort.start()
            cancel(number, frame)

        before = {number: signal.signal(number, interrupt) for number in _SIGNALS}
        try:
            return await work
        finally:
            for number, handler in before.items():
                if handler is not None:  # one that was not set from Python cannot be set again
                    signal.signal(number, handler)

    try:
        return asyncio.run(guarded())
    except KeyboardInterrupt:
        raise stopped() from None
    finally:
        last_resort.cancel()


def how_to_go_on(settings: Settings) -> Callable[[], str]:
    """What to do after an interruption, told from what is on disk by then: the store may be off, or not to be had."""

    def told() -> str:
        from ..model.store_file import NAME

        if not settings.cache:
            return "nothing was kept (--no-cache, SUMMARIZER_CACHE): the same command begins anew"
        if not os.access(settings.cache_dir.expanduser() / NAME, os.W_OK):
            return f"nothing could be kept in {settings.cache_dir}: the same command begins anew"
        return "run the same command again: finished answers are kept, only the rest is asked"

    return told
