"""Whether two written words may be one name: inflected, spelt otherwise, or written in another script."""

import re
from functools import lru_cache

from rapidfuzz.fuzz import ratio

from .transliteration import romanise, script_of, skeleton

STEM_MIN = 4
"""Letters that an inflected form shares with the name at least ("Kurska", "Kursk")."""
STEM_PART = 0.7
"""Part of the name that an inflected form shares with it at least."""
NEAR_SPELLING = 88.0
"""rapidfuzz ratio from which two words of `NEAR_MIN` letters or more are spelling variants of one name."""
NEAR_MIN = 7
SAME_SOUND = 62.0
"""The ratio that is enough where the consonant skeletons (three sounds or more) are the same."""
_SOUNDS_MIN = 3
_SOUNDS_SURE = 4  # so many consonants alike decide without the vowels


def inflected(name: str, form: str) -> bool:
    """Whether `form` is `name` with an ending of its language: "Kurska", "Kursk"."""
    shared = 0
    for left, right in zip(name, form, strict=False):
        if left != right:
            break
        shared += 1
    if len(name) < STEM_MIN:
        return shared == len(name) >= 3 and len(form) <= len(name) + 2
    return (
        shared >= STEM_MIN and shared >= STEM_PART * len(name) and len(name) - shared <= 2 and len(form) - shared <= 4
    )


def sounds_alike(name: str, form: str) -> bool:
    """Whether `form`, in a script of its own, sounds as `name`, endings aside."""
    script = script_of(form) if script_of(form) != "latin" else script_of(name)
    one, letters = romanise(name), romanise(form)
    if script in ("cyrillic", "greek") and (near(one, letters) or (len(one) >= 3 and inflected(one, letters))):
        return True
    spoken = skeleton(name, script)
    heard = {skeleton(form, script)}
    if script == "cyrillic":  # Ukrainian and Belarusian "г" is an h
        heard.add(skeleton(letters.replace("g", "h"), script))
    if script == "hebrew":  # ו is o, u or v
        spoken_too = skeleton(name.replace("v", "").replace("w", ""), script)
        return len(spoken_too) >= 2 and (spoken in heard or spoken_too in heard)
    if len(spoken) < 2:
        return False
    if len(spoken) == 2:
        return spoken in heard and ratio(one, letters) >= (50 if script in ("arabic", "hebrew") else SAME_SOUND)
    return any(
        sound.startswith(spoken) and len(sound) - len(spoken) <= (2 if script == "cyrillic" else 1) for sound in heard
    )


def near(one: str, other: str) -> bool:
    """Spelling variants in one script: "Koursk", "Kursk"; "Syrsky", "Syrskyi"."""
    if one == other:
        return True
    alike = ratio(one, other)
    if min(len(one), len(other)) >= NEAR_MIN and alike >= NEAR_SPELLING:
        return True
    sound = skeleton(one)
    if len(sound) < _SOUNDS_MIN or sound != skeleton(other):
        return False
    return alike >= SAME_SOUND or (len(sound) >= _SOUNDS_SURE and one[:1] == other[:1])


def kana_fits(name: str, run: str) -> bool:
    """Whether a run of katakana holds a Latin name."""
    sound = skeleton(name, "kana")
    heard = skeleton(run, "kana")
    return len(sound) >= 2 and (sound in heard if len(sound) >= _SOUNDS_MIN else sound == heard)


@lru_cache(maxsize=256)
def _syllables(run: str) -> tuple[str, ...]:
    return tuple(romanise(char) for char in run)


def _chinese(letters: str, hard: str) -> str:
    """Pinyin or Latin letters as Chinese hears them: j, q, x stand for k, t, s before i; final m, n and ng are one."""
    letters = letters.replace("ng", "n").replace("yi", "i").replace("wu", "u").replace("r", "l")
    letters = re.sub(r"m(?![aeiou])", "n", letters)
    return re.sub(r"[jq](?=i)", hard, letters).replace("x", "s")


@lru_cache(maxsize=1024)
def _pinyin_stream(run: str, hard: str) -> tuple[str, tuple[int, ...], str]:
    """Skeleton of a run, the syllable of each of its sounds, and the letters; one string for the whole run."""
    sounds, owners = "", []
    for index, syllable in enumerate(_syllables(run)):
        for sound in skeleton(_chinese(syllable, hard), "han"):
            sounds += sound
            owners.append(index)
    return sounds, tuple(owners), run


def pinyin_fits(name: str, run: str) -> bool:
    """Whether a run of Chinese characters holds a romanised name, as pinyin or as a transcription by sound."""
    if name in "".join(_syllables(run)) and len(name) >= STEM_MIN:
        return True
    for hard in ("k", "t", "j"):
        sought = skeleton(_chinese(name, hard), "han")
        sounds, owners, _ = _pinyin_stream(run, hard)
        at = sounds.find(sought) if len(sought) >= _SOUNDS_MIN else -1
        while at >= 0:
            piece = "".join(_syllables(run)[owners[at] : owners[at + len(sought) - 1] + 1])
            if len(sought) > _SOUNDS_SURE or ratio(_chinese(name, hard), _chinese(piece, hard)) >= SAME_SOUND - 2:
                return True
            at = sounds.find(sought, at + 1)
    return False
