"""How a cassette is written: YAML in UTF-8, JSON bodies as structures and texts as blocks, so that diffs read well."""

import copy
import json
from pathlib import Path
from typing import Any

import yaml
from vcr.persisters.filesystem import CassetteNotFoundError
from vcr.serialize import deserialize as from_vcr
from vcr.serialize import serialize as to_vcr


class _Dumper(yaml.SafeDumper):
    """Texts of several lines as blocks, nothing as anchors and aliases."""

    def ignore_aliases(self, data: Any) -> bool:
        return True


def _text(dumper: yaml.SafeDumper, text: str) -> yaml.ScalarNode:
    if any(mark in text for mark in "\r\x85\u2028\u2029"):
        style: str | None = '"'  # YAML takes these for line breaks and would read them back as another
    else:
        style = "|" if "\n" in text else None
    return dumper.represent_scalar("tag:yaml.org,2002:str", text, style=style)


_Dumper.add_representer(str, _text)


def dump(data: Any) -> str:
    """`data` as YAML for people."""
    text: str = yaml.dump(data, Dumper=_Dumper, allow_unicode=True, sort_keys=False, width=120)
    return text


def _opened(text: Any) -> Any:
    """A JSON text as `{"json": …}`, if YAML brings back exactly what it means; anything else as it is."""
    if not isinstance(text, str) or not text:
        return text
    try:
        meaning = json.loads(text)
        faithful = yaml.safe_load(dump(meaning)) == meaning
    except (ValueError, yaml.YAMLError):
        return text
    return {"json": meaning} if faithful else text


def _closed(body: Any) -> Any:
    return json.dumps(body["json"], ensure_ascii=False) if isinstance(body, dict) and "json" in body else body


def serialize(cassette: dict[str, Any]) -> str:
    """vcrpy's serializer interface: a cassette as text."""
    cassette = copy.deepcopy(cassette)
    for interaction in cassette["interactions"]:
        interaction["request"]["body"] = _opened(interaction["request"]["body"])
        response = interaction["response"]
        response["body"] = {"string": _opened(response["body"].get("string"))}
    return dump(cassette)


def deserialize(text: str) -> Any:
    """vcrpy's serializer interface: the cassette of a text."""
    cassette = yaml.safe_load(text)
    for interaction in cassette["interactions"]:
        interaction["request"]["body"] = _closed(interaction["request"]["body"])
        response = interaction["response"]
        response["body"] = {"string": _closed(response["body"]["string"])}
    return cassette


class Persister:
    """vcrpy's persister interface: UTF-8 whatever the locale, and no file that holds one of `secrets`."""

    def __init__(self, secrets: set[str]) -> None:
        self._secrets = secrets
        self.refused = False
        """True if a file was not written; an exception would keep vcrpy from taking its patches back."""

    def load_cassette(self, path: str, serializer: Any) -> Any:
        """Requests and responses of the file."""
        if not Path(path).is_file():
            raise CassetteNotFoundError(path)
        return from_vcr(Path(path).read_text(encoding="utf-8"), serializer)

    def save_cassette(self, path: str, cassette: dict[str, Any], serializer: Any) -> None:
        """Write the file, unless a key would stand in it."""
        text = to_vcr(cassette, serializer)
        self.refused = any(secret in text for secret in self._secrets)
        if self.refused:
            return
        Path(path).parent.mkdir(parents=True, exist_ok=True)
        Path(path).write_text(text, encoding="utf-8", newline="\n")
