"""Running model calls side by side; at the first error none further."""

import asyncio
from collections.abc import Coroutine, Iterable
from typing import Any, TypeVar

T = TypeVar("T")


async def run_all(jobs: Iterable[Coroutine[Any, Any, T]]) -> list[T]:
    """Results in the order of `jobs`. The first error cancels the rest and is raised as itself, not in a group."""
    results, fault = await run_until_error(jobs)
    if fault is not None:
        raise fault from None
    return results


async def run_until_error(jobs: Iterable[Coroutine[Any, Any, T]]) -> tuple[list[T], BaseException | None]:
    """The results there are, in the order of `jobs`, and the first error, which cancels what is still under way."""
    tasks: list[asyncio.Task[T]] = []
    fault: BaseException | None = None
    try:
        async with asyncio.TaskGroup() as group:
            tasks += [group.create_task(job) for job in jobs]
    except BaseExceptionGroup as errors:
        fault = errors.exceptions[0]
    return [task.result() for task in tasks if not task.cancelled() and task.exception() is None], fault
