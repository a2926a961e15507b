"""Stories with what a careful reader finds in them: from JSONL groups, and from the project's own examples."""

import json
import re
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

EXAMPLES = Path(__file__).parents[2] / "examples"
_HEADER = {"title": "title", "outlet": "publisher", "published": "date", "language": "lang", "url": "url"}
"""Front matter of an article file, and where a group has it."""
_BETWEEN = " || "
"""What stands between title and text where the spans of a group's rows are counted."""


def coarse(relation: str) -> str:
    """The relation with corrections among the updates."""
    return "update" if relation == "correction" else relation


@dataclass(frozen=True)
class Wanted:
    """What one article is expected to say: `low` to `high`, a clock `time` (HH:MM), or a short name as `value`.

    `quote` is the stretch of the article that says it, with every run of white space as one space; None where the row
    gives none.
    """

    article: str
    low: float | None = None
    high: float | None = None
    time: str | None = None
    value: str | None = None
    qualifier: str = "exact"
    quote: str | None = None

    @property
    def told(self) -> str:
        """The expected answer, for people."""
        if self.low is not None and self.high is not None:
            return f"{self.low:g}" if self.low == self.high else f"{self.low:g} to {self.high:g}"
        return self.time or self.value or "?"


@dataclass(frozen=True)
class Row:
    """One question that is asked of a story, with the relation expected between its positions.

    `also` names relations that another careful reader could give. `words` says for each value of a text row which words
    of an answer mean it (one of `any`, none of `none`); `about` holds words of a side row's topic.
    """

    slot: str
    kind: str
    relation: str
    positions: tuple[Wanted, ...]
    also: tuple[str, ...] = ()
    doubtful: bool = False
    words: Mapping[str, Mapping[str, Sequence[str]]] = field(default_factory=dict)
    about: tuple[str, ...] = ()

    @property
    def control(self) -> bool:
        """True where the articles agree, so that no difference may be flagged."""
        return self.relation == "agreement"

    @property
    def relations(self) -> frozenset[str]:
        """The relations that may be told of it, corrections among the updates."""
        return frozenset(coarse(name) for name in (self.relation, *self.also))


@dataclass(frozen=True)
class Group:
    """Articles on one event, as they stand in the file (`raw`), and the rows expected of them.

    `traps` are rows whose first position is of another event. `files` are article files that exist already.
    """

    id: str
    source: str
    rows: tuple[Row, ...]
    raw: Mapping[str, Any]
    traps: tuple[Row, ...] = ()
    files: tuple[Path, ...] = ()

    @property
    def articles(self) -> Mapping[str, Mapping[str, Any]]:
        """The articles' fields by article id."""
        return {article["article_id"]: article for article in self.raw["articles"]}

    def language(self, article: str) -> str | None:
        """BCP 47 tag of an article, None where the group does not tell."""
        languages = self.raw.get("langs") or [None]
        fields = self.articles.get(article, {})
        told = fields.get("lang") or (languages[0] if len(languages) == 1 else None)
        return str(told) if told else None


def load_groups(paths: Iterable[Path]) -> Iterator[Group]:
    """The groups of JSONL files, in their order. Raises ValueError that names the line which is no group."""
    for path in paths:
        for number, line in enumerate(path.read_text("utf-8").splitlines(), 1):
            if line.strip():
                try:
                    yield parse_group(json.loads(line))
                except (ValueError, KeyError, TypeError) as error:
                    raise ValueError(f"{path}, line {number}, is no group: {error!r}") from error


def parse_group(raw: Mapping[str, Any], files: tuple[Path, ...] = ()) -> Group:
    """A group from its JSON object."""
    texts = {article["article_id"]: _spanned(article) for article in raw["articles"]}
    return Group(
        id=raw["group_id"],
        source=raw.get("source", "unknown"),
        rows=tuple(_row(row, texts) for row in raw["expected"]),
        raw=raw,
        traps=tuple(_row(row, texts) for row in raw.get("traps", ())),
        files=files,
    )


