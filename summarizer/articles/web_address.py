"""Web addresses among the inputs: how they are told from files, and what their articles are called."""

import re
from pathlib import Path, PurePosixPath
from urllib.parse import unquote, urlsplit

_URL = re.compile(r"https?:/", re.IGNORECASE)
_SLASHES = re.compile(r"(?i)^(https?:)/+")
_NOT_IN_ID = re.compile(r"[^\w.-]+")
_MAX_ID = 80


def is_web_address(source: str | Path) -> bool:
    """True for http and https addresses."""
    return bool(_URL.match(str(source)))


def web_address(source: str | Path) -> str:
    """The address as it was meant: `Path` makes one slash of the two."""
    return _SLASHES.sub(r"\1//", str(source), count=1)


def address_id(url: str) -> str:
    """The last part of the path without its suffix, which most sites make of the headline; else the host's name."""
    try:
        parts = urlsplit(url)
        host, path = parts.hostname or "page", unquote(parts.path)
    except ValueError:
        return "page"
    stems = [_NOT_IN_ID.sub("-", PurePosixPath(part).stem).strip("-.") for part in path.split("/")]
    last = next((stem for stem in reversed(stems) if stem and stem.casefold() != "index"), "")
    telling = sum(char.isalpha() for char in last) > 1
    return (last if telling else f"{host}-{last}")[:_MAX_ID].strip("-.") or "page"
