"""From proposals to claims: every number, date, name and speaker is looked for in the article; nothing is believed."""

import re
from collections.abc import Sequence

from .checks import EXCLUSIVE, YES, answer_check, date_check, evidence_check, leak_check, number_check, question_check
from .extract import Proposed, Reading
from .marks import Mark
from .schemas import Claim, DateValue, Evidence, Name, Quantity, Scope, Stance, Text, Value, YesNo
from .sentences import Sentence
from .speech import claim_time, spoken_by
from .text.concepts import DEGREES, counting, counts_others, find_concepts, find_groups, severity_words
from .text.counted import counted_noun
from .text.dates import to_edtf
from .text.names import proper_names
from .text.quantities import parse_quantity
from .text.speakers import normalise_speaker
from .text.stance import certainty, earlier_figure, interrogative, revises
from .text.times import find_times
from .wording import in_words


def ground(proposed: Sequence[Proposed], reading: Reading, language: str = "en") -> list[Claim]:
    """Claims in the order of the proposals, each checked against its sentence; `language` is that of the output.

    What one article says twice in the same words is one claim with both sentences as evidence.
    """
    claims: list[Claim] = []
    places: dict[tuple[str, ...], int] = {}
    for item in proposed:
        claim = _claim(item, reading, language, f"{reading.article.id}#{len(claims) + 1}")
        speaker = normalise_speaker(claim.attributed_to or "").casefold()
        key = (claim.question.casefold(), claim.answer.casefold(), speaker, claim.status)
        if key in places:
            first = claims[places[key]]
            spans = {(e.start, e.end) for e in first.evidence}
            more = tuple(e for e in claim.evidence if (e.start, e.end) not in spans)
            claims[places[key]] = first.model_copy(update={"evidence": first.evidence + more})
        else:
            places[key] = len(claims)
            claims.append(claim)
    return claims


def _claim(item: Proposed, reading: Reading, language: str, identity: str) -> Claim:
    article, sentence, mark = reading.article, item.sentence, item.mark
    question = _tidy(item.question)
    if mark and isinstance(mark.value, YesNo):
        question = _affirming(question, denied=mark.value.answer == "no")
    value = _as_asked(mark.value, question) if mark else read_value(question, item.answer, reading.published)
    answer = in_words(value, language) if mark else item.answer
    speaker, speaker_check = spoken_by(item.speaker, sentence, mark, reading)
    if mark and "serious" in _counted_group(mark, sentence, reading):
        question = _with_degree(question)
    times = claim_time(sentence, mark, reading)
    checks = [
        evidence_check(item),
        number_check(item, question, answer, reading),
        question_check(question, mark, sentence, reading),
        leak_check(f"{question} {answer}", reading),
        speaker_check,
    ]
    if not mark:
        checks += [date_check(item, reading), answer_check(item.answer, question, sentence, reading, language)]
    return Claim(
        id=identity,
        article=article.id,
        question=question,
        answer=answer,
        value=value,
        attributed_to=speaker,
        stance=_stance(value),
        certainty=certainty(sentence.text, article.language),
        **times,
        scope=_scope(question, mark, sentence, reading),
        revises=_is_revised(mark, sentence, reading),
        superseded=_is_superseded(mark, sentence, reading),
        evidence=(Evidence(article=article.id, start=sentence.start, end=sentence.end, quote=sentence.text),),
        status="verified" if all(check.passed for check in checks) else "unverified",
        checks=tuple(checks),
    )


_HURT = re.compile(r"\b(?:injured|wounded|hurt)\b")


def _with_degree(question: str) -> str:
    """The question with "seriously" where its figure counts only those: a reader shall see what is compared."""
    return (
        question if severity_words(question, "en") else _HURT.sub(lambda hurt: f"seriously {hurt.group()}", question, 1)
    )


def _as_asked(value: Value, question: str) -> Value:
    """An age goes without its unit, which a question for it implies ("How old …?" → "63"); months are said."""
    if isinstance(value, Quantity) and value.unit == "years" and interrogative(question) == "how_old":
        return value.model_copy(update={"unit": None})
    return value


_DENIES = re.compile(r"\b(?:(?:confirmed|denied)(?: (?:or|nor) (?:confirmed|denied))+|denied)\b")
_DENY = re.compile(r"\b(?:(?:confirm|deny)(?: (?:or|nor) (?:confirm|deny))+|deny)\b")


_ACT = r"(?:den(?:y|ies|ied|ying)|dismiss(?:ed|ing)?|reject(?:ed|ing)?|refut(?:e|ed|ing)|disput(?:e|ed|ing))"
_TALK = r"(?:claims?|reports?|allegations?|rumou?rs?|accusations?|statements?)"
_OF_DENYING = re.compile(
    rf"(?:is|are|was|were|did|does|do|has|have|had) .+? {_ACT}(?: [^?]*?{_TALK}[^?]*?)??"
    r" that (?P<what>(?!(?:it|they|he|she)\b).+)",
    re.IGNORECASE,
)
"""A question about the act of denying: its plain answer would turn what is denied into its opposite."""
_OF_DENYING_TALK = re.compile(
    rf"(?:is|are|was|were|did|does|do|has|have|had) .+? {_ACT} (?:the )?(?P<talk>{_TALK} (?:about|of|on) [^?]+)",
    re.IGNORECASE,
)


