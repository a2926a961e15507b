"""What stands before the story: front matter and title."""

import datetime
import re
from dataclasses import dataclass
from typing import Any

from ..errors import InputError
from ..text.bylines import byline_of
from .language import check_language

_KEYS = ("title", "outlet", "published", "language", "url")
_BYLINE = ("byline", "author", "authors")
"""Who wrote it, the first that holds a name."""
_KNOWN = (*_KEYS, *_BYLINE)
_BOUNDARY = re.compile(r"^---[ \t]*$", re.MULTILINE)
_KEY_LINE = re.compile(r"^([A-Za-z_][\w-]*)[ \t]*:(?:[ \t]|$)", re.MULTILINE)
_PLAIN_KEY = re.compile(r"[a-z][a-z0-9_-]*")
_MAX_FRONT_MATTER = 64_000
"""Characters between the marks; a YAML parser should not be fed with more."""
_MAX_DEPTH = 20
"""Levels of lists and mappings; the YAML library's C code overflows its stack at some thousands."""
_MAX_TITLE = 120
_MAX_SHOWN = 40
_HEADING = re.compile(r"#{1,6}[ \t]+(?=\S)")
_MAX_HEADING = 500
"""Characters; a longer line is a text that begins with a "#"."""
_SENTENCE_END = re.compile(r"[.!?…。．！？؟۔।][\"'”’»›)\]」』）]*$")
_FIX = "repair the lines between the two '---', or remove them"


@dataclass(frozen=True)
class Header:
    """Metadata from front matter; None where it says nothing."""

    title: str | None = None
    outlet: str | None = None
    published: str | None = None
    language: str | None = None
    url: str | None = None
    byline: str | None = None


def split_header(text: str) -> tuple[Header, str]:
    """The front matter of `text` and the text without it, stripped at both ends.

    Text without front matter comes back untouched; so does text that begins with a Markdown rule. Unknown keys are
    ignored, since files carry keys of other programs. Raises InputError for front matter that is broken.
    """
    opening = _BOUNDARY.match(text)
    if not opening:
        return Header(), text
    import yaml
    from frontmatter.default_handlers import YAMLHandler

    handler = YAMLHandler(fm_boundary=_BOUNDARY)
    try:
        block, body = handler.split(text)
    except ValueError:
        if _begins_with_keys(text[opening.end() :]):
            message = "its front matter is not closed"
            raise InputError(message, hint="put a line '---' behind the last key") from None
        return Header(), text
    if len(block) > _MAX_FRONT_MATTER:
        if _begins_with_keys(block):
            message = f"its front matter is longer than {_MAX_FRONT_MATTER:,} characters"
            raise InputError(message, hint=f"keep {', '.join((*_KEYS, 'byline'))} and remove the other keys")
        return Header(), text
    try:
        _refuse_costly(block)
        data = handler.load(block)
    except (yaml.YAMLError, ValueError, RecursionError) as error:  # ValueError: a date such as 2024-13-45
        if _looks_like_keys(block):
            raise InputError(f"its front matter is not valid YAML: {_fault(error)}", hint=_FIX) from None
        return Header(), text
    if not isinstance(data, dict) or not _is_header(data):
        return Header(), text
    return _header({str(key).casefold(): value for key, value in data.items()}), body.strip()


def _refuse_costly(block: str) -> None:
    """Raise YAMLError for what can take a parser hours or its stack, and that no header of an article needs."""
    import yaml
    from frontmatter.default_handlers import SafeLoader

    depth = 0
    for event in yaml.parse(block, Loader=SafeLoader):
        if isinstance(event, yaml.AliasEvent):  # nine lines of nine aliases each stand for a billion values
            raise _too_costly("aliases (*name) are not read", event)
        if isinstance(event, yaml.CollectionStartEvent):
            depth += 1
        elif isinstance(event, yaml.CollectionEndEvent):
            depth -= 1
        if depth > _MAX_DEPTH:
            raise _too_costly(f"it has more than {_MAX_DEPTH} levels", event)


