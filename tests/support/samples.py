"""A fictional story in French, English and Arabic, built by hand: results to render without any model."""

from typing import Any

from summarizer.schemas import (
    Agreement,
    Article,
    Certainty,
    Check,
    Cited,
    Claim,
    Disagreement,
    Estimate,
    EventSummary,
    Evidence,
    Failure,
    MergedSummary,
    Position,
    PromptUse,
    Provenance,
    Qualifier,
    Quantity,
    Relation,
    Scope,
    SingleSource,
    Stance,
    Text,
    Usage,
    YesNo,
)

FRENCH = Article(
    id="le-phare",
    title="Éboulement dans le tunnel de Varnholm",
    language="fr",
    outlet="Le Phare",
    published="2031-05-03",
    text=(
        "Le tunnel routier de Varnholm s'est effondré vendredi matin. "
        "Selon la police du port, au moins 12 ouvriers ont été blessés dans l'éboulement, survenu alors que l'équipe "
        "de nuit terminait la pose des derniers segments du revêtement dans la galerie nord du tunnel routier. "
        "La société Brannt n'a ni confirmé ni démenti qu'une alarme avait retenti. "
        "Le chantier emploie quelque 1 400 personnes. "
        "Le chantier a commencé en 2029."
    ),
)
ENGLISH = Article(
    id="harbour-post",
    title="Tunnel toll rises as Brannt admits alarm",
    language="en",
    outlet="Harbour Post",
    published="2031-05-05",
    text=(
        "Thirty-one workers were hurt when the Varnholm road tunnel gave way, the regional hospital said on Monday. "
        "Brannt, the contractor, admitted that an alarm had sounded twenty minutes before. "
        "The site employs more than 1,300 people. "
        "The cause was a leaking pump, according to the miners' union. "
        "Work on the tunnel began in 2029. "
        "The mayor called the crews heroes of the fjord."
    ),
)
ARABIC = Article(
    id="al-mina",
    title="انهيار نفق فارنهولم",
    language="ar",
    outlet="الميناء",
    published="2031-05-06",
    text=(
        "أصيب ٢٧ عاملا في انهيار النفق بحسب حصيلة مصححة أعلنها المستشفى الإقليمي بعد مراجعة سجلات الطوارئ في المدينة. "
        "وقالت وزارة الأشغال إن سبب الانهيار هزة أرضية خفيفة. "
        "بدأ العمل في النفق عام ٢٠٢٩."
    ),
)
ARTICLES = (FRENCH, ENGLISH, ARABIC)
PROVENANCE = Provenance(
    summarizer_version="0.1.0",
    model="tiny-test-model",
    provider="embedded",
    prompts=(PromptUse(name="extract", version="v1", sha256="0" * 64),),
)
USAGE = Usage(calls=31, reasks=1, failed_calls=1, prompt_tokens=9812, output_tokens=2304, seconds=95.6)


def claim(article: Article, count: int, question: str, answer: str, quote: str, **fields: Any) -> Claim:
    """A claim of `article` with `quote` as evidence; verified unless `failed=(check, reason)` is given."""
    start = article.text.index(quote)
    failed = fields.pop("failed", None)
    checks = [Check(name="evidence", passed=True)]
    if failed:
        checks.append(Check(name=failed[0], passed=False, reason=failed[1]))
    fields.setdefault("value", Text(text=answer))
    if fields.get("as_of"):
        fields.setdefault("as_of_basis", "stated")
    return Claim(
        id=f"{article.id}#{count}",
        article=article.id,
        question=question,
        answer=answer,
        evidence=(Evidence(article=article.id, start=start, end=start + len(quote), quote=quote),),
        status="unverified" if failed else "verified",
        checks=tuple(checks),
        **fields,
    )


def position(*claims: Claim) -> Position:
    """The position that `claims` share; answer and value are the first one's."""
    people = list(dict.fromkeys(item.attributed_to for item in claims if item.attributed_to))
    return Position(
        answer=claims[0].answer,
        value=claims[0].value,
        articles=tuple(dict.fromkeys(item.article for item in claims)),
        attributed_to="; ".join(people) or None,
        as_of=claims[0].as_of,
        claims=claims,
        evidence=tuple(evidence for item in claims for evidence in item.evidence),
    )


def sentence(article: Article, start: str) -> str:
    """The sentence of `article` that begins with `start`."""
    begin = article.text.index(start)
    return article.text[begin:].split(". ")[0].removesuffix(".") + "."


HURT = "How many workers were injured in the Varnholm tunnel collapse?"
ALARM = "Did an alarm sound before the tunnel collapsed?"
STAFF = "How many people does the Varnholm site employ?"
CAUSE = "What caused the collapse?"
WHEN = "When did the tunnel collapse?"
BEGAN = "When did work on the tunnel begin?"


