"""The rules of recorded conversations: nothing stale, nothing unused, no key in a file, no network in a test."""

import asyncio
import json
import socket
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
import yaml
from hypothesis import given
from hypothesis import strategies as st
from pydantic import BaseModel
from support import readable_yaml
from support.cassettes import KEPT_REQUEST_HEADERS, KEPT_RESPONSE_HEADERS, expected_cassettes, orphans
from support.network import NetworkBlockedError
from support.scripted_server import Reply, ScriptedServer, synthetic_completion

from summarizer.model import Endpoint, Meter
from summarizer.model.client import Model
from summarizer.settings import Settings

pytest_plugins = ("pytester",)

ROOT = Path(__file__).parents[1]
FILES = sorted((ROOT / "cassettes").rglob("*.yaml"))
KEY = "sk-planted-0123456789abcdef"
PASSWORD = "hush-hush"
REPLY = Reply(
    headers={"Set-Cookie": "session=planted-cookie", "X-Request-Id": "planted-id", "Retry-After": "1"},
    body=synthetic_completion(json.dumps({"word": "žluťoučký жук"}, ensure_ascii=False)).body,
)

CONVERSATION = f"""
    import os

    import pytest
    from pydantic import BaseModel

    from summarizer.errors import SummarizerError
    from summarizer.model import Endpoint, Meter
    from summarizer.model.client import Model
    from summarizer.settings import Settings


    class Word(BaseModel):
        word: str


    @pytest.mark.anyio
    async def test_talk(cassette):
        model = Model(Settings(), Endpoint(os.environ["TALK_URL"], {KEY!r}, "small", "embedded"))
        try:
            for question in os.environ["TALK"].split("|"):
                messages = [{{"role": "user", "content": "Be brief.\\n" + question}}]
                assert (await model.ask(messages, Word, meter=Meter(), max_tokens=9)).word
        except SummarizerError:
            if "TALK_SWALLOWS" not in os.environ:
                raise
        finally:
            await model.aclose()
"""


class Word(BaseModel):
    word: str


@pytest.fixture(scope="module", autouse=True)
def libraries_loaded() -> None:
    """One exchange, so that all libraries are loaded: pytester forgets what is first loaded in its runs, and a library
    that is loaded anew does not know the exceptions that others hold of it."""

    async def exchange(base_url: str) -> None:
        model = Model(Settings(), Endpoint(base_url, "k", "small", "embedded"))
        await model.ask([{"role": "user", "content": "?"}], Word, meter=Meter(), max_tokens=9)
        await model.aclose()

    with ScriptedServer(REPLY) as server:
        asyncio.run(exchange(server.base_url))


class Talk:
    """A test file in a folder of its own, run with this project's conftest."""

    def __init__(self, pytester: pytest.Pytester, monkeypatch: pytest.MonkeyPatch) -> None:
        self._pytester = pytester
        self._monkeypatch = monkeypatch
        pytester.makeconftest((ROOT / "tests" / "conftest.py").read_text(encoding="utf-8"))
        pytester.makepyfile(test_talk=CONVERSATION)
        self.file = pytester.path / "cassettes" / "talk" / "test_talk.yaml"

    def run(self, *arguments: str, talk: str = "", url: str = "http://127.0.0.1/v1") -> pytest.RunResult:
        """Run it; `talk` holds the questions, parted by bars."""
        self._monkeypatch.setenv("TALK", talk)
        self._monkeypatch.setenv("TALK_URL", url)
        return self._pytester.runpytest_inprocess("-p", "no:cacheprovider", "-W", "error", *arguments)

    def record(self, talk: str, user: str = "") -> pytest.RunResult:
        """Record it against a scripted server, which is gone afterwards."""
        with ScriptedServer(*[REPLY] * 9) as server:
            return self.run("--record=all", talk=talk, url=server.base_url.replace("//", f"//{user}"))


@pytest.fixture
def talk(pytester: pytest.Pytester, monkeypatch: pytest.MonkeyPatch) -> Talk:
    return Talk(pytester, monkeypatch)


REMEDY = "*python -m pytest test_talk.py::test_talk --record=all"


def test_what_is_recorded_replays_without_a_server(talk: Talk) -> None:
    talk.record("Wie heißt es?|And now?").assert_outcomes(passed=1)
    before = talk.file.read_bytes()
    talk.run(talk="Wie heißt es?|And now?").assert_outcomes(passed=1)
    talk.run("--record=once", talk="Wie heißt es?|And now?").assert_outcomes(passed=1)
    assert talk.file.read_bytes() == before


