"""The bytes of a web page to its text: the page's own word on its encoding, weighed against what the bytes say."""

import codecs
import re

from ..errors import InputError
from .decoding import LEGACY, MAX_PAGE_BYTES, decode, too_large

_BOMS = ((codecs.BOM_UTF8, "utf-8"), (codecs.BOM_UTF16_LE, "utf-16-le"), (codecs.BOM_UTF16_BE, "utf-16-be"))
_UTF16 = {b"<\0": "utf-16-le", b"\0<": "utf-16-be"}
"""How a page begins that has no mark."""
_HEAD = 4096
"""Bytes in which a page names its encoding; browsers look at 1024."""
_NAMED = re.compile(
    rb"""<(?:meta\b[^>]{0,500}?charset|\?xml\b[^>]{0,200}?encoding)\s*=\s*["']?\s*([\w:.-]{2,40})""", re.I
)
_READ_AS = {
    "ascii": "cp1252",
    "iso8859-1": "cp1252",
    "iso8859-9": "cp1254",
    "iso8859-11": "cp874",
    "tis-620": "cp874",
    "gb2312": "gb18030",
    "gbk": "gb18030",
    "euc_kr": "cp949",
    "shift_jis": "cp932",
    "big5": "big5hkscs",
    "utf-16": "utf-16-le",
}
"""Names that stand for a wider encoding on the web (https://encoding.spec.whatwg.org/#names-and-labels)."""
_KNOWN = frozenset(
    {"utf-8", "utf-16-le", "utf-16-be", "cp866", "koi8-r", "koi8-u", "mac-roman", "mac-cyrillic", "cp874", "gb18030"}
    | {"big5hkscs", "euc_jp", "iso2022_jp", "cp932", "cp949", *(f"cp125{number}" for number in range(9))}
    | {f"iso8859-{number}" for number in (*range(2, 9), 10, *range(13, 17))}
)
"""Encodings of the web: Python has others by name, such as those that unpack or evaluate."""
_MOST_DAMAGE = 1 / 500
_CODE = re.compile(rb"<!--.*?-->|<(script|style)\b.*?</\1\s*>|<[^<>]*>", re.DOTALL | re.IGNORECASE)


def page_text(raw: bytes, charset: str | None) -> str:
    """The markup of a page; `charset` is the one of the HTTP header.

    A byte order mark goes first, then UTF-8 where the bytes are that (pages that name another encoding and are UTF-8
    are many, the reverse does not happen by chance), the header, the page's own word, and the guess for text files.
    A few damaged characters are replaced (U+FFFD), as browsers do. Raises InputError for too many of them, for no
    text and for too large a page.
    """
    if len(raw) > MAX_PAGE_BYTES:
        raise too_large(len(raw), MAX_PAGE_BYTES)
    for mark, encoding in _BOMS:
        if raw.startswith(mark):
            return _read(raw[len(mark) :], encoding)
    named = [charset or "", *(match.decode("ascii", "replace") for match in _NAMED.findall(raw[:_HEAD]))]
    encodings = [found for name in named if (found := _encoding(name))]
    if raw[:2] in _UTF16:
        return _read(raw, _UTF16[raw[:2]])
    raw = raw.replace(b"\0", b"")
    if "iso2022_jp" not in encodings:
        try:
            return raw.decode("utf-8")
        except UnicodeDecodeError:
            pass
    for encoding in encodings:
        try:
            return _read(raw, encoding)
        except InputError:
            continue
    return _guessed(raw)


def _encoding(name: str) -> str | None:
    try:
        found = codecs.lookup(name).name
    except (LookupError, ValueError):
        return None
    found = _READ_AS.get(found, found)
    return found if found in _KNOWN else None


def _read(raw: bytes, encoding: str) -> str:
    text = raw.decode(encoding, "replace")
    if text.count("\ufffd") > 1 + len(text) * _MOST_DAMAGE:
        raise InputError(f"it is marked as {encoding} but is damaged", hint="save the page again, as UTF-8")
    return text


def _guessed(raw: bytes) -> str:
    """The page in the encoding that its text alone, without markup, is found to be in."""
    words = _CODE.sub(b" ", raw)
    text = decode(words)
    for encoding in LEGACY:
        try:
            if words.decode(encoding).replace("\r\n", "\n").replace("\r", "\n") == text:
                return raw.decode(encoding, "replace")
        except UnicodeDecodeError:
            continue
    return text  # in an encoding that no page is in: without its markup it will be found to be no article
