"""`summarizer doctor`: which model would be used and why, and whether everything it needs is there."""

import platform
import tempfile
from collections.abc import Iterator
from dataclasses import dataclass
from importlib.metadata import PackageNotFoundError, version
from importlib.util import find_spec
from pathlib import Path
from typing import TYPE_CHECKING, Any
from urllib.parse import urlsplit, urlunsplit

from ..settings import Settings
from .exits import DONE, NO_MODEL, redact
from .output import write_stdout

if TYPE_CHECKING:
    from ..local.weights import WeightsStatus

_PACKAGES = ("openai", "instructor", "pydantic", "xllamacpp", "huggingface_hub")
_INSTALL = "pip install 'summarizer[local]'"
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
    from ..render.safe import plain

    settings = Settings.resolve(**arguments)
    findings = list(examine(settings))
    usable = all(finding.ok is not False for finding in findings)
    verdict = Finding("verdict", "usable" if usable else "not usable: see the lines marked ✗", usable)
    marks = {None: " ", True: "✓", False: "✗"}
    lines = [f"{marks[item.ok]} {item.name:<12} {plain(item.text)}" for item in (*findings, verdict)]
    write_stdout(redact("\n".join(lines)) + "\n")
    return DONE if usable else NO_MODEL


def examine(settings: Settings) -> Iterator[Finding]:
    """Every finding, cheap ones first; a key is never part of one."""
    from ..model import describe

    yield Finding("model", describe(settings))
    yield Finding("key", "set (OPENAI_API_KEY), not shown" if settings.api_key else "not set (OPENAI_API_KEY)")
    if settings.hosted:
        yield from _server(settings)
        yield from _weights(settings)
    else:
        yield from _local(settings)
    yield _patience(settings)
    yield _cache(settings.cache_dir, needed=not settings.hosted and not settings.gguf)
    yield Finding("versions", ", ".join([f"python {platform.python_version()}", *map(_version, _PACKAGES)]))
    yield Finding("summarizer", _version("summarizer").removeprefix("summarizer "))


def _patience(settings: Settings) -> Finding:
    from ..model.bounds import worst_case

    worst = worst_case(settings, prompt_tokens=0, max_tokens=settings.max_output_tokens)
    return Finding("patience", f"one question makes at most {worst.calls:,} calls and takes {worst.seconds:,.0f} s")


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
            endpoint.address.rstrip("/") + "/models",
            headers={"Authorization": f"Bearer {endpoint.api_key}"} | endpoint.login,
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
    hint = "" if installed else f"; install it with: {_INSTALL}, or set OPENAI_API_KEY"
    yield Finding("engine", f"xllamacpp {'is' if installed else 'is not'} installed{hint}", installed)
    yield from _weights(settings)


def _weights(settings: Settings) -> Iterator[Finding]:
    """Where the embedded model's file is, or would come from; only told, not judged, where a server is used."""
    from ..local.weights import weights_status

    status = weights_status(settings)
    needed = not settings.hosted
    if status.own:
        yield _own_file(status)
        return
    if status.present:
        checked = "verified" if status.verified else "not verified yet: its hash is checked at the next use"
        yield Finding("weights", f"{status.path} is in the cache, {checked}", True if needed else None)
    elif status.obtainable:
        way = "put together from the installed parts" if status.shards_installed else "downloaded from the publisher"
        yield Finding("weights", f"not in the cache; {way} at first use", True if needed else None)
    else:
        text = f"not in the cache, and not to be had; install them with: {_INSTALL}, or give a file with --gguf"
        yield Finding("weights", text, False if needed else None)
    yield Finding("parts", f"{status.shards_installed} of {status.shards_total} parts of the weights are installed")
    hub = "can be used" if status.hub_usable else "cannot be used (huggingface_hub is not installed, or told offline)"
    yield Finding("hub", f"the publisher's hub {hub}")


def _own_file(status: "WeightsStatus") -> Finding:
    from ..errors import WeightsError
    from ..local.weights import checked_gguf

    try:
        checked_gguf(status.path)
    except WeightsError as error:
        return Finding("model file", f"{error.message}; {error.hint}", False)
    return Finding("model file", f"{status.path} is there; its hash is not known", True)


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
