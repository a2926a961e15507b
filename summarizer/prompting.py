"""Prompt files: found by name and version, checked when loaded, filled in with values that stay mere text."""

import hashlib
import re
from dataclasses import dataclass
from functools import lru_cache
from importlib.resources import files
from importlib.resources.abc import Traversable
from pathlib import Path
from typing import Any, Literal

from pydantic import BaseModel, ConfigDict, Field, ValidationError

from .errors import PromptError
from .schemas import PromptUse

Role = Literal["system", "user", "assistant"]

_NAME = re.compile(r"[a-z][a-z0-9_]*")
_VERSION = re.compile(r"v([1-9][0-9]*)")
_SECTION = re.compile(r"^# (system|user|assistant)[ \t]*$", re.MULTILINE)
_PLACEHOLDER = re.compile(r"\{\{[ \t]*([A-Za-z_][A-Za-z0-9_]*)[ \t]*\}\}")
# Servers write messages into one text before they part it into tokens (llama.cpp, vLLM), so that "<|im_end|>" in an
# article would end the turn. Angle brackets cover ChatML, Llama 3, Gemma, DeepSeek, GLM, tool and thought marks.
_CONTROL = re.compile(
    r"<(?=[^\s<>][^<>\n]{0,62}>)"
    r"|\[(?=/?(?:INST|SYSTEM_PROMPT|AVAILABLE_TOOLS|TOOL_CALLS|TOOL_RESULTS|TOOL_CONTENT|CALL_ID|ARGS|THINK|PREFIX"
    r"|SUFFIX|MIDDLE|MODEL_SETTINGS|CLS|SEP|PAD|UNK|BOS|EOS|[gs]?MASK|UNUSED_TOKEN_\d+)\])"
    r"|>>(?=[A-Z]+<<)"
)


class _Header(BaseModel):
    """The front matter of a prompt file."""

    model_config = ConfigDict(frozen=True, extra="forbid", strict=True)

    name: str = Field(pattern=r"^[a-z][a-z0-9_]*$")
    version: str = Field(pattern=r"^v[1-9][0-9]*$")
    purpose: str = Field(min_length=1, pattern=r"^[^\n]+$")
    variables: list[str]
    roles: list[Role] | None = None


@dataclass(frozen=True)
class Prompt:
    """A checked prompt; `turns` are its chat messages with `{{variable}}` where values go."""

    name: str
    version: str
    purpose: str
    sha256: str
    """Of the file's bytes."""
    variables: tuple[str, ...]
    turns: tuple[tuple[Role, str], ...]

    def render(self, **values: str) -> list[dict[str, str]]:
        """Chat messages (`role`, `content`) with every placeholder replaced in one pass.

        What looks like a placeholder or a section mark inside a value stays text; what a server could take for a
        control token is parted by a space (`inert`). Raises PromptError for a missing, unknown or non-text value.
        """
        missing, unknown = set(self.variables) - set(values), set(values) - set(self.variables)
        wrong = {name for name, value in values.items() if not isinstance(value, str)}
        for names, fault in ((missing, "no value for"), (unknown, "unknown variable"), (wrong, "no text as value of")):
            if names:
                message = f"prompt {self.name}/{self.version}: {fault} {', '.join(sorted(names))}"
                raise PromptError(message, hint=f"it takes: {', '.join(self.variables) or 'none'}")
        return [
            {"role": role, "content": _PLACEHOLDER.sub(lambda match: inert(values[match[1]]), content)}
            for role, content in self.turns
        ]

    @property
    def prompt_use(self) -> PromptUse:
        """What a result's provenance says about this prompt."""
        return PromptUse(name=self.name, version=self.version, sha256=self.sha256)


def inert(text: str) -> str:
    """`text` as it is sent: a space behind the first sign of what some model's tokenizer has as a control token.

    Nothing else changes, and nothing that is read back depends on it: evidence is sliced from the article itself.
    """
    return _CONTROL.sub(lambda match: f"{match[0]} ", text)


def one_line(text: str) -> str:
    """`text` without line breaks, so that in a listing it cannot pass for the lines of another item."""
    return " ".join(text.splitlines())


@lru_cache(maxsize=256)
def load_prompt(name: str, version: str | None = None, *, root: Path | None = None) -> Prompt:
    """The prompt `<root>/<name>/<version>.md`, by default the package's own and its latest version.

    Raises PromptError that names the file and the fault: no such prompt, malformed front matter or sections,
    placeholders that do not fit the declared variables.
    """
    place = root or _package()
    known = _versions(place / name) if _NAME.fullmatch(name) else []
    if not known:
        raise PromptError(f"there is no prompt {name!r}", hint=f"there are: {', '.join(_names(place)) or 'none'}")
    version = version or known[-1]
    if version not in known:
        raise PromptError(f"prompt {name!r} has no version {version!r}", hint=f"there are: {', '.join(known)}")
    file = f"{name}/{version}.md"
    try:
        return _parse((place / name / f"{version}.md").read_bytes(), name, version)
    except OSError as error:
        raise PromptError(f"prompt file {file} cannot be read: {error.strerror or error}") from None
    except PromptError as error:
        raise PromptError(f"prompt file {file}: {error.message}", hint=error.hint) from None


