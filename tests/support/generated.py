"""Stories of any shape and any text, for properties that all of them share."""

from typing import get_args

from hypothesis import strategies as st

from summarizer.schemas import (
    Agreement,
    Article,
    Certainty,
    Change,
    Check,
    Cited,
    Claim,
    Copy,
    DateValue,
    Disagreement,
    Estimate,
    Evidence,
    Failure,
    Judged,
    MergedSummary,
    Name,
    Position,
    Qualifier,
    Quantity,
    Relation,
    Scope,
    SingleSource,
    Stance,
    Text,
    Value,
    Verdict,
    Voice,
    YesNo,
)

from . import samples

TRICKY = (
    "=cmd|' /C calc'!A0", "+1", "-1", "@SUM(A1)", "\t=1", "\r=1", "＝1",
    "a;=1", "a\n=1", "a\r\nb", '"', '""', "'", "';'",
    ";", ",", "\\", "\\n", "\\u0041", "\x00", "\x1b[31m", "\x85", "\u2028", "\u202e", "\u2066", "\ufeff", "\U000e0041",
    "NA", "null", "None", "nan", "true", "1945", "2031-05-03", " ", "العربية", "中文", "é", "e\u0301", "👩\u200d🚒",
    "</script>", "<!--", "&amp;", "{{ x }}", "${x}", "@id", "_:b0", "%7B", "#", "q#1",
)  # fmt: skip
TEXTS = st.lists(st.sampled_from(TRICKY) | st.text(st.characters(exclude_categories=["Cs"]), max_size=5), min_size=1)
SAID = TEXTS.map("".join).filter(bool)
"""Any text of at least one character."""
MAYBE = st.none() | SAID
DATES = st.sampled_from(
    ["2031", "2031-05", "2031-05-03", "2031-05~", "2031-05-03?", "2031-05-03/2031-05-07", "2031/..", "XXXX-12", ".."]
)
NUMBERS = st.floats(-1e12, 1e12) | st.integers(-10, 10**12).map(float)
ADDRESSES = st.none() | SAID | st.sampled_from(["https://a.example/x?y=1#z", "http://b.example/é", "HTTPS://C.example"])
LANGUAGES = st.none() | st.sampled_from(["en", "ar", "zh-Hant"]) | SAID


@st.composite
def values(draw: st.DrawFn) -> Value:
    """Any value of a claim."""
    kind = draw(st.sampled_from(["quantity", "date", "yes_no", "name", "text"]))
    if kind == "quantity":
        low, high = sorted(draw(st.tuples(NUMBERS, NUMBERS)))
        open_end = draw(st.sampled_from(["low", "high", ""]))
        return Quantity(
            low=None if open_end == "low" else low,
            high=None if open_end == "high" else high,
            qualifier=draw(st.sampled_from(Qualifier)),
            unit=draw(MAYBE),
        )
    if kind == "date":
        time = draw(st.none() | st.sampled_from(["21:45", "00:00"]))
        return DateValue(edtf=draw(DATES), time=time, approximate=draw(st.booleans()))
    if kind == "yes_no":
        return YesNo(answer=draw(st.sampled_from(["yes", "no", "uncommitted"])))
    return Name(name=draw(SAID)) if kind == "name" else Text(text=draw(SAID))


@st.composite
def _articles(draw: st.DrawFn) -> Article:
    copies = [
        Copy(
            id=draw(SAID), title=draw(MAYBE), outlet=draw(MAYBE), byline=draw(MAYBE), published=draw(st.none() | DATES),
            url=draw(ADDRESSES), sha256=draw(st.sampled_from(["0" * 64, "a1" * 32])),
        )
        for _ in range(draw(st.integers(0, 2)))
    ]  # fmt: skip
    return Article(
        id=draw(SAID), text=draw(SAID) + "…", title=draw(MAYBE), outlet=draw(MAYBE), language=draw(LANGUAGES),
        byline=draw(MAYBE), published=draw(st.none() | DATES), url=draw(ADDRESSES),
        copies=tuple({copy.id: copy for copy in copies}.values()),
    )  # fmt: skip


@st.composite
def _evidence(draw: st.DrawFn, article: Article) -> Evidence:
    start = draw(st.integers(0, len(article.text) - 1))
    end = draw(st.integers(start + 1, len(article.text)))
    return Evidence(article=article.id, start=start, end=end, quote=article.text[start:end])


