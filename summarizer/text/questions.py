"""What kind of answer an English question asks for."""

import re
from typing import Literal

from .folding import fold

Interrogative = Literal[
    "how_many",
    "how_much",
    "how_old",
    "how_long",
    "percent",
    "time",
    "when",
    "where",
    "who",
    "what",
    "why",
    "how",
    "yes_no",
    "which",
    "other",
]
"""What a question asks for; "other" where its wording does not tell."""

_WHAT = r"(?:what|which)"
_BE = r"(?:is|are|was|were|will be|would be|has been|had been|'s)"
_UNIT = r"(?:seconds?|minutes?|hours?|days?|nights?|weeks?|months?|years?|decades?)"
_MEASURED = (
    r"(?:amount|costs?|price|value|sum|budget|distance|height|depth|width|length|size|speed|weight|volume|area|"
    r"magnitude|temperature|salary|income|damage|loss|losses|fine|ransom|revenue|turnover|profit)"
)
_LARGE = (
    r"(?:much|far|deep|wide|tall|large|big|high|heavy|strong|fast|expensive|powerful|thick|hot|cold|low|great|severe)"
)
_COUNT = r"(?:toll|number|count|headcount|tally|turnout)"
_TOLL = rf"(?:(?:death|casualty|overall|official|current|total|final|latest) )*{_COUNT}"
_SITE = r"(?:cit(?:y|ies)|towns?|villages?|places?|countr(?:y|ies)|locations?|regions?)"
_PLACE = (
    rf"(?:{_SITE}|provinces?|states?|districts?|areas?|streets?|part of|border|sites?|islands?|continents?|buildings?)"
)
_PERSON = (
    r"(?:persons?|people|m[ae]n|wom[ae]n|officials?|politicians?|president|minister|lawmaker|leader|suspect|victim|"
    r"groups?|organi[sz]ations?|body|agency|agencies|party|parties|company)"
)
_OPENING = r"^(?:(?:and|but|so|then|according to [^,]{1,60}|in [^,]{1,60}|on [^,]{1,60}|as of [^,]{1,40}),? )?"

# The first that matches tells: shares, ages, durations and times stand before the plain "how many", "how", "what".
_WORDING: tuple[tuple[Interrogative, str], ...] = (
    ("percent", rf"{_WHAT} (?:\w+ ){{0,2}}?(?:percent(?:age)?|per cent|share|proportion|fraction)"),
    ("percent", rf"what {_BE} the (?:\w+ ){{0,2}}?(?:percentage|share|proportion|fraction|rate)"),
    ("percent", rf"how (?:high|large|big) (?:a|{_BE} the) (?:\w+ ){{0,2}}?(?:percentage|share|proportion|rate)"),
    ("percent", r"how many (?:percent|per cent)|how much of the (?:population|electorate|votes?)"),
    ("how_old", rf"how old|how many {_UNIT} old|(?:at )?{_WHAT} age"),
    ("how_old", rf"what {_BE} (?:the |\w+ )?(?:[\w-]+'s? )*ages?"),
    ("when", rf"how (?:long|many {_UNIT}) ago|how (?:soon|recently)"),
    ("how_long", rf"how long|for how (?:long|many {_UNIT})|how many (?:more )?{_UNIT}(?!')"),
    ("how_long", rf"what {_BE} the (?:\w+ )?duration"),
    (
        "time",
        rf"(?:at |around |by |until )?(?:about )?{_WHAT} (?:exact )?(?:time|hour|o'clock)(?! (?:period|span|frame))",
    ),
    ("when", r"(?:since |until |by |from )?when"),
    ("when", rf"(?:on |in |by |since |until |from |during )?{_WHAT} (?:exact )?(?:date|day|month|year|week)"),
    ("when", rf"(?:on |in |during )?{_WHAT} (?:weekday|season|century|decade)|what {_BE} the (?:\w+ )?date"),
    ("how_many", rf"how (?:many|numerous)|(?:the |its |their |[\w-]+'s )?{_TOLL}"),
    ("how_many", rf"(?:what|how {_LARGE}) {_BE} (?:the |its |their |[\w-]+'s )?{_TOLL}"),
    ("how_many", rf"how {_LARGE} (?:did|does|has|had|will) the (?:\w+ )*?{_COUNT}"),
    ("how_many", rf"(?:to |at |by )?{_WHAT} (?:number|figure|toll|count)"),
    ("how_much", rf"how {_LARGE}|(?:at |for )?{_WHAT} (?:\w+ )?{_MEASURED}"),
    ("how_much", rf"what {_BE} (?:the |its |their |[\w-]+'s )(?:\w+ ){{0,2}}?{_MEASURED}"),
    ("how_much", r"what (?:did|does|do|will|would) (?:[\w'-]+ ){1,8}cost"),
    ("where", rf"(?:from |to )?where|{_WHAT} {_SITE}|what {_BE} the (?:\w+ )?location"),
    ("where", rf"(?:at|in|on|from|to|near|into|through|off) {_WHAT} (?:\w+ )?{_PLACE}"),
    ("who", r"(?:by |to |with |for |against |from |of |on )?(?:who|whom|whose|who's)"),
    ("who", rf"(?:by |to |with |for |against |from )?{_WHAT} (?:\w+ )?{_PERSON}|what {_BE} the names?"),
    ("why", rf"why|for {_WHAT} (?:reason|purpose)|what (?:caused|led to|triggered|prompted)"),
    ("why", rf"what {_BE} the (?:\w+ )?(?:reason|cause|motive)"),
    ("how", rf"how|in {_WHAT} (?:way|manner)|by {_WHAT} means"),
    ("which", r"(?:(?:of|in|at|on|to|from|by|for|with|under) )?which"),
    ("what", r"(?:(?:of|in|at|on|to|from|by|for|with|under|about|against) )?what"),
    (
        "yes_no",
        r"(?:is|are|was|were|am|did|do|does|has|have|had|can|could|will|would|shall|should|may|might|must)(?:n't)?",
    ),
)
_RULES = tuple((kind, re.compile(rf"{_OPENING}(?:{wording})(?!\w)")) for kind, wording in _WORDING)
_BEFORE = "\"'-•* (["


def interrogative(question: str) -> Interrogative:
    """What an English question asks for, read from its wording: "How many were hurt?" -> "how_many".

    "how_much" covers amounts and every measurement (distance, height, magnitude); "how_long" is a duration, while
    "how long ago" asks "when". "other" for what is no question.
    """
    asked = fold(question).lstrip(_BEFORE)
    return next((kind for kind, pattern in _RULES if pattern.match(asked)), "other")
