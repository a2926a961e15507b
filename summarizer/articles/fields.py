"""Values of a JSON record, checked and brought into the form of an article's fields."""

import datetime
import re
from contextlib import suppress
from functools import cache

from ..errors import InputError
from .header import check_published
from .language import check_language
from .markup import is_markup, markup_text

FIELDS = ("text", "title", "outlet", "byline", "published", "language", "url", "id")
"""What a record is looked through for."""

_NOTHING = frozenset({"", "none", "null", "nan", "nat", "n/a"})
"""What programs write where they have no value; news-please writes None for a missing date."""
_NO_LANGUAGE = frozenset({"und", "mul", "zxx"})
_ID = re.compile(r"\w[\w.:-]{0,79}")
_DAY = re.compile(r"(?:19|20)\d\d(?:0[1-9]|1[0-2])(?:0[1-9]|[12]\d|3[01])")
_EARLIEST = 100_000_000
"""Seconds since 1970, in 1973: smaller numbers stand for a missing time, or count something else."""
_SECONDS = 11
"""Digits of the longest time that counts seconds: with one more it would be after the year 5138."""
_MAX_SHOWN = 40


def text_of(value: object, field: str) -> str | None:
    """The text of an article: a string, HTML if it begins with a tag, or a list of paragraphs; None for nothing."""
    if isinstance(value, list) and all(isinstance(part, str) for part in value):
        return "\n\n".join(part.strip() for part in value if part.strip()) or None
    if value is None or isinstance(value, str):
        if not value or not value.strip():
            return None
        return markup_text(value) if is_markup(value) else value
    raise _wrong(value, field)


def word_of(value: object, field: str) -> str | None:
    """A title, outlet or address: a string or number, or an object or list that has it as `name`; None for nothing."""
    if isinstance(value, list) and len(value) == 1:
        value = value[0]
    if isinstance(value, dict):
        value = value.get("name")
    if value is None or value == []:
        return None
    if isinstance(value, bool) or not isinstance(value, str | int | float):
        raise _wrong(value, field)
    word = " ".join(str(value).split())
    return None if word.casefold() in _NOTHING else word


def date_of(value: object, field: str) -> str | None:
    """A publication date in EDTF: a date in any form that `--published` takes, or a time in (milli)seconds since 1970.

    Times since 1970 (as pandas writes them) become days in UTC; digits such as 20310503 (as GDELT has them) are a day.
    """
    word = word_of(int(value) if isinstance(value, float) and value.is_integer() else value, field)
    if word is None:
        return None
    digits = word if word.isascii() and word.isdigit() else ""
    if len(digits) in (8, 14) and _DAY.match(digits):
        word = digits[:8]
    elif int(digits[:20] or 0) >= _EARLIEST:
        seconds = int(digits[:20]) / (1000 if len(digits) > _SECONDS else 1)
        with suppress(ValueError, OverflowError, OSError):
            word = datetime.datetime.fromtimestamp(seconds, datetime.UTC).date().isoformat()
    try:
        return check_published(word)
    except ValueError as error:
        raise InputError(f"{field}: {error}", hint="give it with --published ID=DATE, or name another field") from None


def language_of(value: object, field: str) -> str | None:
    """A language as BCP 47 tag, from a tag, a code of three letters or an English name.

    None for everything else, "und" and "mul" too: the text itself tells its language.
    """
    word = word_of(value, field) or ""
    names, codes = _languages()
    try:
        tag = names.get(word.casefold()) or check_language(word)
    except ValueError:
        return None
    primary, *rest = tag.split("-")
    tag = "-".join([codes.get(primary, primary), *rest])
    return tag if tag.partition("-")[0] in names.values() and primary not in _NO_LANGUAGE else None


def id_of(value: object) -> str | None:
    """An id that reads well beside an answer; None for addresses, sentences and everything else."""
    if isinstance(value, int) and not isinstance(value, bool):
        value = str(value)
    return value.strip() if isinstance(value, str) and _ID.fullmatch(value.strip()) else None


@cache
def _languages() -> tuple[dict[str, str], dict[str, str]]:
    """English names of languages with their tags, and longer codes with the shorter ones (Unicode CLDR)."""
    from babel import Locale
    from babel.core import get_global

    names = {name.casefold(): tag for tag, name in Locale("en").languages.items() if "_" not in tag}
    codes = {code: str(tag) for code, tag in get_global("language_aliases").items() if "_" not in code + str(tag)}
    return names, codes


def _wrong(value: object, field: str) -> InputError:
    kinds = {dict: "an object", list: "a list", bool: "true or false", int: "a number", float: "a number"}
    kind = kinds.get(type(value), "something else")
    shown = str(value) if not isinstance(value, int) or abs(value) < 10**_MAX_SHOWN else "…"
    shown = shown if len(shown) <= _MAX_SHOWN else shown[: _MAX_SHOWN - 1] + "…"
    message = f"{field}: it is {kind} ({shown}), and a text is needed"
    return InputError(message, hint="name the right field with --field, for example --field text=article_body")
