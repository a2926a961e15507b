"""A page's markup to a tree that is safe to search: bounded, and without what no reader sees as its article."""

import re
from dataclasses import dataclass
from typing import Any

from ..errors import InputError

MAX_ELEMENTS = 20_000
"""Elements that are shown: the extraction takes seconds for so many at worst. An article has some thousands."""
_MOST_CHILDREN = 5_000
"""Of one element: the extraction compares each with all of them."""
MAX_TEXT = 1_000_000
"""Characters of text on a page."""
_MAX_TAGS = 200_000
_DEEPEST = 250
_TAG = re.compile(r"""<[a-zA-Z](?:=\s*+(?:"[^"]*+"|'[^']*+')|[^>])*+""")
_VALUE = re.compile(r"""=\s*+(?:"[^"]*+"|'[^']*+')""")
_LONGEST_TAG = 20_000
"""Characters of one tag without its values: the parser compares each attribute with all before it."""
_LONGEST_ATTRIBUTE = 2_000
_UNSEEN = frozenset(
    {"script", "style", "noscript", "template", "select", "textarea", "nav"}
    | {"svg", "math", "canvas", "iframe", "object", "embed", "audio", "video"}
)
_BUTTONS = frozenset({"submit", "button", "image"})
_PAGE_STATES = frozenset({"__VIEWSTATE", "javax.faces.ViewState"})
"""Fields by which ASP.NET and JSF, which put a whole page into a form, keep its state."""
_LISTS = frozenset({"ul", "ol", "table", "p"})
"""What leads elsewhere if its text is nearly all links: menus, and "read also" within an article."""
_HIDDEN = re.compile(r"display\s*:\s*none", re.IGNORECASE)
_CONTROLS = re.compile(r"[\x00-\x08\x0b\x0c\x0e-\x1f\x7f\ufffe\uffff]")
"""Characters that no XML tree may hold (and DEL); as references (`&#27;`) they get past the parser."""
_COPY = "copy the article's text to a file, and give that"
_TOO_MUCH = "it is no page of a single article: give single articles, or save its text to a file"


@dataclass
class Shape:
    """How a page is built: its characters of text in all, in forms that ask for an answer, and in dialogs.

    `headings` are those that lead to another page, as on an index; `password`: it asks for one; `media`: it has a
    player; `scripts`: it runs some; `refresh`: it sends its reader on.
    """

    text: int = 0
    asking: int = 0
    dialogs: int = 0
    headings: int = 0
    password: bool = False
    media: bool = False
    scripts: bool = False
    refresh: bool = False


def parse(markup: str) -> Any:
    """The tree of a page; raises InputError for one without elements, or that is costly to parse or drops its end."""
    from lxml import etree, html

    if markup.count("<") > _MAX_TAGS:
        raise _too_many()
    if any(len(tag[0]) > _LONGEST_TAG and len(_VALUE.sub("", tag[0])) > _LONGEST_TAG for tag in _TAG.finditer(markup)):
        raise InputError("one of its elements has more attributes than any page needs", hint=_COPY)
    parser = html.HTMLParser(
        encoding="utf-8", remove_comments=True, remove_pis=True, collect_ids=False, no_network=True
    )
    try:
        tree = html.document_fromstring(_CONTROLS.sub("", markup).encode("utf-8", "replace"), parser=parser)
    except (etree.LxmlError, ValueError):
        raise InputError("it holds no page", hint="see whether the whole page was saved") from None
    depths: dict[Any, int] = {}
    for element in tree.iter():
        _clean(element)
        depths[element] = depths.get(element.getparent(), 0) + 1
        if depths[element] > _DEEPEST:  # some levels further down the parser drops all that follows
            raise InputError(f"its elements are nested more than {_DEEPEST} deep", hint=_COPY)
    return tree


def prune(tree: Any) -> Shape:
    """Take out of the tree what is not shown, and lists of links; the shape that it had.

    Raises InputError for more than `MAX_ELEMENTS` elements or `MAX_TEXT` characters in what is left.

    What it takes out are elements that are run, played or hidden, dialogs (they stand before the page), and attributes
    too long to search in.
    """
    shape = Shape()
    lengths: dict[Any, int] = {}
    links: dict[Any, int] = {}
    elements = list(tree.iter())
    for element in reversed(elements):  # children before their parents, so that each sum is made once
        own = len((element.text or "").strip())
        length = own + sum(lengths[child] + len((child.tail or "").strip()) for child in element if child in lengths)
        linked = length if element.tag == "a" else sum(links.get(child, 0) for child in element)
        if _unseen(element, shape, length) and element.getparent() is not None:
            element.drop_tree()
            continue
        lengths[element], links[element] = length, linked
        if element.tag in _LISTS and linked * 5 >= length * 4 and length and element.getparent() is not None:
            shape.text += length
            element.drop_tree()
            del lengths[element]
        elif element.tag in ("h1", "h2", "h3", "h4") and linked * 2 > length:
            shape.headings += 1
        elif element.tag == "form" and _asks(element):
            shape.asking += length
    shape.text += lengths.get(tree, 0)
    children = [len(element) for element in tree.iter()]
    if len(children) > MAX_ELEMENTS or max(children) > _MOST_CHILDREN:
        raise _too_many()
    if shape.text > MAX_TEXT:
        raise InputError(f"the page holds more than {MAX_TEXT:,} characters of text", hint=_TOO_MUCH)
    return shape


def _too_many() -> InputError:
    return InputError("the page has more elements than any article needs", hint=_TOO_MUCH)


def _clean(element: Any) -> None:
    for name, value in element.attrib.items():
        if len(value) > _LONGEST_ATTRIBUTE:
            del element.attrib[name]
        elif _CONTROLS.search(value):
            element.attrib[name] = _CONTROLS.sub("", value)
    if element.text and _CONTROLS.search(element.text):
        element.text = _CONTROLS.sub("", element.text)
    if element.tail and _CONTROLS.search(element.tail):
        element.tail = _CONTROLS.sub("", element.tail)


def _unseen(element: Any, shape: Shape, length: int) -> bool:
    """Whether a reader does not see the element as part of the page; notes in `shape` what it tells."""
    tag = element.tag
    if tag == "input":
        shape.password |= (element.get("type") or "").lower() == "password"
    elif tag == "script":
        shape.scripts |= "json" not in (element.get("type") or "")
    elif tag in ("video", "audio"):
        shape.media = True
    elif tag == "meta":
        shape.refresh |= (element.get("http-equiv") or "").lower() == "refresh" and "url" in (
            element.get("content") or ""
        )
    role = (element.get("role") or "").lower()
    if tag in _UNSEEN or role == "navigation":
        return True
    if tag == "dialog" or role in ("dialog", "alertdialog") or element.get("aria-modal") == "true":
        shape.dialogs += length
        return True
    if tag in ("html", "body", "main", "article"):  # hidden until a script has run, on pages that are shown
        return False
    return "hidden" in element.attrib or bool(_HIDDEN.search(element.get("style") or ""))


def _asks(form: Any) -> bool:
    """Whether a form wants one of several answers: two buttons or more, and no state of a page that is all one form."""
    buttons = 0
    for element in form.iter("button", "input"):
        if element.get("name") in _PAGE_STATES:
            return False
        kind = (element.get("type") or "submit").lower()
        buttons += kind in _BUTTONS if element.tag == "input" else kind != "reset"
    return buttons >= 2
