"""A web page to an article: its text through trafilatura, and what is known about it from the page's own word."""

import re
from collections.abc import Iterable
from typing import Any
from urllib.parse import urljoin, urlsplit

from ..errors import InputError
from ..text.bylines import byline_of
from ..text.printable import printable_text
from .article import Article
from .language import check_language, detect_language
from .page_data import PageData, day_of, page_data
from .page_decoding import page_text
from .page_faults import refuse_no_article
from .page_tree import parse, prune

_LATEST = "2100-01-01"
"""A bound for the library that looks for dates, whose own is today: results shall not hang on that."""
_MODIFIED = re.compile(r"modif|updat|upd_|edited", re.IGNORECASE)
_RULE = re.compile(r"\|?(?:\s*:?-{3,}:?\s*\|)+\s*:?-*:?")
_CLOSE = tuple(frozenset(tags.split()) for tags in ("no nb nn da", "hr sr bs sh me", "id ms", "cs sk", "zh yue wuu"))
"""Languages that the detection takes for each other; the page knows better."""
_MANY = 200
"""Letters from which on the detection is surer of a language than a site's template is."""
_JOINERS = {"\u200c": "\u2e14", "\u200d": "\u2e15"}
"""What Persian and Indic scripts join and part letters with, which trafilatura drops, and rare signs to stand in."""
_WHOLE = 500
"""Twice the characters of the shortest text that is taken for a whole article."""
_LONGEST_URL = 2_000


def page_article(
    raw: bytes, *, id: str, url: str | None = None, published: str | None = None, charset: str | None = None
) -> Article:
    """The article on a page; `url` is where it came from, `charset` that of the HTTP header.

    Its text is the paragraphs of the article without the headline, parted by blank lines. `published` (EDTF or words)
    goes before the page's date of publication; a date of modification is never taken. Raises InputError for a page
    without an article, and says what it looks like (`page_faults`), and where the extra `web` is missing.
    """
    try:
        import lxml  # noqa: F401
        import trafilatura  # noqa: F401
    except ImportError:
        raise InputError(
            "web pages cannot be read: trafilatura is not installed", article=id, hint="pip install 'summarizer[web]'"
        ) from None
    try:
        return _article(page_text(raw, charset), id, url, published)
    except InputError as error:
        raise InputError(error.message, article=id, hint=error.hint) from None
    except Exception as error:  # the libraries raise all sorts at pages that are made to break them
        message = f"the page cannot be taken apart ({type(error).__name__})"
        raise InputError(message, article=id, hint="copy the article's text to a file, and give that") from error


def _article(markup: str, id: str, url: str | None, published: str | None) -> Article:
    tree = parse(_kept_joiners(markup))
    data = page_data(tree)
    declared = tree.get("lang") or tree.get("{http://www.w3.org/XML/1998/namespace}lang") or data.language
    address = _canonical(tree, url)
    shape = prune(tree)
    found, text = _extracted(tree, url)
    outlet = data.outlet or _site(found) or _host(url or address)
    byline = byline_of(data.byline, getattr(found, "author", None), outlet=outlet)
    title = _title(found, data, outlet)
    heads = [title, data.headline, *(element.text_content() for element in tree.iter("h1"))]
    text = _without_head(text or _body(data), heads)
    refuse_no_article(text, data, shape)
    return Article.from_text(
        text,
        id=id,
        title=title,
        language=_language(declared, text),
        outlet=outlet,
        byline=_given_back(byline) if byline else None,
        published=published or data.published or _found_day(tree, url or address),
        url=address,
    )


def _extracted(tree: Any, url: str | None) -> tuple[Any, str]:
    """The library's view of the page, and the article's paragraphs.

    Its usual reading is complete, but goes on to other stories on the page where it finds little; its strict one loses
    openings in odd places. So the usual one is taken unless it has twice as much, and the strict one has an article.
    """
    from trafilatura import bare_extraction

    texts = []
    for strict in (True, False):
        found = bare_extraction(
            tree,
            url=url,
            with_metadata=True,
            include_comments=False,
            favor_precision=strict,
            date_extraction_params={"extensive_search": False, "original_date": True, "max_date": _LATEST},
        )
        texts.append(_paragraphs(getattr(found, "text", None) or ""))
    strict_text, text = texts
    return found, strict_text if _WHOLE <= len(strict_text) * 2 < len(text) else text


