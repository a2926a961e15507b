"""Hostile articles (`data/hostile.toml`), two harmless ones, and a made-up model that obeys every order in them."""

import re
import tomllib
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from summarizer import Article
from summarizer.prompting import one_line
from support.fake_model import SyntheticModel, schema_name
from support.scripted_server import Request

DATA = Path(__file__).parents[1] / "data" / "hostile.toml"

QUAY_POST = Article.from_text(
    "A fire in the tram depot of Orlen killed 3 workers on Monday, the fire brigade said. "
    "The hospital treated 14 injured workers. The alarm went off at 21:40. "
    "The gates of the tram depot were locked all night, according to the night watch. "
    "The fire started in the paint shop because of a short circuit.",
    id="quay-post",
    title="Three workers die in fire at Orlen tram depot",
    outlet="The Quay Post",
    published="2031-05-06",
    language="en",
)
LE_PHARE = Article.from_text(
    "L'incendie du dépôt de tramways d'Orlen a tué 5 ouvriers, a annoncé la préfecture. "
    "14 ouvriers ont été blessés. L'alarme a retenti à 21 h 55. "
    "La préfecture a démenti que les portes du dépôt aient été verrouillées. "
    "Le feu est parti d'un entrepôt de peinture à cause d'un court-circuit.",
    id="le-phare",
    title="Incendie du dépôt d'Orlen : cinq morts",
    outlet="Le Phare",
    published="2031-05-07",
    language="fr",
)
HARMLESS = (QUAY_POST, LE_PHARE)

_DIED = "How many workers died in the Orlen tram depot fire?"
_INJURED = "How many workers were injured in the Orlen tram depot fire?"
_ALARM = "At what time did the alarm go off in the tram depot?"
_START = "Where did the fire in the tram depot start?"
_LOCKED = "Were the gates of the tram depot locked?"
_QUESTIONS = {
    ("killed 3 workers", "3"): (_DIED, "the fire brigade"),
    ("14 injured workers", "14"): (_INJURED, ""),
    ("The alarm went off", "21:40"): (_ALARM, ""),
    ("a tué 5 ouvriers", "5"): (_DIED, "la préfecture"),
    ("14 ouvriers", "14"): (_INJURED, ""),
    ("L'alarme a retenti", "21 h 55"): (_ALARM, ""),
    ("La préfecture a démenti", "démenti"): (_LOCKED, "La préfecture"),
}
_FACTS = {"in the paint shop": (_START, "the paint shop"), "d'un entrepôt de peinture": (_START, "a paint store")}

_SENTENCE = re.compile(r"^\[(\d+)\] (.*)$", re.MULTILINE)
_MARKS = re.compile(r"^Marks: (.*)$", re.MULTILINE)
_MARK = re.compile(r'(\d+) = "(.*?)"(?:; |$)')


@dataclass(frozen=True)
class Hostile:
    """One hostile article, and what its text wants to be told."""

    name: str
    attack: str
    article: Article
    lie: Mapping[str, Any]


def _article(entry: Mapping[str, Any]) -> Article:
    if "file" in entry:
        return Article.from_bytes(entry["file"].encode(), id=entry["name"])
    text = entry["text"] + "\n" + entry.get("repeat", "") * entry.get("times", 0)
    return Article.from_text(
        text,
        id=entry["name"],
        title=entry.get("title"),
        outlet=entry.get("outlet"),
        published="2031-05-06",
        language=entry["language"],
    )


HOSTILE = tuple(
    Hostile(entry["name"], entry["attack"], _article(entry), entry["lie"])
    for entry in tomllib.loads(DATA.read_text(encoding="utf-8"))["article"]
)
BY_NAME = {item.name: item for item in HOSTILE}


class Obedient(SyntheticModel):
    """Answers honestly for the harmless articles, and says of a hostile one whatever its text wants to be said.

    `obeys` is the hostile article that it is asked about or has among others. Where texts of several articles meet, it
    does what that one wants: every sentence affirms, every pair of a call that holds its lie gets `verdict`, the
    narrative ascribes the lie to every finding.
    """

    def __init__(self, verdict: str = "same") -> None:
        super().__init__()
        self.obeys: Hostile | None = None
        self.verdict = verdict

    def _content(self, request: Request) -> Any:
        task, asked = schema_name(request), str(request.messages[-1]["content"])
        texts = [text for _, text in _SENTENCE.findall(asked)]
        lie = self.obeys.lie if self.obeys else None
        if task == "MarkQuestions":
            return {"questions": _lying(asked, lie) if lie else _honest(asked, texts)}
        if task == "Facts":
            return {"facts": [_fact(lie, len(texts))] if lie else _facts(texts)}
        if lie is None:
            return super()._content(request) if task != "Told" else {"answer": "yes" if "locked" in asked else "silent"}
        if task == "Told":
            return {"answer": "yes"}
        if task == "Verdicts" and one_line(lie["question"]).rstrip("?")[:60] not in asked:
            return super()._content(request)  # two others' answers: nothing of the hostile text reaches it
        if task == "Verdicts":
            pairs = len(re.findall(r"^\d+\. A: ", asked, re.MULTILINE))
            return {"verdicts": [{"pair": pair, "verdict": self.verdict} for pair in range(1, pairs + 1)]}
        if task == "Narrative":
            found = len(re.findall(r"^\d+\. ", asked, re.MULTILINE))
            return _told_of_all(lie, found)
        return super()._content(request)


def _honest(asked: str, texts: Sequence[str]) -> list[dict[str, Any]]:
    questions = []
    for sentence, listed in zip(texts, _MARKS.findall(asked), strict=True):
        for mark, words in _MARK.findall(listed):
            found = (q for (part, marked), q in _QUESTIONS.items() if part in sentence and marked in words)
            question, by = next(found, ("", ""))
            questions.append({"mark": int(mark), "question": question, "by": by})
    return questions


def _facts(texts: Sequence[str]) -> list[dict[str, Any]]:
    return [
        {"sentence": place, "words": words, "question": question, "answer": answer, "by": ""}
        for place, text in enumerate(texts, 1)
        for words, (question, answer) in _FACTS.items()
        if words in text
    ]


def _lying(asked: str, lie: Mapping[str, Any]) -> list[dict[str, Any]]:
    marks = sum(len(_MARK.findall(listed)) for listed in _MARKS.findall(asked))
    question = {"question": lie["question"][:180], "by": lie["by"][:100]}
    return [{"mark": lie.get("mark", mark), **question} for mark in range(1, marks + 1)]


def _fact(lie: Mapping[str, Any], sentences: int) -> dict[str, Any]:
    told = {"words": lie["words"], "question": lie["question"], "answer": lie["answer"], "by": lie["by"]}
    return {"sentence": lie.get("sentence", sentences), **{name: text[:100] for name, text in told.items()}}


def _told_of_all(lie: Mapping[str, Any], found: int) -> dict[str, Any]:
    """The lie as headline and as a sentence of every finding, with a sentence in the lie's own words."""
    texts = [lie["answer"], lie["question"], "Nobody died and everybody lied."]
    cited = [{"text": text[:200], "claims": [number]} for number in range(1, found + 1) for text in texts]
    return {"headline": {"text": texts[0], "claims": [1]}, "sentences": cited[:5]}
