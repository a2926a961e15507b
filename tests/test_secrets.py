"""A planted key, and a planted password, are found nowhere: outputs, logs, tracebacks, results, kept answers."""

import asyncio
import base64
import json
import logging
import os
import subprocess
import sys
import threading
import traceback
from collections.abc import Callable, Iterable, Sequence
from io import StringIO
from pathlib import Path
from typing import Any
from urllib.parse import quote

import pytest
from rich.console import Console
from rich.traceback import Traceback
from support.fake_model import SyntheticModel
from support.logs import everything_logged
from support.scripted_server import Reply, Request, ScriptedServer, synthetic_completion, synthetic_error
from typer.testing import CliRunner, Result

import summarizer.extract
from summarizer import Article, Settings, SettingsError, Summarizer, SummarizerError
from summarizer.cli.app import app
from summarizer.model import Endpoint
from summarizer.model.faults import without_secrets

KEY = "sk-planted-0123456789abcdef"
PASSWORD = "hush/hush@the gate"
LOGIN = base64.b64encode(f"reader:{PASSWORD}".encode()).decode()
SECRETS = (KEY, PASSWORD, quote(PASSWORD, safe=""), LOGIN)
ECHO = f"you sent {' and '.join(SECRETS)}"
ESCAPED = "".join(f"\\u{ord(letter):04x}" for letter in KEY)

TEXTS = {"gazette": "The landslide killed 12 workers.", "courier": "The landslide killed 15 workers."}


def found(*texts: str) -> list[str]:
    """The places where a secret stands."""
    return [text[max(0, at - 60) : at + 60] for text in texts for secret in SECRETS if (at := text.find(secret)) >= 0]


def reply(text: str) -> Reply:
    """A reply that would fit, but for what it says."""
    return synthetic_completion(json.dumps({"questions": [{"mark": 1, "question": f"How many {text}?", "by": text}]}))


WRITTEN: str = reply(KEY).body["choices"][0]["message"]["content"]
KINDS: dict[str, Reply | None] = {
    "nothing": None,
    "400": synthetic_error(400, ECHO),
    "400 too long": synthetic_error(400, ECHO, code="context_length_exceeded"),
    "401": synthetic_error(401, ECHO),
    "404": synthetic_error(404, ECHO),
    "429": synthetic_error(429, ECHO),
    "429 quota": synthetic_error(429, ECHO, code="insufficient_quota"),
    "429 long wait": synthetic_error(429, ECHO, retry_after="4000"),
    "500": synthetic_error(500, ECHO),
    "no JSON": Reply(body=f"<html>{ECHO}</html>"),
    "broken JSON": Reply(body=f'{{"choices": "{ECHO}'),
    "other JSON": Reply(body={"detail": ECHO}),
    "a refusal": synthetic_completion(None, refusal=ECHO),
    "no answer": synthetic_completion(ECHO),
    "a misfit": synthetic_completion(json.dumps({"questions": [{KEY: ECHO, "mark": 0}]})),
    "an answer": reply(KEY),
    "an answer of passwords": reply(f"{PASSWORD} {LOGIN}"),
    "an answer in escapes": synthetic_completion(WRITTEN.replace(KEY, ESCAPED)),
    "a lost connection": Reply(reset=True),
    "too late": Reply(hold=threading.Event()),
}


@pytest.fixture
def planted(monkeypatch: pytest.MonkeyPatch) -> Callable[[str], str]:
    """Puts the key into the environment, and user and password into an address."""
    monkeypatch.setenv("OPENAI_API_KEY", KEY)
    return lambda address: address.replace("://", f"://reader:{quote(PASSWORD, safe='')}@")


