"""A story as JSON-LD: schema.org's NewsArticle, Claim and Question, evidence as Web Annotation selectors."""

import json
import re
from typing import Any

from ..schemas import (
    Agreement,
    Article,
    Cited,
    Claim,
    Comparison,
    Copy,
    DateValue,
    Disagreement,
    Evidence,
    MergedSummary,
    Position,
    Quantity,
    Value,
)
from ..schemas.edtf import bounds
from ..text.bylines import names_in
from .iris import article_iris, claim_iri, outlet_iri, span_iri, speaker_iri, story_iri, text_iri, uuid_iri, writer_iri
from .safe import json_safe
from .vocabulary import CONTEXT, EDTF

_ISO = re.compile(r"\d{4}(?:-\d{2}(?:-\d{2})?)?")
_AROUND = 32
"""Characters before and after a quote that help to find it again, as Web Annotation's TextQuoteSelector has them."""

Node = dict[str, Any]


def story_jsonld(story: MergedSummary) -> str:
    """A story as one JSON-LD 1.1 document with its context inside: a flat graph, one named node a line.

    `<`, `>` and `&` are written as escapes, so that the document may stand in a script element of a page.
    """
    nodes = ",\n".join(json.dumps(node, ensure_ascii=False) for node in _Graph(story).nodes())
    text = json_safe(f'{{"@context": {json.dumps(CONTEXT)},\n"@graph": [\n{nodes}\n]}}')
    for sign in "<>&":
        text = text.replace(sign, f"\\u{ord(sign):04x}")
    return text + "\n"


