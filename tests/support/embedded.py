"""The embedded model as tests see it: really running while they record, a fixed address while they replay."""

import os
from collections.abc import AsyncIterator
from contextlib import ExitStack, asynccontextmanager
from typing import Any

from summarizer.model.endpoint import EMBEDDED, Endpoint
from summarizer.progress import Progress, Silent
from summarizer.settings import EMBEDDED_MODEL, ENVIRONMENT, Settings

REPLAYED = Endpoint(base_url="http://127.0.0.1/v1", api_key="replayed", model=EMBEDDED_MODEL, provider=EMBEDDED)
"""Where replayed requests go; nobody listens there."""


class RecordingServer:
    """The embedded server, started when it is first needed and stopped at the end of the session."""

    def __init__(self) -> None:
        # Tests run in a shielded environment; the weights are in the user's own cache.
        cache = os.environ.get(ENVIRONMENT["cache_dir"])
        self._settings = Settings.resolve({}, cache_dir=cache)
        self._stack = ExitStack()
        self._endpoint: Endpoint | None = None

    def endpoint(self) -> Endpoint:
        """The running server; its model bears the name under which replays ask for it."""
        if self._endpoint is None:
            from summarizer.local.server import EmbeddedServer
            from summarizer.local.weights import ensure_weights

            path = ensure_weights(self._settings, Silent())
            server = self._stack.enter_context(EmbeddedServer(path, context_tokens=self._settings.context_tokens))
            self._endpoint = Endpoint(server.base_url, server.api_key, EMBEDDED_MODEL, EMBEDDED)
        return self._endpoint

    def close(self) -> None:
        """Stop it if it runs."""
        self._stack.close()


def always(endpoint: Endpoint) -> Any:
    """A stand-in for `summarizer.model.opening.endpoint_for` that opens nothing."""

    @asynccontextmanager
    async def endpoint_for(settings: Settings, progress: Progress) -> AsyncIterator[Endpoint]:
        yield endpoint

    return endpoint_for
