"""Countries, cities and bodies by their names in many languages: "North Korean", "Corée du Nord", "朝鲜" are one."""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from functools import cache, lru_cache
from itertools import chain

from .lexicon import load
from .tokens import Word, words_of
from .transliteration import plain, script_of

LANGUAGES = (
    "en",
    "fr",
    "es",
    "it",
    "de",
    "pt",
    "nl",
    "ru",
    "uk",
    "pl",
    "tr",
    "ar",
    "zh",
    "ja",
    "ko",
    "he",
    "el",
    "cs",
    "sv",
)
"""Languages whose CLDR names are looked through when the language of a name or text is not known."""

_SHARED_MIN = 4  # letters two forms of one stem share: "coree", "coreens"
_SHARED_PART = 0.7  # and their part of the territory's name
_LONGEST = 8  # words of a place's name
_SHORT = 3  # so short a form is an acronym: "US" is a country, "us" is not
_SOLID = ("han", "kana", "hangul")  # scripts written without spaces between words


@dataclass(frozen=True, slots=True)
class _Form:
    """One name in one language: its words, each a whole word or (True) a beginning; `solid` stands inside a line."""

    place: str
    parts: tuple[tuple[str, bool], ...]
    solid: str | None = None
    derived: bool = False  # from CLDR: its adjectives are only known by their common stem
    vague: bool = False  # other places have it too ("Korean"): a text that says so does not name this one


def _form(place: str, name: str, derived: bool, vague: bool) -> _Form | None:
    if script_of(name) in _SOLID:
        return _Form(place, (), solid=plain(name).replace(" ", ""), derived=derived)
    parts = []
    for raw in (name if derived else name.replace("*", "\u2217")).replace("\u2019", "'").split():
        if derived and (raw.islower() and len(raw) <= _SHORT):
            continue  # "Corée du Nord": the particle is gone in "nord-coréen"
        starred = raw.endswith("\u2217")
        parts += [(word.plain, starred) for word in words_of(raw)]
    parts = [part for part in parts if len(part[0]) > 1 or len(parts) == 1]
    return _Form(place, tuple(parts), derived=derived, vague=vague) if parts else None


@dataclass(frozen=True, slots=True)
class _Names:
    """Every name that a language has for a place: by place, by the first letters of a word, and the solid ones."""

    by_place: dict[str, list[_Form]]
    by_start: dict[str, list[_Form]]
    solid: dict[str, list[_Form]]


@cache
def _names(language: str) -> _Names:
    names = _Names({}, {}, {})
    for form in _forms(language):
        names.by_place.setdefault(form.place, []).append(form)
        if form.solid is not None:
            names.solid.setdefault(form.solid, []).append(form)
        elif form.parts:
            # Two forms of one stem share their first letters: a word of a name leads to all it can be.
            names.by_start.setdefault(form.parts[0][0][:2], []).append(form)
    return names


def _forms(language: str) -> tuple[_Form, ...]:
    from babel import Locale, UnknownLocaleError

    lexicon = load("places")
    rows: list[tuple[str, str, bool]] = []
    try:
        locale = Locale.parse(language)
    except (UnknownLocaleError, ValueError):
        return ()
    rows += [
        (code, name, True)
        for code, name in locale.territories.items()
        if len(code) == 2 and code not in ("XA", "XB", "ZZ")
    ]
    for tongue, codes in lexicon["language_territory"].items():
        name = locale.languages.get(tongue)
        rows += [(code, name, True) for code in codes if name and script_of(name) not in _SOLID]
    rows += [(code, name, False) for code, names in lexicon["forms"].items() for name in names.get(language, ())]
    for city, entry in lexicon["cities"].items():
        rows += [(f"city:{city}", name, False) for name in entry.get(language, ())]
    rows += [(place, name, True) for place, name in _zone_cities(language)]
    held: dict[str, set[str]] = {}
    for place, name, _ in rows:
        if not place.startswith("city:"):
            held.setdefault(plain(name), set()).add(place)
    forms = [
        form
        for place, name, derived in dict.fromkeys(rows)
        if (form := _form(place, name, derived, len(held.get(plain(name), ())) > 1))
    ]
    return tuple(forms)


def _zone_cities(language: str) -> Iterator[tuple[str, str]]:
    from babel import Locale
    from babel.core import get_global

    named = Locale.parse(language).time_zones
    current = get_global("zone_aliases")  # CLDR keeps first names: "Europe/Kiev"
    for zone in {*named, *get_global("zone_territories")}:
        if "/" in zone and not zone.startswith("Etc/"):
            name = named.get(zone, {}).get("city") or zone.rpartition("/")[2].replace("_", " ")
            yield f"city:{current.get(zone, zone)}", name


def territory_of(place: str) -> str | None:
    """The ISO 3166 code of the territory that a place is or lies in; None for bodies such as NATO."""
    from babel.core import get_global

    if not place.startswith("city:"):
        return None if place.startswith("org-") else place
    city = place.removeprefix("city:")
    entry = load("places")["cities"].get(city)
    found = entry["territory"] if entry else get_global("zone_territories").get(city)
    return str(found) if found else None


def _shared(one: str, other: str) -> int:
    count = 0
    for left, right in zip(one, other, strict=False):
        if left != right:
            break
        count += 1
    return count