@pytest.fixture
def hasty(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    """One repeat without a wait, little patience, and answers that are kept."""

    async def skip(seconds: float) -> None:
        return None

    monkeypatch.setattr("summarizer.model.retry.pause", skip)
    for name, value in {"TRANSPORT_RETRIES": "1", "REASKS": "1", "TIMEOUT": "0.2", "CACHE": "1"}.items():
        monkeypatch.setenv(f"SUMMARIZER_{name}", value)
    monkeypatch.setenv("SUMMARIZER_CACHE_DIR", str(tmp_path / "cache"))


def written(records: Iterable[logging.LogRecord]) -> list[str]:
    """What is logged, tracebacks and arguments included."""
    message = logging.Formatter("%(name)s %(message)s")
    return [line for record in records for line in (message.format(record), repr(vars(record)))]


def server(kind: str) -> SyntheticModel:
    """A made-up model that says of the kind what it has for it from its second request on."""
    wrong = KINDS[kind]

    def fault(number: int, request: Request) -> Reply | None:
        assert request.headers["authorization"] == f"Basic {LOGIN}"
        return wrong if number > 1 else None

    return SyntheticModel(fault=fault)


@pytest.fixture
def files(tmp_path: Path) -> list[str]:
    paths = []
    for name, text in TEXTS.items():
        path = tmp_path / f"{name}.txt"
        path.write_text(text, encoding="utf-8")
        paths.append(str(path))
    return paths


def bytes_below(folder: Path) -> list[str]:
    """All files of a folder, as text."""
    return [path.read_bytes().decode("latin-1") for path in folder.rglob("*") if path.is_file()]


def command(*arguments: str) -> Result:
    return CliRunner().invoke(app, list(arguments))


# --- every kind of failure ---


AT_EVERY_VERBOSITY = ("401", "404", "429", "500", "broken JSON", "too late", "a misfit", "an answer")


@pytest.mark.parametrize("kind", KINDS)
def test_no_secret_in_outputs_logs_results_and_kept_answers(
    hasty: None, planted: Callable[[str], str], files: list[str], tmp_path: Path, kind: str
) -> None:
    told: list[str] = []
    with everything_logged() as records, server(kind) as model:
        address = planted(model.base_url)
        result = tmp_path / "out" / "story.json"
        result.parent.mkdir()
        runs = [["--verbose", "-o", str(result)]]
        runs += [["--quiet"], ["--format", "markdown"]] if kind in AT_EVERY_VERBOSITY else []
        for options in runs:
            done = command("story", *files, "--base-url", address, *options)
            assert done.exit_code in (0, 1, 3)
            told += [done.stdout, done.stderr]
        told += bytes_below(tmp_path / "cache")
        told += bytes_below(tmp_path / "out")
    assert any("HTTP Request" in line for line in written(records))
    assert any("answers" in path.name for path in (tmp_path / "cache").iterdir())
    assert found(*told, *written(records)) == []


def caught(settings: Settings, articles: Sequence[Article]) -> BaseException | None:
    """What a run raises; no variable on the way to it holds a secret but those of the package and its libraries."""

    async def run() -> None:
        async with Summarizer(settings) as reader:
            await reader.summarize(articles[0])

    try:
        asyncio.run(run())
    except Exception as error:
        return error
    return None


def shown(error: BaseException | None) -> list[str]:
    """All ways to show an error, those with the values of all variables included."""
    texts: list[str] = []
    while error is not None:
        out = StringIO()
        console = Console(file=out, width=4000)
        console.print(
            Traceback.from_exception(
                type(error),
                error,
                error.__traceback__,
                show_locals=True,
                locals_max_string=None,
                locals_max_length=None,
            )
        )
        texts += [out.getvalue(), str(error), repr(error), repr(vars(error)), *traceback.format_exception(error)]
        error = error.__cause__ or error.__context__
    return texts


@pytest.mark.parametrize("kind", ["401", "broken JSON", "a misfit"])
def test_no_secret_in_errors_and_their_variables(hasty: None, planted: Callable[[str], str], kind: str) -> None:
    with SyntheticModel(fault=lambda number, request: KINDS[kind]) as model:
        settings = Settings.resolve(base_url=planted(model.base_url), model="m", cache=False)
        articles = [Article.from_text(text, id=name, language="en") for name, text in TEXTS.items()]
        error = caught(settings, articles)
    assert isinstance(error, SummarizerError)
    assert found(*shown(error), repr(settings), str(settings)) == []


def test_no_secret_where_nobody_listens(
    hasty: None, planted: Callable[[str], str], files: list[str], tmp_path: Path
) -> None:
    with SyntheticModel() as model:
        address = planted(model.base_url)
    with everything_logged() as records:
        done = command("story", *files, "--base-url", address, "--verbose")
        asked = command("doctor", "--base-url", address, "--verbose")
    assert (done.exit_code, asked.exit_code) == (3, 3)
    articles = [Article.from_text(TEXTS["gazette"], id="gazette", language="en")]
    error = caught(Settings.resolve(base_url=address, model="m"), articles)
    assert error is not None
    assert found(done.stdout, done.stderr, asked.stdout, asked.stderr, *written(records), *shown(error)) == []


@pytest.mark.parametrize("options", [[], ["--verbose"], ["--quiet"]])
def test_no_secret_in_an_error_that_nobody_foresaw(
    hasty: None,
    planted: Callable[[str], str],
    files: list[str],
    monkeypatch: pytest.MonkeyPatch,
    options: list[str],
) -> None:
    def broken(article: Article) -> None:
        raise RuntimeError(f"no good: {ECHO}, http://reader:{quote(PASSWORD, safe='')}@host/v1, \x1b[2J")

    monkeypatch.setattr(summarizer.extract, "find_marks", lambda *arguments: broken(*arguments[:1]))
    monkeypatch.setenv("OPENAI_BASE_URL", "http://reader:" + quote(PASSWORD, safe="") + "@127.0.0.1:9/v1")
    done = command("story", *files, *options)
    assert done.exit_code == 70
    assert "internal error: RuntimeError: no good" in done.stderr
    assert found(done.stdout, done.stderr) == []
    assert "\x1b" not in done.stderr
    address = os.environ.pop("OPENAI_BASE_URL")
    assert found(command("story", *files, *options, "--base-url", address).stderr) == []


# --- settings and addresses ---


@pytest.mark.parametrize(
    "wrong",
    [
        {"base_url": f"ftp://reader:{quote(PASSWORD, safe='')}@host/v1"},
        {"base_url": f"http://reader:{quote(PASSWORD, safe='')}@host:no/v1"},
        {"api_key": f"{KEY}\nü"},
        {"base_url": f"http://reader:{quote(PASSWORD, safe='')}@host/v1", "gguf": "own.gguf"},
        {"timeout": "soon"},
    ],
)
def test_no_secret_in_errors_of_settings(monkeypatch: pytest.MonkeyPatch, wrong: dict[str, Any]) -> None:
    names = {"base_url": "OPENAI_BASE_URL", "gguf": "SUMMARIZER_GGUF", "timeout": "SUMMARIZER_TIMEOUT"}
    monkeypatch.setenv("OPENAI_API_KEY", wrong.get("api_key", KEY))
    for name, value in wrong.items():
        monkeypatch.setenv(names.get(name, "OPENAI_API_KEY"), value)
    error = resolved(Article.from_text(TEXTS["gazette"], id="gazette", language="en"))
    assert isinstance(error, SummarizerError)
    assert found(*shown(error)) == []
    done = command("doctor", "--verbose")
    assert done.exit_code == 2
    assert found(done.stdout, done.stderr) == []


def resolved(article: Article) -> BaseException | None:
    try:
        return caught(Settings.resolve(cache=False), [article])
    except Exception as error:
        return error


def test_no_secret_in_errors_of_arguments(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("PLANTED", KEY)
    with pytest.raises(SettingsError) as caught_here:
        from_arguments()
    assert found(*shown(caught_here.value.with_traceback(caught_here.tb.tb_next))) == []


def from_arguments() -> None:
    Settings.resolve(api_key=os.environ["PLANTED"], timeout="soon")


def test_no_secret_where_doctor_asks_a_server(
    planted: Callable[[str], str], play: Callable[..., ScriptedServer]
) -> None:
    asked = play(Reply(body={"data": [{"id": "m"}]}), Reply(status=401, body=ECHO))
    with everything_logged() as records:
        done = [command("doctor", "--base-url", planted(asked.base_url), "--verbose") for _ in range(2)]
    assert [result.exit_code for result in done] == [0, 3]
    assert {request.headers["authorization"] for request in asked.requests} == {f"Basic {LOGIN}"}
    assert any("HTTP Request" in line for line in written(records))
    assert found(*written(records), *(result.stdout + result.stderr for result in done)) == []


def test_user_and_password_are_sent_as_before_but_not_in_the_address() -> None:
    endpoint = Endpoint(f"http://reader:{quote(PASSWORD, safe='')}@host:8000/v1", KEY, "m", "host")
    assert endpoint.address == "http://host:8000/v1"
    assert endpoint.login == {"Authorization": f"Basic {LOGIN}"}
    assert set(endpoint.secrets) == set(SECRETS)
    plain = Endpoint("https://host/v1", KEY, "m", "host")
    assert (plain.address, plain.login, plain.secrets) == ("https://host/v1", {}, (KEY,))
    token = Endpoint(f"https://{KEY}@host/v1?sig=abcdefgh", "no-key", "m", "host")
    assert {KEY, "abcdefgh"} <= set(token.secrets)


@pytest.mark.parametrize(
    ("text", "clean"),
    [
        (f"a {KEY} b", "a [secret] b"),
        (json.dumps({"a": KEY}), '{"a": "[secret]"}'),
        (f'{{"a": "{ESCAPED}", "b": [1.50, "é"]}}', '{"a": "[secret]", "b": [1.5, "é"]}'),
        ('{"a": "\\u00e9"}', '{"a": "\\u00e9"}'),
        ("nothing", "nothing"),
    ],
)
def test_secrets_are_taken_out_in_whatever_spelling(text: str, clean: str) -> None:
    assert without_secrets(text, (KEY,)) == clean


def test_a_password_with_quotation_marks_is_taken_out_of_json() -> None:
    assert without_secrets(json.dumps(['pass"word\\']), ('pass"word\\',)) == '["[secret]"]'


# --- a process of its own, with all that makes libraries talk ---


def test_no_secret_in_a_process_that_debugs(planted: Callable[[str], str], files: list[str], tmp_path: Path) -> None:
    loud = {"OPENAI_LOG": "debug", "HTTPX_LOG_LEVEL": "trace", "PYTHONDEVMODE": "1", "PYTHONFAULTHANDLER": "1"}
    with server("an answer") as model:
        loud["OPENAI_BASE_URL"] = planted(model.base_url)
        done = subprocess.run(
            [sys.executable, "-m", "summarizer", "story", *files, "--verbose"],
            capture_output=True, text=True, timeout=120, check=False,
            env={**os.environ, **loud, "OPENAI_API_KEY": KEY, "SUMMARIZER_CACHE_DIR": str(tmp_path / "cache")},
        )  # fmt: skip
    assert done.returncode == 1  # what fits the one task fits no other
    assert "HTTP Response" in done.stderr
    assert found(done.stdout, done.stderr, *bytes_below(tmp_path / "cache")) == []
