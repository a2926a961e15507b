"""Claims and summaries for fuzzing: whatever the schema allows, on questions that several articles answer."""

from hypothesis import strategies as st

from summarizer import EventSummary
from summarizer.schemas import (
    Article,
    Certainty,
    Check,
    Cited,
    Claim,
    DateValue,
    Evidence,
    Failure,
    Name,
    Qualifier,
    Quantity,
    Scope,
    Stance,
    Text,
    Usage,
    Value,
    YesNo,
)

from .claims import PROVENANCE, Draft
from .nasty import LANGUAGES, PARTS, PIECES, QUESTIONS, SENTENCES, TEXTS, joined

Matter = tuple[str, st.SearchStrategy[Value]]
"""A question and values of its kind."""
DAYS = st.one_of(
    st.sampled_from(PARTS["edtf"]),
    st.dates().map(str),
    st.sampled_from(["2031-05-03", "2031-05-08", "2031-05"]),
)
AMOUNTS = st.one_of(
    st.integers(0, 60).map(float),
    st.sampled_from([0.0, 1.0, 5.0, 12.0, 37.0, 40.0, 41.0, 42.0, 600.0, 598.0, 9500.0, 10000.0, 10400.0, 1e6, 4.2e6]),
    st.sampled_from([-5.0, -0.0, 0.1, 1 / 3, 0.1 + 0.2, 1e15, 2.0**53 + 2, 1e300, 1.7e308, 5e-324, -1e300]),
    st.floats(allow_nan=False, allow_infinity=False),
)
UNITS = [*[None] * 8, *PARTS["units"]]


@st.composite
def quantities(draw: st.DrawFn) -> Quantity:
    """Any quantity that the schema allows: open and closed ends do not always fit the hedge."""
    ends = sorted([draw(AMOUNTS), draw(AMOUNTS)])
    hedge = draw(st.sampled_from(Qualifier))
    low: float | None = ends[0]
    high: float | None = ends[0]
    match draw(st.sampled_from(["fitting", "fitting", "fitting", "closed", "low", "high"])):
        case "fitting":
            if hedge in (Qualifier.BETWEEN, Qualifier.VAGUE):
                high = ends[1]
            elif hedge in (Qualifier.AT_LEAST, Qualifier.MORE_THAN):
                high = None
            elif hedge in (Qualifier.AT_MOST, Qualifier.LESS_THAN):
                low = None
        case "closed":
            high = ends[1]
        case "low":
            high = None
        case "high":
            low = None
    return Quantity(low=low, high=high, qualifier=hedge, unit=draw(st.sampled_from(UNITS)))


WORDINGS = st.one_of(
    st.sampled_from(["arson", "a short circuit", "Marta Lind", "Leo Brandt", "M. Lind", "Марта Линд", "مارتا ليند"]),
    st.sampled_from(["the engine room", "engine room", "heroes", "yes", "no", "37", "about 40"]),
    joined(PIECES, high=4).filter(bool),
)
TIMES_OF_DAY = ["00:00", "09:42", "09:45", "21:45", "23:59"]
YES_NO = st.builds(YesNo, answer=st.sampled_from(["yes", "no", "uncommitted"]))
VALUES: st.SearchStrategy[Value] = st.one_of(
    quantities(),
    quantities(),
    YES_NO,
    st.builds(DateValue, edtf=DAYS, time=st.sampled_from([None, *TIMES_OF_DAY]), approximate=st.booleans()),
    st.builds(Name, name=WORDINGS),
    st.builds(Text, text=WORDINGS),
)
SPEAKERS = st.one_of(
    st.none(), st.sampled_from(PARTS["said"]), st.sampled_from(["the police", "police", "полиция", ""]), SENTENCES
)
_NEAR = [Quantity(low=40, high=40), Quantity(low=42, high=42), Quantity(low=40, high=40, qualifier=Qualifier.ABOUT)]
_NEAR += [Quantity(low=40, high=None, qualifier=Qualifier.AT_LEAST), Quantity(low=30, high=30)]
MATTERS: list[Matter] = [
    (QUESTIONS[0], st.sampled_from(_NEAR)),
    (QUESTIONS[0], st.builds(Quantity, low=st.integers(1, 50), high=st.just(50), qualifier=st.sampled_from(Qualifier))),
    (QUESTIONS[5], quantities()),
    (QUESTIONS[10], st.builds(DateValue, edtf=DAYS, time=st.sampled_from(TIMES_OF_DAY), approximate=st.booleans())),
    (QUESTIONS[11], st.sampled_from(["2031-05-02", "2031-05", "2031-05-09"]).map(lambda day: DateValue(edtf=day))),
    (QUESTIONS[11], st.builds(DateValue, edtf=DAYS)),
    (QUESTIONS[12], st.sampled_from(["Marta Lind", "Lind", "Leo Lind"]).map(lambda name: Name(name=name))),
    (QUESTIONS[16], st.builds(Text, text=WORDINGS)),
    (QUESTIONS[18], YES_NO),
    (QUESTIONS[20], st.builds(Text, text=WORDINGS)),
]
"""Questions with values of their kind, so that the answers of several articles meet."""


