"""Index: names by their grams, as flat arrays that can be kept in files."""

from collections.abc import Mapping, Sequence
from typing import NamedTuple

import numpy as np

from probity.engine.naming.grams import PAIR, SKIP, SOUND, Array, gram_keys, gram_table, symbols_of
from probity.engine.naming.parsing import NameParser
from probity.engine.naming.types import IndexedName, NameStanding

_STANDINGS = tuple(NameStanding)
_HALVES = {PAIR: 2, SKIP: 1, SOUND: 1}
"""How much a kind of gram weighs, in halves; groups of Latin letters weigh as pairs do."""

_SYMBOLS = 1 << 15
_LOW = np.uint64(0xFFFFFFFF)
_HIGH = np.uint64(32)


class Near(NamedTuple):
    """A name that shares rare grams with a question: its place in the index, and how much it shares."""

    place: int
    shared: float  # twice the weight of the grams read that both hold, over the weight of all of both


def rarity(names: int, holding: Array) -> Array:
    """Return how much a gram or character weighs that `holding` of `names` names have, in thousandths."""
    seen = np.maximum(np.asarray(holding, dtype=np.float64), 1.0)
    return np.rint(1000 * np.log1p(max(names, 1) / seen)).astype(np.int64)


class NameIndex:
    """All names of a register. The arrays may be mapped files; nothing here changes them."""

    def __init__(self, arrays: Mapping[str, Array]) -> None:
        """Take the arrays `arrays_of` made."""
        self.arrays = arrays
        self._keys, self._ends = arrays["keys"], arrays["ends"]
        self._postings, self._norms = arrays["postings"], arrays["norms"]
        self._characters = arrays["characters"]
        self._enterprises, self._standings, self._codes = arrays["enterprises"], arrays["standings"], arrays["codes"]
        self._names, self._name_ends = arrays["names"], arrays["name_ends"]
        self.size = len(self._enterprises)
        self._for_unseen = int(rarity(self.size, 1))

    def entry(self, place: int) -> IndexedName:
        """Return the name at a place."""
        start = int(self._name_ends[place - 1]) if place else 0
        name = self._names[start : int(self._name_ends[place])].tobytes().decode()
        code = bytes(self._codes[place]).decode()
        return IndexedName(int(self._enterprises[place]), name, _STANDINGS[int(self._standings[place])], code)

    def norm(self, place: int) -> int:
        """Return the weight of all grams of the name at a place."""
        return int(self._norms[place])

    def weights(self, keys: Sequence[int]) -> list[int]:
        """Return the weight of each gram in thousandths; one no name holds weighs as if one name did."""
        return [int(each) for each in self._weighed(np.array(keys, dtype=np.uint32))[0]]

    def character_weight(self, symbol: int) -> int:
        """Return how rare a character is, in thousandths."""
        return int(self._characters[symbol]) or self._for_unseen

    def near(self, text: str, *, postings: int, most: int) -> list[Near]:
        """Return the `most` names that share most with a text, best first.

        The rarest grams are read first, until the next would exceed `postings` entries; at least
        one gram is read, so that a name of frequent characters still finds its like.
        """
        keys = np.array(sorted(gram_keys(text)), dtype=np.uint32)
        if not len(keys) or not self.size:
            return []
        weights, starts, counts = self._weighed(keys)
        norm = int(weights.sum())
        held = np.flatnonzero(counts)
        order = held[np.argsort(counts[held], kind="stable")]
        read = max(1, int(np.searchsorted(np.cumsum(counts[order]), postings, side="right")))
        parts = [
            self._postings[starts[each] : starts[each] + counts[each]].astype(np.uint64) << _HIGH
            | np.uint64(weights[each])
            for each in order[:read]
        ]
        return self._ranked(np.concatenate(parts), norm, most) if parts else []

    def _ranked(self, met: Array, norm: int, most: int) -> list[Near]:
        met.sort()
        places, weights = met >> _HIGH, (met & _LOW).astype(np.int64)
        firsts = np.flatnonzero(np.concatenate([[True], places[1:] != places[:-1]]))
        places = places[firsts].astype(np.int64)
        shared = 2 * np.add.reduceat(weights, firsts) / (norm + self._norms[places])
        if len(shared) > most:
            least = np.partition(shared, -most)[-most]
            kept = np.flatnonzero(shared >= least)
            places, shared = places[kept], shared[kept]
        best = np.lexsort((places, -shared))[:most]
        return [Near(int(places[each]), float(shared[each])) for each in best]

    def _weighed(self, keys: Array) -> tuple[Array, Array, Array]:
        """Return weight, first posting and number of postings of each gram."""
        if not len(self._keys):
            zeros = np.zeros(len(keys), dtype=np.int64)
            return _halved(rarity(self.size, zeros), keys), zeros, zeros
        found = np.minimum(np.searchsorted(self._keys, keys), len(self._keys) - 1)
        is_held = self._keys[found] == keys
        ends = self._ends[found].astype(np.int64)
        starts = np.where(found > 0, self._ends[found - 1].astype(np.int64), 0)
        counts = np.where(is_held, ends - starts, 0)
        return _halved(rarity(self.size, counts), keys), starts, counts


def _halved(weights: Array, keys: Array) -> Array:
    kinds = (keys >> np.uint32(30)).astype(np.int64)
    return weights * np.array([_HALVES.get(each, 2) for each in range(4)])[kinds] // 2


def arrays_of(entries: Sequence[IndexedName], parser: NameParser) -> dict[str, Array]:
    """Return the arrays of an index over these names, ready to be written to files."""
    texts = [parser.parse(entry.name).text for entry in entries]
    count = len(entries)
    table = gram_table(texts)
    places = (table & _LOW).astype(np.uint32)
    keys = (table >> _HIGH).astype(np.uint32)
    del table
    if len(keys):
        firsts = np.flatnonzero(np.concatenate([[True], keys[1:] != keys[:-1]]))
        holding = np.diff(np.append(firsts, len(keys)))
        distinct = keys[firsts]
    else:
        firsts = holding = np.empty(0, dtype=np.int64)
        distinct = keys
    del keys
    weights = _halved(rarity(count, holding), distinct) if len(distinct) else holding
    norms = np.bincount(places, weights=np.repeat(weights.astype(np.float32), holding), minlength=count)
    characters = np.bincount(symbols_of("".join(texts)), minlength=_SYMBOLS)
    del texts
    names = [entry.name.encode() for entry in entries]
    return {
        "keys": distinct,
        "ends": np.cumsum(holding).astype(np.uint32),
        "postings": places,
        "norms": norms.astype(np.int64),
        "characters": np.where(characters > 0, rarity(count, characters), 0).astype(np.int32),
        "enterprises": np.fromiter((entry.enterprise for entry in entries), dtype=np.int64, count=count),
        "standings": np.fromiter((_STANDINGS.index(e.standing) for e in entries), dtype=np.uint8, count=count),
        "codes": np.array([entry.code.encode() for entry in entries] or [b""], dtype="S18")[:count],
        "names": np.frombuffer(b"".join(names), dtype=np.uint8),
        "name_ends": np.cumsum(np.fromiter(map(len, names), dtype=np.int64, count=count)),
    }
