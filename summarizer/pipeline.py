"""The whole way from articles to a merged story, and the Python API."""

import asyncio
from collections.abc import Coroutine, Sequence
from contextlib import AsyncExitStack
from typing import TYPE_CHECKING, Any, Self, TypeVar, overload

from pydantic import BaseModel

from . import adjudicate as residue
from .align import align, settle
from .compare import Judgement
from .errors import ModelError, ModelUnavailable, ReplyError, SettingsError, SummarizerError
from .extract import Reading, extract, plan, read
from .fill import fill
from .ground import ground
from .header import write_header
from .merge import assemble, compared, verified
from .model import Meter, open_model
from .narrative import complete, write_narrative
from .progress import Progress, Silent
from .provenance import provenance
from .schemas import Article, Comparison, EventSummary, Failure, MergedSummary, SingleSource, Stage, Usage
from .settings import Settings
from .tasks import run_all

if TYPE_CHECKING:
    from .model.client import Model

T = TypeVar("T", bound=BaseModel)
R = TypeVar("R")

_READING = "read articles"
_MERGING = "compare"


class Summarizer:
    """Summarises articles and merges them, over one model that stays open while the context lasts.

        async with Summarizer(concurrency=8) as summarizer:
            story = await summarizer.story(articles)

    Settings come from `settings`, or from keyword arguments, environment and defaults (`Settings.resolve`). The model
    is opened when it is first needed. One instance serves one event loop.
    """

    def __init__(self, settings: Settings | None = None, *, progress: Progress | None = None, **overrides: Any) -> None:
        if settings is not None and overrides:
            raise SettingsError("give either settings or single settings by name, not both")
        self.settings = settings or Settings.resolve(**overrides)
        self._progress = progress or Silent()
        self._stack = AsyncExitStack()
        self._opening = asyncio.Lock()
        self._model: Model | None = None
        self._entered = False

    async def __aenter__(self) -> Self:
        self._entered = True
        return self

    async def __aexit__(self, *error: object) -> None:
        self._entered, self._model = False, None
        await self._stack.aclose()

    async def _open(self) -> "Model":
        if not self._entered:
            raise SettingsError("the Summarizer is not open", hint="use it as `async with Summarizer() as summarizer:`")
        async with self._opening:
            if self._model is None:
                self._model = await self._stack.enter_async_context(open_model(self.settings, self._progress))
            return self._model

    @overload
    async def summarize(self, article: Article) -> EventSummary: ...
    @overload
    async def summarize(self, article: Article, *, schema: type[T]) -> T: ...
    async def summarize(self, article: Article, *, schema: type[T] | None = None) -> EventSummary | T:
        """One article as an EventSummary, or as an instance of your own `schema`.

        Raises ModelUnavailable where there is no usable model. A window of the article that fails does not raise: it
        is listed in the summary's `failures`.
        """
        reading = read(article)
        model = await self._open()
        if schema is not None:
            tokens = max(self.settings.max_output_tokens, 1000)
            return await fill(reading, schema, model, Meter(), hosted=self.settings.hosted, max_tokens=tokens)
        self._progress.start(_READING, self._calls(reading))
        try:
            return await self._summary(reading, model)
        finally:
            self._progress.finish(_READING)

    async def summarize_all(self, articles: Sequence[Article]) -> list[EventSummary | Failure]:
        """One result for each article, in their order. What fails is a Failure in its place and costs the rest nothing."""
        readings = [read(article) for article in articles]
        try:
            model = await self._open()
        except ModelUnavailable as error:
            return [_failure(reading.article.id, error) for reading in readings]
        self._progress.start(_READING, sum(self._calls(reading) for reading in readings))
        try:
            return await run_all(self._summary_or_failure(reading, model) for reading in readings)
        finally:
            self._progress.finish(_READING)

    def _calls(self, reading: Reading) -> int:
        return len(plan(reading, self.settings.window_sentences)) + 1

    async def _summary_or_failure(self, reading: Reading, model: "Model") -> EventSummary | Failure:
        try:
            return await self._summary(reading, model)
        except SummarizerError as error:
            return _failure(reading.article.id, error)

    async def _summary(self, reading: Reading, model: "Model") -> EventSummary:
        meter, settings = Meter(), self.settings
        found = await extract(
            reading,
            model,
            size=settings.window_sentences,
            max_tokens=settings.max_output_tokens,
            meter=meter,
            done=lambda: self._progress.advance(_READING),
        )
        claims = ground(found.proposed, reading, settings.language)
        failures = list(found.failures)
        header: dict[str, Any] = {}
        try:
            header = await write_header(claims, reading, model, meter, settings.language)
        except ReplyError as error:
            failures.append(_failure(reading.article.id, error, stage="summarise", partial=True))
        self._progress.advance(_READING)
        return EventSummary(
            article=reading.article,
            **header,
            claims=tuple(claims),
            failures=tuple(failures),
            usage=meter.usage.per_claim(sum(claim.verified for claim in claims)),
            provenance=provenance(settings, ("marks", "facts", "header"), model),
        )

    async def merge(self, summaries: Sequence[EventSummary], failures: Sequence[Failure] = ()) -> MergedSummary:
        """Summaries compared and merged; the model decides what rules cannot, and tells the story.

        Raises ModelUnavailable; a reply that is of no use leaves its part to the rules and is listed in `failures`.
        """
        failures, meter, told = list(failures), Meter(), None
        model = await self._open()
        self._progress.start(_MERGING, 2)
        try:
            found = await self._compared(summaries, model, meter, failures)
            self._progress.advance(_MERGING)
            try:
                headline, sentences = await write_narrative(_findings(found), model, meter, self.settings.language)
                told = (headline, complete(sentences, found)) if sentences else None
            except ReplyError as error:
                failures.append(_failure(None, error, stage="merge", partial=True))
        finally:
            self._progress.finish(_MERGING)
        usage = sum((summary.usage for summary in summaries), Usage()) + meter.usage
        used = ("marks", "facts", "header", residue.PROMPT, "narrative")
        made = provenance(self.settings, used, model)
        return assemble(summaries, found, told=told, failures=failures, usage=usage, provenance=made)

    async def _compared(
        self, summaries: Sequence[EventSummary], model: "Model", meter: Meter, failures: list[Failure]
    ) -> list[Comparison]:
        alignment = align(verified(summaries), [summary.article.title for summary in summaries])
        try:
            verdicts = await residue.adjudicate(alignment.doubts, alignment.groups, model, meter)
        except ReplyError as error:
            failures.append(_failure(None, error, stage="compare", partial=True))
            verdicts = {}
        return compared(settle(alignment, verdicts), residue.judgement(verdicts))

    async def story(self, articles: Sequence[Article], failures: Sequence[Failure] = ()) -> MergedSummary:
        """Everything: each article summarised, all merged; `failures` of reading are carried into the result.

        Raises ModelUnavailable if not one article could be summarised.
        """
        results = await self.summarize_all(articles)
        summaries = [item for item in results if isinstance(item, EventSummary)]
        failed = [item for item in results if isinstance(item, Failure)]
        if failed and not summaries:
            raise ModelUnavailable(f"no article could be summarised: {failed[0].reason}", hint=failed[0].hint)
        return await self.merge(summaries, [*failures, *failed])


