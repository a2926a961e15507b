"""Where a model answers: address, key and name, kept apart from how it is asked (`Settings`)."""

import base64
import json
from collections.abc import Sequence
from dataclasses import dataclass, field
from urllib.parse import parse_qsl, unquote, urlsplit, urlunsplit

from ..errors import SettingsError
from ..settings import Settings

OPENAI_URL = "https://api.openai.com/v1"
EMBEDDED = "embedded"
NO_KEY = "no-key"
"""Sent where a server wants no key: the client library insists on one."""


@dataclass(frozen=True)
class Endpoint:
    """A server that speaks the OpenAI protocol, and the model to ask for."""

    base_url: str = field(repr=False)  # may hold user and password
    api_key: str = field(repr=False)
    model: str
    provider: str
    """`embedded`, or the host of the server; never user, password or key."""
    weights: str = ""
    """What tells the embedded model's file from another of the same name; empty for a server."""

    @property
    def server(self) -> str:
        """Which server answers: `embedded`, or host, port and path; never user, password, key or query."""
        if self.embedded:
            return EMBEDDED
        parts = urlsplit(self.base_url)
        port = parts.port or {"http": 80, "https": 443}.get(parts.scheme, 0)
        return f"{parts.hostname}:{port}{parts.path.rstrip('/')}"

    @property
    def embedded(self) -> bool:
        """True for the model in this process."""
        return self.provider == EMBEDDED

    @property
    def address(self) -> str:
        """`base_url` without user and password: what libraries are given, since they log whole addresses."""
        parts = urlsplit(self.base_url)
        return urlunsplit(parts._replace(netloc=parts.netloc.rpartition("@")[2]))

    @property
    def login(self) -> dict[str, str]:
        """The header that carries user and password of `base_url`, in the place of the key; empty without them."""
        token = _basic(self.base_url)
        return {"Authorization": f"Basic {token}"} if token else {}

    @property
    def secrets(self) -> tuple[str, ...]:
        """What must never stand in an error or a log, longest first: key, password in all its spellings, query."""
        parts = urlsplit(self.base_url)
        password = parts.password or parts.username or ""  # an address may hold a token alone: https://token@host
        found = {self.api_key, password, unquote(password), _basic(self.base_url)}
        found |= {value for _, value in parse_qsl(parts.query)}
        return tuple(sorted(found - {"", NO_KEY}, key=lambda secret: (-len(secret), secret)))


def _basic(base_url: str) -> str:
    """User and password of an address as HTTP's basic authentication writes them."""
    parts = urlsplit(base_url)
    if not parts.username and not parts.password:
        return ""
    return base64.b64encode(f"{unquote(parts.username or '')}:{unquote(parts.password or '')}".encode()).decode()


def without_secrets(text: str, secrets: Sequence[str]) -> str:
    """`text` with `[secret]` in the place of each of them, also where it is JSON that spells one out in escapes."""
    try:
        spelt_out = json.dumps(json.loads(text), ensure_ascii=False)
    except (ValueError, RecursionError):
        spelt_out = text
    forms = [form for secret in secrets for form in (secret, json.dumps(secret)[1:-1])]
    if not any(form in place for form in forms for place in (text, spelt_out)):
        return text
    for form in forms:
        spelt_out = spelt_out.replace(form, "[secret]")
    return spelt_out


def hosted_endpoint(settings: Settings) -> Endpoint:
    """Return the server that the settings name; SettingsError if its address or key cannot be one."""
    # No variable of this function holds a secret where it raises: some tracebacks show variables.
    host = _host(settings.base_url or OPENAI_URL)
    if not host:
        raise SettingsError(
            "base_url (OPENAI_BASE_URL) is not the address of a server",
            hint="give it with scheme and path, for example http://localhost:8000/v1",
        )
    if not _can_be_sent(_key(settings)):  # the HTTP library would fail later, and quote it
        raise SettingsError("api_key (OPENAI_API_KEY) holds characters that no HTTP header can carry")
    return Endpoint(
        base_url=settings.base_url or OPENAI_URL, api_key=_key(settings), model=settings.model_name, provider=host
    )


def _key(settings: Settings) -> str:
    return settings.api_key.get_secret_value().strip() if settings.api_key else NO_KEY


def _can_be_sent(key: str) -> bool:
    return key.isascii() and key.isprintable()


def _host(base_url: str) -> str | None:
    """The host of an address that can be asked; None for one that is none."""
    try:
        parts = urlsplit(base_url)
        return parts.hostname if parts.scheme in ("http", "https") and parts.port != 0 else None
    except ValueError:  # a port that is no number, an unclosed bracket
        return None