def example_groups(folder: Path = EXAMPLES) -> Iterator[Group]:
    """The project's own stories as groups."""
    for told in sorted(folder.glob("*/expected.json")):
        yield example_group(told.parent)


def example_group(folder: Path) -> Group:
    """One story of the project as a group; its article files are read as they are."""
    from summarizer import Article

    files = tuple(sorted(folder.glob("*.md")))
    raw = json.loads((folder / "expected.json").read_text("utf-8"))
    articles = [Article.from_path(path) for path in files]
    raw["articles"] = [
        {"article_id": article.id, "text": article.text}
        | {key: getattr(article, name) for name, key in _HEADER.items() if getattr(article, name)}
        for article in articles
    ]
    return parse_group(raw, files)


def article_files(group: Group, folder: Path) -> list[Path]:
    """The article files of a group, written to `folder`/<group>/<article>.md unless it has files of its own."""
    if group.files:
        return list(group.files)
    import yaml

    place = folder / group.id
    place.mkdir(parents=True, exist_ok=True)
    paths = []
    for id, article in group.articles.items():
        fields = {name: article[key] for name, key in _HEADER.items() if article.get(key)}
        if language := group.language(id):
            fields["language"] = language
        header = yaml.safe_dump(fields, allow_unicode=True, sort_keys=False, width=10_000)
        path = place / f"{id}.md"
        path.write_text(f"---\n{header}---\n{article['text']}\n", "utf-8")
        paths.append(path)
    return paths


def write_groups(groups: Iterable[Group], path: Path) -> None:
    """The groups as JSONL, for a scorer that reads no examples."""
    lines = [json.dumps(group.raw, ensure_ascii=False) + "\n" for group in groups]
    path.write_text("".join(lines), "utf-8")


def selected(groups: Iterable[Group], prefix: str | None) -> list[Group]:
    """The groups whose id begins with `prefix`. Raises ValueError where none is left or an id comes twice."""
    kept = [group for group in groups if group.id.startswith(prefix or "")]
    if not kept:
        raise ValueError(f"no group's id begins with {prefix!r}" if prefix else "the files hold no groups")
    ids = [group.id for group in kept]
    if repeated := sorted({id for id in ids if ids.count(id) > 1}):
        raise ValueError(f"several groups have the id {', '.join(repeated)}")
    return kept


def places(quote: str | None, text: str) -> list[tuple[int, int]]:
    """Where a quote stands in `text`, whatever white space is between its words; start and end of each place."""
    if not quote or not quote.split():
        return []
    pattern = r"\s+".join(re.escape(word) for word in quote.split())
    return [match.span() for match in re.finditer(pattern, text)]


def _spanned(article: Mapping[str, Any]) -> str:
    """Title and text as the spans of rows count in them."""
    return " ".join(f"{article.get('title') or ''}{_BETWEEN}{article['text']}".split())


def _row(raw: Mapping[str, Any], texts: Mapping[str, str]) -> Row:
    return Row(
        slot=raw["slot"],
        kind=raw["kind"],
        relation=raw["relation"],
        positions=tuple(_wanted(position, texts) for position in raw["positions"]),
        also=tuple(raw.get("also", ())),
        doubtful=bool(raw.get("doubtful")),
        words=raw.get("words", {}),
        about=tuple(raw.get("about", ())),
    )


def _wanted(raw: Mapping[str, Any], texts: Mapping[str, str]) -> Wanted:
    quote = raw.get("quote")
    if quote is None and "span" in raw:
        start, end = raw["span"]
        quote = texts[raw["article_id"]][start:end].strip()
    value = raw.get("value")
    return Wanted(
        article=raw["article_id"],
        low=raw.get("low"),
        high=raw.get("high"),
        time=raw.get("time"),
        value=None if value is None else str(value),
        qualifier=raw.get("qualifier", "exact"),
        quote=quote,
    )
