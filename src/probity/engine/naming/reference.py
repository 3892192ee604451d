"""Slow twin of the matcher: every name looked at, nothing packed."""

from collections import Counter
from collections.abc import Sequence
from math import log1p

from probity.engine.naming.folding import SYLLABLE
from probity.engine.naming.index import Near

_LETTERS = frozenset("0123456789abcdefghijklmnopqrstuvwxyz")

Gram = tuple[str, ...]


def grams(text: str) -> set[Gram]:
    """Return the grams of a text in words: pairs, pairs with a gap, pairs of sounds, three and four letters."""
    found: set[Gram] = set()
    for place in range(len(text) - 1):
        one, two, rest = text[place], text[place + 1], text[place + 2 : place + 4]
        if one in _LETTERS and two in _LETTERS:
            if rest[:1] and rest[0] in _LETTERS:
                found.add(("letters", one + two + rest[0]))
                if rest[1:] and rest[1] in _LETTERS:
                    found.add(("letters", one + two + rest))
            continue
        found.add(("pair", one, two))
        found.add(("sound", SYLLABLE.get(one, one), SYLLABLE.get(two, two)))
        if rest:
            found.add(("skip", one, rest[0]))
    return found


def near(texts: Sequence[str], text: str, *, postings: int, most: int) -> list[Near]:
    """Return what `NameIndex.near` returns, by looking at every text."""
    held = [grams(each) for each in texts]
    counts = Counter(gram for each in held for gram in each)
    wanted = grams(text)
    norm = sum(weight(gram, counts, len(texts)) for gram in wanted)
    read = _within(sorted(counts[gram] for gram in wanted if counts[gram]), postings)
    ranked = []
    for place, each in enumerate(held):
        whole = norm + sum(weight(gram, counts, len(texts)) for gram in each)
        shared = sum(weight(gram, counts, len(texts)) for gram in wanted & each if counts[gram] <= read)
        if shared:
            ranked.append(Near(place, 2 * shared / whole))
    return sorted(ranked, key=lambda near: (-near.shared, near.place))[:most]


def weight(gram: Gram, counts: Counter[Gram], names: int) -> int:
    """Return how much a gram weighs, in thousandths; gaps and sounds weigh half."""
    whole = round(1000 * log1p(names / max(counts[gram], 1)))
    return whole // 2 if gram[0] in ("skip", "sound") else whole


def edit_distance(one: str, other: str) -> int:
    """Return how many characters must be changed, by the table of Wagner and Fischer."""
    row = list(range(len(other) + 1))
    for place, mine in enumerate(one, 1):
        before, row[0] = row[0], place
        for at, theirs in enumerate(other, 1):
            before, row[at] = row[at], min(row[at] + 1, row[at - 1] + 1, before + (mine != theirs))
    return row[-1]


def _within(counts: list[int], postings: int) -> int:
    """Return the largest count of postings still read; ties at the limit are for the caller to avoid."""
    spent = 0
    largest = counts[0] if counts else 0
    for count in counts:
        spent += count
        if spent > postings:
            break
        largest = count
    return largest
