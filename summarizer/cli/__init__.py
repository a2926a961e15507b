"""The command line; everything heavy is imported by the command that needs it."""

import sys


def main() -> None:
    """Run `summarizer` with the process's arguments; leaves by SystemExit with the documented exit code."""
    try:
        from .app import app

        app(prog_name="summarizer")
    except KeyboardInterrupt:  # while the command line itself was being loaded; later ones `reporting` tells
        sys.stderr.write("Interrupted.\n")
        sys.exit(130)