class _Graph:
    """The nodes of one story, each once."""

    def __init__(self, story: MergedSummary) -> None:
        self._story = story
        self._name = story_iri(story)
        self._articles = {article.id: article for article in story.articles}
        self._iris = article_iris(story)
        compared = [claim for item in story.comparisons for position in item.positions for claim in position.claims]
        self._claims = {
            claim.id: claim_iri(claim, self._articles[claim.article]) for claim in (*compared, *story.unverified)
        }
        self._nodes: dict[str, Node] = {}

    def nodes(self) -> list[Node]:
        """All nodes: the story first, then what it speaks of."""
        story = self._story
        self._add(
            self._name,
            ["schema:CreativeWork", "own:Story"],
            headline=story.headline.text if story.headline else None,
            creator=self._maker(),
            isBasedOn=[self._article(article) for article in story.articles],
            hasPart=[
                *(self._question(number, item) for number, item in enumerate(story.comparisons, 1)),
                *(self._claim(claim) for claim in story.unverified),
            ],
            sentence=[
                self._sentence(order, cited)
                for order, cited in enumerate((story.headline, *story.narrative))  # the headline is number 0
                if cited
            ],
        )
        return [self._nodes.pop(self._name), *self._nodes.values()]

    def _add(self, iri: str, types: str | list[str], **fields: Any) -> str:
        """Add a node unless it is known; what is None or an empty list is left out. Returns its name."""
        told = {name: value for name, value in fields.items() if value is not None and value != []}
        self._nodes.setdefault(iri, {"id": iri, "type": types, **told})
        return iri

    def _maker(self) -> str:
        made = self._story.provenance
        return self._add(
            uuid_iri(self._name, "maker"),
            "schema:SoftwareApplication",
            name="summarizer",
            softwareVersion=made.summarizer_version,
            model=made.model,
            provider=made.provider,
        )

    def _sentence(self, order: int, cited: Cited) -> str:
        return self._add(
            uuid_iri(self._name, "sentence", order),
            ["schema:CreativeWork", "own:Sentence"],
            text=cited.text,
            order=order,
            citation=[self._claims[id] for id in cited.claims],
        )

    # --- articles ---

    def _article(self, article: Article) -> str:
        copies = [self._published(copy, self._iris[article.id, copy.id], article) for copy in article.copies]
        return self._published(article, self._iris[article.id, None], article, copy=copies)

    def _published(self, item: Article | Copy, iri: str, article: Article, **more: Any) -> str:
        """An article or a copy of it, which has its language."""
        text = self._add(
            text_iri(item.sha256), "schema:MediaObject", sha256=item.sha256, encodingFormat="text/plain; charset=utf-8"
        )
        return self._add(
            iri,
            "schema:NewsArticle",
            identifier=item.id,
            headline=item.title,
            publisher=self._add(outlet_iri(item.outlet, item), "schema:Organization", name=item.outlet)
            if item.outlet
            else None,
            author=[self._add(writer_iri(name, item), "foaf:Agent", name=name) for name in names_in(item.byline)],
            creditText=item.byline or None,
            datePublished=_day(item.published),
            inLanguage=article.language,
            url=item.url,
            encoding=text,
            **more,
        )

    def _speaker(self, claim: Claim) -> str | None:
        """Who is behind a claim, person or body: FOAF's Agent is either; schema.org has no such type."""
        if not (name := claim.attributed_to):
            return None
        return self._add(speaker_iri(name, self._articles[claim.article]), "foaf:Agent", name=name)

    # --- questions, positions, claims ---

    def _question(self, number: int, item: Comparison) -> str:
        iri = uuid_iri(self._name, "question", number)
        judged = item if isinstance(item, Disagreement | Agreement) else None
        differs = item if isinstance(item, Disagreement) else None
        return self._add(
            iri,
            ["schema:Question", f"own:{type(item).__name__}"],
            identifier=item.id,
            name=item.question,
            order=number,
            relation=differs.relation.value if differs else None,
            subtype=differs.subtype if differs else None,
            severity=differs.severity if differs else None,
            decidedBy=judged.decided_by if judged else None,
            rationale=judged.rationale if judged else None,
            independentSources=item.independent_sources if isinstance(item, Agreement) else None,
            estimate=self._estimate(iri, differs) if differs else None,
            about=[self._position(iri, count, item, position) for count, position in enumerate(item.positions, 1)],
            change=[
                self._add(
                    uuid_iri(iri, "change", count),
                    "own:Change",
                    kind=change.kind,
                    text=change.text,
                    order=count,
                    article=[self._iris[id, None] for id in change.articles if (id, None) in self._iris],
                )
                for count, change in enumerate(item.changes, 1)
            ],
        )

    def _estimate(self, iri: str, item: Disagreement) -> str | None:
        if not (estimate := item.estimate):
            return None
        return self._add(
            uuid_iri(iri, "estimate"),
            "own:Estimate",
            low=estimate.low,
            best=estimate.best,
            high=estimate.high,
            rule=estimate.rule,
            unitText=estimate.unit,
        )

    def _position(self, question: str, number: int, item: Comparison, position: Position) -> str:
        iri = uuid_iri(question, "position", number)
        return self._add(
            iri,
            ["schema:Claim", "own:Position"],
            text=f"{item.question} {position.answer}",
            answer=position.answer,
            order=number,
            value=self._value(iri, position.value),
            appearance=[self._iris[id, None] for id in position.articles],
            firstAppearance=self._first(position),
            author=[agent for claim in position.claims if (agent := self._speaker(claim))],
            asOf=position.as_of,
            hasPart=[self._claim(claim) for claim in position.claims],
            voice=[
                self._add(
                    uuid_iri(iri, "voice", count),
                    "own:Voice",
                    name=voice.source,
                    basis=voice.basis,
                    order=count,
                    article=[self._iris[id, None] for id in voice.articles],
                )
                for count, voice in enumerate(position.voices, 1)
            ],
        )

    def _first(self, position: Position) -> str | None:
        """The article that was published before the others of a position; None where the dates do not tell."""
        dates = {id: bounds(self._articles[id].published or "..") for id in position.articles}
        for id, (_, last) in dates.items():
            others = [first for other, (first, _) in dates.items() if other != id]
            if not others or (last and all(first and last < first for first in others)):
                return self._iris[id, None]
        return None

    def _claim(self, claim: Claim) -> str:
        iri = self._claims[claim.id]
        return self._add(
            iri,
            ["schema:Claim", "own:Statement"],
            identifier=claim.id,
            text=f"{claim.question} {claim.answer}",
            question=claim.question,
            answer=claim.answer,
            value=self._value(iri, claim.value),
            appearance=[self._iris[claim.article, None]],
            author=self._speaker(claim),
            stance=claim.stance.value,
            certainty=claim.certainty.value,
            asOf=claim.as_of,
            asOfBasis=claim.as_of_basis,
            period=claim.period,
            scopePlace=claim.scope.place,
            scopeGroup=claim.scope.group,
            scopeDefinition=claim.scope.definition,
            revises=claim.revises,
            superseded=claim.superseded,
            evidence=[self._evidence(evidence) for evidence in claim.evidence],
            status=claim.status,
            passedCheck=[check.name for check in claim.checks if check.passed and check.reason is None],
            check=[
                self._add(
                    uuid_iri(iri, "check", count),
                    "own:Check",
                    name=check.name,
                    passed=check.passed,
                    rationale=check.reason,
                    order=count,
                )
                for count, check in enumerate(claim.checks, 1)
                if not check.passed or check.reason is not None
            ],
        )

    def _value(self, iri: str, value: Value) -> str:
        name = uuid_iri(iri, "value")
        if isinstance(value, Quantity):
            return self._add(
                name,
                "schema:QuantitativeValue",
                kind=value.kind,
                minValue=value.low,
                maxValue=value.high,
                qualifier=value.qualifier.value,
                unitText=value.unit,
            )
        if isinstance(value, DateValue):
            return self._add(
                name, "own:DateValue", kind=value.kind, date=value.edtf, time=value.time, approximate=value.approximate
            )
        text = value.answer if value.kind == "yes_no" else value.name if value.kind == "name" else value.text
        return self._add(name, "own:TextValue", kind=value.kind, text=text)

    def _evidence(self, evidence: Evidence) -> str:
        """A stretch of an article's text, by its place and by its words: Web Annotation's two text selectors."""
        article = self._articles[evidence.article]
        iri = span_iri(article.sha256, evidence.start, evidence.end)
        place = self._add(uuid_iri(iri, "place"), "oa:TextPositionSelector", start=evidence.start, end=evidence.end)
        words = self._add(
            uuid_iri(iri, "words"),
            "oa:TextQuoteSelector",
            exact=evidence.quote,
            prefix=article.text[max(0, evidence.start - _AROUND) : evidence.start],
            suffix=article.text[evidence.end : evidence.end + _AROUND],
        )
        return self._add(iri, "oa:SpecificResource", source=text_iri(article.sha256), selector=[place, words])


def _day(published: str | None) -> Node | None:
    """A date with its type: schema.org's where ISO 8601 can say it, else EDTF."""
    if published is None:
        return None
    return {"@type": "schema:Date" if _ISO.fullmatch(published) else EDTF, "@value": published}
