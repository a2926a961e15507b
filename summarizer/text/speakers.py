"""Speakers: where one stands in a text, what kind it is, whether two are the same, whom a sentence names."""

import re
from functools import cache, lru_cache

from .attribution import MAX_CHARS, find_attribution
from .lexicon import load, words
from .names import proper_names, same_name
from .territories import places_of, territories_in
from .tokens import Word, words_of
from .transliteration import plain, plain_char, script_of

__all__ = ["MAX_CHARS", "find_attribution", "find_speaker", "normalise_speaker", "same_speaker", "speaker_class"]

_GAP = 2  # words between those of one kind of speaker
_CLIP_MIN = 12  # letters from which a speaker may have been cut inside its last word
_LEADING = re.compile(
    r"(?:according to|selon|d'après|según|secondo|laut|nach angaben (?:von|der|des)|segundo|de acordo com|volgens|"
    r"по словам|по данным|за словами|за даними|według|وفقا ل|بحسب|by|from|said)\s+",
    flags=re.IGNORECASE,
)
_TRAILING = re.compile(
    r"[\s,]+(?:said|says|told reporters|reported|announced|confirmed|stated|claimed|a dit|a déclaré|dijo|"
    r"ha detto|sagte|disse|zei|сказал[аи]?|заявил[аи]?|сообщил[аи]?|заявив|повідомила?|表示|说)\Z",
    flags=re.IGNORECASE,
)
_EDGES = " \t\r\n\u00a0\u202f\"'“”„«»‘’.,;:!?…-–—*_`"
_WRAPPED = (("(", ")"), ("[", "]"), ("{", "}"), ("<", ">"), ("（", "）"))
_SOLID = ("han", "kana", "hangul", "other")


def normalise_speaker(speaker: str) -> str:
    """A speaker as written without quotes, brackets, leading articles and "according to", trailing "said".

    At most `MAX_CHARS` characters, cut between words. "" where nothing is left. Abbreviations in round brackets stay.
    """
    text = re.sub(r"\[(?:sic|…|\.\.\.)\]|[\[\]]", " ", " ".join(speaker.split()))
    before = None
    while before != text:
        before = text
        text = text.strip(_EDGES)
        for left, right in _WRAPPED:
            if text.startswith(left) and text.endswith(right) and left not in text[1:]:
                text = text[1:-1].strip(_EDGES)
            # One bracket without the other: the end was cut off.
            if left in text and right not in text:
                text = text.replace(left, " ").strip(_EDGES)
            elif right in text and left not in text:
                text = text.replace(right, " ").strip(_EDGES)
        text = _TRAILING.sub("", _LEADING.sub("", text, count=1) if _LEADING.match(text) else text)
        text = _without_article(text)
    text = " ".join(text.split())
    if len(text) > MAX_CHARS:
        cut = text[: MAX_CHARS + 1].rpartition(" ")[0] or text[:MAX_CHARS]
        text = cut.rstrip(_EDGES)
    return text


def _without_article(text: str) -> str:
    match = re.match(r"([^\W\d_]+)(?:['’]|\s+)(?=\S)", text)
    if match and match.group(1).lower() in words("speakers", "articles") and not places_of(text):  # "El Salvador"
        return text[match.end() :]
    return text


# --- where does it stand? ---


def _projected(text: str) -> tuple[str, list[int]]:
    """Plain letters and digits, one space for all between them, and the offset of each in `text`."""
    out: list[str] = []
    offsets: list[int] = []
    for offset, char in enumerate(text):
        if char in "'’ʼ`´‘":
            # "l'agence", "Ukraine's": a word ends here, as it does at any space.
            folded = " "
        else:
            folded = (
                "".join(part if part.isalnum() else " " for part in plain_char(char)) if not char.isspace() else " "
            )
        for part in folded:
            if part == " " and (not out or out[-1] == " "):
                continue
            out.append(part)
            offsets.append(offset)
    return "".join(out), offsets


@lru_cache(maxsize=64)
def _projection(text: str) -> tuple[str, tuple[int, ...]]:
    letters, offsets = _projected(text)
    return letters, tuple(offsets)


def find_speaker(speaker: str, text: str) -> tuple[int, int] | None:
    """Where a speaker that was copied from `text` stands in it: character offsets of the first place, or None.

    Case, accents, spaces, quotes, punctuation and leading articles do not count. A speaker that was cut off, even
    inside its last word, is found up to the end of that word.
    """
    letters, offsets = _projection(text)
    for candidate in dict.fromkeys((speaker, normalise_speaker(speaker))):
        sought = _projected(candidate)[0].strip()
        if sought and (span := _locate(sought, letters)):
            return offsets[span[0]], _past(text, offsets[span[1] - 1])
    return None


def _past(text: str, last: int) -> int:
    end = last + 1
    while end < len(text) and not plain_char(text[end]) and text[end].isprintable() and not text[end].isspace():
        end += 1  # combining marks of the last letter
    return end


def _locate(sought: str, letters: str) -> tuple[int, int] | None:
    solid = script_of(sought) in _SOLID and not sought[0].isdigit()
    prefix = r"[وفبلك]?" if script_of(sought) == "arabic" else ""
    escaped = re.escape(sought).replace(r"\ ", " ")
    pattern = escaped if solid else rf"(?<!\w){prefix}(?P<x>{escaped})(?!\w)"
    match = re.search(pattern, letters)
    if match:
        return match.span("x") if not solid else match.span()
    if len(sought) >= _CLIP_MIN and (match := re.search(rf"(?<!\w)({escaped}\w*)", letters)):
        return match.span(1)
    return None