def _part_fits(part: str, starred: bool, word: Word, form: _Form) -> bool:
    for written in word.forms:
        if written == part:
            # Alone, so short a word must be in capitals; "El" of "El Salvador" need not.
            sure = len(part) > _SHORT or len(form.parts) > 1 or word.script not in ("latin", "cyrillic", "greek")
            return sure or word.text.isupper()
        if starred and written.startswith(part):
            return True
        if form.derived and len(part) >= _SHARED_MIN:
            shared = _shared(part, written)
            if shared >= _SHARED_MIN and shared >= _SHARED_PART * len(part):
                return True
    return False


def _fits_at(form: _Form, words: tuple[Word, ...], start: int) -> bool:
    """Whether the words of `form` stand at `start` or, in any order, within two further words."""
    window = words[start : start + len(form.parts) + 2]
    first = words[start]
    if not any(_part_fits(part, starred, first, form) for part, starred in form.parts):
        return False
    return all(any(_part_fits(part, starred, word, form) for word in window) for part, starred in form.parts)


def _starting(words: Iterable[Word], language: str) -> Iterator[_Form]:
    index = _names(language).by_start
    for start in {form[:2] for word in words for form in word.forms}:
        yield from index.get(start, ())


def _named(word: Word, language: str) -> frozenset[str]:
    """Places that are called exactly by this one word."""
    forms = _starting([word], language)
    return frozenset(form.place for form in forms if len(form.parts) == 1 and form.parts[0][0] in word.forms)


def _languages(language: str | None, text: str) -> tuple[str, ...]:
    if language:
        base = language.replace("_", "-").split("-")[0].lower()
        # Proper names of the reader's language turn up in every text ("US", "New York").
        return tuple(dict.fromkeys((base, "en")))
    scripts = {word.script for word in words_of(text[:4000])}
    return tuple(code for code in LANGUAGES if _SCRIPTS.get(code, "latin") in scripts) or LANGUAGES


_SCRIPTS = {
    "ru": "cyrillic",
    "uk": "cyrillic",
    "ar": "arabic",
    "he": "hebrew",
    "el": "greek",
    "zh": "han",
    "ja": "kana",
    "ko": "hangul",
}


@lru_cache(maxsize=4096)
def places_of(name: str) -> frozenset[str]:
    """The places that a name or its adjective stands for: ISO codes, "city:…", "org-…"; empty if it is no place's name.

    "Korean" is two; "Seoul mayor" is none, for it is more than a place.
    """
    words = words_of(name)
    if not words or len(words) > _LONGEST or len(name) > 80:
        return frozenset()
    content = [word for word in words if not (word.text.islower() and len(word.text) <= _SHORT)] or list(words)
    key = plain(name).replace(" ", "")
    best: dict[str, tuple[int, int]] = {}
    for language in _languages(None, name):
        for form in _names(language).solid.get(key, ()):
            best[form.place] = (2, len(key))
        for form in _starting(content, language):
            score = _score(form, content)
            if score > best.get(form.place, (0, 0)):
                best[form.place] = score
    if not best:
        return frozenset()
    # An exact name beats a stem ("Niger" is not Nigeria); of two stems, the longer ("Nigerian").
    top = max(best.values())
    return frozenset(place for place, score in best.items() if score == top or (score[0] == 2 == top[0]))


def _score(form: _Form, content: list[Word]) -> tuple[int, int]:
    """How well a form is this very name: (2, letters) exactly, (1, letters) by stems, (0, 0) not at all."""
    if len(form.parts) != len(content):
        return (0, 0)
    fits = [[_part_fits(part, starred, word, form) for part, starred in form.parts] for word in content]
    if not all(map(any, fits)) or not all(map(any, zip(*fits, strict=True))):
        return (0, 0)
    exact = {part for part, _ in form.parts} <= {written for word in content for written in word.forms}
    return (2 if exact else 1, sum(len(part) for part, _ in form.parts))


@lru_cache(maxsize=4096)
def place_in(place: str, text: str, language: str | None = None) -> bool:
    """Whether `text` names the place, by any of its names in `language` (None: in any), inflected or as adjective."""
    words = words_of(text)
    packed: str | None = None
    for code in _languages(language, text):
        for form in _names(code).by_place.get(place, ()):
            if form.vague:
                continue
            if form.solid is not None:
                packed = plain(text).replace(" ", "") if packed is None else packed
                if form.solid in packed:
                    return True
                continue
            for start in range(len(words)):
                if _fits_at(form, words, start) and not _is_other(place, form, words[start], code):
                    return True
    return False


def _is_other(place: str, form: _Form, word: Word, language: str) -> bool:
    """A word that only shares a stem with this place but is the very name of another: Australia is not Austria."""
    if len(form.parts) != 1 or form.parts[0][0] in word.forms:
        return False
    named = _named(word, language) | _named(word, "en")
    return bool(named) and place not in named


@lru_cache(maxsize=4096)
def territories_in(text: str) -> frozenset[str]:
    """ISO codes of the territories named in a short text (a speaker, an answer), by country, demonym or city."""
    words = words_of(text)[:20]
    found: set[str] = set()
    start = 0
    while start < len(words):
        for length in (3, 2, 1):
            piece = text[words[start].start : words[min(start + length, len(words)) - 1].end]
            places = places_of(piece)
            if places:
                found.update(code for place in places if (code := territory_of(place)))
                start += length - 1
                break
        start += 1
    if any(script_of(word.text) in _SOLID for word in words):
        packed = plain(text).replace(" ", "")
        solid = [form for language in ("zh", "ja", "ko") for form in chain(*_names(language).solid.values())]
        here = [form for form in solid if len(form.solid or "") > 1 and str(form.solid) in packed]
        found.update(code for form in here if (code := territory_of(form.place)))
    return frozenset(found)