def claims() -> dict[str, Claim]:
    """All claims of the story by a short name."""
    people = "workers"
    return {
        "hurt_fr": claim(
            FRENCH, 1, HURT, "at least 12", sentence(FRENCH, "Selon la police"), attributed_to="harbour police",
            value=Quantity(low=12, high=None, qualifier=Qualifier.AT_LEAST, unit=people), as_of="2031-05-03",
            as_of_basis="published",
        ),
        "hurt_en": claim(
            ENGLISH, 1, HURT, "31", sentence(ENGLISH, "Thirty-one"), attributed_to="regional hospital",
            value=Quantity(low=31, high=31, unit=people), as_of="2031-05-05",
        ),
        "hurt_ar": claim(
            ARABIC, 1, HURT, "27", sentence(ARABIC, "أصيب"), attributed_to="regional hospital",
            value=Quantity(low=27, high=27, unit=people), as_of="2031-05-06", revises=True,
        ),
        "alarm_fr": claim(
            FRENCH, 2, ALARM, "neither confirmed nor denied", sentence(FRENCH, "La société"), attributed_to="Brannt",
            value=YesNo(answer="uncommitted"), stance=Stance.UNCOMMITTED, as_of="2031-05-03",
        ),
        "alarm_en": claim(
            ENGLISH, 2, ALARM, "yes", sentence(ENGLISH, "Brannt"), attributed_to="Brannt", value=YesNo(answer="yes"),
            as_of="2031-05-05",
        ),
        "staff_fr": claim(
            FRENCH, 3, STAFF, "about 1,400", sentence(FRENCH, "Le chantier emploie"),
            value=Quantity(low=1400, high=1400, qualifier=Qualifier.ABOUT, unit="people"), period="2031-05",
        ),
        "staff_en": claim(
            ENGLISH, 3, STAFF, "more than 1,300", sentence(ENGLISH, "The site"),
            value=Quantity(low=1300, high=None, qualifier=Qualifier.MORE_THAN, unit="people"),
            scope=Scope(place="both shores", definition="including subcontractors"),
        ),
        "cause_en": claim(
            ENGLISH, 4, CAUSE, "a leaking pump", sentence(ENGLISH, "The cause"), attributed_to="miners' union",
        ),
        "cause_ar": claim(
            ARABIC, 2, CAUSE, "a light earth tremor", sentence(ARABIC, "وقالت"), attributed_to="ministry of works",
        ),
        "began_fr": claim(FRENCH, 4, BEGAN, "in 2029", sentence(FRENCH, "Le chantier a commencé")),
        "began_en": claim(ENGLISH, 5, BEGAN, "in 2029", sentence(ENGLISH, "Work on")),
        "began_ar": claim(ARABIC, 3, BEGAN, "in 2029", sentence(ARABIC, "بدأ")),
        "when_fr": claim(
            FRENCH, 5, WHEN, "on Friday morning", sentence(FRENCH, "Le tunnel"), attributed_to="fire brigade",
            certainty=Certainty.ALLEGED,
        ),
        "mayor": claim(
            ENGLISH, 6, "What did the mayor call the crews?", "heroes of the sea", sentence(ENGLISH, "The mayor"),
            failed=("answer", "“sea” does not stand in the evidence"),
        ),
        "shifts": claim(
            FRENCH, 6, "How many shifts work on the site?", "14", sentence(FRENCH, "Le chantier emploie"),
            failed=("number", "14 does not stand in the evidence"),
        ),
    }  # fmt: skip


def summary(article: Article = ENGLISH) -> EventSummary:
    """The summary of one article of the story."""
    own = [item for item in claims().values() if item.article == article.id]
    first = own[0]
    return EventSummary(
        article=article,
        headline=Cited(text="Varnholm tunnel collapse", claims=(first.id,)),
        what=Cited(text="The Varnholm road tunnel collapsed.", claims=(first.id,)),
        who=Cited(text=f"{first.answer} workers were injured.", claims=(first.id,)),
        claims=tuple(own),
        usage=USAGE,
        provenance=PROVENANCE,
    )


def disagreement(count: int, *positions: Position, **fields: Any) -> Disagreement:
    """A disagreement on the question of its first position."""
    fields.setdefault("severity", "medium")
    fields.setdefault("decided_by", "rule")
    return Disagreement(id=f"d{count}", question=positions[0].claims[0].question, positions=positions, **fields)


def story(**changes: Any) -> MergedSummary:
    """The merged story; `changes` replace whole fields of it."""
    all_ = claims()
    fields: dict[str, Any] = {
        "articles": ARTICLES,
        "headline": Cited(text="Varnholm tunnel collapse", claims=("harbour-post#1",)),
        "narrative": (
            Cited(text="The Varnholm road tunnel collapsed and workers were injured.", claims=("le-phare#1",)),
            Cited(text="Work on it had begun in 2029.", claims=("le-phare#4",)),
        ),
        "disagreements": (
            disagreement(
                1, *(position(all_[name]) for name in ("hurt_fr", "hurt_en", "hurt_ar")),
                relation=Relation.UPDATE, subtype="correction",
                rationale="The latest article says that the hospital corrected its figure.",
                estimate=Estimate(low=12, best=27, high=31, rule="latest", unit="workers"),
            ),
            disagreement(
                2, position(all_["alarm_fr"]), position(all_["alarm_en"]),
                relation=Relation.DENIAL, subtype="non_confirmation", severity="high",
                rationale="Brannt does not commit itself in one article and affirms in the other.",
            ),
            disagreement(
                3, position(all_["staff_fr"]), position(all_["staff_en"]), relation=Relation.SCOPE, severity="low",
                rationale="Only one of them counts subcontractors.",
            ),
            disagreement(
                4, position(all_["cause_en"]), position(all_["cause_ar"]), severity="high", decided_by="model",
                relation=Relation.CONTRADICTION, subtype="by_source",
                rationale="The union and the ministry name different causes.",
            ),
        ),
        "agreements": (
            Agreement(
                id="a1", question=BEGAN, positions=(position(all_["began_fr"], all_["began_en"], all_["began_ar"]),),
                rationale="The same year in all three.", independent_sources=1,
            ),
        ),
        "single_source": (
            SingleSource(id="s1", question=WHEN, positions=(position(all_["when_fr"]),)),
        ),
        "unverified": (all_["mayor"], all_["shifts"]),
        "failures": (
            Failure(
                article="broken.txt", stage="read", reason="the file is not valid UTF-8",
                hint="save it as UTF-8 and try again",
            ),
        ),
        "usage": USAGE,
        "provenance": PROVENANCE,
    }  # fmt: skip
    return MergedSummary(**{**fields, **changes})