# --- what kind is it? ---


@cache
def _patterns() -> tuple[tuple[str, tuple[tuple[tuple[str, bool], ...], ...], tuple[str, ...]], ...]:
    """Per class: word sequences (word, whether only a beginning) and solid strings, of all languages."""
    table = []
    for name, languages in load("speakers")["classes"].items():
        sequences: list[tuple[tuple[str, bool], ...]] = []
        solids: list[str] = []
        for entry in (entry for entries in languages.values() for entry in entries):
            if script_of(entry) in ("han", "kana"):
                solids.append(plain(entry))
            else:
                parts = [(plain(part.rstrip("*")), part.endswith("*")) for part in entry.split()]
                sequences.append(tuple(parts))
        table.append((name, tuple(dict.fromkeys(sequences)), tuple(dict.fromkeys(solids))))
    return tuple(table)


def _standing(sequence: tuple[tuple[str, bool], ...], held: tuple[Word, ...]) -> tuple[int, ...]:
    """Indexes of the words that make the sequence, or none; others may come between ("ministère russe de …")."""
    for start in range(len(held) - len(sequence) + 1):
        first = held[start]
        if len(sequence) == 1 and len(first.plain) == 2 and first.script == "latin" and not first.text.isupper():
            continue  # "UN" speaks, "un" is an article
        at: list[int] = []
        for part, starred in sequence:
            here = range(at[-1] + 1, min(at[-1] + 2 + _GAP, len(held))) if at else range(start, start + 1)
            found = next((index for index in here if _same_part(part, starred, held[index])), None)
            if found is None:
                break
            at.append(found)
        if len(at) == len(sequence):
            return tuple(at)
    return ()


def _same_part(part: str, starred: bool, word: Word) -> bool:
    forms = word.forms
    bare = part.removeprefix("ال") if word.script == "arabic" else part
    if word.script == "arabic":
        return any(
            form == bare or form.removeprefix("ال") == bare or (starred and form.startswith(bare)) for form in forms
        )
    return any(form == part or (starred and form.startswith(part)) for form in forms)


@lru_cache(maxsize=4096)
def speaker_class(speaker: str) -> str | None:
    """What kind of body or person speaks, in any language: "police", "health_ministry"; None if it is not known.

    The kinds are the keys under `classes` in `lexicons/speakers.toml`.
    """
    return _kind(speaker)[0]


@lru_cache(maxsize=4096)
def _kind(speaker: str) -> tuple[str | None, frozenset[str]]:
    """The class of a speaker, and the words that say so."""
    held = words_of(speaker)[:24]
    line = plain(speaker).replace(" ", "")
    solid = any(word.script in ("han", "kana") for word in held)
    for name, sequences, solids in _patterns():
        found = {held[index].plain for sequence in sequences for index in _standing(sequence, held)}
        if found or (solid and any(piece in line for piece in solids)):
            return name, frozenset(found)
    return None, frozenset()


# --- are two the same? ---


@lru_cache(maxsize=4096)
def same_speaker(a: str, b: str) -> bool | None:
    """Whether two speakers are the same: True, False where they clearly are not, None where it cannot be told.

    Same names (accents, script, titles, initials aside) and same kinds of body of one place are the same. Other
    countries, other kinds and other persons are not. A capital may stand for a government or only be where one speaks.
    """
    one, two = normalise_speaker(a), normalise_speaker(b)
    if plain(one) == plain(two):
        return True if one else None
    if not one or not two:
        return None
    places, others = places_of(one), places_of(two)
    if places and others and places & others:
        return True
    if same_name(one, two):
        return True
    here, there = territories_in(one), territories_in(two)
    if here and there and not here & there:
        return False
    if places and others:
        return None  # "Seoul", "South Korea"
    names, further = _own_names(one), _own_names(two)
    shared = any(same_name(name, other) for name in names for other in further)
    left, right = speaker_class(one), speaker_class(two)
    if left and right and left != right:
        return _other_class(left, right, shared)
    if shared:
        return True
    if left and left == right:
        if left in load("speakers")["general"] or left == "witness":
            return None if names or further or left == "witness" else True
        # The same kind of body; two people of it, or two towns', may be meant.
        return None if (names and further) or (here != there and here and there) else True
    if not left and not right and names and further and _person(one, names) and _person(two, further):
        return False
    return None


def _other_class(left: str, right: str, shared: bool) -> bool | None:
    lexicon = load("speakers")
    if shared or left in lexicon["general"] or right in lexicon["general"]:
        return True if shared and "spokesperson" in (left, right) else None
    return None if any(left in pair and right in pair for pair in lexicon["related"]) else False


def _own_names(speaker: str) -> list[str]:
    """Names in a speaker that are not those of places, nor only words for its kind."""
    found = proper_names(f"said {speaker}")
    kind = _kind(speaker)[1]
    return [name for name in found if not territories_in(name) and not _only_kind(name, kind)]


def _only_kind(name: str, kind: frozenset[str]) -> bool:
    plain_words = words("names", "ordinary") | words("names", "particles") | words("names", "titles") | kind
    return all(word.plain in plain_words for word in words_of(name))


def _person(speaker: str, names: list[str]) -> bool:
    """Whether a speaker is nothing but one name of a person: no acronym, no small words beside titles."""
    held = words_of(speaker)
    small = [word for word in held if not word.capital and word.plain not in words("names", "particles")]
    return len(names) == 1 and not small and not any(word.text.isupper() and len(word.text) > 1 for word in held)
