"""The text of a stretch of HTML or XHTML that is an article's body: paragraphs apart, nothing else added or lost."""

import re
from typing import TYPE_CHECKING, Any

from ..errors import InputError

if TYPE_CHECKING:
    from collections.abc import Iterator

_TAG_FIRST = re.compile(
    r"\s*<(?:!doctype|/?(?:article|aside|a|b|blockquote|body|br|div|em|figure|h[1-6]|header|html|i|img|main|ol|p|section"
    r"|span|strong|table|ul)(?=[\s/>]))",
    re.IGNORECASE,
)
_CODE = frozenset({"script", "style", "template", "noscript", "iframe", "object", "svg", "title"})
_HIDDEN = _CODE | {"figure", "form"}
"""What is no part of the story: code, and pictures with their captions, which tell of the picture."""
_INLINE = frozenset({
    "a", "abbr", "acronym", "b", "bdi", "bdo", "big", "cite", "code", "data", "del", "dfn", "em", "font", "i", "ins",
    "kbd", "label", "mark", "q", "rp", "rt", "ruby", "s", "samp", "small", "span", "strike", "strong", "sub", "sup",
    "time", "tt", "u", "var", "wbr",
})  # fmt: skip
_SPACES = re.compile(r"[ \t\n\r\f]+")
_PARAGRAPH = "\0"
_LINE = "\1"


def is_markup(text: str) -> bool:
    """True for text that begins with a tag of HTML."""
    return bool(_TAG_FIRST.match(text[:500]))


def markup_text(markup: str) -> str:
    r"""The words of `markup`, its paragraphs parted by an empty line, line breaks as `\n`.

    Raises InputError where lxml is not installed, and for markup nested so deeply that a part of it would be lost.
    """
    try:
        import lxml.html
    except ImportError:
        raise InputError(
            "its text is HTML, and the library that reads it is missing", hint="pip install 'summarizer[web]'"
        ) from None
    from lxml.etree import LxmlError

    parser = lxml.html.HTMLParser(encoding="utf-8", remove_comments=True, remove_pis=True, huge_tree=True)
    try:
        source = f"<html><body>{markup}</body></html>".encode()
        root = lxml.html.document_fromstring(source, parser=parser)
    except (LxmlError, ValueError) as error:
        raise InputError(f"its text is HTML that cannot be read: {error}", hint="give its text instead") from None
    if any("depth" in fault.message for fault in parser.error_log):
        raise InputError("its text is HTML nested too deeply", hint="give its text instead")
    text = _SPACES.sub(" ", "".join(_pieces(root)))
    paragraphs = ("\n".join(line.strip() for line in part.split(_LINE)).strip() for part in text.split(_PARAGRAPH))
    return "\n\n".join(part for part in paragraphs if part)


def _pieces(root: Any) -> "Iterator[str]":
    """Text in its order with marks between paragraphs and lines; without recursion, since markup nests as it likes."""
    from lxml.etree import iterwalk

    walk = iterwalk(root, events=("start", "end"))
    for event, element in walk:
        name = element.tag if isinstance(element.tag, str) else ""
        mark = _LINE if name == "br" else "" if name in _INLINE | _CODE else _PARAGRAPH
        if event == "end":
            yield mark if name != "br" else ""
            yield (element.tail or "").replace(_PARAGRAPH, "").replace(_LINE, "")
        elif name in _HIDDEN:
            walk.skip_subtree()
        else:
            yield mark
            yield (element.text or "").replace(_PARAGRAPH, "").replace(_LINE, "")
