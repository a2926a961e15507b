"""Choosing and opening the model: a hosted server if the settings name one, else the embedded model."""

import asyncio
from collections.abc import AsyncIterator
from contextlib import AsyncExitStack, asynccontextmanager
from pathlib import Path
from typing import TYPE_CHECKING

from ..progress import Progress
from ..settings import Settings
from .endpoint import EMBEDDED, NO_KEY, Endpoint, hosted_endpoint
from .store import has_store, open_store

if TYPE_CHECKING:
    from .client import Model
    from .rehearsal import Rehearsal


@asynccontextmanager
async def endpoint_for(settings: Settings, progress: Progress) -> AsyncIterator[Endpoint]:
    """Provide the server to ask, running while the context lasts.

    The embedded model's weights are put in place and its server started in worker threads: `progress` is called from
    there.
    """
    if settings.hosted:
        yield hosted_endpoint(settings)
        return
    from ..local.server import EmbeddedServer
    from ..local.weights import PUBLISHED, ensure_weights

    path = await asyncio.to_thread(ensure_weights, settings, progress)
    server = EmbeddedServer(path, context_tokens=settings.context_tokens, parallel=settings.parallel)
    async with server:
        weights = _same_weights(path) if settings.gguf else PUBLISHED.sha256
        yield Endpoint(server.base_url, server.api_key, server.model, EMBEDDED, weights)


def unopened_endpoint(settings: Settings) -> Endpoint:
    """The endpoint that a run would ask, as far as kept answers are known by it: nothing is started or fetched."""
    if settings.hosted:
        return hosted_endpoint(settings)
    from ..local.weights import PUBLISHED, weights_status

    status = weights_status(settings)
    weights = PUBLISHED.sha256
    if settings.gguf:  # of a file that is missing nothing is kept
        weights = _same_weights(status.path) if status.present else ""
    return Endpoint("http://127.0.0.1/v1", NO_KEY, status.path.stem, EMBEDDED, weights)


def _same_weights(path: Path) -> str:
    """What changes when an own model file is replaced by another: reading it all would take seconds at every start."""
    state = path.stat()
    return f"{path.name} {state.st_size} {state.st_mtime_ns}"


@asynccontextmanager
async def open_model(settings: Settings, progress: Progress) -> AsyncIterator["Model"]:
    """Provide a model ready to be asked; its server, if it is the embedded one, stops when the context ends.

    Raises ModelUnavailable (WeightsError for the embedded model's file) where there is none to open, and SettingsError
    for an address that is none. A hosted server is not contacted before the first question. What it answers is kept in
    `settings.cache_dir`, and not asked again, unless `settings.cache` is off.
    """
    async with AsyncExitStack() as stack:
        store = open_store(settings, progress)
        if store is not None:
            stack.enter_context(store)
        endpoint = await stack.enter_async_context(endpoint_for(settings, progress))
        from .client import Model  # late: openai and instructor cost half a second

        model = Model(settings, endpoint, store)
        try:
            yield model
        finally:
            await model.aclose()


@asynccontextmanager
async def open_rehearsal(settings: Settings, progress: Progress) -> AsyncIterator["Rehearsal"]:
    """Provide what stands in for the model in a dry run: it knows the kept answers and sends nothing."""
    endpoint = unopened_endpoint(settings)
    from .rehearsal import Rehearsal

    async with AsyncExitStack() as stack:
        store = open_store(settings, progress) if has_store(settings.cache_dir) else None
        if store is not None:
            stack.enter_context(store)
        model = Rehearsal(settings, endpoint, store)
        stack.push_async_callback(model.aclose)
        yield model


def describe(settings: Settings) -> str:
    """Tell which model would be used and why, in one line; says whether a key is set, never which."""
    if settings.hosted:
        endpoint = hosted_endpoint(settings)
        key = "an API key (OPENAI_API_KEY)" if settings.api_key else "no API key"
        server = "a server address (OPENAI_BASE_URL)" if settings.base_url else "no server address"
        return f"hosted model {endpoint.model} at {endpoint.provider}: {key} and {server} given"
    if settings.gguf:
        return f"embedded server with your own model file {settings.gguf}: gguf (SUMMARIZER_GGUF) given"
    lacking = "neither an API key (OPENAI_API_KEY) nor a server address (OPENAI_BASE_URL) given"
    return f"embedded model {settings.model_name}: {lacking}"