@pytest.mark.parametrize("user", ["", f"reader:{PASSWORD}@"])
def test_a_file_holds_no_secret_and_can_be_read(talk: Talk, user: str) -> None:
    talk.record("Wie heißt es?", user).assert_outcomes(passed=1)
    text = talk.file.read_text(encoding="utf-8")
    for planted in (KEY, PASSWORD, "reader", "planted-cookie", "planted-id", "uthorization", "cookie"):
        assert planted not in text
    (interaction,) = yaml.safe_load(text)["interactions"]
    assert interaction["request"]["headers"] == {"content-type": ["application/json"]}
    assert interaction["request"]["uri"] == "http://127.0.0.1/v1/chat/completions"
    assert interaction["response"]["headers"] == {"content-type": ["application/json"], "retry-after": ["1"]}
    assert "content: |-\n" in text
    assert "Wie heißt es?" in text
    assert "жук" in text


def test_a_key_in_a_body_is_not_written(talk: Talk) -> None:
    result = talk.record(f"What does {KEY} mean?")
    result.stdout.fnmatch_lines(["*a key would stand in it*"])
    assert not talk.file.exists()


@pytest.mark.parametrize("said", [PASSWORD, "gate/keeper@4", "gate%2Fkeeper%404"])
def test_a_password_of_the_address_in_a_body_is_not_written(talk: Talk, said: str) -> None:
    user = f"reader:{PASSWORD if said == PASSWORD else 'gate%2Fkeeper%404'}@"
    result = talk.record(f"What does {said} mean?", user)
    result.stdout.fnmatch_lines(["*a key would stand in it*"])
    assert not talk.file.exists()


def test_a_changed_request_fails_with_the_difference_and_the_remedy(talk: Talk) -> None:
    talk.record("How many?")
    result = talk.run(talk="How many boats?")
    result.assert_outcomes(failed=1)
    result.stdout.fnmatch_lines(["*-*How many?", "*+*How many boats?", REMEDY])
    result.stdout.no_fnmatch_line("*APIConnectionError*")


