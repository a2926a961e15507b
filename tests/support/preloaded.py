"""The command line in processes forked from one that has loaded it: each new one would take two seconds for that."""

import json
import os
import subprocess
import sys
from collections.abc import Sequence
from pathlib import Path
from types import TracebackType
from typing import Self

_CODE = """
import gc, json, os, sys
from pathlib import Path
sys.path.insert(0, str(Path(sys.argv[2])))
from support.fake_model import SyntheticModel
from summarizer.cli import main

# Once in full: much is loaded only when it is first needed.
with SyntheticModel() as model:
    sys.argv = ["summarizer", "story", sys.argv[1], "--base-url", model.base_url, "--no-cache", "--quiet"]
    sys.argv += ["-o", os.devnull, "--format", "json"]
    try:
        main()
    except SystemExit as done:
        assert not done.code

gc.freeze()
for line in sys.stdin:
    given = json.loads(line)
    process = os.fork()
    if process == 0:
        os.setsid()
        os.environ.update(given["environ"])
        for number, path in enumerate((os.devnull, given["output"], given["errors"])):
            os.dup2(os.open(path, os.O_RDWR | os.O_CREAT), number)
        sys.argv = ["summarizer", *given["arguments"]]
        main()
    print(process, flush=True)
    print(os.waitstatus_to_exitcode(os.waitpid(process, 0)[1]), flush=True)
"""


class Preloaded:
    """Runs `summarizer` with arguments, one process at a time, each in a session of its own."""

    def __init__(self, folder: Path) -> None:
        self._folder = folder
        article = folder / "article.txt"
        article.write_text("The flood took away 4 barns of Dunmoor, and 12 people were injured.")
        self._process = subprocess.Popen(
            [sys.executable, "-c", _CODE, str(article), str(Path(__file__).parents[1])],
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            text=True,
        )
        self._runs = 0

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self._process.kill()
        self._process.communicate()

    def start(self, arguments: Sequence[str], **environ: str) -> "Run":
        """A process that has just begun."""
        self._runs += 1
        output, errors = (self._folder / f"{self._runs}.{name}" for name in ("out", "err"))
        given = {"arguments": arguments, "environ": environ, "output": str(output), "errors": str(errors)}
        assert self._process.stdin
        assert self._process.stdout
        self._process.stdin.write(json.dumps(given) + "\n")
        self._process.stdin.flush()
        return Run(int(self._process.stdout.readline()), self._process, output, errors)


class Run:
    """One process: its id, and what it leaves."""

    def __init__(self, pid: int, parent: "subprocess.Popen[str]", output: Path, errors: Path) -> None:
        self.pid = pid
        self._parent = parent
        self._output = output
        self._errors = errors

    def signal(self, number: int) -> None:
        """Send it a signal."""
        os.kill(self.pid, number)

    def end(self) -> tuple[int, str, list[str]]:
        """Wait for it: exit code, standard output, and the lines of standard error; its session must be empty then."""
        assert self._parent.stdout
        code = int(self._parent.stdout.readline())
        try:
            os.killpg(self.pid, 0)
        except ProcessLookupError:
            return code, self._output.read_text(encoding="utf-8"), self._errors.read_text(encoding="utf-8").splitlines()
        raise AssertionError("a process of its session is left")
