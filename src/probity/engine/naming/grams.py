"""Grams: the small groups of characters by which names are found."""

from collections.abc import Sequence
from typing import Any

import numpy as np

from probity.engine.naming.folding import SYLLABLE

PAIR, SKIP, SOUND, LATIN = range(4)
"""Two characters side by side, two with one between, two syllables, and three or four Latin letters."""

_FIRST, _LAST = 0x4E00, 0x9FFF
_LATIN = 37  # symbols 1 to 36 are digits and letters
_SYMBOLS = 1 << 15
_TEXTS_AT_ONCE = 100_000

Array = Any
"""A numpy array; its element type is said where it is made."""


def _symbols() -> Array:
    table = np.arange(0x110000, dtype=np.int64) % 9973 + 22_000  # everything else, a few of them alike
    table[_FIRST : _LAST + 1] = np.arange(_LAST - _FIRST + 1) + 64
    for place, character in enumerate("0123456789abcdefghijklmnopqrstuvwxyz", 1):
        table[ord(character)] = place
    return table.astype(np.uint32)


def _sounds() -> Array:
    """Symbol → symbol of its sound: characters read alike share one, the others keep their own."""
    table = np.arange(_SYMBOLS, dtype=np.uint32)
    places = {syllable: 32_000 + place for place, syllable in enumerate(sorted(set(SYLLABLE.values())))}
    for character, syllable in SYLLABLE.items():
        table[SYMBOL[ord(character)]] = places[syllable]
    return table


SYMBOL = _symbols()
SOUNDS = _sounds()


def symbols_of(text: str) -> Array:
    """Return the symbols of a text, 15 bits each, as uint32."""
    return SYMBOL[np.frombuffer(text.encode("utf-32-le"), dtype=np.uint32)]


def gram_keys(text: str) -> set[int]:
    """Return the grams of one text as numbers of 32 bits: two for the kind, thirty for what it holds."""
    symbols: list[int] = symbols_of(text).tolist()
    found: set[int] = set()
    sounds: list[int] = SOUNDS[symbols].tolist() if symbols else []
    for place in range(len(symbols) - 1):
        one, two = symbols[place], symbols[place + 1]
        three = symbols[place + 2] if place + 2 < len(symbols) else 0
        if one < _LATIN and two < _LATIN:
            if 0 < three < _LATIN:
                found.add(LATIN << 30 | (one * _LATIN + two) * _LATIN + three)
                four = symbols[place + 3] if place + 3 < len(symbols) else 0
                if 0 < four < _LATIN:
                    found.add(LATIN << 30 | (((one * _LATIN + two) * _LATIN + three) * _LATIN + four) + (1 << 20))
            continue
        found.add(one << 15 | two)
        found.add(SOUND << 30 | sounds[place] << 15 | sounds[place + 1])
        if three:
            found.add(SKIP << 30 | one << 15 | three)
    return found


def gram_table(texts: Sequence[str]) -> Array:
    """Return every (gram, place of its text) once, sorted, as one uint64: gram above, place below.

    The same grams as `gram_keys` gives text by text, made for all at once.
    """
    parts = [
        part
        for start in range(0, len(texts), _TEXTS_AT_ONCE)
        for part in _unsorted(texts[start : start + _TEXTS_AT_ONCE], start)
    ]
    table = np.concatenate(parts) if parts else np.empty(0, dtype=np.uint64)
    del parts
    table.sort()
    return table[np.concatenate([[True], table[1:] != table[:-1]])] if len(table) else table


def _unsorted(texts: Sequence[str], first: int) -> list[Array]:
    lengths = np.fromiter(map(len, texts), dtype=np.int64, count=len(texts))
    symbols = symbols_of("".join(texts)).astype(np.uint64)
    owners = np.repeat(np.arange(first, first + len(texts), dtype=np.uint64), lengths)
    return [keys[chosen] << np.uint64(32) | owners[chosen] for keys, chosen in _kinds(symbols, owners)]


def _kinds(symbols: Array, owners: Array) -> list[tuple[Array, Array]]:
    """Return (grams, where they are ones) for each kind, a gram standing at its first character."""
    count = len(symbols)
    if count < 2:
        return []
    padded = np.concatenate([symbols, np.zeros(3, dtype=np.uint64)])
    ends = np.concatenate([owners, np.full(3, np.iinfo(np.uint64).max, dtype=np.uint64)])
    follows = [ends[step : count + step] == owners for step in (1, 2, 3)]
    one, two, three, four = (padded[step : count + step] for step in range(4))
    latin = [each < _LATIN for each in (one, two, three, four)]
    both = latin[0] & latin[1]
    shift, base = np.uint64(15), np.uint64(_LATIN)
    sounds = np.concatenate([SOUNDS[symbols].astype(np.uint64), np.zeros(1, dtype=np.uint64)])
    triple = (one * base + two) * base + three
    kind = [np.uint64(each << 30) for each in range(4)]
    plain = follows[0] & ~both
    letters = both & latin[2] & follows[1]
    return [
        (one << shift | two, plain),
        (kind[SKIP] | one << shift | three, plain & follows[1]),
        (kind[SOUND] | sounds[:-1] << shift | sounds[1:], plain),
        (kind[LATIN] | triple, letters),
        (kind[LATIN] | (triple * base + four + np.uint64(1 << 20)), letters & latin[3] & follows[2]),
    ]
