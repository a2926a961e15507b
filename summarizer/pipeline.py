"""The whole way from articles to a merged story, and the Python API."""

import asyncio
from collections.abc import Callable, Coroutine, Sequence
from contextlib import AbstractAsyncContextManager, AsyncExitStack, nullcontext
from types import TracebackType
from typing import TYPE_CHECKING, Any, Self, TypeVar, overload

from pydantic import BaseModel

from . import adjudicate, affirm
from .by_rules import merge as merge_by_rules
from .by_rules import refuse_repeated
from .continuing import NEW, Continued, continued, without_loss
from .deciding import decide
from .errors import BudgetSpent, ModelError, ModelUnavailable, ReplyError, SettingsError, SummarizerError
from .extract import EXTRACTION, Reading, extract, plan, read
from .failing import failure_of, spent_on
from .fill import fill
from .forecast import forecast
from .ground import ground
from .growth import grown
from .header import write_header
from .merging import assemble
from .model import Meter, open_model, open_rehearsal
from .narrative import complete, write_narrative
from .progress import Progress, Silent
from .provenance import provenance
from .schemas import Article, Comparison, EventSummary, Failure, Forecast, MergedSummary, SingleSource, Usage
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
    is opened when it is first needed; a budget (`max_tokens_total`) bounds all that is asked until it is closed. One
    instance serves one event loop.
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
        self._total = Meter()
        self._opens: Callable[[Settings, Progress], AbstractAsyncContextManager[Model]] = open_model

    @property
    def usage(self) -> Usage:
        """All that was spent so far, whatever became of it: summaries, merges, schemas of your own, what failed."""
        return self._total.usage

    async def __aenter__(self) -> Self:
        self._entered = True
        return self

    async def __aexit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self._entered, self._model = False, None
        await self._stack.__aexit__(kind, error, trace)  # an embedded server that is left midway ends another way

    async def _open(self) -> "Model":
        if not self._entered:
            raise SettingsError("the Summarizer is not open", hint="use it as `async with Summarizer() as summarizer:`")
        async with self._opening:
            if self._model is None:
                self._model = await self._stack.enter_async_context(self._opens(self.settings, self._progress))
            return self._model

    @overload
    async def summarize(self, article: Article) -> EventSummary: ...
    @overload
    async def summarize(self, article: Article, *, schema: type[T]) -> T: ...
    async def summarize(self, article: Article, *, schema: type[T] | None = None) -> EventSummary | T:
        """One article as an EventSummary, or as an instance of your own `schema`.

        Raises ModelUnavailable where there is no usable model, ReplyError where all its replies are of no use, and
        BudgetSpent where the budget allows no call at all (with `schema`: not all of them). A window of the article
        that fails alone does not raise: it is listed in the summary's `failures`.
        """
        reading = read(article)
        model = await self._open()
        if schema is not None:
            tokens = max(self.settings.max_output_tokens, 1000)
            meter = Meter(self._total)
            return await fill(reading, schema, model, meter, hosted=self.settings.hosted, max_tokens=tokens)
        self._progress.start(_READING, self._calls(reading))
        try:
            with model.slots.shared_with(article.id):
                return await self._summary(reading, model, Meter(self._total))
        finally:
            self._progress.finish(_READING)

    async def summarize_all(self, articles: Sequence[Article]) -> list[EventSummary | Failure]:
        """One result for each article, in their order; what fails is a Failure in its place, and the rest is there."""
        readings = [read(article) for article in articles]
        if not readings:
            return []
        try:
            model = await self._open()
        except ModelUnavailable as error:
            return [failure_of(reading.article.id, error) for reading in readings]
        self._progress.start(_READING, sum(self._calls(reading) for reading in readings))
        # Not all at once: a model that goes away midway shall leave finished articles behind, not beginnings of all.
        places = asyncio.Semaphore(self.settings.parallel)
        try:
            return await run_all(self._summary_or_failure(reading, model, places) for reading in readings)
        finally:
            self._progress.finish(_READING)

    def _calls(self, reading: Reading) -> int:
        return len(plan(reading, self.settings.window_sentences, self.settings.plain_limit)) + 1

    async def _summary_or_failure(
        self, reading: Reading, model: "Model", places: asyncio.Semaphore
    ) -> EventSummary | Failure:
        meter = Meter(self._total)
        try:
            with model.slots.shared_with(reading.article.id):  # from the start: one that waits has a share to come
                async with places:
                    return await self._summary(reading, model, meter)
        except SummarizerError as error:
            return failure_of(reading.article.id, error, usage=meter.usage)

    async def _summary(self, reading: Reading, model: "Model", meter: Meter) -> EventSummary:
        settings = self.settings
        found = await extract(
            reading,
            model,
            size=settings.window_sentences,
            plain=settings.plain_limit,
            max_tokens=settings.max_output_tokens,
            meter=meter,
            done=lambda: self._progress.advance(_READING),
        )
        claims = ground(found.proposed, reading)
        failures = list(found.failures)
        header: dict[str, Any] = {}
        try:
            if not found.cut:
                header = await write_header(claims, reading, model, meter, settings.language)
        except (ModelError, BudgetSpent) as error:
            failures.append(failure_of(reading.article.id, error, stage="summarise", partial=True))
        self._progress.advance(_READING)
        return EventSummary(
            article=reading.article,
            **header,
            claims=tuple(claims),
            failures=tuple(failures),
            usage=meter.usage.per_claim(sum(claim.verified for claim in claims)),
            provenance=provenance(settings, (*EXTRACTION, "header"), model),
        )

    async def merge(
        self, summaries: Sequence[EventSummary], failures: Sequence[Failure] = (), into: Continued = NEW
    ) -> MergedSummary:
        """Summaries compared and merged; the model decides what rules cannot, and tells the story.

        Raises ModelUnavailable where there is none to open. A reply that is of no use, a model that goes away, and a
        budget that is spent leave their part to the rules and are listed in `failures`: what the summaries cost is not
        lost. The story's usage is that of the summaries, of `failures` and of merging together, and of the story that
        they are merged `into` (`continuing.continued`), whose own questions are not asked again.
        """
        into, summaries = without_loss(into, summaries)
        if into.settled and not summaries:
            return merge_by_rules(summaries, failures=failures, into=into)  # there is nothing to ask
        together = into.together(summaries)
        articles = [summary.article for summary in together]
        refuse_repeated(articles)
        usage = spent_on(summaries, failures)
        failures, meter, told = list(failures), Meter(self._total), None
        model = await self._open()
        self._progress.start(_MERGING, 2)
        try:
            found, gone = await decide(summaries, model, meter, failures, into)
            self._progress.advance(_MERGING)
            try:
                if not gone:
                    headline, sentences = await write_narrative(_findings(found), model, meter, self.settings.language)
                    told = headline, complete(sentences, found, articles)
            except (ModelError, BudgetSpent) as error:
                failures.append(failure_of(None, error, stage="merge", partial=True))
            self._progress.advance(_MERGING)
        finally:
            self._progress.finish(_MERGING)
        used = (*EXTRACTION, "header", affirm.PROMPT, adjudicate.PROMPT, "narrative")
        made = provenance(self.settings, used, model)
        story = assemble(together, found, told=told, failures=failures, usage=usage + meter.usage, provenance=made)
        return grown(story, into.story, into.failures)

    async def estimate(
        self,
        articles: Sequence[Article],
        failures: Sequence[Failure] = (),
        *,
        merging: bool = True,
        into: MergedSummary | None = None,
    ) -> Forecast:
        """What `story` would cost, or `summarize_all` without `merging`: calls and tokens, as likely and as a bound.

        Nothing is sent, started or fetched, and the Summarizer need not be open. Answers that are kept are counted
        apart; where all are, the figures are exact. Requests repeated after faults come on top.
        """
        refuse_repeated(articles)
        base = continued(into, articles, failures) if merging else Continued(articles=tuple(articles))
        async with open_rehearsal(self.settings, self._progress) as model:
            run = Summarizer(self.settings)
            run._opens = lambda *_: nullcontext(model)
            async with run:
                return await forecast(base, failures, run, model, merging=merging)

    async def story(
        self, articles: Sequence[Article], failures: Sequence[Failure] = (), *, into: MergedSummary | None = None
    ) -> MergedSummary:
        """Everything: each article summarised, all merged; `failures` of reading are carried into the result.

        Copies of one text are read once (`copies.with_copies`): the others stand in `Article.copies` of the one kept.
        With `into`, the articles are added to a story made earlier: of it nothing is read or asked again, and the
        result says in `Comparison.changes` what is new (`continuing.continued`, `growth.grown`).

        Raises ModelUnavailable, BudgetSpent or ReplyError if not one article could be summarised; a story that they
        were to be added to then comes back with the failures.
        """
        refuse_repeated(articles)
        base = continued(into, articles, failures)
        results = await self.summarize_all(base.articles)
        summaries = [item for item in results if isinstance(item, EventSummary)]
        failed = [item for item in results if isinstance(item, Failure)]
        if failed and not summaries and into is None:
            kind = {"model": ModelUnavailable, "budget": BudgetSpent}.get(failed[0].stage, ReplyError)
            raise kind(f"no article could be summarised: {failed[0].reason}", hint=failed[0].hint)
        return await self.merge(summaries, [*failures, *failed], base)


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


def _run(work: Coroutine[Any, Any, R]) -> R:
    try:
        asyncio.get_running_loop()
    except RuntimeError:
        return asyncio.run(work)
    work.close()
    raise SettingsError(
        "summarize() cannot run inside an event loop", hint="use `async with Summarizer() as summarizer:` there"
    )