@st.composite
def claims(draw: st.DrawFn, article: Article, number: int, matters: list[Matter]) -> Claim:
    """Any claim of an article that the schema allows; mostly on one of the `matters` that other articles tell of."""
    text = article.text
    start = draw(st.integers(0, len(text) - 1))
    end = draw(st.integers(start + 1, len(text)))
    question, values = draw(st.sampled_from(matters))
    if draw(st.integers(0, 3)) == 0:
        question, values = draw(st.one_of(st.sampled_from(QUESTIONS), SENTENCES.filter(bool))), VALUES
    value = draw(values)
    answer = draw(WORDINGS) if not isinstance(value, Name | Text) else getattr(value, value.kind)
    as_of = draw(st.one_of(st.none(), DAYS, DAYS))
    failed = draw(st.integers(0, 5)) == 0
    checks = [Check(name="evidence", passed=True)]
    if failed:
        checks.append(Check(name="number", passed=False, reason=draw(st.one_of(st.none(), SENTENCES))))
    return Claim(
        id=f"{article.id}#{number}",
        article=article.id,
        question=question,
        answer=answer,
        value=value,
        attributed_to=draw(SPEAKERS),
        stance=draw(st.sampled_from(Stance)),
        certainty=draw(st.sampled_from([*[Certainty.REPORTED] * 6, *Certainty])),
        as_of=as_of,
        as_of_basis=draw(st.sampled_from(["stated", "published"])) if as_of else None,
        period=draw(st.one_of(st.none(), st.none(), DAYS)),
        scope=Scope(
            place=draw(st.sampled_from([*[None] * 6, "Karsholm", "Velden", ""])),
            group=draw(st.sampled_from([*[None] * 9, "children", "civilians, children", ", "])),
            definition=draw(
                st.sampled_from([*[None] * 9, "includes_attacker", "others", "nationwide, excludes_attacker"])
            ),
        ),
        revises=draw(st.booleans()),
        superseded=draw(st.integers(0, 3)) == 0,
        evidence=(Evidence(article=article.id, start=start, end=end, quote=text[start:end]),),
        status="unverified" if failed else "verified",
        checks=tuple(checks),
    )


