"""Units in answers: the words at which a counted noun ends, and the sizes of measures."""


def _words(listed: str) -> frozenset[str]:
    return frozenset(listed.split())


STOP_WORDS = _words(
    "were was are is be been being have has had will would could may might can said says who which that in on at by "
    "from during since as after before and or but with without including according over under near into to for between "
    "within of than about each so more less fewer plus odd most thereabouts died"
)
LEADING = _words("of the a an these those his her its their them")
MAX_WORDS = 4
"""A unit is cut after so many words: it names what is counted, it does not tell the story."""

BASES = {
    "km": ("m", 1000.0),
    "cm": ("m", 0.01),
    "mm": ("m", 0.001),
    "miles": ("m", 1609.344),
    "feet": ("m", 0.3048),
    "inches": ("m", 0.0254),
    "yards": ("m", 0.9144),
    "tonnes": ("kg", 1000.0),
    "acres": ("hectares", 0.40468564224),
    "minutes": ("seconds", 60.0),
    "hours": ("seconds", 3600.0),
    "days": ("seconds", 86400.0),
    "weeks": ("seconds", 604800.0),
    "years": ("months", 12.0),
}
"""By unit: the base unit it is compared in, and its size in that (SI; the international yard)."""
