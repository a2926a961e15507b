"""What every model of the project shares: closed, frozen, described."""

from pydantic import BaseModel, ConfigDict

SCHEMA_VERSION = "1.0"
"""Version of the output shapes; the first number changes when a reader of the JSON would break."""


class Record(BaseModel):
    """A closed, immutable record: an unknown field is an error, so a typo never vanishes."""

    model_config = ConfigDict(frozen=True, extra="forbid", ser_json_inf_nan="null")
