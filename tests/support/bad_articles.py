"""The table of articles that are none, or that are odd and read all the same: what they hold, and what a user is told.

A file is made from bytes, or by a function that gets the path at which it is to stand.
"""

import bz2
import gzip
import io
import os
import random
import socket
import zipfile
from collections.abc import Callable
from dataclasses import dataclass, field
from pathlib import Path

from summarizer.articles import MAX_BYTES

TOLD = "The fire at Garrow mill killed 6 workers, the brigade said. Another 21 workers were injured.\n"
"""An article's text that every made-up model understands."""
FRENCH = "L'incendie de l'usine a tué 6 ouvriers, a déclaré la préfète à l'aube. Vingt ouvriers ont été blessés. " * 3


def head(lines: str, text: str = TOLD) -> bytes:
    """A file with front matter."""
    return f"---\n{lines}\n---\n{text}".encode()


def zipped(*names: str) -> bytes:
    """An archive with these files."""
    packed = io.BytesIO()
    with zipfile.ZipFile(packed, "w") as archive:
        for name in names:
            archive.writestr(name, TOLD)
    return packed.getvalue()


def _fifo(path: Path) -> None:
    os.mkfifo(path)


def _socket(path: Path) -> None:
    here = os.open(".", os.O_RDONLY)
    os.chdir(path.parent)  # an address has at most 107 bytes
    try:
        with socket.socket(socket.AF_UNIX) as listener:
            listener.bind(path.name)
    finally:
        os.fchdir(here)
        os.close(here)


def _loop(path: Path) -> None:
    path.symlink_to(path.name)


def _dangling(path: Path) -> None:
    path.symlink_to("nowhere.txt")


def _sparse(size: int) -> Callable[[Path], None]:
    def make(path: Path) -> None:
        with path.open("wb") as file:
            file.truncate(size)

    return make


def _nothing(path: Path) -> None:
    """Leave the place empty."""


def _links_to(target: str) -> Callable[[Path], None]:
    return lambda path: path.symlink_to(target)


@dataclass(frozen=True)
class Bad:
    """An input that is refused: alone it is wrong usage (2), beside good ones it fails by itself (1)."""

    name: str
    make: bytes | Callable[[Path], object]
    says: str
    """What happened, as it stands on stderr behind the input's name."""
    do: str
    """What to do next, as it stands in the hint."""
    file: str = "article.md"
    deadly: bool = False
    """True where a reader without bounds hangs, eats all memory or kills the process."""


@dataclass(frozen=True)
class Odd:
    """An input that is read all the same: exit code 0, and `holds` are fields of its article."""

    name: str
    make: bytes
    holds: dict[str, str | None] = field(default_factory=dict)
    file: str = "article.md"


def _bombs(lines: int, form: str) -> str:
    """Each line stands for nine times what the line before it does."""
    return "\n".join(form.format(now=now, nine=",".join([f"*a{now - 1}"] * 9)) for now in range(1, lines))


_SAVE = "save its text as a UTF-8 file"
_REPAIR = "repair the lines between the two '---'"
_UTF8 = "convert it to UTF-8"
_LOOK = "see whether the article's text was saved"
_RANDOM = random.Random(8)
_PAGE = "no article is found in it"
_COPY = "copy the article's text to a file"
_OBJECT = "--field text="
_YAML = "its front matter is not valid YAML"

