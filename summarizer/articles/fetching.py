"""A web address to the bytes of its page: bounded in time, size and redirects, and never from a private network.

Nothing of the user goes along: no cookies, no login, no language. The libraries are loaded when a page is fetched.
"""

import re
import urllib.request
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import UTC, datetime
from email.utils import parsedate_to_datetime
from importlib.metadata import PackageNotFoundError, version
from typing import TYPE_CHECKING

from ..errors import InputError
from .decoding import MAX_PAGE_BYTES

if TYPE_CHECKING:
    import httpx2

TIMEOUT = 30.0
"""Seconds for one page in all: names looked up, redirects and the last byte."""
MAX_REDIRECTS = 5

_REDIRECTS = frozenset({301, 302, 303, 307, 308})
_OVERHEAD = 500_000
"""Bytes for heads, redirects and TLS on top of what a page may hold."""
_ACCEPT = "text/html,application/xhtml+xml,text/plain;q=0.9,application/json;q=0.8,*/*;q=0.1"
_ENCODINGS = frozenset({"", "identity", "gzip", "deflate"})
_TEXT = re.compile(r"text/|application/(?:.*\+)?(?:xml|json)$|application/(?:x-ndjson|jsonl|json-seq|x-jsonlines)$")
_MEDIA_TYPE = re.compile(r"[a-z0-9!#$&^_.+-]{1,60}/[a-z0-9!#$&^_.+-]{1,80}")
_CHARSET = re.compile(r"[A-Za-z0-9][\w.:+-]{0,39}", re.ASCII)
_LOGIN = re.compile(
    r"^\s*(https?:)[/\\]*(?:[^/\\?#]*@|[^/\\?#:\[]*:(?!\d{0,5}(?:[/\\?#]|$)).*@)", re.IGNORECASE | re.DOTALL
)
"""Up to the "@" of a login, even where signs in its password end the part of the address that may hold one."""
_HOST = re.compile(rb"[A-Za-z0-9._-]+|[0-9A-Fa-f:.]+(?:%25[A-Za-z0-9._-]+)?")
_LONGEST_URL = 4000
_SAVE = "open it in a browser, save the page as HTML and give that file"
_CHECK = "check the address in a browser"
_STATUS = {
    401: ("the site asks for a login", _SAVE),
    402: ("the site asks for payment", _SAVE),
    403: ("the site refuses programs, or readers without a subscription", _SAVE),
    404: ("there is no such page", _CHECK),
    407: ("a proxy asks for a login", "look at the proxy that the environment names"),
    410: ("the page was taken down", "look for a copy in a web archive"),
    429: ("the site was asked too often", "try again later"),
    451: ("the page is withheld for legal reasons", _CHECK),
}


@dataclass(frozen=True)
class Page:
    """A page as its site sent it: `raw` is unpacked but not decoded, `url` the address that it came from in the end.

    `charset` and `content_type` (in small letters, without parameters) are those of the HTTP header, if it has any.
    """

    raw: bytes
    url: str
    charset: str | None
    content_type: str | None


def fetch(url: str, *, allow_private: bool = False, timeout: float = TIMEOUT) -> Page:
    """The page at `url` (http or https), after at most `MAX_REDIRECTS` redirects.

    Raises InputError that says why there is none: an address of another kind or with a login in it, one that belongs
    to this machine or to a private network (unless `allow_private`; checked for the address that is connected to, at
    every redirect), an unknown or silent site, more than `timeout` seconds or `MAX_PAGE_BYTES` bytes in all, what is
    no text, and every HTTP status that is no success. A proxy that the environment names is used with `allow_private`
    alone, since what it connects to cannot be checked; without that, a fetch that would have to go past it is refused.
    """
    import httpx2

    from .connecting import Allowance, Backend, Transport

    target = _checked(url)
    allowance = Allowance(timeout, MAX_PAGE_BYTES + _OVERHEAD)
    headers = {"User-Agent": _user_agent(), "Accept": _ACCEPT, "Accept-Encoding": "gzip, deflate"}
    for _ in range(MAX_REDIRECTS + 1):
        transport = Transport(Backend(allowance, allow_private=allow_private), _proxy(target, allow_private))
        # A client for each request: a cookie that one site sets is not sent to the next, nor back to itself.
        with (
            _told(target, timeout),
            httpx2.Client(transport=transport, trust_env=False, timeout=None) as client,
            client.stream("GET", target, headers=headers) as response,
        ):
            place = response.headers.get("location")
            if response.status_code not in _REDIRECTS or not place:
                return _page(response, target)
        target = _checked(place, target)
    raise InputError(f"it redirects more than {MAX_REDIRECTS} times", hint=_CHECK)


def without_login(url: str) -> str:
    """`url` without a user name and a password, for messages."""
    return _LOGIN.sub(r"\1//", url)


def _user_agent() -> str:
    try:
        return f"summarizer/{version('summarizer')} (news article reader)"
    except PackageNotFoundError:  # run from a folder, not installed
        return "summarizer (news article reader)"


