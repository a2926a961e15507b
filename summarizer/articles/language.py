"""The language of a text, as a BCP 47 tag: detected from the text, or checked where it is given."""

import re
from functools import cache
from typing import Any

_TAG = re.compile(r"[A-Za-z]{2,3}(?:-[A-Za-z0-9]{1,8})*")
_SAMPLE = 20_000
"""Characters that are looked at: more do not change the verdict."""
_MIN_LETTERS = 20
_MIN_DENSE_LETTERS = 8
"""Scripts that write syllables or words with one sign say as much in fewer letters."""
_MIN_PROBABILITY = 0.5
_DENSE = re.compile(r"[\u1100-\u11ff\u3040-\u30ff\u3400-\u9fff\uac00-\ud7af\U00020000-\U0003ffff]")
_NOT_IN_NEWS = {"la", "eo", "vo"}
"""Labels that short European text is mistaken for and that no newspaper is written in."""


@cache
def _identifier() -> Any:
    from py3langid import langid  # type: ignore[import-untyped]  # loads numpy and a model: 0.7 s, only when asked

    identifier = langid.LanguageIdentifier.from_modelpath(langid.MODEL_DIR / langid.MODEL_FILE, norm_probs=True)
    # Three-letter labels are regional varieties (arz, wuu, pcm) that compete with the written language of their press.
    identifier.set_languages([label for label in identifier.labels if len(label) == 2 and label not in _NOT_IN_NEWS])
    return identifier


def detect_language(text: str) -> str | None:
    """BCP 47 tag of the language that `text` is written in; None for text too short or too mixed to tell.

    Deterministic and offline (the naive Bayes model of langid.py, Lui and Baldwin 2012).
    """
    sample = text[:_SAMPLE]
    letters = sum(char.isalpha() for char in sample)
    if letters < (_MIN_DENSE_LETTERS if len(_DENSE.findall(sample)) * 2 > letters else _MIN_LETTERS):
        return None
    # Capitals have other statistics than running text; an agency's all-caps wire would be taken for another language.
    label, probability = _identifier().classify(sample.lower() if sample.isupper() else sample)
    return str(label) if probability >= _MIN_PROBABILITY else None


def check_language(tag: str) -> str:
    """Return `tag` in the usual form (`pt_br` becomes `pt-BR`); raise ValueError if it is not shaped like BCP 47."""
    tag = tag.strip().replace("_", "-")
    if not _TAG.fullmatch(tag):
        raise ValueError(f"{tag[:100]!r} is not a BCP 47 language tag such as fr or zh-Hant")
    primary, *rest = tag.split("-")
    return "-".join([primary.lower(), *(_subtag(part) for part in rest)])


def _subtag(part: str) -> str:
    return part.title() if len(part) == 4 else part.upper() if len(part) == 2 else part.lower()
