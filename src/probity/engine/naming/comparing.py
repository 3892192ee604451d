"""Comparing: two names, feature by feature, as a score whose parts are shown."""

from collections.abc import Mapping, Sequence, Set
from dataclasses import dataclass
from math import exp

from rapidfuzz.distance import Levenshtein

from probity.engine.naming.folding import sound_alike
from probity.engine.naming.grams import SYMBOL, gram_keys
from probity.engine.naming.index import NameIndex
from probity.engine.naming.types import Likeness, NameParts
from probity.rulebook.naming import Contradiction, Feature, NamingRule

_WHOLE = 1000


@dataclass(frozen=True)
class Asked:
    """A question's name prepared once for all its candidates."""

    parts: NameParts
    weights: Mapping[int, int]  # gram → thousandths
    norm: int
    rare: tuple[int, ...]  # weight of each character of the text

    @classmethod
    def of(cls, parts: NameParts, index: NameIndex) -> "Asked":
        """Weigh the grams and characters of a name."""
        keys = sorted(gram_keys(parts.text))
        weights = dict(zip(keys, index.weights(keys), strict=True)) if keys else {}
        return cls(parts, weights, sum(weights.values()), character_weights(parts.text, index))


def character_weights(text: str, index: NameIndex) -> tuple[int, ...]:
    """Return how rare each character of a text is, in thousandths."""
    return tuple(index.character_weight(int(SYMBOL[ord(each)])) for each in text)


@dataclass(frozen=True)
class Held:
    """A candidate's name beside the question: its grams' weight and its characters' rarity."""

    parts: NameParts
    keys: Set[int]
    norm: int
    rare: tuple[int, ...]


def compare(asked: Asked, held: Held, rule: NamingRule) -> Likeness:
    """Return how alike a question's name and a candidate's are."""
    shares = {
        Feature.GRAMS: _grams(asked, held),
        **_edited(asked, held),
        Feature.REGION: 0 if _regions_agree(asked.parts, held.parts) else _WHOLE,
        Feature.FORM: _form(asked.parts, held.parts),
    }
    return Likeness(score_of(shares, rule), shares, contradictions(asked.parts, held.parts))


def score_of(shares: Mapping[Feature, int], rule: NamingRule) -> int:
    """Return the score of shares in thousandths, as hundredths of a point of 100."""
    total = rule.constant * _WHOLE + sum(rule.weights[each] * share for each, share in shares.items())
    return round(10_000 / (1 + exp(-max(-50.0, min(50.0, total / (100 * _WHOLE))))))


def contradictions(one: NameParts, other: NameParts) -> frozenset[Contradiction]:
    """Return in which parts two names contradict each other.

    Regions must be the same: 某科技（北京）有限公司 is not 某科技有限公司 but its subsidiary, and the
    hospital of a city is not that of its district. The score alone treats a missing region lightly.
    """
    found = {
        Contradiction.TRADE_NAME: one.trade_name != other.trade_name or len(one.trade_name) < 2,
        Contradiction.INDUSTRY: one.industry != other.industry,
        Contradiction.FORM: one.form != other.form,
        Contradiction.BRANCH: one.branch != other.branch,
        Contradiction.REGION: set(one.region) != set(other.region),
    }
    return frozenset(each for each, is_so in found.items() if is_so)


def _grams(asked: Asked, held: Held) -> int:
    whole = asked.norm + held.norm
    shared = sum(weight for key, weight in asked.weights.items() if key in held.keys)
    return 2 * shared * _WHOLE // whole if whole else 0


def _edited(asked: Asked, held: Held) -> dict[Feature, int]:
    """Return what has to be changed to make one text of the other, weighed by how rare each character is."""
    mine, theirs = asked.parts.text, held.parts.text
    longest = max(len(mine), len(theirs), 1)
    edits = 0
    foreign = homophone = missing = extra = 0
    lost: dict[str, int] = {}
    gained: dict[str, int] = {}
    for kind, here, there in _editops(mine, theirs):
        edits += 1
        if kind == "delete":
            extra += asked.rare[here]
            gained[mine[here]] = asked.rare[here]
        elif kind == "insert":
            missing += held.rare[there]
            lost[theirs[there]] = held.rare[there]
        elif sound_alike(mine[here], theirs[there]):
            homophone += max(asked.rare[here], held.rare[there])
        else:
            foreign += max(asked.rare[here], held.rare[there])
    for character in lost.keys() & gained.keys():  # it only stands elsewhere
        missing -= lost[character] // 2
        extra -= gained[character] // 2
    whole = max(sum(held.rare), 1)
    return {
        Feature.EDITS: (longest - edits) * _WHOLE // longest,
        Feature.FOREIGN: min(_WHOLE, foreign * _WHOLE // whole),
        Feature.HOMOPHONE: min(_WHOLE, homophone * _WHOLE // whole),
        Feature.MISSING: min(_WHOLE, missing * _WHOLE // whole),
        Feature.EXTRA: min(_WHOLE, extra * _WHOLE // max(sum(asked.rare), 1)),
    }


def _editops(one: str, other: str) -> Sequence[tuple[str, int, int]]:
    """Return the fewest (replace | delete | insert, place here, place there) that make the other text."""
    if one == other:
        return ()
    operations: Sequence[tuple[str, int, int]] = Levenshtein.editops(one, other).as_list()  # type: ignore[assignment]
    return operations


def _regions_agree(one: NameParts, other: NameParts) -> bool:
    mine, theirs = set(one.region), set(other.region)
    return mine <= theirs or theirs <= mine


def _form(one: NameParts, other: NameParts) -> int:
    if one.branch != other.branch:
        return _WHOLE
    if one.form == other.form:
        return 0
    return _WHOLE // 2 if not (one.form and other.form) else _WHOLE
