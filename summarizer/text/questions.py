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

_BE = r"(?:is|are|was|were|will be|would be|has been|had been|'s)"
_ADVERB = r"(?:[a-z]+ly |about |around |exactly )?"
_MEASURED = (
    r"amount|cost|costs|price|value|sum|budget|distance|height|depth|width|length|size|speed|weight|volume|area|"
    r"magnitude|temperature|salary|income|damage|loss|losses|fine|ransom|revenue|turnover|profit"
)
_COUNTED = r"(?:death |casualty |overall |official |current |total |final |latest )*(?:toll|number|count|headcount|tally|turnout)"
_UNITS = r"(?:seconds?|minutes?|hours?|days?|nights?|weeks?|months?|years?|decades?)"
_PLACE = (
    r"place|places|city|cities|town|towns|village|villages|country|countries|region|regions|province|provinces|state|"
    r"states|district|districts|area|areas|location|locations|street|part of|border|site|island|continent|building"
)
_PERSON = (
    r"person|people|man|men|woman|women|official|officials|politician|politicians|president|minister|lawmaker|leader|"
    r"suspect|victim|group|groups|organi[sz]ation|organi[sz]ations|body|agency|agencies|party|parties|company"
)
_FIRST = r"^(?:(?:and|but|so|then|according to [^,]{1,60}|in [^,]{1,60}|on [^,]{1,60}|as of [^,]{1,40}),? )?"

# In this order: the first that matches tells. Times of day stand before dates, durations and ages before plain counts.
_RULES: tuple[tuple[Interrogative, re.Pattern[str]], ...] = tuple(
    (kind, re.compile(_FIRST + r"(?:" + pattern + r")(?!\w)"))
    for kind, pattern in (
        ("percent", r"(?:what|which|how (?:high|large|big) (?:a|" + _BE + r" the)) (?:\w+ ){0,2}?"
                    r"(?:percent(?:age)?|per cent|share|proportion|fraction)"),
        ("percent", r"what " + _BE + r" the (?:\w+ ){0,2}?(?:percentage|share|proportion|fraction|rate)"),
        ("percent", r"how many (?:percent|per cent)|how much of the (?:population|electorate|votes?)"),
        ("how_old", r"how old|(?:at )?(?:what|which) age|what " + _BE + r" (?:the |\w+ )?(?:\w+'s? )*(?:age|ages)"),
        ("how_long", r"how long (?!ago)|for how (?:long|many " + _UNITS + r")|how many (?:more )?" + _UNITS
                     + r"(?! (?:ago|old))"),
        ("how_long", r"what " + _BE + r" the (?:\w+ )?duration"),
        ("when", r"how (?:long|many " + _UNITS + r") ago|how (?:soon|recently)"),
        ("time", r"(?:at |around |by |until )?(?:about )?(?:what|which) (?:exact )?(?:time|hour|o'clock)(?! (?:period|span|frame))"),
        ("when", r"(?:since |until |by |from )?when|(?:on |in |by |since |until |from |during )?(?:what|which) "
                 r"(?:exact )?(?:date|day|month|year|week|weekday|season|century|decade)"),
        ("when", r"what " + _BE + r" the (?:\w+ )?date"),
        ("how_many", r"how (?:many|numerous)|(?:(?:what|how (?:high|low|large|big|great|heavy)) " + _BE
                     + r" )?(?:the |its |their |\w+'s )?" + _COUNTED),
        ("how_many", r"how (?:high|low|large|big) (?:did|does|has|had|will) the (?:\w+ )*?(?:toll|number|count|tally)"),
        ("how_many", r"(?:to |at |by )?(?:what|which) (?:number|figure|toll|count) "),
        ("how_much", r"how (?:much|far|deep|wide|tall|large|big|high|heavy|strong|fast|expensive|powerful|thick|hot|cold|low|"
                     r"great|severe)|(?:at |for )?(?:what|which) (?:\w+ )?(?:" + _MEASURED + r")"),
        ("how_much", r"what " + _BE + r" (?:the |its |their |\w+'s )(?:\w+ ){0,2}?(?:" + _MEASURED + r")"),
        ("how_much", r"what (?:did|does|do|will|would) (?:[\w'-]+ ){1,8}cost"),
        ("where", r"(?:from |to )?where|(?:at|in|on|from|to|near|into|through|off) (?:what|which) (?:\w+ )?(?:" + _PLACE + r")"),
        ("where", r"(?:what|which) (?:city|town|village|place|country|location|region)|what " + _BE + r" the (?:\w+ )?location"),
        ("who", r"(?:by |to |with |for |against |from |of |on )?(?:who|whom|whose|who's)|(?:by |to |with |for |against |from )?"
                r"(?:which|what) (?:\w+ )?(?:" + _PERSON + r")|what " + _BE + r" the names?"),
        ("why", r"why|for (?:what|which) (?:reason|purpose)|what (?:caused|led to|triggered|prompted)|"
                r"what " + _BE + r" the (?:\w+ )?(?:reason|cause|motive)"),
        ("how", r"how|in (?:what|which) (?:way|manner)|by (?:what|which) means"),
        ("which", r"(?:(?:of|in|at|on|to|from|by|for|with|under) )?which"),
        ("what", r"(?:(?:of|in|at|on|to|from|by|for|with|under|about|against) )?what"),
        ("yes_no", r"(?:is|are|was|were|am|did|do|does|has|have|had|can|could|will|would|shall|should|may|might|must)"
                   r"(?:n't)?"),
    )
)  # fmt: skip


def interrogative(question: str) -> Interrogative:
    """What an English question asks for, read from its wording: "How many were hurt?" -> "how_many".

    "how_much" covers amounts and every measurement (distance, height, magnitude); "how_long" is a duration, while
    "how long ago" asks "when". "other" for what is no question.
    """
    asked = _opening(fold(question))
    return next((kind for kind, pattern in _RULES if pattern.match(asked)), "other")


def _opening(question: str) -> str:
    return question.lstrip("\"'-–—•* ([0123456789.)]")
