"""Chat completions for the baselines: kept on disk by request, so that only what is not there costs model time."""

import hashlib
import json
import os
import time
from contextlib import ExitStack
from pathlib import Path
from types import TracebackType
from typing import TYPE_CHECKING, Any, Self

from summarizer.errors import ModelError, ModelUnavailable
from summarizer.model.meter import Meter
from summarizer.settings import Settings

if TYPE_CHECKING:
    import openai
    from openai.types.chat import ChatCompletion

    from summarizer.model.endpoint import Endpoint

PATIENCE = 1200.0
"""Seconds for one reply: a prompt of several articles takes minutes on two cores."""


class Answers:
    """Replies to chat requests, from `folder` where they were kept by an earlier run, else from the model's server.

    The server (the embedded one, or the one that `settings` name) starts at the first request that was not kept, and
    stops on leaving the context. With `replay` there is none: such a request raises ModelUnavailable. `meter` counts
    what the replies cost when they were made, also those that come from the folder; assign a fresh one per story.
    A kept file holds the request and the reply with its `seconds`; it holds neither address nor key.
    """

    def __init__(self, folder: Path, settings: Settings, *, replay: bool = False) -> None:
        self.meter = Meter()
        self.unanswered = 0
        self.model = settings.model_name
        self._folder = folder
        self._settings = settings
        self._replay = replay
        self._open = ExitStack()
        self._server: tuple[openai.OpenAI, Endpoint] | None = None

    def create(self, **request: Any) -> "ChatCompletion":
        """The reply to one request of the chat completions interface; takes the place of the client's own `create`.

        Raises ModelUnavailable where no further request can succeed, another ModelError where only this one failed.
        A failed request is not kept: the next run makes it again.
        """
        from openai.types.chat import ChatCompletion

        request = {name: value for name, value in request.items() if value is not None} | {"model": self.model}
        key = hashlib.sha256(json.dumps(request, sort_keys=True, ensure_ascii=False).encode()).hexdigest()
        path = self._folder / f"{key}.json"
        self.meter.sent()
        if path.is_file():
            kept = json.loads(path.read_text("utf-8"))
        else:
            kept = self._asked(request)
            _write(path, kept)
        reply = ChatCompletion.model_validate(kept["reply"])
        self.meter.waited(kept["seconds"])
        if reply.usage:
            details = reply.usage.prompt_tokens_details
            self.meter.spent(
                prompt=reply.usage.prompt_tokens,
                cached=(details.cached_tokens or 0) if details else 0,
                output=reply.usage.completion_tokens,
            )
        if not _whole(reply):
            self.meter.failed()
        return reply

    def close(self) -> None:
        """Stop the server, if one was started."""
        self._open.close()
        self._server = None

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self.close()

    def _asked(self, request: dict[str, Any]) -> dict[str, Any]:
        import openai

        from summarizer.model.faults import fault_of

        if self._replay:
            raise ModelUnavailable("a reply was not kept by an earlier run", hint="run again without --replay")
        client, endpoint = self._server or self._start()
        fault: ModelError
        start = time.monotonic()
        try:
            reply = client.chat.completions.create(**{**request, "model": endpoint.model})
        except openai.OpenAIError as error:
            self.unanswered += 1
            self.meter.failed()
            self.meter.waited(time.monotonic() - start)
            fault = fault_of(error, endpoint, None, "baseline")
        else:
            seconds = round(time.monotonic() - start, 3)
            return {"request": request, "reply": reply.model_dump(mode="json"), "seconds": seconds}
        raise fault  # outside the except block: it does not carry the client's error, which holds request and key

    def _start(self) -> "tuple[openai.OpenAI, Endpoint]":
        import openai

        from summarizer.model.endpoint import EMBEDDED, Endpoint, hosted_endpoint

        if self._settings.hosted:
            endpoint = hosted_endpoint(self._settings)
        else:
            from summarizer.local.server import EmbeddedServer
            from summarizer.local.weights import ensure_weights
            from summarizer.progress import Silent

            path = ensure_weights(self._settings, Silent())
            server = self._open.enter_context(EmbeddedServer(path, context_tokens=self._settings.context_tokens))
            endpoint = Endpoint(server.base_url, server.api_key, server.model, EMBEDDED)
        # A proxy from the environment cannot reach a server inside this process.
        transport = openai.DefaultHttpxClient(trust_env=not endpoint.embedded)
        client = openai.OpenAI(
            base_url=endpoint.base_url,
            api_key=endpoint.api_key,
            timeout=PATIENCE,
            max_retries=0 if endpoint.embedded else 2,
            http_client=transport,
        )
        self._open.callback(client.close)
        self._server = client, endpoint
        return self._server


def _whole(reply: "ChatCompletion") -> bool:
    """Whether a reply is JSON to its end; every baseline asks for JSON."""
    try:
        json.loads(reply.choices[0].message.content or "")
    except (ValueError, IndexError):
        return False
    return True


def _write(path: Path, kept: dict[str, Any]) -> None:
    path.parent.mkdir(parents=True, exist_ok=True)
    partial = path.with_suffix(f".{os.getpid()}.part")
    partial.write_text(json.dumps(kept, ensure_ascii=False, indent=1), "utf-8")
    partial.replace(path)