def _too_costly(problem: str, event: Any) -> Exception:
    import yaml

    return yaml.MarkedYAMLError(problem=problem, problem_mark=event.start_mark)


def only_title(text: str) -> bool:
    """True for a heading with nothing behind it."""
    return _heading(text.strip()) is not None


def find_title(text: str) -> str | None:
    """A leading Markdown heading, or a short first line that stands alone and does not end like a sentence."""
    first, _, rest = text.lstrip().partition("\n")
    first = first.strip()
    if heading := _heading(first):
        return heading
    stands_alone = bool(rest.strip()) and not rest.partition("\n")[0].strip()
    has_letters = any(char.isalpha() for char in first)
    if has_letters and stands_alone and len(first) <= _MAX_TITLE and not _SENTENCE_END.search(first):
        return first
    return None


def _heading(line: str) -> str | None:
    """The words of a Markdown heading, without the signs that may close it."""
    mark = _HEADING.match(line)
    if not mark or len(line) > _MAX_HEADING or "\n" in line:
        return None
    return line[mark.end() :].rstrip("# \t") or line[mark.end()]


def _looks_like_keys(block: str) -> bool:
    """True if some line is `key: value` with a known key or one in small letters: a dateline is in capitals."""
    return any(_known_or_plain(key) for key in _KEY_LINE.findall(block))


def _begins_with_keys(text: str) -> bool:
    return _looks_like_keys(text.lstrip("\n").partition("\n\n")[0])


def _is_header(data: dict[Any, Any]) -> bool:
    keys = [str(key) for key in data]
    return any(key.casefold() in _KNOWN for key in keys) or all(_PLAIN_KEY.fullmatch(key) for key in keys)


def _known_or_plain(key: str) -> bool:
    return key.casefold() in _KNOWN or bool(_PLAIN_KEY.fullmatch(key))


def _fault(error: Exception) -> str:
    if isinstance(error, ValueError):
        return f"a date or number in it cannot be: {str(error).partition(':')[0]}"
    problem, mark = getattr(error, "problem", None), getattr(error, "problem_mark", None)
    where = f" in line {mark.line + 1}" if mark else ""  # the block begins with the newline behind the first '---'
    return f"{problem or error}{where}"


def _header(data: dict[str, Any]) -> Header:
    if data.get("language") is False:
        data["language"] = "no"  # YAML 1.1 reads Norwegian's tag as a boolean
    values = {key: _text(key, data.get(key)) for key in _KEYS}
    for key, check in (("published", check_published), ("language", check_language)):
        value = values[key]
        if value is not None:
            try:
                values[key] = check(value)
            except ValueError as error:
                raise InputError(f"front matter, {key}: {error}", hint=_FIX) from None
    who = byline_of(*(data.get(key) for key in _BYLINE), outlet=values["outlet"])
    return Header(**values, byline=who)


def _text(key: str, value: object) -> str | None:
    if key == "published":
        if isinstance(value, datetime.datetime):
            value = value.date()
        if isinstance(value, datetime.date):
            return value.isoformat()
        if isinstance(value, int) and not isinstance(value, bool) and 0 <= value <= 9999:
            return str(value)  # a bare year
    if value is None:
        return None
    if not isinstance(value, str):
        message = f"front matter, {key}: text is needed, but it is {type(value).__name__} ({_shown(value)})"
        raise InputError(message, hint=f"put the value of {key} in quotes, on one line")
    return value.strip() or None


def _shown(value: object) -> str:
    try:
        text = repr(value)
    except ValueError:  # Python does not write out numbers of more than 4,300 digits
        return "a number too long to show"
    return text if len(text) <= _MAX_SHOWN else text[: _MAX_SHOWN - 1] + "…"


def check_published(text: str) -> str:
    """The publication date `text` in EDTF; ValueError if it is no date. Dates to come are allowed."""
    from ..text.dates import parse_published

    return parse_published(text)