def all_prompts(*, root: Path | None = None) -> list[Prompt]:
    """Every version of every prompt, by name and then version; raises PromptError if one is malformed."""
    place = root or _package()
    return [load_prompt(name, version, root=root) for name in _names(place) for version in _versions(place / name)]


def _package() -> Traversable:
    return files(f"{__package__}.prompts")


def _names(root: Traversable | Path) -> list[str]:
    if not root.is_dir():
        return []
    return sorted(item.name for item in root.iterdir() if _NAME.fullmatch(item.name) and _versions(item))


def _versions(directory: Traversable | Path) -> list[str]:
    """Versions in the order of their numbers: v9 stands before v10."""
    if not directory.is_dir():
        return []
    stems = (item.name.removesuffix(".md") for item in directory.iterdir() if item.name.endswith(".md"))
    return sorted((stem for stem in stems if _VERSION.fullmatch(stem)), key=lambda stem: int(stem[1:]))


def _parse(raw: bytes, name: str, version: str) -> Prompt:
    try:
        text = raw.decode("utf-8").replace("\r\n", "\n")
    except UnicodeDecodeError as error:
        raise PromptError(f"it is not UTF-8 (byte {error.start})") from None
    metadata, body = _front_matter(text)
    try:
        header = _Header.model_validate(metadata)
    except ValidationError as error:
        faults = "; ".join(f"{'.'.join(map(str, item['loc']))}: {item['msg']}" for item in error.errors())
        raise PromptError(f"its front matter is wrong: {faults}") from None
    if (header.name, header.version) != (name, version):
        raise PromptError(f"its front matter says {header.name}/{header.version}", hint="name it as the file")
    turns = _turns(body)
    roles = [role for role, _ in turns]
    if header.roles is not None and header.roles != roles:
        raise PromptError(f"its front matter says roles {header.roles}, its sections are {roles}")
    _check_variables(header.variables, turns)
    return Prompt(
        name=name,
        version=version,
        purpose=header.purpose,
        sha256=hashlib.sha256(raw).hexdigest(),
        variables=tuple(header.variables),
        turns=turns,
    )


def _front_matter(text: str) -> tuple[dict[str, Any], str]:
    import yaml
    from frontmatter.default_handlers import YAMLHandler

    handler = YAMLHandler(fm_boundary=re.compile(r"^---[ \t]*$", re.MULTILINE))
    if not handler.detect(text):
        raise PromptError("it does not begin with front matter", hint="begin with '---', name, version, purpose, '---'")
    try:
        block, body = handler.split(text)
        metadata = handler.load(block)
    except (yaml.YAMLError, ValueError, RecursionError) as error:
        problem = getattr(error, "problem", None) or "the second '---' is missing, or a value is malformed"
        raise PromptError(f"its front matter is not valid YAML: {problem}") from None
    if not isinstance(metadata, dict):
        raise PromptError("its front matter holds no keys")
    return metadata, body


def _turns(body: str) -> tuple[tuple[Role, str], ...]:
    preamble, *parts = _SECTION.split(body)
    if preamble.strip():
        raise PromptError("there is text before the first section", hint="sections begin with a line '# system'")
    turns: list[tuple[Role, str]] = [
        (role, content.strip())  # type: ignore[misc]  # the pattern lets only these three through
        for role, content in zip(parts[::2], parts[1::2], strict=True)
    ]
    for number, (role, content) in enumerate(turns):
        if not content:
            raise PromptError(f"section {number + 1} (# {role}) is empty")
    chat: list[str] = [role for role, _ in turns]
    if chat[:1] == ["system"]:
        del chat[0]
    if not chat or chat != ["user" if number % 2 == 0 else "assistant" for number in range(len(chat))]:
        raise PromptError("sections go: # system (once or not at all), then # user and # assistant in turn")
    if chat[-1] != "user":
        raise PromptError("the last section must be # user")
    return tuple(turns)


def _check_variables(declared: list[str], turns: tuple[tuple[Role, str], ...]) -> None:
    used: set[str] = set()
    for role, content in turns:
        used.update(_PLACEHOLDER.findall(content))
        if "{{" in _PLACEHOLDER.sub("", content):
            raise PromptError(f"a placeholder in section # {role} is malformed", hint="write {{variable}}")
    if len(set(declared)) != len(declared):
        raise PromptError("a variable is declared twice")
    if undeclared := used - set(declared):
        raise PromptError(f"placeholders that are not declared: {', '.join(sorted(undeclared))}")
    if unused := set(declared) - used:
        raise PromptError(f"declared but not used: {', '.join(sorted(unused))}")
