"""Requests at once: bounded, shared among the articles, and no article that keeps the others waiting."""

import asyncio
from collections import Counter
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given
from hypothesis import settings as examples
from hypothesis import strategies as st
from pydantic import BaseModel
from support.fake_model import SyntheticModel
from support.scripted_server import Reply, Request, ScriptedServer, synthetic_completion, synthetic_error

from summarizer import Article, Settings, Summarizer
from summarizer.model import Meter, open_model
from summarizer.model.slots import Slots
from summarizer.progress import Silent
from summarizer.schemas import EventSummary

JOBS = st.lists(
    st.tuples(st.sampled_from(["a", "b", "c", "d", None]), st.integers(0, 4), st.booleans()), min_size=1, max_size=40
)
"""Requests: whose, for how many turns of the loop each holds its slot, and whether it is given up midway."""


async def turns_of_the_loop(tasks: "list[asyncio.Task[None]]") -> None:
    """More turns than the tasks can need: who is not done by then waits for ever."""
    for _ in range(1000):
        await asyncio.sleep(0)
    assert all(task.done() for task in tasks)


@given(st.integers(1, 6), JOBS)
@examples(max_examples=150, deadline=None)
def test_never_more_than_the_total_nor_than_a_share_and_everybody_gets_a_turn(
    total: int, jobs: list[tuple[str | None, int, bool]]
) -> None:
    articles = {name for name, _, _ in jobs if name}
    share = -(-total // max(1, len(articles)))
    held: Counter[str | None] = Counter()
    peak = done = 0

    async def request(slots: Slots, name: str | None, turns: int) -> None:
        nonlocal peak, done
        async with slots.slot(name):
            held[name] += 1
            peak = max(peak, held.total())
            assert held[name] <= share
            try:
                for _ in range(turns):
                    await asyncio.sleep(0)
            finally:
                held[name] -= 1
        done += 1

    async def run() -> None:
        slots = Slots(total)
        under_way = [slots.shared_with(name) for name in articles]
        for sharing in under_way:
            sharing.__enter__()
        tasks = [asyncio.create_task(request(slots, name, turns)) for name, turns, _ in jobs]
        await asyncio.sleep(0)
        await asyncio.sleep(0)
        given_up = [task for task, (_, _, stop) in zip(tasks, jobs, strict=True) if stop and task.cancel()]
        await turns_of_the_loop(tasks)
        outcomes = await asyncio.gather(*tasks, return_exceptions=True)
        assert sum(isinstance(outcome, asyncio.CancelledError) for outcome in outcomes) <= len(given_up)
        assert done == sum(outcome is None for outcome in outcomes)
        for sharing in under_way:
            sharing.__exit__(None, None, None)
        # All slots were given back: one article alone may have all of them.
        await turns_of_the_loop([asyncio.create_task(slots.slot("e").__aenter__()) for _ in range(total)])

    asyncio.run(run())
    assert peak <= total


@pytest.mark.anyio
async def test_a_share_grows_when_another_article_ends_and_turns_go_round() -> None:
    slots = Slots(4)
    order: list[str] = []
    go_on = asyncio.Event()

    async def request(name: str) -> None:
        async with slots.slot(name):
            order.append(name)
            await go_on.wait()

    async def begun(name: str, number: int) -> list["asyncio.Task[None]"]:
        tasks = [asyncio.create_task(request(name)) for _ in range(number)]
        await asyncio.sleep(0.01)
        return tasks

    with slots.shared_with("long"):
        with slots.shared_with("short"):
            tasks = await begun("long", 8) + await begun("short", 1)
            assert Counter(order) == {"long": 2, "short": 1}  # one is free: the long one has its share
        await asyncio.sleep(0.01)
        assert Counter(order) == {"long": 3, "short": 1}
        go_on.set()
        await asyncio.gather(*tasks)
    assert Counter(order) == {"long": 8, "short": 1}


@pytest.mark.anyio
async def test_a_slot_handed_to_one_that_gives_up_in_that_moment_goes_to_the_next() -> None:
    slots = Slots(1)
    holding = asyncio.Event()

    async def request() -> None:
        async with slots.slot("a"):
            await holding.wait()

    first, second, third = (asyncio.create_task(request()) for _ in range(3))
    await asyncio.sleep(0.01)
    holding.set()
    while not first.done():  # in its last turn it hands its slot over
        await asyncio.sleep(0)
    second.cancel()
    await turns_of_the_loop([second, third])
    assert second.cancelled()
    assert not third.cancelled()


# --- an article whose requests hang ---

LONG = " ".join(f"The slope above Tarn buried {n + 3} barns." for n in range(12))


def articles(number: int) -> list[Article]:
    """A long article, which is read first, and short ones."""
    short = "The storm over {} killed 12 sheep. The dam above {} lost 9 stones."
    told = [("long", LONG), *((f"short{n}", short.format(n, n)) for n in range(number))]
    return [Article.from_text(text, id=name, title=f"By the {name}.", language="en") for name, text in told]


def about_the_long_one(request: Request) -> bool:
    return "By the long." in str(request.messages[-1]["content"])


@pytest.mark.anyio
@pytest.mark.parametrize("trouble", [Reply(hang=True), synthetic_error(429, retry_after="290")], ids=["hangs", "waits"])
@pytest.mark.parametrize(("concurrency", "others"), [(2, 4), (4, 7)])
async def test_an_article_whose_requests_hang_does_not_keep_the_others_waiting(
    tmp_path: Path, trouble: Reply, concurrency: int, others: int
) -> None:
    told = articles(others)
    bad = True

    def fault(number: int, request: Request) -> Reply | None:
        return trouble if bad and about_the_long_one(request) else None

    with SyntheticModel(fault=fault) as model:
        settings = Settings(base_url=model.base_url, window=1, concurrency=concurrency, timeout=300, cache_dir=tmp_path)
        needed = others * 3  # two questions and a header each
        async with Summarizer(settings) as reader:
            work = asyncio.create_task(reader.summarize_all(told))
            async with asyncio.timeout(60):
                while sum(not about_the_long_one(request) for request, _ in model.delivered) < needed:
                    await asyncio.sleep(0.02)
            await asyncio.sleep(0.1)  # the last answers are kept
            assert not work.done()
            work.cancel()
            with pytest.raises(asyncio.CancelledError):
                await work
        bad = False
        before = len(model.requests)
        async with Summarizer(settings) as reader:
            results = await reader.summarize_all(told)
    assert all(about_the_long_one(request) for request in model.requests[before:])
    assert all(isinstance(item, EventSummary) and not item.failures for item in results)
    assert sum(item.usage.reused_answers for item in results if isinstance(item, EventSummary)) == needed
    assert model.peak <= concurrency


@pytest.mark.anyio
async def test_one_article_alone_has_all_of_it() -> None:
    with SyntheticModel(fault=lambda *_: Reply(hang=True)) as model:
        async with Summarizer(Settings(base_url=model.base_url, window=1, concurrency=5, cache=False)) as reader:
            work = asyncio.create_task(reader.summarize(articles(0)[0]))
            async with asyncio.timeout(30):
                while model.under_way < 5:
                    await asyncio.sleep(0.01)
            await asyncio.sleep(0.1)  # time for one too many, if there could be one
            work.cancel()
            with pytest.raises(asyncio.CancelledError):
                await work
    assert model.peak == 5


# --- a server that asks for less ---


class Count(BaseModel):
    """A counted thing."""

    number: int


@pytest.mark.anyio
async def test_who_waits_to_repeat_keeps_its_slot(
    play: Callable[..., ScriptedServer], monkeypatch: pytest.MonkeyPatch
) -> None:
    """A server that asks for less traffic shall not get more: meanwhile no other request takes the place."""
    go_on = asyncio.Event()

    async def wait(seconds: float) -> None:
        await go_on.wait()

    monkeypatch.setattr("summarizer.model.retry.pause", wait)
    good = synthetic_completion('{"number": 4}')
    server = play(synthetic_error(429, retry_after="9"), good, good)
    settings = Settings(base_url=server.base_url, concurrency=1, cache=False)

    async def ask(model: Any, name: str) -> Any:
        messages = [{"role": "user", "content": name}]
        return await model.ask(messages, Count, meter=Meter(), max_tokens=9, article=name)

    async with open_model(settings, Silent()) as model:
        tasks = [asyncio.create_task(ask(model, name)) for name in ("first", "second")]
        async with asyncio.timeout(30):
            while not server.delivered:
                await asyncio.sleep(0.01)
        await asyncio.sleep(0.1)  # time for the second, if it could
        assert [request.messages[0]["content"] for request in server.requests] == ["first"]
        go_on.set()
        assert await asyncio.gather(*tasks) == [Count(number=4)] * 2
    assert [request.messages[0]["content"] for request in server.requests] == ["first", "first", "second"]


# --- many articles ---


@pytest.mark.anyio
async def test_only_articles_under_way_have_questions_ready() -> None:
    """What thousands of articles hold in memory while they wait is their text and one task each."""
    most = 0

    class Watching(Silent):
        def advance(self, task: str, steps: int = 1) -> None:
            nonlocal most
            most = max(most, len(asyncio.all_tasks()))

    told = articles(15)
    with SyntheticModel() as model:
        settings = Settings(base_url=model.base_url, window=1, concurrency=2, cache=False)
        async with Summarizer(settings, progress=Watching()) as reader:
            await reader.summarize_all(told)
    assert len(told) <= most <= len(told) + 2 * 12 + 5
