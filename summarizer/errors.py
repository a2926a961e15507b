"""The exception tree: what happened, to which article, and what to do next.

SummarizerError
├── SettingsError       a setting is wrong or contradicts another
├── InputError          an article or a summary file cannot be read
├── PromptError         a prompt file or its variables are wrong
├── BudgetSpent         the budget of tokens allows no further call
└── ModelError          the model's side
├── ModelUnavailable    no usable model or server: nothing can be done (exit code 3)
│   └── WeightsError    the embedded model's weights are missing or damaged
└── ReplyError          one reply is of no use: cut off, refused, not fitting the schema
"""


class SummarizerError(Exception):
    """Root of every error that the package raises on purpose.

    `message` says what happened, `article` to which article (None if to all), `hint` what to do next.
    """

    def __init__(self, message: str, *, article: str | None = None, hint: str | None = None) -> None:
        self.message = message
        self.article = article
        self.hint = hint
        super().__init__(message)

    def __str__(self) -> str:
        where = f"{self.article}: " if self.article else ""
        return f"{where}{self.message}" + (f" ({self.hint})" if self.hint else "")


class SettingsError(SummarizerError):
    """A setting is wrong or contradicts another."""


class InputError(SummarizerError):
    """An article or a summary file cannot be read."""


class PromptError(SummarizerError):
    """A prompt file is malformed, or its variables do not fit."""


class BudgetSpent(SummarizerError):
    """The budget of tokens allows no further call; this one was not sent."""


class ModelError(SummarizerError):
    """Something on the model's side went wrong."""


class ModelUnavailable(ModelError):
    """No usable model or server: nothing that needs one can be done."""


class WeightsError(ModelUnavailable):
    """The embedded model's weights are missing, damaged or cannot be stored."""


class ReplyError(ModelError):
    """One reply is of no use: cut off, refused, or not fitting the schema after the re-asks."""