def test_a_swallowed_mismatch_fails_all_the_same(talk: Talk, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("TALK_SWALLOWS", "1")
    talk.record("How many?")
    result = talk.run(talk="How many boats?")
    result.assert_outcomes(failed=1)
    result.stdout.fnmatch_lines(["*+*How many boats?", REMEDY])


def test_an_old_cassette_is_stale_in_once_mode_too_and_all_renews_it(talk: Talk) -> None:
    talk.record("How many?|Where?")
    talk.run("--record=once", talk="How many boats?").assert_outcomes(failed=1)
    talk.record("How many boats?").assert_outcomes(passed=1)
    assert talk.file.read_text(encoding="utf-8").count("Be brief.") == 1


def test_once_records_what_is_missing(talk: Talk) -> None:
    with ScriptedServer(REPLY) as server:
        talk.run("--record=once", talk="How many?", url=server.base_url).assert_outcomes(passed=1)
    talk.run(talk="How many?").assert_outcomes(passed=1)


def test_an_unplayed_reply_fails(talk: Talk) -> None:
    talk.record("How many?|Where?")
    result = talk.run(talk="How many?")
    result.assert_outcomes(failed=1)
    result.stdout.fnmatch_lines(["1 recorded*not asked for*", "*Where?*", REMEDY])


def test_a_reply_is_played_once(talk: Talk) -> None:
    talk.record("How many?")
    result = talk.run(talk="How many?|How many?")
    result.assert_outcomes(failed=1)
    result.stdout.fnmatch_lines(["*more often than it is recorded*", REMEDY])


def test_a_missing_cassette_fails_with_the_remedy(talk: Talk) -> None:
    result = talk.run(talk="How many?")
    result.assert_outcomes(failed=1)
    result.stdout.fnmatch_lines(["There is no cassettes/talk/test_talk.yaml*", REMEDY])


def test_a_cassette_test_that_asks_nothing_fails(pytester: pytest.Pytester, talk: Talk) -> None:
    pytester.makepyfile(test_talk="def test_talk(cassette):\n    pass\n")
    result = talk.run()
    result.assert_outcomes(failed=1)
    result.stdout.fnmatch_lines([REMEDY])


def test_parameters_have_files_of_their_own(pytester: pytest.Pytester, talk: Talk) -> None:
    pytester.makepyfile(
        test_talk="""
        import pytest

        @pytest.mark.parametrize("language", ["fr", "zh/Hant"])
        def test_talk(cassette, language):
            assert cassette.path.name == f"test_talk.{language.replace('/', '-')}.yaml"
            pytest.skip("nothing to ask")
        """
    )
    talk.run().assert_outcomes(skipped=2)


def test_replay_reaches_nothing_at_all_and_no_setting_of_the_user(
    pytester: pytest.Pytester, talk: Talk, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("OPENAI_API_KEY", KEY)
    monkeypatch.setenv("SUMMARIZER_MODEL", "mine")
    monkeypatch.setenv("HTTPS_PROXY", "http://127.0.0.1:9")
    pytester.makepyfile(
        test_talk="""
        import os
        import socket

        import pytest
        from support.network import NetworkBlockedError

        from summarizer.settings import EMBEDDED_MODEL, Settings

        def test_talk(model_settings, tmp_path):
            with socket.socket() as client, pytest.raises(NetworkBlockedError):
                client.connect(("127.0.0.1", 80))
            assert "HTTPS_PROXY" not in os.environ
            settings = Settings.resolve()
            assert settings == model_settings
            assert (settings.hosted, settings.model_name) == (False, EMBEDDED_MODEL)
            assert settings.cache_dir.is_relative_to(tmp_path)
            pytest.skip("asked nothing")
        """
    )
    talk.run().assert_outcomes(skipped=1)


def test_tests_of_the_model_say_why_they_are_skipped(pytester: pytest.Pytester, talk: Talk) -> None:
    pytester.makepyfile(test_talk="import pytest\n\n@pytest.mark.model\ndef test_talk():\n    pass\n")
    result = talk.run("-rs")
    result.assert_outcomes(skipped=1)
    result.stdout.fnmatch_lines(["*needs the real embedded model: run with --model*"])
    talk.run("--model").assert_outcomes(passed=1)


# -- the network ----------------------------------------------------------------------------------------------------


@pytest.mark.parametrize("address", ["192.0.2.1", "93.184.215.14", "example.org"])
def test_tests_do_not_leave_the_machine(address: str) -> None:
    with socket.socket() as client, pytest.raises(NetworkBlockedError):
        client.connect((address, 443))
    with pytest.raises(NetworkBlockedError):
        socket.create_connection((address, 443), timeout=1)
    with socket.socket(type=socket.SOCK_DGRAM) as client, pytest.raises(NetworkBlockedError):
        client.sendto(b"x", (address, 53))


def test_loopback_and_unix_sockets_work() -> None:
    with ScriptedServer(REPLY) as server:
        port = int(server.base_url.split(":")[2].split("/")[0])
        with socket.create_connection(("localhost", port), timeout=5) as client:
            assert client.getpeername()[1] == port
    one, other = socket.socketpair()
    with one, other:
        one.sendall(b"x")
        assert other.recv(1) == b"x"


# -- the files ------------------------------------------------------------------------------------------------------

JSON = st.recursive(
    st.none() | st.booleans() | st.integers() | st.floats(allow_nan=False, allow_infinity=False) | st.text(),
    lambda inner: st.lists(inner) | st.dictionaries(st.text(), inner),
    max_leaves=12,
)


@given(asked=JSON, answered=JSON, plain=st.text())
def test_a_written_conversation_is_read_back_as_it_was(asked: Any, answered: Any, plain: str) -> None:
    def interactions() -> list[dict[str, Any]]:
        return [
            {"request": {"body": json.dumps(asked)}, "response": {"body": {"string": json.dumps(answered)}}},
            {"request": {"body": None}, "response": {"body": {"string": plain}}},
        ]

    text = readable_yaml.serialize({"version": 1, "interactions": interactions()})
    first, second = readable_yaml.deserialize(text)["interactions"]
    assert json.loads(first["request"]["body"]) == asked
    assert json.loads(first["response"]["body"]["string"]) == answered
    assert second["request"]["body"] is None
    read = second["response"]["body"]["string"]
    assert read == plain or json.loads(read) == json.loads(plain)


def _recorded() -> Iterator[tuple[Path, dict[str, Any]]]:
    for file in FILES:
        for interaction in yaml.safe_load(file.read_text(encoding="utf-8"))["interactions"]:
            yield file, interaction


def test_recorded_files_hold_only_what_they_may() -> None:
    for file, interaction in _recorded():
        assert interaction["request"]["headers"].keys() <= set(KEPT_REQUEST_HEADERS), file
        assert interaction["response"]["headers"].keys() <= set(KEPT_RESPONSE_HEADERS), file
        assert interaction["request"]["uri"].startswith("http://127.0.0.1/v1/"), f"{file}: not the embedded model"
        assert "/" not in interaction["response"]["body"]["string"]["json"]["model"], f"{file}: a path of this machine"


def test_there_are_recorded_files() -> None:
    assert FILES


def test_orphans_are_found(tmp_path: Path) -> None:
    used, lost = tmp_path / "talk" / "test_one.yaml", tmp_path / "talk" / "test_two.fr.yaml"
    used.parent.mkdir()
    used.touch()
    lost.touch()
    assert orphans(tmp_path, {used}) == [lost]
    assert orphans(tmp_path / "none", {used}) == []


def test_no_recorded_file_is_an_orphan(request: pytest.FixtureRequest) -> None:
    config = request.config
    named = [config.invocation_params.dir / argument for argument in config.args]
    if not any((ROOT / "tests").is_relative_to(path.resolve()) for path in named):
        pytest.skip("only a run of all tests knows all tests")
    lost = [str(path.relative_to(ROOT)) for path in orphans(ROOT / "cassettes", expected_cassettes(config))]
    assert not lost, f"no test replays {', '.join(lost)}: delete them"
