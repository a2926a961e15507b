"""Recorded conversations: a test's requests and a real model's replies, kept in `cassettes/<module>/<test>.yaml`.

Replaying needs no model and opens no connection. A request that differs from the recorded one fails the test with the
difference, and so does a recorded reply that nobody asked for. `--record=all` records anew.
"""

import base64
import difflib
import json
import re
import shlex
from collections.abc import Iterator
from pathlib import Path
from typing import Any
from urllib.parse import parse_qsl, quote, urlsplit, urlunsplit

import pytest
import vcr
import vcr.stubs.httpx_stubs as stubs
from vcr.errors import CannotOverwriteExistingCassetteException
from vcr.record_mode import RecordMode
from vcr.request import Request

from . import readable_yaml
from .network import is_loopback

KEPT_REQUEST_HEADERS = ("content-type",)
KEPT_RESPONSE_HEADERS = ("content-type", "retry-after", "retry-after-ms")
MATCHED = ("method", "scheme", "host", "port", "path", "query", "json_body")
VOLATILE = {"id": "recorded", "created": 0}
"""Fields of a reply that change from one recording to the next and mean nothing to anyone."""

_tape: pytest.StashKey["Tape"] = pytest.StashKey()
_expected: pytest.StashKey[set[Path]] = pytest.StashKey()


def cassette_path(item: pytest.Item) -> Path:
    """Where a test's conversation is kept; the parameters of a parametrised test follow a dot."""
    name = item.name.replace("[", ".", 1).removesuffix("]") if "[" in item.name else item.name
    module = item.path.stem.removeprefix("test_")
    return item.config.rootpath / "cassettes" / module / (re.sub(r"[^\w.=-]+", "-", name) + ".yaml")


def command(item: pytest.Item) -> str:
    """What records a test's conversation anew."""
    return f"python -m pytest {shlex.quote(item.nodeid)} --record=all"


class Tape:
    """One test's cassette: what it must replay, and what went wrong with it."""

    def __init__(self, item: pytest.Item, mode: RecordMode) -> None:
        self.path = cassette_path(item)
        self.records = mode == RecordMode.ALL or (mode == RecordMode.ONCE and not self.path.exists())
        self._command = command(item)
        self._mode = mode
        self.mismatch: str | None = None  # the first request that is not in the cassette, explained
        self._secrets: set[str] = set()
        self._cassette: Any = None

    def play(self, monkeypatch: pytest.MonkeyPatch) -> Iterator["Tape"]:
        """Stand between the test and the network."""
        recorder = vcr.VCR(
            record_mode=self._mode,
            match_on=MATCHED,
            serializer="readable",
            before_record_request=self._clean_request,
            before_record_response=_clean_response,
            decode_compressed_response=True,
            drop_unused_requests=self._mode == RecordMode.ALL,
        )
        recorder.register_serializer("readable", readable_yaml)
        recorder.register_matcher("json_body", json_body)
        persister = readable_yaml.Persister(self._secrets)
        recorder.register_persister(persister)
        tape = self

        class Mismatch(CannotOverwriteExistingCassetteException):  # type: ignore[misc]  # vcrpy is not typed
            def __init__(self, *arguments: Any, **named: Any) -> None:
                super().__init__(*arguments, **named)
                tape.mismatch = tape.mismatch or tape._explain(self)

        monkeypatch.setattr(stubs, "CannotOverwriteExistingCassetteException", Mismatch)
        with recorder.use_cassette(str(self.path)) as self._cassette:
            yield self
        if persister.refused:
            pytest.fail(f"{self._shown} was not written: a key would stand in it", pytrace=False)

    def fault(self) -> str | None:
        """Why the conversation is not the recorded one, or None."""
        if self.mismatch:
            return self.mismatch
        if self.records:
            return None
        if not self.path.exists():
            return f"There is no {self._shown}, and the test asked for nothing.\n{self._remedy}"
        unplayed = [
            request for index, request in enumerate(self._cassette.requests) if not self._cassette.play_counts[index]
        ]
        if unplayed:
            listed = "\n".join(f"  {request.method} {request.uri}\n{_indent(_body(request))}" for request in unplayed)
            return f"{len(unplayed)} recorded in {self._shown}, but not asked for:\n{listed}\n{self._remedy}"
        return None

    @property
    def _shown(self) -> str:
        return "/".join(self.path.parts[-3:])

    @property
    def _remedy(self) -> str:
        return f"Record it anew with\n  {self._command}"

    def _explain(self, error: CannotOverwriteExistingCassetteException) -> str:
        asked: Request = error.failed_request
        if not self.path.exists():
            return f"There is no {self._shown}.\n{self._remedy}"
        lines = [f"A request is not in {self._shown}: {asked.method} {urlsplit(asked.uri).path}"]
        if error.reason == "already_played":
            lines.append("It was asked more often than it is recorded.")
        for _, _, failed in error.similar_requests[:1]:
            lines += [f"{name}:\n{_indent(difference or 'differs')}" for name, difference in failed]
        return "\n".join([*lines, self._remedy])

    def _clean_request(self, request: Request) -> Request:
        """Only what matters and may be known: no key, no password, no port that changes with every run."""
        parts = urlsplit(request.uri)
        scheme, _, token = str(request.headers.get("authorization", "")).partition(" ")
        known = {token, parts.password or "", *(value for _, value in parse_qsl(parts.query))}
        if scheme.lower() == "basic":  # user and password, which a reply may repeat as they are
            known.update(base64.b64decode(token).decode().split(":", 1))
        known |= {quote(secret, safe="") for secret in known}
        self._secrets.update(secret for secret in known if len(secret) >= 8)
        host = parts.hostname or ""
        bracketed = f"[{host}]" if ":" in host else host
        port = "" if parts.port is None or is_loopback(host) else f":{parts.port}"
        request.uri = urlunsplit(parts._replace(netloc=bracketed + port))
        request.headers = {
            name.lower(): value for name, value in request.headers.items() if name.lower() in KEPT_REQUEST_HEADERS
        }
        return request


