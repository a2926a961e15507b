"""Bylines: who wrote an article, out of whatever a source has for it, and the names in a byline."""

import re
from collections.abc import Iterator, Mapping
from itertools import islice

from .folding import fold
from .lexicon import words
from .printable import printable_text
from .transliteration import plain

_PARTED = "; "
_READ = 1_000
"""Characters looked at in one string: what is longer is a text, not a name."""
_LONGEST = 200
"""Characters of one name, which may have an office behind it ("Ida Crane, correspondent in Holm")."""
_WHOLE = 500
"""Characters of a byline; names beyond are left out."""
_MOST = 100
"""Strings looked at, and parts of one list."""
_DEPTH = 4
_NAMES = ("name", "byline")
"""Where an object has its name: schema.org's Person and Organization, and ninjs as TT extends it."""
_TAG = re.compile(r"<[^<>]{0,200}>")
_EMAIL = re.compile(r"[(<\[]?(?:mailto:)?[\w.+-]{1,64}@[\w-]+(?:\.[\w-]+)+[)>\]]?")
_HANDLE = re.compile(r"(?<!\w)@\w+")
_HOLLOW = re.compile(r"\(\s*\)|\[\s*\]")
_BRACKETED = re.compile(r"\(([^()]*)\)|\[([^\[\]]*)\]")
_ADDRESS = re.compile(r"(?i:\w+://|www\.)|(?:[\w-]+\.)+[a-z]{2,}/?\Z")
_FIRST = re.compile(r"([^\W\d_]+)(\s*[:：/／]|\s)\s*(?=\S)")
_EDGES = " \t,:|/·•*–—-"


def byline_of(*sources: object, outlet: str | None = None) -> str | None:
    """The names in the first of `sources` that holds any, parted by "; "; None where none does.

    A source is a string, an object with a `name`, or a list of these; anything else holds none. A name stands as it is
    given but for a word for "by" before it, e-mail addresses, handles, markup and signs that act on a reader. No names
    are: addresses, the name of the `outlet` itself, what holds no letter or more than 200 characters.
    """
    own = fold(outlet or "")
    for source in sources:
        found: dict[str, str] = {}
        for text in islice(_strings(source, _DEPTH), _MOST):
            name = _name(text)
            if name and fold(name) != own and len(_PARTED.join([*found.values(), name])) <= _WHOLE:
                found.setdefault(fold(name), name)
        if found:
            return _PARTED.join(found.values())
    return None


def names_in(byline: str | None) -> list[str]:
    """The names in a byline, each once, in their order."""
    return list(dict.fromkeys(name for part in (byline or "").split(";") if (name := part.strip())))


def _strings(value: object, depth: int) -> Iterator[str]:
    if isinstance(value, str):
        yield from _TAG.sub(" ", printable_text(value)).split(";") if len(value) <= _READ else ()
    elif isinstance(value, Mapping) and depth:
        yield from _strings(next((value[key] for key in _NAMES if value.get(key)), None), depth - 1)
    elif isinstance(value, list | tuple) and depth:
        for item in value[:_MOST]:
            yield from _strings(item, depth - 1)


def _name(text: str) -> str | None:
    """The name in `text`; None where it is none."""
    name = _HOLLOW.sub(" ", _HANDLE.sub(" ", _EMAIL.sub(" ", text)))
    name = " ".join(name.split()).strip(_EDGES)
    if match := _BRACKETED.fullmatch(name):  # RSS: "ida@bell.example (Ida Crane)"
        name = (match[1] or match[2] or "").strip()
    name = _without_by(name).strip(_EDGES)
    folded = name.casefold()
    if not any(map(str.isalpha, name)) or len(name) > _LONGEST or _ADDRESS.match(name):
        return None
    return None if folded in words("bylines", "nobody") or plain(name) in _by() else name


def _without_by(name: str) -> str:
    """A name without "By", "Von", "Text:", "Story by" before it."""
    led = False
    while match := _FIRST.match(name):
        word, rest = plain(match[1]), name[match.end() :]
        if match[2].strip():
            cut = word in _by() or word in _led()
        elif word in words("bylines", "surname"):
            cut = led
        elif word in words("bylines", "particle"):
            cut = led or (match[1][0].isupper() and len(rest.split()) > 1)
        else:
            cut = word in _by() or (word in _led() and plain(rest.split()[0]) in _by())
        if not cut:
            return name
        name, led = rest, True
    return name


def _by() -> frozenset[str]:
    return frozenset(map(plain, words("agencies", "by")))


def _led() -> frozenset[str]:
    return frozenset(map(plain, words("bylines", "led")))