def _tidy(question: str) -> str:
    """One line with a question mark."""
    question = " ".join(question.split())
    return question if question.endswith("?") else question.rstrip(".") + "?"


def _affirming(question: str, *, denied: bool) -> str:
    """The question turned to ask whether something is so, or is confirmed, as its yes, no or neither answers it."""
    if denied and (asked := _OF_DENYING.match(question)):
        return f"Is it true that {asked['what']}"
    if denied and (asked := _OF_DENYING_TALK.match(question)):
        return f"Is it true what is told in the {asked['talk']}?"
    return _DENY.sub("confirm", _DENIES.sub("confirmed", question))


def read_value(question: str, answer: str, published: str | None, language: str = "en") -> Value:
    """An answer that the model worded, as a value: what kind it is follows from the question's first words."""
    kind = interrogative(question)
    if kind == "yes_no" and YES.match(answer):
        word = answer.casefold()
        return YesNo(answer="yes" if word.startswith("yes") else "no" if re.match(r"no\b", word) else "uncommitted")
    if kind in ("time", "when"):
        times, edtf = find_times(answer, language), to_edtf(answer, language, published)
        if edtf or times:
            clock = times[0].time if times else None
            return DateValue(
                edtf=edtf or published or "..", time=clock, approximate=bool(times and times[0].approximate)
            )
    if kind in ("how_many", "how_much", "how_old", "percent") and (quantity := parse_quantity(answer, language)):
        return quantity
    if kind in ("who", "where"):
        return Name(name=answer)
    return Text(text=answer)


def _is_superseded(mark: Mark | None, sentence: Sentence, reading: Reading) -> bool:
    if not mark or mark.kind != "figure":
        return False
    return earlier_figure(sentence.text, mark.start, reading.article.language)


def _is_revised(mark: Mark | None, sentence: Sentence, reading: Reading) -> bool:
    """Whether the sentence says of this very figure that it corrects another: it stands beside the superseded one."""
    language, text = reading.article.language, sentence.text
    if not mark or mark.kind != "figure" or not revises(text, language):
        return False
    figures = [other for other in reading.marks.get(sentence.number, []) if other.kind == "figure"]
    old = [other for other in figures if earlier_figure(text, other.start, language)]
    new = [other for other in figures if other not in old]
    if not old:
        return bool(new) and mark == new[0]
    return mark in new and mark == min(new, key=lambda other: min(abs(other.start - one.start) for one in old))


def _stance(value: Value) -> Stance:
    if isinstance(value, YesNo):
        return {"yes": Stance.ASSERTED, "no": Stance.DENIED, "uncommitted": Stance.UNCOMMITTED}[value.answer]
    return Stance.ASSERTED


_PLACE = re.compile(
    r"(?<!part )(?<!participate )(?<!participated )\b(?:in|at|near|across|off|outside) (?:the )?([^,?]+)"
)
_BREAK = re.compile(r"[\d,;:.()،，。–—]|--|\b(?:and|et|y|und|e|och|en|и|و)\b")
_DEGREE_REACH = 60  # characters behind a figure in which its clause says how badly they were hurt
_GROUP_REACH = 25  # characters behind a figure in which the group stands that it counts


def _scope(question: str, mark: Mark | None, sentence: Sentence, reading: Reading) -> Scope:
    """What the question limits the answer to, the group that stands behind the figure, and the way of counting."""
    names = proper_names(question)
    places = [name for part in _PLACE.findall(question) for name in names if part.startswith(name)]
    groups = sorted(_groups_asked(question) | _counted_group(mark, sentence, reading))
    ways = sorted(counting(sentence.text, reading.article.language) | _rest(mark, sentence, reading))
    return Scope(
        place=places[0] if places else None, group=", ".join(groups) or None, definition=", ".join(ways) or None
    )


def _rest(mark: Mark | None, sentence: Sentence, reading: Reading) -> set[str]:
    """`others` for a figure that counts only those besides some told elsewhere ("three other citizens were hurt").

    "One was killed and 15 others were hurt" counts all who were hurt: the others are other than the dead.
    """
    language, text = reading.article.language, sentence.text
    if not mark or mark.kind != "figure" or not counts_others(text, mark.start, mark.end, language):
        return set()
    before = {mention.concept for mention in find_concepts(text[: mark.start], language)}
    return set() if before & EXCLUSIVE else {"others"}


def _groups_asked(question: str) -> set[str]:
    """Whom a question is about: of "How many men were arrested by the police?" the men, not who arrested them."""
    noun = counted_noun(question)
    asked = {mention.concept for mention in find_groups(noun or question, "en")}
    return asked | severity_words(question, "en")


def _counted_group(mark: Mark | None, sentence: Sentence, reading: Reading) -> set[str]:
    """The group named right behind a figure ("cuatro agentes"): a question in general words still counts only them."""
    if not mark or mark.kind != "figure":
        return set()
    mentions = find_groups(sentence.text, reading.article.language)
    near = [mention for mention in mentions if mark.end <= mention.start <= mark.end + _DEGREE_REACH]
    degrees = {m.concept for m in near if not _BREAK.search(sentence.text[mark.end : m.start])} & DEGREES
    behind = [mention for mention in near if mention.start <= mark.end + _GROUP_REACH]
    if not behind or _BREAK.search(sentence.text[mark.end : behind[0].start]):
        return degrees
    return {behind[0].concept} | degrees
