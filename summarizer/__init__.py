"""Reads several articles on one event, in several languages, and flags where they disagree.

    from summarizer import Article, Summarizer, summarize, merge
    story = merge([summarize(Article.from_path(path)) for path in paths])

Names are loaded when they are first used, so that `import summarizer` costs nothing.
"""

from importlib import import_module
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from .articles import Article, read_articles
    from .by_rules import merge
    from .errors import (
        BudgetSpent,
        InputError,
        ModelError,
        ModelUnavailable,
        PromptError,
        ReplyError,
        SettingsError,
        SummarizerError,
        WeightsError,
    )
    from .pipeline import Summarizer, summarize
    from .progress import Progress
    from .schemas import EventSummary, MergedSummary
    from .settings import Settings

_HOME = {
    "Article": "articles",
    "BudgetSpent": "errors",
    "EventSummary": "schemas",
    "InputError": "errors",
    "MergedSummary": "schemas",
    "ModelError": "errors",
    "ModelUnavailable": "errors",
    "Progress": "progress",
    "PromptError": "errors",
    "ReplyError": "errors",
    "Settings": "settings",
    "SettingsError": "errors",
    "Summarizer": "pipeline",
    "SummarizerError": "errors",
    "WeightsError": "errors",
    "merge": "by_rules",
    "read_articles": "articles",
    "summarize": "pipeline",
}

__all__ = [
    "Article",
    "BudgetSpent",
    "EventSummary",
    "InputError",
    "MergedSummary",
    "ModelError",
    "ModelUnavailable",
    "Progress",
    "PromptError",
    "ReplyError",
    "Settings",
    "SettingsError",
    "Summarizer",
    "SummarizerError",
    "WeightsError",
    "merge",
    "read_articles",
    "summarize",
]


def __getattr__(name: str) -> Any:
    if name not in _HOME:
        raise AttributeError(f"module 'summarizer' has no attribute {name!r}")
    value = getattr(import_module(f".{_HOME[name]}", __name__), name)
    globals()[name] = value
    return value


def __dir__() -> list[str]:
    return sorted(__all__)
