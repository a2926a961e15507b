"""Where a result comes from: version, model, prompts and the settings that bear on it."""

from collections.abc import Sequence
from importlib.metadata import version
from typing import TYPE_CHECKING

from .prompting import load_prompt
from .schemas import PromptUse, Provenance
from .settings import Settings

if TYPE_CHECKING:
    from .model.client import Model


def provenance(
    settings: Settings | None,
    prompts: Sequence[str],
    model: "Model | None",
    made_by: Sequence[Provenance] = (),
) -> Provenance:
    """The provenance of a result; without a model of its own it carries the models and prompts of what it merges."""
    if settings is None or model is None:
        names = dict.fromkeys(item.model for item in made_by if item.model)
        providers = dict.fromkeys(item.provider for item in made_by if item.provider)
        used = dict.fromkeys(prompt for item in made_by for prompt in item.prompts)
        return Provenance(
            summarizer_version=version("summarizer"),
            model=", ".join(names) or None,
            provider=", ".join(providers) or None,
            prompts=tuple(used),
            settings={"merged_by": "rules"},
        )
    loaded: list[PromptUse] = [load_prompt(name).prompt_use for name in prompts]
    return Provenance(
        summarizer_version=version("summarizer"),
        model=model.name,
        provider=model.provider,
        prompts=tuple(loaded),
        settings={
            "window": settings.window_sentences,
            "temperature": settings.temperature,
            "mode": settings.mode,
            "language": settings.language,
            "max_output_tokens": settings.max_output_tokens,
        },
    )


def after(before: Provenance, now: Provenance) -> Provenance:
    """The provenance of a story that was continued: `now`, with what made the rest of it where that is another."""
    earlier: list[Provenance] = []
    for part in (*before.earlier, before.model_copy(update={"earlier": ()})):
        if part not in (now.model_copy(update={"earlier": ()}), *earlier):
            earlier.append(part)
    return now.model_copy(update={"earlier": tuple(earlier)})
