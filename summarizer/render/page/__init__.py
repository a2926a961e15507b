"""A story as one HTML file in which evidence is read side by side; opened from disk, it asks nobody for anything."""

import base64
import hashlib
from functools import cache
from importlib.resources import files

from jinja2 import Environment, PackageLoader, StrictUndefined
from markupsafe import Markup

from ...schemas import MergedSummary
from .view import page_of

__all__ = ["story_html"]


def story_html(story: MergedSummary) -> str:
    """`story` as a self-contained HTML document, to be written as UTF-8.

    Its Content-Security-Policy lets nothing be loaded, and nothing run or styled but the page's own style and
    script, which it knows by their SHA-256. Texts of articles and models are escaped; none of them is a template.
    """
    style, script = _static("page.css"), _static("page.js")
    policy = (
        f"default-src 'none'; style-src '{_digest(style)}'; script-src '{_digest(script)}'; "
        "base-uri 'none'; form-action 'none'"
    )
    template = _environment().get_template("page.html.j2")
    return template.render(page=page_of(story), policy=policy, style=Markup(style), script=Markup(script))  # noqa: S704


@cache
def _environment() -> Environment:
    return Environment(
        loader=PackageLoader(__name__),
        autoescape=True,
        undefined=StrictUndefined,
        trim_blocks=True,
        lstrip_blocks=True,
    )


@cache
def _static(name: str) -> str:
    """One of the page's own files; what would end its element early cannot be in it."""
    text = files(__name__).joinpath("static", name).read_text(encoding="utf-8")
    if "</" in text or "\r" in text:
        raise ValueError(f"{name} holds '</' or a carriage return, which HTML would not take as it stands")
    return text


def _digest(text: str) -> str:
    """The source expression of CSP level 2 for an inline element with this content."""
    return "sha256-" + base64.b64encode(hashlib.sha256(text.encode()).digest()).decode("ascii")
