"""Folding: one way of writing for names that differ only in how they are typed."""

import re
import unicodedata

from probity.engine.naming.syllables import TABLE as SYLLABLES
from probity.engine.naming.traditional import TABLE as TRADITIONAL

_SIMPLE = {
    ord(other): simple for simple, _, others in (p.partition(":") for p in TRADITIONAL.split()) for other in others
}
_OPENING, _CLOSING = "[{〔〖【「『《〈<﹝", "]}〕〗】」』》〉>﹞"
_FOLDED = _SIMPLE | dict.fromkeys(map(ord, _OPENING), "(") | dict.fromkeys(map(ord, _CLOSING), ")")
_NOISE = re.compile(r"[^\w()]|_")

SYLLABLE = {each: syllable for syllable, _, held in (p.partition(":") for p in SYLLABLES.split()) for each in held}
"""Character → how it is read, without its tone; characters of the table only."""


def fold(name: str) -> str:
    """Return a name in half width, lower case, simplified characters, round brackets and no punctuation."""
    return _NOISE.sub("", unicodedata.normalize("NFKC", name).lower().translate(_FOLDED))


def sound_alike(one: str, other: str) -> bool:
    """Whether two different characters are read alike, tones aside."""
    syllable = SYLLABLE.get(one)
    return syllable is not None and syllable == SYLLABLE.get(other)
