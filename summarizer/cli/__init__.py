"""The command line; everything heavy is imported by the command that needs it."""


def main() -> None:
    """Run `summarizer` with the process's arguments; leaves by SystemExit with the documented exit code."""
    from .app import app

    app(prog_name="summarizer")
