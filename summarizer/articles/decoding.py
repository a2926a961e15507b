"""Bytes to text: refuses what is not text, strips marks of byte order, finds legacy encodings."""

import codecs
import json
import re
import unicodedata

from ..errors import InputError
from .language import detect_language

MAX_BYTES = 5_000_000
"""Largest input that is read, in bytes; a 200,000-character article in any script is far below."""
MAX_PAGE_BYTES = 10_000_000
"""Largest web page that is read, in bytes: pages carry scripts and pictures along with their article."""

_CONVERT = "save its text as a UTF-8 file and give that instead"
_TO_UTF8 = "convert it to UTF-8"
_SIGNATURES: tuple[tuple[bytes, str], ...] = (
    (b"%PDF-", "a PDF document"),
    (b"PK\x03\x04", "a ZIP archive (or a Word, OpenDocument or EPUB file)"),
    (b"PK\x05\x06", "a ZIP archive"),
    (b"\x89PNG", "a PNG image"),
    (b"\xff\xd8\xff", "a JPEG image"),
    (b"GIF8", "a GIF image"),
    (b"II*\x00", "a TIFF image"),
    (b"MM\x00*", "a TIFF image"),
    (b"\x1f\x8b", "a gzip archive"),
    (b"BZh", "a bzip2 archive"),
    (b"7z\xbc\xaf\x27\x1c", "a 7-Zip archive"),
    (b"\xd0\xcf\x11\xe0", "an old Word or Excel file"),
    (b"{\\rtf", "an RTF document"),
    (b"ID3\x03", "an MP3 recording"),
    (b"ID3\x04", "an MP3 recording"),
    (b"SQLite format 3\x00", "an SQLite database"),
    (b"\x7fELF", "a program"),
    (b"From: <Saved by", "a web archive (MHTML)"),
)
_HTML = re.compile(
    rb"\s*(?:<\?xml[^>]*>\s*)?(?:<!--(?:(?!-->).)*-->\s*)*<(?:!doctype\s+html|(?:html|head|body)[\s>])",
    re.IGNORECASE | re.DOTALL,
)
BOMS: tuple[tuple[bytes, str], ...] = (  # longest first: the UTF-32 mark begins with the UTF-16 one
    (codecs.BOM_UTF32_LE, "utf-32"),
    (codecs.BOM_UTF32_BE, "utf-32"),
    (codecs.BOM_UTF8, "utf-8-sig"),
    (codecs.BOM_UTF16_LE, "utf-16"),
    (codecs.BOM_UTF16_BE, "utf-16"),
)
LEGACY = {
    "iso8859_2": "pl cs sk hu sl hr bs ro sq sr",  # before cp1250, which reads its letters as others without complaint
    "cp1250": "pl cs sk hu sl hr bs ro sq sr",
    "cp1252": "en fr de es it pt nl sv da no nn fi is ca gl eu ga cy br af sq id ms",
    "iso8859_15": "en fr de es it pt nl sv da no nn fi is ca gl eu ga cy br af sq id ms",
    "cp1251": "ru uk be bg sr mk",
    "koi8_r": "ru",
    "koi8_u": "uk",
    "cp1253": "el",
    "cp1254": "tr az",
    "cp1255": "he",
    "cp1256": "ar fa ur",
    "cp1257": "lt lv et",
    "cp874": "th",
    "cp932": "ja",
    "euc_jp": "ja",
    "euc_kr": "ko",
    "gb18030": "zh",
    "big5": "zh",
}
"""Encodings that news text is found in, and the languages written in each: read as the wrong one, French looks like
French with odd letters, so that the language must fit the encoding too. Not cp949: it reads any Japanese as Korean."""
_MAX_CHAOS = 0.1
_C1 = re.compile(r"[\x80-\x9f]")
"""Control characters that no text uses: what decodes to them was written in another encoding."""
_CONTROLS = re.compile(r"[\x00-\x08\x0e-\x1a\x1c-\x1f\x7f]")


def decode(raw: bytes) -> str:
    r"""The text of `raw`: newlines as `\n`, byte order mark stripped, otherwise untouched.

    Reads UTF-8, UTF-16 and UTF-32 with a mark, UTF-16 without one, and legacy encodings where the guess is good.
    Raises InputError that names what the bytes look like and what to do.
    """
    if len(raw) > MAX_BYTES:
        raise too_large(len(raw))
    refuse_known_formats(raw)
    text = unicode_of(raw)
    _refuse_json(text)
    if not raw:
        raise InputError("it is empty", hint="check the file")
    return clean(text)


def clean(text: str) -> str:
    r"""`text` with newlines as `\n`, otherwise untouched; InputError if it is binary data or white space alone."""
    text = text.replace("\r\n", "\n").replace("\r", "\n")
    if "\0" in text or len(_CONTROLS.findall(text)) * 20 > len(text):
        raise InputError("it holds binary data, not text", hint=_CONVERT)
    if not any(not char.isspace() and unicodedata.category(char) not in ("Cf", "Cc") for char in text):
        raise InputError("it holds no text, only white space", hint="check the file")
    return text