def _failure(
    article: str | None, error: SummarizerError, *, stage: Stage | None = None, partial: bool = False
) -> Failure:
    default: Stage = "model" if isinstance(error, ModelError) else "extract"
    return Failure(article=article, stage=stage or default, reason=error.message, hint=error.hint, partial=partial)


def _findings(found: Sequence[Comparison]) -> list[Comparison]:
    """What a story is told from: what several articles speak of; what one says alone only if there is nothing else."""
    shared = [item for item in found if not isinstance(item, SingleSource)]
    return shared or list(found)


@overload
def summarize(
    article: Article, *, schema: None = None, settings: Settings | None = None, **overrides: Any
) -> EventSummary: ...
@overload
def summarize(article: Article, *, schema: type[T], settings: Settings | None = None, **overrides: Any) -> T: ...
def summarize(
    article: Article, *, schema: type[T] | None = None, settings: Settings | None = None, **overrides: Any
) -> EventSummary | T:
    """One article as an EventSummary, or as your own `schema`; opens and closes the model for this call alone.

    For several articles, or inside an event loop, use `Summarizer`.
    """

    async def run() -> EventSummary | T:
        async with Summarizer(settings, **overrides) as summarizer:
            if schema is None:
                return await summarizer.summarize(article)
            return await summarizer.summarize(article, schema=schema)

    return _run(run())


def merge(summaries: Sequence[EventSummary], *, failures: Sequence[Failure] = ()) -> MergedSummary:
    """Summaries compared and merged by rules alone, without a model; `Summarizer.merge` asks one for the residue."""
    alignment = align(verified(summaries), [summary.article.title for summary in summaries])
    found = compared(alignment.groups, Judgement())
    usage = sum((summary.usage for summary in summaries), Usage())
    made = provenance(None, (), None, made_by=[summary.provenance for summary in summaries])
    return assemble(summaries, found, told=None, failures=failures, usage=usage, provenance=made)


def _run(work: Coroutine[Any, Any, R]) -> R:
    try:
        asyncio.get_running_loop()
    except RuntimeError:
        return asyncio.run(work)
    work.close()
    raise SettingsError(
        "summarize() cannot run inside an event loop", hint="use `async with Summarizer() as summarizer:` there"
    )
