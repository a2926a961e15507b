"""Pages without an article: what such a page looks like, told from how it is built and what it says of itself.

No lists of words: those of consent and subscription pages are many, in many languages, and change every month.
"""

import re

from ..errors import InputError
from .page_data import PageData
from .page_tree import Shape

_DENSE = re.compile(r"[\u1100-\u11ff\u3040-\u30ff\u3400-\u9fff\uac00-\ud7af]")
_TEASER = 1_500
"""Letters; more than a page shows of an article that it does not give for free."""
_BRIEF = 120
"""Letters of the shortest news in brief, on a page that calls itself an article."""
_ENOUGH = 250
"""Letters on a page that does not say what it is (the extraction library's own bound)."""
_CAPTION = 600
"""Letters that a page around a film may hold and still be about the film."""
_QUESTION = 3_000
"""Letters; a page that wants an answer does not say more, an article may."""
_TEASERS = 200
"""Letters for each heading that leads elsewhere, as on a front page."""
_SAVE = "save the page as HTML in the browser and give that file"
_COPY = "copy the article's text to a file, and give that"


def refuse_no_article(text: str, data: PageData, shape: Shape) -> None:
    """Raise InputError if `text`, taken from the page, is not an article; it says what the page looks like."""
    size = _letters(text)
    if _cut_short(text, size, data):
        raise InputError(
            "it looks like the open part of an article that is for subscribers: the text is cut short",
            hint=f"where you can read all of it, {_SAVE}",
        )
    if size >= _BRIEF and data.article:
        return
    if shape.password:
        raise InputError("it looks like a page to log in: it asks for a password", hint=f"log in, then {_SAVE}")
    if size < _CAPTION and (shape.media or _media(data)):
        raise InputError("it looks like a page about a film or a recording, with too little text", hint=_COPY)
    if (size < _QUESTION and shape.asking * 2 > shape.text) or (size < _ENOUGH and shape.dialogs > shape.text):
        raise InputError(
            "it looks like a page that wants an answer (consent, or a check) before it shows an article",
            hint=f"answer it in a browser, then {_SAVE}",
        )
    if shape.headings >= 5 and size < shape.headings * _TEASERS:
        raise InputError(
            f"it looks like an index of other pages: {shape.headings} of its headings lead elsewhere",
            hint="give the addresses of the articles",
        )
    if size >= _ENOUGH:
        return
    if shape.refresh:
        raise InputError("it only sends its reader on to another page", hint="give the address of that page")
    if shape.scripts and shape.text < _ENOUGH:
        raise InputError(
            "it looks like an empty page that a script fills in the browser", hint=f"open it, then {_SAVE}"
        )
    found = f"only {size} letters of text" if size else "no text"
    raise InputError(
        f"no article is found in it, {found}: perhaps an error page", hint=f"look at it in a browser; {_COPY}"
    )


def _letters(text: str) -> int:
    """Letters, those that stand for words or syllables counted thrice."""
    return sum(char.isalpha() for char in text) + 2 * len(_DENSE.findall(text))


def _cut_short(text: str, size: int, data: PageData) -> bool:
    dense = len(_DENSE.findall(text)) * 4 > size
    if data.words >= 150 and not dense:  # counted by spaces, which dense scripts do not set
        return len(text.split()) * 5 < data.words * 2
    return data.free is False and size < _TEASER


def _media(data: PageData) -> bool:
    kinds = ("video", "audio", "music", "podcast")
    return any(kind.startswith(kinds) for kind in data.kinds)
