"""The command line of the quality bench: `python -m benchmarks.quality COMMAND`."""

import argparse
import sys
from collections.abc import Sequence
from importlib import import_module
from importlib.util import find_spec

COMMANDS = ("run", "score", "stages", "pairs", "baselines", "labels")
"""Modules of this package that bring a command, in the order of the help. Each has
`add_parser(subparsers) -> None`, which adds its parser and sets `func=`, called with the parsed arguments and
returning the exit code. Their heavy imports stand inside the functions."""


def main(arguments: Sequence[str] | None = None) -> int:
    """Run one command and return its exit code."""
    parser = argparse.ArgumentParser(prog="python -m benchmarks.quality", description=__doc__)
    subparsers = parser.add_subparsers(dest="command", required=True, metavar="COMMAND")
    for name in COMMANDS:
        if find_spec(f"{__package__}.{name}"):
            import_module(f".{name}", __package__).add_parser(subparsers)
    options = parser.parse_args(arguments)
    return int(options.func(options))


if __name__ == "__main__":
    sys.exit(main())
