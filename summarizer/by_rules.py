"""Summaries compared and merged by rules alone, without a model."""

from collections.abc import Sequence

from .continuing import NEW, Continued, without_loss
from .deciding import decide_by_rules
from .errors import InputError
from .failing import spent_on
from .growth import grown
from .merging import assemble
from .provenance import provenance
from .schemas import Article, EventSummary, Failure, MergedSummary


def refuse_repeated(articles: Sequence[Article]) -> None:
    """Before anything is spent on them: evidence names its article by id, and two of one id cannot be told apart."""
    ids = [article.id for article in articles]
    if repeated := sorted({id for id in ids if ids.count(id) > 1}):
        raise InputError(f"several articles have the id {', '.join(repeated)}", hint="give each an id of its own")


def merge(
    summaries: Sequence[EventSummary], *, failures: Sequence[Failure] = (), into: Continued = NEW
) -> MergedSummary:
    """Summaries compared and merged by rules alone, without a model; `Summarizer.merge` asks one for the residue."""
    into, summaries = without_loss(into, summaries)
    together = into.together(summaries)
    refuse_repeated([summary.article for summary in together])
    found = decide_by_rules(summaries, into)
    usage = spent_on(summaries, failures)
    made = provenance(None, (), None, made_by=[summary.provenance for summary in together])
    told = None
    if into.story is not None and not summaries:
        told, made = (into.story.headline, into.story.narrative), into.story.provenance
    story = assemble(together, found, told=told, failures=failures, usage=usage, provenance=made)
    return grown(story, into.story, into.failures)
