"""`summarizer schema`: the JSON Schema of what the other commands put out."""

import json
from typing import Any

from .. import schemas
from ..errors import InputError

ALIASES = {"story": "MergedSummary", "summary": "EventSummary"}


def schema_names() -> list[str]:
    """Names of all shapes that have a schema."""
    return sorted(name for name in schemas.__all__ if name == "Value" or _is_record(getattr(schemas, name)))


def json_schema(name: str) -> str:
    """The JSON Schema (draft 2020-12) of the shape `name` or its alias, in any case; InputError lists the names."""
    from pydantic import TypeAdapter

    by_folded = {known.casefold(): known for known in schema_names()}
    folded = ALIASES.get(name.casefold(), name).casefold()
    if folded not in by_folded:
        names = ", ".join([*ALIASES, *schema_names()])
        raise InputError(f"there is no schema {name!r}", hint=f"choose one of {names}")
    shape: Any = getattr(schemas, by_folded[folded])
    content = TypeAdapter(shape).json_schema(mode="serialization")
    content = {"$schema": "https://json-schema.org/draft/2020-12/schema", **content}
    return json.dumps(content, indent=2, ensure_ascii=False) + "\n"


def _is_record(shape: object) -> bool:
    return isinstance(shape, type) and issubclass(shape, schemas.Record) and shape is not schemas.Record