def _paragraphs(lines: str) -> str:
    """The library's lines as paragraphs: a blank line between them, but not within a list or a table."""
    blocks: list[list[str]] = []
    kind = ""
    for line in lines.split("\n"):
        text = " ".join(line.split())
        if not text or _RULE.fullmatch(text):
            continue
        row = text.startswith("| ")
        if row:
            text = " | ".join(cell.replace("\\|", "|").strip() for cell in re.split(r"(?<!\\)\|", text) if cell.strip())
        before, kind = kind, "row" if row else "item" if text.startswith("- ") else ""
        if kind and kind == before:
            blocks[-1].append(text)
        elif text:
            blocks.append([text])
    return _given_back("\n\n".join("\n".join(block) for block in blocks))


def _kept_joiners(markup: str) -> str:
    for joiner, sign in _JOINERS.items():
        markup = markup if sign in markup else markup.replace(joiner, sign)
    return markup


def _given_back(text: str) -> str:
    for joiner, sign in _JOINERS.items():
        text = text.replace(sign, joiner)
    return text


def _body(data: PageData) -> str:
    """The text that the page keeps for programs, where it shows none."""
    return "\n\n".join(text for line in (data.body or "").splitlines() if (text := printable_text(line)))


def _title(found: Any, data: PageData, outlet: str | None) -> str | None:
    """The page's title without the name of its outlet."""
    title = " ".join(str(getattr(found, "title", None) or data.headline or "").split())
    if outlet:
        name = re.escape(outlet)
        title = re.sub(rf"\s*[-–—|_·•:›»]\s*{name}$|^{name}\s*[-–—|_·•:›»]\s*", "", title, flags=re.IGNORECASE)
    return _given_back(title) or None


def _without_head(text: str, heads: Iterable[str | None]) -> str:
    """The text without the paragraph that is the headline: that is the article's title."""
    known = {_folded(head) for head in heads if head}
    return "\n\n".join(part for part in text.split("\n\n") if _folded(part) not in known)


def _folded(text: str) -> str:
    return " ".join(_given_back(text).casefold().split())


def _site(found: Any) -> str | None:
    """The library's name for the site, which may also be a handle or an address."""
    name = str(getattr(found, "sitename", None) or "").strip()
    return (
        name if any(map(str.isalpha, name)) and len(name) <= 100 and not re.search(r"[/@]|^\S+\.\S+$", name) else None
    )


def _host(url: str | None) -> str | None:
    try:
        host = urlsplit(url or "").hostname
    except ValueError:
        return None
    return re.sub(r"^(?:www|m|amp|mobile)\.", "", host) if host else None


def _canonical(tree: Any, url: str | None) -> str | None:
    """The address that the page gives itself, where that is one of the same site and not its front page; else `url`."""
    links = [element.get("href") for element in tree.iter("link") if "canonical" in (element.get("rel") or "").lower()]
    links += [element.get("content") for element in tree.iter("meta") if element.get("property") == "og:url"]
    for link in links:
        try:
            address = urljoin(url or "", (link or "").strip())
            parts = urlsplit(address)
            own = parts.scheme in ("http", "https") and parts.hostname and "@" not in parts.netloc
        except ValueError:
            continue
        if not own or len(address) > _LONGEST_URL or any(char.isspace() or not char.isprintable() for char in address):
            continue
        if not url or (_host(address) == _host(url) and (parts.path.strip("/") or not urlsplit(url).path.strip("/"))):
            return str(address.partition("#")[0])
    return url


def _language(declared: str | None, text: str) -> str | None:
    """The language that the page declares, unless its text is long enough to tell that it is in another."""
    try:
        tag = check_language(declared) if declared else None
    except ValueError:
        tag = None
    found = detect_language(text)
    if not tag or not found:
        return tag or found
    own = tag.partition("-")[0]
    known = len(own) == 2 and (own == found or any({own, found} <= group for group in _CLOSE))
    if known or len(own) != 2 or sum(char.isalpha() for char in text[: 4 * _MANY]) < _MANY:
        return tag
    return found


def _found_day(tree: Any, url: str | None) -> str | None:
    """The date of publication that htmldate finds in the page's head, elements of time and address."""
    from htmldate import find_date

    for element in list(tree.iter("meta", "time", "span", "p", "div", "nav", "aside", "footer")):
        said = " ".join(
            element.get(name) or "" for name in ("property", "name", "itemprop", "class", "id", "http-equiv")
        )
        furniture = element.tag in ("nav", "aside", "footer")
        if (furniture or _MODIFIED.search(said)) and element.getparent() is not None:
            element.drop_tree()
    return day_of(find_date(tree, url=url, original_date=True, extensive_search=False, max_date=_LATEST))