@st.composite
def summaries(draw: st.DrawFn, id: str, matters: list[Matter]) -> EventSummary:
    """A summary of one article with any claims that the schema allows."""
    text = draw(st.one_of(TEXTS.filter(bool), st.just("The ferry burned. Nobody knows more.")))
    article = Article(
        id=id,
        text=text,
        title=draw(st.one_of(st.none(), SENTENCES)),
        outlet=draw(st.sampled_from([None, "", "Harbour Gazette", "Le Quai", "صوت الميناء", "[b]Reuters"])),
        language=draw(st.sampled_from(LANGUAGES)),
        published=draw(st.one_of(st.none(), DAYS)),
        url=draw(st.sampled_from([None, "https://a.example/1|2"])),
    )
    made = tuple(draw(claims(article, number, matters)) for number in range(1, draw(st.integers(0, 5)) + 1))
    verified = [claim.id for claim in made if claim.verified]
    cited = st.none()
    if verified:
        cited = st.one_of(st.none(), st.builds(Cited, text=SENTENCES.filter(bool), claims=st.just((verified[0],))))
    failed = [Failure(article=id, stage="extract", reason=draw(SENTENCES), hint=draw(SENTENCES), partial=True)]
    return EventSummary(
        article=article,
        headline=draw(cited),
        what=draw(cited),
        when=draw(cited),
        claims=made,
        failures=tuple(failed) if draw(st.integers(0, 5)) == 0 else (),
        usage=Usage(calls=draw(st.integers(0, 10**6)), output_tokens=draw(st.integers(0, 10**9))),
        provenance=PROVENANCE,
    )


IDS = ["a", "b", "c", "d", "صوت", "a#1", "x y|[z]"]


@st.composite
def stories(draw: st.DrawFn) -> list[EventSummary]:
    """Summaries of one to four articles."""
    ids = draw(st.lists(st.sampled_from(IDS), min_size=2, max_size=4, unique=True))
    matters = draw(st.lists(st.sampled_from(MATTERS), min_size=1, max_size=2))
    return [draw(summaries(id, matters)) for id in ids]


ONE_DAY = ["2031-05-03", "2031-05-03", "2031-05-08", "2031-05", "2031-05-08T10:00:00Z", "XXXX-05-03", "..", None]


PLAIN_MATTERS: list[Matter] = [
    (QUESTIONS[0], st.integers(20, 60).map(lambda amount: Quantity(low=amount, high=amount))),
    (QUESTIONS[5], st.integers(20, 60).map(lambda amount: Quantity(low=amount, high=amount, unit="EUR"))),
    (QUESTIONS[10], st.builds(DateValue, edtf=st.just("2031-05-03"), time=st.sampled_from(TIMES_OF_DAY))),
    (QUESTIONS[11], st.builds(DateValue, edtf=st.dates().map(str))),
    (QUESTIONS[12], st.builds(Name, name=st.sampled_from(["Marta Lind", "Leo Brandt", "Norvik"]))),
    (QUESTIONS[16], st.builds(Text, text=st.sampled_from(["arson", "a short circuit", "an act of arson"]))),
    (QUESTIONS[18], YES_NO),
]
"""Values of which two are the same or not: none lies between two others, as "in May" does between two days of it."""


@st.composite
def plain_stories(draw: st.DrawFn) -> list[EventSummary]:
    """Articles that each answer a few questions once, with figures of one size: no article decides what is compared."""
    asked = [PLAIN_MATTERS[0], *draw(st.lists(st.sampled_from(PLAIN_MATTERS[1:]), max_size=2, unique=True))]
    made = []
    for id in IDS[: draw(st.integers(2, 4))]:
        draft = Draft(id, draw(st.sampled_from(ONE_DAY)))
        for question, values in asked:
            if draw(st.integers(0, 4)) == 0:
                continue
            draft.claim(
                question,
                draw(values),
                attributed_to=draw(st.sampled_from([None, "the police", "the hospital", "Norvik"])),
                certainty=draw(st.sampled_from([*[Certainty.REPORTED] * 6, *Certainty])),
                revises=draw(st.booleans()),
                period=draw(st.sampled_from([*[None] * 6, "2031-05", "2031-05-03"])),
                place=draw(st.sampled_from([*[None] * 6, "Karsholm"])),
                definition=draw(st.sampled_from([*[None] * 6, "includes_attacker"])),
            )
        made.append(draft.summary())
    return made
