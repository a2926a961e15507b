"""Read the word lists in `lexicons/`, wherever the package is installed."""

import tomllib
from functools import cache
from importlib import resources
from typing import Any


@cache
def load(name: str) -> dict[str, Any]:
    """The content of `lexicons/<name>.toml`; do not change it, it is shared."""
    source = resources.files(__package__ or "summarizer.text").joinpath("lexicons", f"{name}.toml")
    return tomllib.loads(source.read_text(encoding="utf-8"))


@cache
def words(name: str, key: str) -> frozenset[str]:
    """The words of one white-space separated list of a lexicon."""
    return frozenset(str(load(name)[key]).split())
