"""How long work tells that it goes on; the terminal's way to show it is in `summarizer.cli`."""

from typing import Protocol


class Progress(Protocol):
    """Receives what long work reports; every method may be called from any task of the event loop."""

    def start(self, task: str, total: int) -> None:
        """Work named `task` begins and has `total` steps (bytes, calls, articles)."""

    def advance(self, task: str, steps: int = 1) -> None:
        """`steps` more of `task` are done."""

    def finish(self, task: str) -> None:
        """`task` is over, whether or not all its steps were needed."""

    def note(self, text: str) -> None:
        """Something worth a line of its own."""


class Silent:
    """Progress that nobody watches."""

    def start(self, task: str, total: int) -> None:
        """Ignore it."""

    def advance(self, task: str, steps: int = 1) -> None:
        """Ignore it."""

    def finish(self, task: str) -> None:
        """Ignore it."""

    def note(self, text: str) -> None:
        """Ignore it."""
