"""Where a model answers: address, key and name, kept apart from how it is asked (`Settings`)."""

from dataclasses import dataclass, field
from urllib.parse import urlsplit

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
    def secrets(self) -> tuple[str, ...]:
        """What must never stand in an error or a log."""
        password = urlsplit(self.base_url).password
        return tuple(secret for secret in (self.api_key, password) if secret and secret != NO_KEY)


def hosted_endpoint(settings: Settings) -> Endpoint:
    """Return the server that the settings name; SettingsError if its address or key cannot be one."""
    base_url = settings.base_url or OPENAI_URL
    try:
        parts = urlsplit(base_url)
        host, usable = parts.hostname, parts.scheme in ("http", "https") and parts.port != 0
    except ValueError:  # a port that is no number, an unclosed bracket
        host, usable = None, False
    if not host or not usable:
        raise SettingsError(
            "base_url (OPENAI_BASE_URL) is not the address of a server",
            hint="give it with scheme and path, for example http://localhost:8000/v1",
        )
    key = settings.api_key.get_secret_value().strip() if settings.api_key else NO_KEY
    if not key.isascii() or not key.isprintable():  # the HTTP library would fail later, and quote it
        raise SettingsError("api_key (OPENAI_API_KEY) holds characters that no HTTP header can carry")
    return Endpoint(base_url=base_url, api_key=key, model=settings.model_name, provider=host)