BAD = (
    # nothing in it
    Bad("empty", b"", "it is empty", "check the file"),
    Bad("white space only", b" \n\t \r\n\x0c\n", "only white space", "check the file"),
    Bad("byte order mark only", b"\xef\xbb\xbf", "only white space", "check the file"),
    Bad("UTF-16 mark only", b"\xff\xfe", "only white space", "check the file"),
    Bad("invisible signs only", "\u200b\u200d\u2060\ufeff".encode(), "only white space", "check the file"),
    Bad("front matter only", head("title: Mill", ""), "only white space or front matter", _LOOK),
    Bad("title only", b"# Six dead in mill fire\n", "it holds only a title", _LOOK),
    Bad("title only, with front matter", head("outlet: Reed", "## Six dead\n\n"), "it holds only a title", _LOOK),
    Bad("only emoji", "😀🔥👨‍👩‍👧🇫🇷".encode() * 50, "it holds no words", _LOOK),
    Bad("only combining marks", "\u0301\u0300".encode() * 50, "it holds no words", _LOOK),
    Bad("only markup", b"***\n---\n> > >\n| | |\n```\n```\n", "it holds no words", _LOOK),
    Bad("only digits", b"1 2 3 4 5\n" * 20, "it holds no words", _LOOK),
    Bad("only replacement characters", "\ufffd".encode() * 40, "it holds no words", _LOOK),
    # no text
    Bad("PDF by mistake", b"%PDF-1.7\n" + b"text " * 100, "a PDF document", _SAVE, "report.txt"),
    Bad("zip", zipped("a.txt", "b.txt"), "a ZIP archive", _SAVE, "articles.zip"),
    Bad("docx", zipped("[Content_Types].xml", "word/document.xml"), "Word", _SAVE, "article.docx"),
    Bad("old Word", b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + bytes(600), "an old Word", _SAVE, "article.doc"),
    Bad("RTF", b"{\\rtf1\\ansi The mill.}", "an RTF document", _SAVE, "article.rtf"),
    Bad("gzip", gzip.compress(TOLD.encode()), "a gzip archive", _SAVE, "article.txt.gz"),
    Bad("bzip2", bz2.compress(TOLD.encode()), "a bzip2 archive", _SAVE),
    Bad("image", b"\x89PNG\r\n\x1a\n" + _RANDOM.randbytes(400), "a PNG image", _SAVE, "photo.png"),
    Bad("photo named as text", b"\xff\xd8\xff\xe0" + _RANDOM.randbytes(400), "a JPEG image", _SAVE),
    Bad("random bytes", _RANDOM.randbytes(4000), "zero bytes", _SAVE, "random.bin"),
    Bad("NUL inside text", TOLD.encode().replace(b" mill", b"\0mill"), "zero bytes", _SAVE),
    Bad("NUL at the end, as in a block of a disk", TOLD.encode() + bytes(400), "zero bytes", _SAVE),
    Bad("control characters", b"T\x01h\x02e\x03 \x04m\x05i\x06l\x07l\x08." * 20, "binary data", _SAVE),
    Bad("HTML by mistake", b"<!DOCTYPE html>\n<p>The mill is shut.", _PAGE, _COPY, "page.html"),
    Bad("HTML saved by a browser", b"\xef\xbb\xbf<!-- saved from x -->\n<HTML lang=en>\n<p>The mill.", _PAGE, _COPY),
    Bad("HTML without its first line", b"<body class='x'><p>The mill is shut.</p>", _PAGE, _COPY),
    Bad("web archive", b"From: <Saved by Blink>\r\nMIME-Version: 1.0\r\n", "a web archive", _SAVE, "page.mhtml"),
    Bad("XML", b'<?xml version="1.0"?><rss><title>The mill</title></rss>', "an XML document", _SAVE, "feed.xml"),
    # JSON
    Bad("JSON without a text", b'{"title": "Mill", "story": "Shut."}', "none of its fields", _OBJECT, "article.json"),
    Bad("JSON that is data", b"[1, 2, 3]", "it is JSON, not text", "fields such as text", "data.json"),
    Bad("JSON cut off", b'{"title": "Mill", "text": "The mill is', "it is not valid JSON", "RFC 8259", "article.json"),
    Bad("JSON with NaN", b'{"text": "The mill is shut.", "n": NaN}', "a number that is none: NaN", "write null"),
    Bad("JSON with endless digits", b'{"n": ' + b"9" * 1_000_000 + b"}", "a number that is none: 999", "write null"),
    Bad("JSON with a field twice", b'{"text": "The mill.", "text": "The pond."}', "'text' twice", "keep one"),
    Bad("JSON of 100,000 levels", b'{"text":' * 100_000, "nested too deeply", "flatten it", deadly=True),
    Bad("JSON of a million fields",
        b"{" + b",".join(b'"%x":0' % number for number in range(400_000)) + b"}",
        "none of its fields has a name", "and 399,992 more"),
    Bad("JSON around a list", b'{"items": [{"text": "The mill is shut."}]}', "around a list 'items'", "jq -c"),
    Bad("text that is a number", b'{"text": 5}', "text: it is a number (5)", _OBJECT),
    Bad("lone surrogate in JSON", b'{"text": "The \\ud800 mill is shut."}', "lone surrogates", "whole characters"),
    Bad("zero byte in JSON", b'{"text": "The \\u0000 mill is shut."}', "binary data", _SAVE),
    Bad("date in JSON that is none", b'{"text": "The mill is shut.", "date": "soon"}', "is not a date", "--published"),
    Bad("ninjs that was withdrawn", b'{"uri": "urn:x", "pubstatus": "canceled", "body_text": "The mill is shut."}',
        "withdrawn", "pubstatus"),
    Bad("HTML of 100,000 levels", b'{"text": "<p>' + b"<b>" * 100_000 + b'The mill."}', "nested too deeply", "its text",
        deadly=True),
    Bad("lines without an object", b"The mill is shut.\n" * 9, "no line of it is a JSON object", "jq -c", "a.jsonl"),
    Bad("summary given as article", b'{"schema_version": "1.0", "article": {}}', "a summary made earlier", "merge"),
    Bad("story given as article", b'{"schema_version": "1.0", "disagreements": []}', "a story made earlier", "render"),
    # encodings
    Bad("broken UTF-8 in the middle", FRENCH.encode()[:150] + b"\xc3" + FRENCH.encode()[150:], "damaged", "repair"),
    Bad("UTF-8 cut off", "日本の市長は水車小屋を閉鎖した".encode()[:-1], "damaged", "repair"),
    Bad("lone surrogate", b"The \xed\xa0\x80 mill is shut.", "a lone surrogate at byte 4", _UTF8),
    Bad("mixed encodings", "à l'été ".encode() * 3 + "à l'été ".encode("latin-1") * 3, "not UTF-8", _UTF8),
    Bad("too little Latin-1 to tell", "Café fermé".encode("latin-1"), "its encoding is un", _UTF8),
    Bad("UTF-16 cut off", TOLD.encode("utf-16")[:-1], "marked as utf-16 but is damaged", _UTF8),
    Bad("UTF-16 mark before UTF-8", b"\xff\xfe" + TOLD.encode(), "marked as utf-16 but is damaged", _UTF8),
    Bad("UTF-32 mark before UTF-8", b"\xff\xfe\0\0" + TOLD.encode(), "marked as utf-32 but is damaged", _UTF8),
    Bad("UTF-32 without mark", TOLD.encode("utf-32-le"), "zero bytes", _SAVE),
    # front matter
    Bad("unclosed front matter", b"---\ntitle: Mill\noutlet: Reed\n\nThe mill.", "is not closed", "put a line '---'"),
    Bad("front matter that is no YAML", head('title: "The mill\nurl: [x'), _YAML, _REPAIR),
    Bad("title with a colon", head("title: Fire: six dead"), _YAML, _REPAIR),
    Bad("tag of a programming language", head("title: !!python/object/apply:os.getcwd []"), _YAML, _REPAIR),
    Bad("aliases", head("title: &t Mill\noutlet: *t"), "aliases (*name) are not read in line 3", _REPAIR),
    Bad("bomb of aliases", head("a0: &a0 x\n" + _bombs(12, "a{now}: &a{now} [{nine}]") + "\ntitle: *a11"),
        "aliases (*name) are not read", _REPAIR, deadly=True),
    Bad("bomb of merge keys", head("a0: &a0 {k: v}\n" + _bombs(12, "a{now}: &a{now} {{<<: [{nine}]}}")),
        "aliases (*name) are not read", _REPAIR, deadly=True),
    Bad("60,000 levels of lists", head("title: " + "[" * 60_000), "more than 20 levels", _REPAIR, deadly=True),
    Bad("levels, all closed", head("t: " + "[" * 30_000 + "]" * 30_000), "more than 20 levels", _REPAIR, deadly=True),
    Bad("huge front matter", head("title: Mill\nnotes: " + "word " * 20_000), "longer than 64,000", "remove the other"),
    Bad("title: a list", head("title: [Mill, fire]"), "title: text is needed, but it is list", "in quotes"),
    Bad("title: a number of 6,000 digits", head("title: 0x" + "f" * 6000), "too long to show", "in quotes"),
    Bad("outlet: a mapping", head("outlet: {name: Reed}"), "outlet: text is needed, but it is dict", "in quotes"),
    Bad("url: a boolean", head("url: yes"), "url: text is needed, but it is bool", "in quotes"),
    Bad("language: a number", head("language: 5"), "language: text is needed, but it is int", "in quotes"),
    Bad("language that is none", head("language: Martian"), "is not a BCP 47 language tag", _REPAIR),
    Bad("published: a list", head("published: [2032, 9]"), "published: text is needed, but it is list", "in quotes"),
    Bad("published: no such month", head("published: 2032-13-45"), "a date or number in it cannot be", _REPAIR),
    Bad("published: no such day", head("published: '2032-02-30'"), "is not a date", _REPAIR),
    Bad("published: words", head("published: someday soon"), "is not a date", _REPAIR),
    Bad("published: two readings", head("published: 03/04/2032"), "is not a date", _REPAIR),
    Bad("published: a span", head("published: 2032-05/2032-06"), "is not a date", _REPAIR),
    Bad("published: an exponent", head("published: Y1E9"), "is not a date", _REPAIR),
    Bad("published: negative", head("published: -5"), "published: text is needed", "in quotes"),
    Bad("published: 60,000 characters", head("published: " + "5 May " * 10_000), "is not a date", _REPAIR),
    # files that are none
    Bad("missing", _nothing, "there is no such file", "check the name"),
    Bad("file used as folder", _nothing, "there is no such file", "check the name", "/dev/null/article.txt"),
    Bad("empty directory", Path.mkdir, "there is no file in it", ".md, .markdown", "folder"),
    Bad("pattern that fits nothing", _nothing, "none that fits it as a pattern", "check the name", "no*such[0-9].txt"),
    Bad("pipe that nobody writes to", _fifo, "a device or a pipe", "standard input", "pipe.txt", deadly=True),
    Bad("socket", _socket, "a device or a pipe", "standard input", "socket"),
    Bad("device without end", _nothing, "a device or a pipe", "standard input", "/dev/zero", deadly=True),
    Bad("link to a device", _links_to("/dev/full"), "a device or a pipe", "standard input", "full.txt", deadly=True),
    Bad("symlink loop", _loop, "a link that leads back to itself", "give the file it should lead to"),
    Bad("dangling symlink", _dangling, "there is no such file", "check the name"),
    Bad("unreadable, even for root", _links_to("/proc/self/mem"), "it cannot be read", "another program"),
    Bad("50 MB", _sparse(50_000_000), "50.0 MB, and at most 5 MB are read", "give single articles"),
    Bad("3 TB", _sparse(3 * 10**12), "3,000,000.0 MB", "give single articles", deadly=True),
    Bad("one byte too many", b"a " * (MAX_BYTES // 2) + b"a", "it is too large", "give single articles"),
    Bad("address of this machine", _nothing, "is an address of this machine", "--allow-private", "http://127.0.0.1/mill"),
    Bad("address that cannot be", _nothing, "not one that can be read", "check the address", "https://[::1/mill"),
    Bad("name of 300 characters", _nothing, "the name is too long", "check the name", "n" * 300 + ".txt"),
    Bad("empty, name with a line break and escape", b"", "it is empty", "check the file", "a\nb\x1b[2J\u202ec.txt"),
    Bad("empty, name of other bytes", b"", "it is empty", "check the file", os.fsdecode(b"caf\xe9.txt")),
)  # fmt: skip
"""Inputs that are refused."""

ODD = (
    Odd("byte order mark of UTF-8", b"\xef\xbb\xbf" + TOLD.encode(), {"text": TOLD}),
    Odd("mark before front matter", b"\xef\xbb\xbf" + head("outlet: Reed"), {"outlet": "Reed", "text": TOLD.strip()}),
    Odd("UTF-16, little end first", b"\xff\xfe" + TOLD.encode("utf-16-le"), {"text": TOLD}),
    Odd("UTF-16, big end first", b"\xfe\xff" + TOLD.encode("utf-16-be"), {"text": TOLD}),
    Odd("UTF-32, little end first", b"\xff\xfe\0\0" + TOLD.encode("utf-32-le"), {"text": TOLD}),
    Odd("UTF-32, big end first", b"\0\0\xfe\xff" + TOLD.encode("utf-32-be"), {"text": TOLD}),
    Odd("UTF-16 without mark", TOLD.encode("utf-16-le"), {"text": TOLD}),
    Odd("Latin-1", FRENCH.encode("latin-1"), {"text": FRENCH, "language": "fr"}),
    Odd("line ends of Windows", TOLD.replace(". ", ".\n").encode().replace(b"\n", b"\r\n"),
        {"text": TOLD.replace(". ", ".\n")}),
    Odd("line ends of old Macs", TOLD.replace(". ", ".\n").encode().replace(b"\n", b"\r"),
        {"text": TOLD.replace(". ", ".\n")}),
    Odd("no line end at the end", TOLD.strip().encode(), {"text": TOLD.strip()}),
    Odd("a few control characters", b"\x0c" + TOLD.encode() + b"\x1a", {"text": f"\x0c{TOLD}\x1a"}),
    Odd("escape sequences", b"\x1b[31mFire\x1b[0m\n\n" + TOLD.encode() * 3,
        {"text": "\x1b[31mFire\x1b[0m\n\n" + TOLD * 3}),
    Odd("non-characters and private ones", ("\ufdd0\uffff\ue000 " + TOLD).encode(),
        {"text": "\ufdd0\uffff\ue000 " + TOLD}),
    Odd("right-to-left", "قُتل 6 عمال في حريق المصنع، بحسب فرق الإطفاء. وأصيب 21 عاملا آخرون في الحريق.".encode(),
        {"language": "ar"}),
    Odd("right-to-left override", ("\u202e" + TOLD).encode(), {"text": "\u202e" + TOLD}),
    Odd("combining marks", (TOLD + "e" + "\u0301" * 5000).encode(), {"text": TOLD + "e" + "\u0301" * 5000}),
    Odd("emoji beside words", (TOLD + "🔥" * 500).encode(), {"text": TOLD + "🔥" * 500}),
    Odd("one line of 1 MB", (TOLD.strip() + " " + "=" * 1_000_000).encode()),
    Odd("a million empty lines", TOLD.encode() + b"\n" * 1_000_000),
    Odd("lone braces", ("[Reuters] " + TOLD).encode(), {"text": "[Reuters] " + TOLD}),
    Odd("title: null", head("title: null\noutlet: ~"), {"title": None, "outlet": None}),
    Odd("title: empty", head("title: ''"), {"title": None}),
    Odd("title given twice", head("title: One\ntitle: Two"), {"title": "Two"}),
    Odd("keys of other programs", head("tags: [a, b]\nauthor: {name: X}\ntitle: Mill"), {"title": "Mill"}),
    Odd("anchor without alias", head("title: &t Mill"), {"title": "Mill"}),
    Odd("unknown language tag", head("language: tlh"), {"language": "tlh"}),
    Odd("language with a region", head("language: EN_gb"), {"language": "en-GB"}),
    Odd("published after today", head("published: 2999-01-01"), {"published": "2999-01-01"}),
    Odd("published in the year 1", head("published: 0001-01-01"), {"published": "0001-01-01"}),
    Odd("published on the last day there is", head("published: 9999-12-31"), {"published": "9999-12-31"}),
    Odd("published in some year", head("published: 2032"), {"published": "2032"}),
    Odd("published in some month", head("published: 2032-09"), {"published": "2032-09"}),
    Odd("published in words", head("published: 14 September 2032"), {"published": "2032-09-14"}),
    Odd("name with spaces", TOLD.encode(), {"id": "my mill fire"}, "my mill fire.txt"),
    Odd("name that begins with a dash", TOLD.encode(), {"id": "-q"}, "-q.txt"),
    Odd("name that is only a suffix", TOLD.encode(), {"id": ".txt"}, ".txt"),
    Odd("name without suffix", TOLD.encode(), {"id": "README"}, "README"),
    Odd("name of 250 characters", TOLD.encode(), {"id": "n" * 246}, "n" * 246 + ".txt"),
    Odd("name of other bytes", TOLD.encode(), {"id": "caf\ufffd"}, os.fsdecode(b"caf\xe9.txt")),
)  # fmt: skip
"""Inputs that are read."""
