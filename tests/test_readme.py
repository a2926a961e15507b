"""The README's own code, on recorded answers; its two commands are run by `.ci/run`."""

import re
from pathlib import Path

import pytest

from summarizer.settings import ENVIRONMENT, Settings

ROOT = Path(__file__).parents[1]
README = (ROOT / "README.md").read_text("utf-8")
BLOCKS = re.findall(r"```python\n(.*?)```", README, re.DOTALL)


def test_python_example(
    model_settings: Settings, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.chdir(ROOT)
    exec(compile(BLOCKS[0], "README.md", "exec"), {})
    assert capsys.readouterr().out.startswith("uncertain How many")


def test_async_example_compiles() -> None:
    names: dict[str, object] = {}
    exec(compile(BLOCKS[1], "README.md", "exec"), names)
    assert callable(names["main"])


def test_every_setting_is_documented() -> None:
    assert [name for name in ENVIRONMENT.values() if f"`{name}`" not in README] == []
