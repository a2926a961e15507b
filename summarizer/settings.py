"""Every setting in one frozen model: argument before environment before default."""

import os
from collections.abc import Mapping
from pathlib import Path
from typing import Any, Literal, Self

from platformdirs import user_cache_path
from pydantic import BaseModel, ConfigDict, Field, SecretStr, ValidationError, model_validator

from .errors import SettingsError

ENVIRONMENT = {
    "api_key": "OPENAI_API_KEY",
    "base_url": "OPENAI_BASE_URL",
    "model": "SUMMARIZER_MODEL",
    "gguf": "SUMMARIZER_GGUF",
    "cache_dir": "SUMMARIZER_CACHE_DIR",
    "cache": "SUMMARIZER_CACHE",
    "cache_bytes": "SUMMARIZER_CACHE_BYTES",
    "language": "SUMMARIZER_LANGUAGE",
    "mode": "SUMMARIZER_MODE",
    "temperature": "SUMMARIZER_TEMPERATURE",
    "window": "SUMMARIZER_WINDOW",
    "plain": "SUMMARIZER_PLAIN",
    "concurrency": "SUMMARIZER_CONCURRENCY",
    "timeout": "SUMMARIZER_TIMEOUT",
    "context_tokens": "SUMMARIZER_CONTEXT_TOKENS",
    "max_output_tokens": "SUMMARIZER_MAX_OUTPUT_TOKENS",
    "max_tokens_total": "SUMMARIZER_MAX_TOKENS_TOTAL",
    "transport_retries": "SUMMARIZER_TRANSPORT_RETRIES",
    "reasks": "SUMMARIZER_REASKS",
}
"""Which environment variable sets which setting."""

HOSTED_MODEL = "gpt-4.1-mini"
EMBEDDED_MODEL = "qwen2.5-coder-1.5b-instruct-q4_k_m"
EMBEDDED_PLAIN = 5
Mode = Literal["json_schema", "json", "tools"]


class Settings(BaseModel):
    """How to run: which model, how it is asked, and how patiently. `Settings.resolve()` reads the environment."""

    model_config = ConfigDict(frozen=True, extra="forbid")

    api_key: SecretStr | None = Field(default=None, description="Key of the hosted model.")
    base_url: str | None = Field(
        default=None, repr=False, description="An OpenAI-compatible server, up to and with /v1."
    )
    model: str | None = Field(default=None, description="Model name; by default the embedded or the hosted default.")
    gguf: Path | None = Field(default=None, description="An own model file for the embedded server.")
    cache_dir: Path = Field(
        default_factory=lambda: user_cache_path("summarizer", appauthor=False),
        description="Where kept answers and the embedded model's file are.",
    )
    cache: bool = Field(default=True, description="Keep the model's answers on disk, and do not pay for them twice.")
    cache_bytes: int = Field(
        default=500_000_000, ge=0, description="Bound on kept answers; the least recently used ones go first."
    )
    language: str = Field(
        default="en",
        pattern=r"^[A-Za-z]{2,3}([-_][A-Za-z0-9]+)*$",
        description="Language of headline and narrative, BCP 47.",
    )
    mode: Mode = Field(default="json_schema", description="How instructor asks for structure.")
    temperature: float = Field(default=0.0, ge=0, le=2)
    window: int = Field(default=0, ge=0, description="Sentences per model call; 0 chooses by model class.")
    plain: int = Field(
        default=-1, ge=-1, description="Sentences without a figure that are asked about; -1 chooses by model class."
    )
    concurrency: int = Field(default=0, ge=0, le=256, description="Parallel calls; 0 chooses by model class.")
    timeout: float = Field(default=120.0, gt=0, description="Seconds for one request.")
    context_tokens: int = Field(default=4096, ge=2048, description="Context of the embedded model, in tokens.")
    max_output_tokens: int = Field(default=700, ge=64, description="Bound on one reply of an extraction call.")
    max_tokens_total: int | None = Field(
        default=None, ge=1, description="Bound on all tokens of a run, in and out together; None is no bound."
    )
    transport_retries: int = Field(default=4, ge=0, le=20, description="Repeats after a transport error.")
    reasks: int = Field(default=1, ge=0, le=5, description="Repeats after a reply that does not fit the schema.")

    @model_validator(mode="after")
    def _one_kind_of_model(self) -> Self:
        if self.gguf and self.base_url:
            raise ValueError("gguf (a file for the embedded model) and base_url (a server) exclude each other")
        return self

    @property
    def hosted(self) -> bool:
        """True if a server is used; False for the embedded model: an own GGUF wins over a key in the environment."""
        return not self.gguf and bool(self.api_key or self.base_url)

    @property
    def model_name(self) -> str:
        """The model that is asked for."""
        if self.model:
            return self.model
        if self.hosted:
            return HOSTED_MODEL
        return self.gguf.stem if self.gguf else EMBEDDED_MODEL

    @property
    def window_sentences(self) -> int:
        """Sentences per extraction call: few for the embedded model, many for a hosted one (design §4)."""
        return self.window or (60 if self.hosted else 1)

    @property
    def plain_limit(self) -> int | None:
        """Sentences without marks that are asked about in an article: the most telling for the embedded model, or all.

        Every such call costs the embedded model about two seconds, and what it words freely is less often right than
        the question of a figure (measured: BENCHMARKS.md).
        """
        if self.plain >= 0:
            return self.plain
        return None if self.hosted else EMBEDDED_PLAIN

    @property
    def parallel(self) -> int:
        """Calls under way at once: one where the model shares this machine's cores, eight otherwise."""
        return self.concurrency or (8 if self.hosted else 1)

    @classmethod
    def resolve(cls, environ: Mapping[str, str] | None = None, **arguments: Any) -> Self:
        """Settings from arguments (None counts as not given), then the environment, then defaults.

        Raises SettingsError that names the setting, its variable and the fault, never the value of a secret.
        """
        made = cls._made(os.environ if environ is None else environ, arguments)
        environ, arguments = None, {}  # some tracebacks show variables, and these hold secrets
        if isinstance(made, str):
            raise SettingsError(made)
        return made

    @classmethod
    def _made(cls, environ: Mapping[str, str], arguments: Mapping[str, Any]) -> Self | str:
        """The settings, or what is wrong."""
        if unknown := set(arguments) - set(cls.model_fields):
            return f"unknown setting: {', '.join(sorted(unknown))}"
        values: dict[str, Any] = {name: environ[var] for name, var in ENVIRONMENT.items() if environ.get(var)}
        values.update({name: value for name, value in arguments.items() if value is not None})
        try:
            return cls(**values)
        except ValidationError as error:
            return "; ".join(_fault(item["loc"], item["msg"]) for item in error.errors(include_input=False))


def _fault(location: tuple[int | str, ...], message: str) -> str:
    name = str(location[0]) if location else ""
    variable = f" ({ENVIRONMENT[name]})" if name in ENVIRONMENT else ""
    return f"{name}{variable}: {message}" if name else message
