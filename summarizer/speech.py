"""Who says it and as of when: the speaker and the dates of a claim, taken from its sentence."""

import re
from typing import Literal, TypedDict

from .extract import Reading
from .marks import Mark
from .schemas import Check
from .sentences import Sentence
from .text.attribution import bare_source, find_attribution, find_attributions, tells_of_saying
from .text.dates import DateMention, find_dates
from .text.speakers import find_speaker, normalise_speaker, speaker_class
from .text.stance import earlier_figure

_MAX_WORDS = 12  # a speaker of more words is a clause
_SAYING = re.compile(
    r"\b(said|says|told|announced|reported|according|statement|declared|put"
    r"|a (?:déclaré|annoncé|indiqué|précisé|affirmé)"
    r"|dijo|anunció|informó|ha (?:detto|dichiarato|annunciato)|sagte|teilte|erklärte|meldete|disse|anunciou"
    r"|сообщил|сообщила|сообщили|заявил|заявила|заявили|повідомил\w*|заявил\w*|قال|قالت|أعلن|أعلنت|açıkladı|söyledi)\b"
    r"|表示|宣布|通报|称",
    re.IGNORECASE,
)
_NOBODY = frozenset({"", "unknown", "none", "n/a", "not named", "unnamed", "null", "empty"})
_SHORT = 3  # letters of the small words inside names ("of", "de", "al")
_CLAUSE = re.compile(r"[,;:.،，。]")
_NEAR = 25  # characters between a verb of saying and the date of saying it


class ClaimTime(TypedDict):
    """The time fields of a claim."""

    as_of: str | None
    as_of_basis: Literal["stated", "published"] | None
    period: str | None


def spoken_by(proposed: str, sentence: Sentence, mark: Mark | None, reading: Reading) -> tuple[str | None, Check]:
    """The speaker as a slice of the sentence, and the check on what the model proposed.

    A speaker that stands elsewhere in the article, or is none at all (a date, the figure itself), is dropped: the claim
    then has the sentence's own attribution. So is one that the whole article does not hold, where code picked the
    answer; where the model worded the answer too, an invented speaker fails the check.
    """
    passed = Check(name="speaker", passed=True)
    language = reading.article.language
    about = (mark.start, mark.end) if mark else None
    own = find_attribution(sentence.text, language, about)
    if mark and len({text for *_, text in find_attributions(sentence.text, language)}) > 1:
        return own, passed  # several sources: which is whose is told by where they stand
    wanted = normalise_speaker(proposed)
    if wanted.casefold() in _NOBODY or (mark and mark.text in proposed):
        return own, passed
    span = find_speaker(wanted, sentence.text)
    if span:
        found = bare_source(_with_bracket(sentence.text, *span))
        return (found if _is_speaker(found, own, sentence, reading) else own), passed
    if own or find_speaker(wanted, f"{reading.article.title or ''}\n{reading.article.text}"):
        return own, passed
    reason = f"speaker {wanted!r} is not in the article"
    if mark:
        return None, Check(name="speaker", passed=True, reason=f"{reason}: left out")
    return None, Check(name="speaker", passed=False, reason=reason)


def _with_bracket(text: str, start: int, end: int) -> str:
    """The slice with the bracket that closes one inside it."""
    found = text[start:end]
    return text[start : end + 1] if found.count("(") > found.count(")") and text[end : end + 1] == ")" else found


def _is_speaker(found: str, own: str | None, sentence: Sentence, reading: Reading) -> bool:
    """A slice is a speaker if a pattern of attribution finds it too, if it is a kind of body, or all of it a name."""
    if find_dates(found, reading.article.language, reading.published) or len(found.split()) > _MAX_WORDS:
        return False
    if speaker_class(found) or (own and (own in found or found in own)):
        return True
    if own:
        return False  # the sentence says who: another name in it is somebody spoken of
    if sentence.text.startswith(found) and len(found.split()) == 1:
        return False  # the capital is the sentence's
    if sentence.text.isupper() or not tells_of_saying(sentence.text, reading.article.language):
        return False  # a name, but nothing says that it is the source
    return all(word[0].isupper() or not word[0].isalpha() or len(word) <= _SHORT for word in found.split())


def claim_time(sentence: Sentence, mark: Mark | None, reading: Reading) -> ClaimTime:
    """When the statement held and what time it covers, EDTF.

    As of: a date that the sentence gives for the saying ("said on Monday", "as of 3 May"), else the publication date.
    Period: the first other date of the sentence, the one nearest before or after the mark where there is one.
    """
    language = reading.article.language
    dates = find_dates(sentence.text, language, reading.published)
    saying = [date for date in dates if date.role == "until" or _of_saying(date, sentence.text)]
    rest = [date for date in dates if date not in saying]
    period = min(rest, key=lambda date: _distance(date, mark)).edtf if rest else None
    if mark and earlier_figure(sentence.text, mark.start, language):
        return ClaimTime(as_of=None, as_of_basis=None, period=period)  # it held before, nobody says when
    if saying:
        edtf = saying[0].edtf.removeprefix("../")
        return ClaimTime(as_of=edtf, as_of_basis="stated", period=period)
    return ClaimTime(as_of=reading.published, as_of_basis="published" if reading.published else None, period=period)


def _of_saying(date: DateMention, text: str) -> bool:
    """Whether the date is that of the saying: a verb of saying stands beside it, in the same clause."""
    before, after = text[max(0, date.start - _NEAR) : date.start], text[date.end : date.end + _NEAR]
    beside = _CLAUSE.split(before)[-1] + " | " + _CLAUSE.split(after)[0]
    return date.kind == "day" and date.role == "point" and _SAYING.search(beside) is not None


def _distance(date: DateMention, mark: Mark | None) -> int:
    return abs((date.start + date.end) - (mark.start + mark.end)) if mark else date.start