def _checked(address: str, base: "httpx2.URL | None" = None) -> "httpx2.URL":
    """The address, or the place that `base` redirects to; no message repeats it, since it may hold a password."""
    import httpx2

    it = "it redirects to an address that" if base else "the address"
    try:
        if not address.strip() or len(address) > _LONGEST_URL:
            raise httpx2.InvalidURL("empty or endless")
        url = base.join(address.strip()) if base else httpx2.URL(address.strip())
    except (httpx2.InvalidURL, ValueError, TypeError):
        raise InputError(f"{it} is not one that can be read", hint=_CHECK) from None
    if url.userinfo:
        raise InputError(f"{it} holds a user name or a password, and those are not sent", hint=_SAVE)
    if url.scheme not in ("http", "https") or not url.host:
        raise InputError(f"{it} is not an http or https address", hint="give one that begins with https://")
    if not _HOST.fullmatch(url.raw_host):
        raise InputError(f"{it} has a host that cannot be", hint=_CHECK)
    if url.port is not None and not 0 < url.port < 65536:
        raise InputError(f"{it} has a port that cannot be", hint=_CHECK)
    return url.copy_with(fragment=None)


def _proxy(url: "httpx2.URL", allow_private: bool) -> str | None:
    """The proxy that the environment names for `url` (the usual variables, and the system's settings)."""
    proxy = urllib.request.getproxies().get(url.scheme) or urllib.request.getproxies().get("all")
    if not proxy or urllib.request.proxy_bypass(url.host):
        return None
    if not allow_private:
        raise InputError(
            "the environment names a proxy, and what that connects to cannot be checked for private addresses",
            hint="allow it with --allow-private, or name the site in NO_PROXY",
        )
    proxy = proxy if "://" in proxy else f"http://{proxy}"
    if not proxy.lower().startswith(("http://", "https://")):
        raise InputError("the environment names a proxy of a kind that is not known here", hint="use an HTTP proxy")
    return proxy


@contextmanager
def _told(url: "httpx2.URL", timeout: float) -> Iterator[None]:
    """Faults on the way as InputErrors that name the host, never the libraries' words: those may repeat an address."""
    import ssl

    import httpcore2
    import httpx2

    host = url.raw_host.decode("ascii", "replace")
    try:
        yield
    except httpcore2.TimeoutException:
        message, hint = f"{host} did not answer, or not to the end, within {timeout:g} seconds", "try again later"
    except httpcore2.ProxyError:
        message, hint = "the proxy that the environment names refuses the connection", "look at its settings"
    except httpcore2.ConnectError as error:
        message, hint = f"nobody answers at {host}", "check the address and the network connection"
        cause = next(iter(error.args), None)  # the pool takes `__cause__` away
        if isinstance(cause, ssl.SSLCertVerificationError):
            message = f"the certificate of {host} cannot be trusted: {cause.verify_message}"
            hint = "the connection may be tampered with; " + _CHECK
        elif isinstance(cause, ssl.SSLError):
            message, hint = f"{host} offers no secure connection that can be used", _CHECK
    except (httpcore2.NetworkError, httpcore2.ProtocolError, httpx2.TransportError, ssl.SSLError):
        message, hint = f"the connection to {host} broke off, or its answer is not HTTP", "try again later"
    except httpx2.DecodingError:
        message, hint = f"what {host} sent is damaged: it cannot be unpacked", "try again later"
    else:
        return
    raise InputError(message, hint=hint) from None


def _page(response: "httpx2.Response", url: "httpx2.URL") -> Page:
    _refuse_status(response)
    content_type = response.headers.get("content-type", "").partition(";")[0].strip().lower()
    media = match[0] if (match := _MEDIA_TYPE.fullmatch(content_type)) else None
    if media and not _TEXT.match(media):
        raise InputError(f"it is not text but {media}", hint="give the address of an article, or a file with its text")
    if response.headers.get("content-encoding", "").strip().lower() not in _ENCODINGS:
        raise InputError("its site packs it in a way that was not asked for", hint=_SAVE)
    raw = _body(response)
    charset = response.charset_encoding
    return Page(raw, str(url), charset if charset and _CHARSET.fullmatch(charset) else None, media)


def _body(response: "httpx2.Response") -> bytes:
    """The body unpacked, counted while it is: a bomb is put down before it has grown."""
    from .connecting import too_large_page

    raw = bytearray()
    for piece in response.iter_bytes():
        raw += piece
        if len(raw) > MAX_PAGE_BYTES:
            raise too_large_page()
    if not raw.strip():
        raise InputError("its site sends an empty page", hint=_CHECK)
    return bytes(raw)


def _refuse_status(response: "httpx2.Response") -> None:
    status = response.status_code
    if 200 <= status < 300:
        return
    if status >= 500:
        message, hint = "the site has a fault, or is down", "try again later"
    else:
        message, hint = _STATUS.get(status, ("the site does not hand out this page", _CHECK))
    if status in (429, 503) and (wait := _asked_wait(response.headers.get("retry-after", ""))):
        hint = f"the site asks to wait {wait}"
    raise InputError(f"{message} (HTTP {status})", hint=hint)


def _asked_wait(header: str) -> str | None:
    """`Retry-After` (seconds or a date) in words; None where it is neither."""
    try:
        seconds = int(header) if header.isdecimal() and len(header) < 10 else _seconds_to(header)
    except (ValueError, OverflowError):
        return None
    if seconds <= 0:
        return None
    return f"{seconds} seconds" if seconds < 120 else f"{-(-seconds // 60)} minutes"


def _seconds_to(header: str) -> int:
    moment = parsedate_to_datetime(header)
    return round(((moment if moment.tzinfo else moment.replace(tzinfo=UTC)) - datetime.now(UTC)).total_seconds())
