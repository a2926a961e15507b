"""What an English question counts or measures: people or which things, and of whom or what."""

import re

from .concepts import find_concepts, find_groups
from .folding import fold
from .territories import places_of

_HOW_MANY = re.compile(r"\bhow many\s+(?P<noun>.*)$")
_VERB = re.compile(
    r"\b(?:think|support|want|oppose|say|believe|voted?|is|are|was|were|be|been|did|do|does|has|have|had|will|would|can|could|shall|should|may|might|must|took|take"
    r"|takes|came|come|comes|went|go|got|get|left|died|die|burnt|hit|hurt|lost|held|found|made|sent|shot|fell|fled|broke|sank|struck|built|kept|set|put|cut|sold"
    r"|bought|paid|won|flew|drove|sat|stood|spent|\w{2,}ed)\b"
)
_OF = re.compile(r"\b(?:of|in|at|on|with|from|for|to|who|that|aboard|among)\b")
_PEOPLE = re.compile(
    r"\b(?:people|persons?|individuals?|residents?|inhabitants?|victims?|citizens?|nationals?|men|man|others|participants?"
    r"|\w*(?:members|players|workers|makers|seekers|owners|goers|holders|keepers|men|women|persons)"
    r"|passengers?|students?|pupils?|teachers?|doctors?|nurses?|patients?|suspects?|witnesses|relatives|fans|guests"
    r"|drivers?|pedestrians?|homeless|evacuees|refugees|migrants|hostages|survivors|casualties|fatalities|dead|injured"
    r"|wounded|officials?|politicians?|voters?|protesters?|protestors?|demonstrators?|marchers?|rioters?|attackers?"
    r"|gunmen|terrorists?|rebels?|guerrillas?|militants?|crew|staff|employees?"
    r"|sailors?|seam[ae]n|miners?|farmers?|tourists?|climbers?|skiers?|riders?|cyclists?|motorists?|commuters?|shoppers?"
    r"|customers?|divers?|cousins?|brothers?|sisters?|parents?|mothers?|fathers?|sons?|daughters?|friends?|neighbou?rs?"
    r"|guards?|agents?|deput(?:y|ies)|constables?|players?|worshippers?|bystanders?|rescuers?|volunteers?|supporters?"
    r"|leaders?|ministers?|mayors?|lawyers?|judges?|prosecutors?|researchers?|scientists?|experts?|families)\b"
)
_PEOPLE_CONCEPTS = frozenset(
    {"participants", "displaced", "aboard", "killed", "injured", "missing", "arrested", "rescued", "kidnapped"}
    | {"charged", "hospitalised", "deployed"}
)
"""Who or what befell them: "deaths" and "arrests" count people, too."""


def counted_noun(question: str) -> str:
    """What stands between "how many" and the first verb: "police cars" of "How many police cars were hit?"; or ""."""
    match = _HOW_MANY.search(fold(question))
    if not match:
        return ""
    noun = re.sub(r"^\w{2,}ed\s+(?=\w+)(?!in\b|by\b|at\b|on\b|during\b)", "", match["noun"])  # "abandoned houses"
    return _VERB.split(noun, maxsplit=1)[0].strip(" ?")


def counts_people(question: str) -> bool | None:
    """True for "How many passengers were hurt?", False for "How many police cars burnt?", None if it does not say.

    The last word before a preposition tells: it is what the others describe.
    """
    noun = _OF.split(counted_noun(question), maxsplit=1)[0].strip()
    if not noun:
        return None
    head = noun.rsplit(" ", 1)[-1]
    at = len(noun) - len(head)
    named = [m for m in (*find_concepts(noun, "en"), *find_groups(noun, "en")) if m.end > at]
    groups = {mention.concept for mention in find_groups(noun, "en")}
    if places_of(head.capitalize()):  # "How many Sorelians …?"
        return True
    return _PEOPLE.fullmatch(head) is not None or any(m.concept in _PEOPLE_CONCEPTS | groups for m in named)


_MEASURED = re.compile(
    r"\bhow (?:far|deep|wide|long|tall|high|large|big|heavy|fast|old)"
    r" (?:is|was|are|were|has|have|had|did|does|do) (?P<whose>.+)$"
    r"|\bwhat (?:is|was|are|were) the (?:\w+ )?\w+ of (?P<of>.+)$"
    r"|\bwhat (?:percentage|share|proportion|part) of (?P<part>.+)$"
)
_PHRASE_END = re.compile(
    r"\b(?:from|to|in|at|on|by|for|off|away|after|before|when|since|until|during|under|over|above|below|that|which|who"
    r"|be|been|being|get|got|go|went|come|came|stay|stayed|last|take|took|dig|run|\w+ed|\w+ing)\b"
)


def measured_thing(question: str) -> str:
    """Whose age or measure is asked for: "the rescue team" of "How far was the rescue team from the well?"; or ""."""
    match = _MEASURED.search(fold(question))
    if not match:
        return ""
    told = match["whose"] or match["of"] or match["part"]
    return (_VERB if match["part"] else _PHRASE_END).split(told, maxsplit=1)[0].strip(" ?")
