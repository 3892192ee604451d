"""Overlay: names newer than the index, found beside it at once."""

from collections import defaultdict
from collections.abc import Iterable

from probity.engine.naming.grams import gram_keys
from probity.engine.naming.index import NameIndex, Near
from probity.engine.naming.parsing import NameParser
from probity.engine.naming.types import IndexedName


class Overlay:
    """A small index in memory; grams weigh what they weigh in the large one."""

    def __init__(self, index: NameIndex, parser: NameParser) -> None:
        """Begin empty, beside an index."""
        self._index, self._parser = index, parser
        self._entries: list[IndexedName] = []
        self._norms: list[int] = []
        self._holding: dict[int, list[int]] = defaultdict(list)

    def __len__(self) -> int:
        """How many names it holds."""
        return len(self._entries)

    def add(self, entries: Iterable[IndexedName]) -> None:
        """Take in names; they are found from the next question on."""
        for entry in entries:
            place = len(self._entries)
            keys = sorted(gram_keys(self._parser.parse(entry.name).text))
            self._entries.append(entry)
            self._norms.append(sum(self._index.weights(keys)) if keys else 0)
            for key in keys:
                self._holding[key].append(place)

    def entry(self, place: int) -> IndexedName:
        """Return the name at a place."""
        return self._entries[place]

    def norm(self, place: int) -> int:
        """Return the weight of all grams of the name at a place."""
        return self._norms[place]

    def near(self, text: str, *, most: int) -> list[Near]:
        """Return the `most` names that share most with a text, best first."""
        keys = sorted(gram_keys(text))
        weights = dict(zip(keys, self._index.weights(keys), strict=True)) if keys else {}
        norm = sum(weights.values())
        shared: dict[int, int] = defaultdict(int)
        for key in keys:
            for place in self._holding.get(key, ()):
                shared[place] += weights[key]
        ranked = [Near(place, 2 * weight / (norm + self._norms[place])) for place, weight in shared.items()]
        return sorted(ranked, key=lambda near: (-near.shared, near.place))[:most]