@st.composite
def _claims(draw: st.DrawFn, article: Article, number: int) -> Claim:
    as_of = draw(st.none() | DATES)
    failed = draw(st.sampled_from([(), (), ("number",), ("date", "leak")]))
    checks = [Check(name="evidence", passed=True), Check(name="speaker", passed=True, reason=draw(MAYBE))]
    checks += [Check(name=name, passed=False, reason=draw(MAYBE)) for name in failed]
    spans = draw(st.lists(_evidence(article), min_size=0 if failed else 1, max_size=3, unique=True))
    return Claim(
        id=f"{article.id}#{number}", article=article.id, question=draw(SAID), answer=draw(SAID), value=draw(values()),
        attributed_to=draw(MAYBE), stance=draw(st.sampled_from(Stance)), certainty=draw(st.sampled_from(Certainty)),
        as_of=as_of, as_of_basis=draw(st.sampled_from(["stated", "published"])) if as_of else None,
        period=draw(st.none() | DATES),
        scope=Scope(place=draw(MAYBE), group=draw(MAYBE), definition=draw(MAYBE)), revises=draw(st.booleans()),
        superseded=draw(st.booleans()), evidence=tuple(spans), status="unverified" if failed else "verified",
        checks=tuple(checks),
    )  # fmt: skip


def _position(draw: st.DrawFn, *claims: Claim) -> Position:
    plain = samples.position(*claims)
    voices = (
        [
            Voice(source=draw(MAYBE), articles=(id,), basis=draw(st.sampled_from(["outlet", "agency"])))
            for id in plain.articles
        ]
        if draw(st.booleans())
        else []
    )
    return plain.model_copy(update={"voices": tuple(voices), "as_of": draw(st.none() | DATES)})


@st.composite
def stories(draw: st.DrawFn) -> MergedSummary:
    """A story of one to three articles with claims in all its lists."""
    articles = {article.id: article for article in draw(st.lists(_articles(), min_size=1, max_size=3))}
    claims = [
        draw(_claims(article, number)) for article in articles.values() for number in range(draw(st.integers(1, 3)))
    ]
    free = [claim for claim in claims if claim.verified]
    disagreements, agreements, single = [], [], []
    while free:
        taken = [free.pop() for _ in range(min(len(free), draw(st.integers(1, 3))))]
        shared = {
            "id": f"q{len(free)}",
            "question": draw(SAID),
            "changes": (Change(kind="source_added", text=draw(SAID), articles=(taken[0].article,)),)
            if draw(st.booleans())
            else (),
            "judged": (Judged(claims=(taken[0].id, taken[1].id), verdict=draw(st.sampled_from(get_args(Verdict)))),)
            if len(taken) > 1
            else (),
        }
        if len(taken) == 1:
            single.append(SingleSource(positions=(_position(draw, *taken),), **shared))
        elif draw(st.booleans()):
            sources = draw(st.none() | st.integers(1, 3))
            agreements.append(
                Agreement(
                    positions=(_position(draw, *taken),), decided_by=draw(st.sampled_from(["rule", "model"])),
                    rationale=draw(SAID), independent_sources=sources, **shared,
                )
            )  # fmt: skip
        else:
            low, best, high = sorted(draw(st.tuples(NUMBERS, NUMBERS, NUMBERS)))
            estimate = Estimate(low=low, best=best, high=high, rule=draw(SAID), unit=draw(MAYBE))
            disagreements.append(
                Disagreement(
                    positions=tuple(_position(draw, claim) for claim in taken),
                    relation=draw(st.sampled_from([Relation.UPDATE, Relation.CONTRADICTION])),
                    subtype=draw(st.sampled_from([None, "correction"])),
                    severity=draw(st.sampled_from(["high", "low"])),
                    decided_by=draw(st.sampled_from(["rule", "model"])), rationale=draw(SAID),
                    estimate=draw(st.sampled_from([None, estimate])), **shared,
                )
            )  # fmt: skip
    known = [claim.id for claim in claims if claim.verified]
    told = (Cited(text=draw(SAID), claims=tuple(known)),) if known else ()
    return MergedSummary(
        articles=tuple(articles.values()), headline=told[0] if told else None, narrative=told,
        disagreements=tuple(disagreements), agreements=tuple(agreements), single_source=tuple(single),
        unverified=tuple(claim for claim in claims if not claim.verified),
        failures=(Failure(article=draw(SAID), stage="read", reason=draw(SAID)),), usage=samples.USAGE,
        provenance=samples.PROVENANCE,
    )  # fmt: skip