def is_page(start: bytes) -> bool:
    """True for the first bytes of an HTML page."""
    return bool(_HTML.match(start.removeprefix(codecs.BOM_UTF8)))


def too_large(size: int | None = None, limit: int = MAX_BYTES) -> InputError:
    """The error for an input of `size` bytes (None where it was not read to its end)."""
    much = f"{size / 1e6:,.1f} MB" if size else "more"
    return InputError(
        f"it is too large: {much}, and at most {limit // 1_000_000} MB are read",
        hint="give single articles, not an archive of them",
    )


def refuse_known_formats(raw: bytes) -> None:
    """Raise InputError for what begins as a file does that holds no text."""
    for signature, what in _SIGNATURES:
        if raw.startswith(signature):
            raise InputError(f"it looks like {what}, not text", hint=_CONVERT)
    if raw[:4] == b"RIFF" and raw[8:12] in (b"WEBP", b"WAVE", b"AVI "):
        raise InputError("it looks like an image, sound or video, not text", hint=_CONVERT)
    if raw[4:8] == b"ftyp":
        raise InputError("it looks like a video or an image (MP4, HEIC), not text", hint=_CONVERT)
    if is_page(raw[:2000]):
        raise InputError("it is an HTML page, not text", hint="`read_articles` reads pages and JSON, too")
    if raw[:2000].removeprefix(codecs.BOM_UTF8).lstrip().startswith(b"<?xml"):
        raise InputError("it is an XML document, and those are not read in this version", hint=_CONVERT)


def _refuse_json(text: str) -> None:
    """Data that was given in the place of a text."""
    if text.lstrip()[:1] not in ("{", "["):
        return
    try:
        json.loads(text)
    except (ValueError, RecursionError):
        return
    raise InputError("it is JSON, not text", hint="articles in JSON are objects with fields such as text and title")


def unicode_of(raw: bytes) -> str:
    """The characters of `raw`, whose encoding is told by its mark or guessed; InputError where it stays unsure."""
    for bom, encoding in BOMS:
        if raw.startswith(bom):
            return _strictly(raw, encoding)
    if b"\0" in raw:
        return _utf16_without_mark(raw)
    if b"\x1b$B" in raw or b"\x1b$@" in raw:  # ISO-2022-JP is pure ASCII by its bytes, so UTF-8 would accept it
        return _strictly(raw, "iso2022_jp")
    try:
        return raw.decode("utf-8")
    except UnicodeDecodeError as error:
        return _legacy(raw, error)


def _strictly(raw: bytes, encoding: str) -> str:
    try:
        return raw.decode(encoding)
    except UnicodeDecodeError as error:
        name = "utf-8" if encoding == "utf-8-sig" else encoding
        raise InputError(f"it is marked as {name} but is damaged at byte {error.start}", hint=_TO_UTF8) from None


def _utf16_without_mark(raw: bytes) -> str:
    """UTF-16 of text with Latin letters or spaces has its zero bytes all on even or all on odd places."""
    on_even, on_odd = raw[0::2].count(0), raw[1::2].count(0)
    if not (on_even and on_odd) and len(raw) % 2 == 0 and (on_even + on_odd) * 50 > len(raw):
        encoding = "utf-16-le" if on_odd else "utf-16-be"
        try:
            text = raw.decode(encoding)
        except UnicodeDecodeError:
            text = "\0"
        if not any(unicodedata.category(char) in ("Cn", "Co", "Cs") or char == "\0" for char in text):
            return text
    raise InputError("it holds zero bytes: binary data, or UTF-16 without a byte order mark", hint=_CONVERT)


def _legacy(raw: bytes, error: UnicodeDecodeError) -> str:
    _refuse_damaged_utf8(raw, error)
    from charset_normalizer import from_bytes

    matches = list(from_bytes(raw, cp_isolation=list(LEGACY)))
    for match in sorted(matches, key=lambda match: "iso8859_2" not in match.could_be_from_charset):
        text = str(match)
        written = " ".join(LEGACY.get(encoding, "") for encoding in match.could_be_from_charset).split()
        if match.chaos <= _MAX_CHAOS and not _C1.search(text) and detect_language(text) in written:
            return text
    if not matches:
        raise InputError("its encoding is unknown: it is not UTF-8, or not text at all", hint=_TO_UTF8)
    raise InputError(f"it is not UTF-8, and its encoding is unsure (perhaps {matches[0].encoding})", hint=_TO_UTF8)


def _refuse_damaged_utf8(raw: bytes, error: UnicodeDecodeError) -> None:
    """Mostly valid multi-byte sequences mean UTF-8 with a fault: a guess would turn every accent into rubbish."""
    try:
        raw.decode("utf-8", "surrogatepass")
    except UnicodeDecodeError:
        pass
    else:
        raise InputError(f"it holds a lone surrogate at byte {error.start}, which is no character", hint=_TO_UTF8)
    text = raw.decode("utf-8", "replace")
    damaged = text.count("\ufffd")
    if sum(char > "\x7f" for char in text) - damaged > damaged:
        raise InputError(f"it is UTF-8 but damaged at byte {error.start}", hint="repair it, or save it again as UTF-8")