def _clean_response(response: dict[str, Any]) -> dict[str, Any]:
    headers = {
        name.lower(): value for name, value in response["headers"].items() if name.lower() in KEPT_RESPONSE_HEADERS
    }
    content = response["body"]["string"]
    try:
        body = json.loads(content)
    except ValueError:
        return {**response, "headers": headers}
    if isinstance(body, dict) and "choices" in body:
        body.pop("timings", None)
        body |= {name: value for name, value in VOLATILE.items() if name in body}
        body["model"] = re.split(r"[/\\]", str(body.get("model")))[
            -1
        ]  # the embedded server tells its file's whole path
        content = json.dumps(body, ensure_ascii=False).encode()
    return {**response, "headers": headers, "body": {"string": content}}


def _parsed(request: Request) -> Any:
    body = request.body
    try:
        return json.loads(body)
    except (TypeError, ValueError):
        return body


def _body(request: Request) -> str:
    parsed = _parsed(request)
    return readable_yaml.dump(parsed) if isinstance(parsed, (dict, list)) else str(parsed)


def json_body(asked: Request, recorded: Request) -> None:
    """vcrpy's matcher interface: raise AssertionError with the difference, shown as in the file, or return."""
    if _parsed(asked) == _parsed(recorded):
        return
    old, new = _body(recorded).splitlines(), _body(asked).splitlines()
    raise AssertionError("\n".join(difflib.unified_diff(old, new, "recorded", "this request", n=2, lineterm="")))


def _indent(text: str) -> str:
    return "\n".join(f"  {line}" for line in text.splitlines())


def record_mode(config: pytest.Config) -> RecordMode:
    """What `--record` asks for."""
    return RecordMode(config.getoption("--record"))


def add_options(parser: pytest.Parser) -> None:
    """`--record`, for `pytest_addoption`."""
    parser.addoption(
        "--record",
        choices=("none", "once", "all"),
        default="none",
        help="conversations with the embedded model: replay them (none), record missing ones (once), record anew (all)",
    )


def insert(item: pytest.Item) -> Tape:
    """The tape of a test."""
    item.stash[_tape] = tape = Tape(item, record_mode(item.config))
    return tape


def run(item: pytest.Item) -> Iterator[None]:
    """For `pytest_runtest_call`: whatever the test says, a conversation that is not the recorded one is its failure."""
    tape = item.stash.get(_tape, None)
    try:
        yield
    except (Exception, pytest.fail.Exception):
        if tape is None or tape.mismatch is None:
            raise
        fault: str | None = tape.mismatch  # what the test says follows from it
    else:
        fault = tape.fault() if tape else None
    if fault:
        pytest.fail(fault, pytrace=False)


def expect(config: pytest.Config, items: list[pytest.Item]) -> None:
    """For `pytest_collection_modifyitems`: note the cassettes of all collected tests."""
    recorded = [item for item in items if "cassette" in getattr(item, "fixturenames", ())]
    config.stash[_expected] = {cassette_path(item) for item in recorded}


def expected_cassettes(config: pytest.Config) -> set[Path]:
    """The cassettes of all collected tests, whether or not they are run."""
    return config.stash[_expected]


def orphans(folder: Path, expected: set[Path]) -> list[Path]:
    """Files in the cassettes' folder that no test asks for."""
    return sorted(path for path in folder.rglob("*") if path.is_file() and path not in expected)
