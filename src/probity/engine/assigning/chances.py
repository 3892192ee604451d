"""Chances: how evenly the visits fall on those who may go, by replaying the draw."""

from collections import Counter
from dataclasses import dataclass
from hashlib import sha256

from probity.engine.assigning.matching import teams_by
from probity.engine.assigning.types import Pool

TIGHT_LOW, TIGHT_HIGH = 0.5, 2.0
"""Outside these the constraints steer: take a lottery over prepared outcomes instead (INSPECTION 4.2)."""


@dataclass(frozen=True, slots=True)
class ChanceRange:
    """How far the chance of a pair strays from equal (派出机会范围), over replays with other keys.

    Equal is two places shared by all who may go to that visit. `low` and `high` are the middle
    nine tenths, `least` and `most` the extremes; with few replays the extremes are mostly noise.
    """

    replays: int
    pairs: int
    least: float
    low: float
    high: float
    most: float

    @property
    def is_steered(self) -> bool:
        """Whether the constraints are so tight that they, not chance, decide."""
        return self.low < TIGHT_LOW or self.high > TIGHT_HIGH


def pair_chances(pool: Pool, label: str, replays: int = 300) -> ChanceRange:
    """Return the range of pair chances of a pool.

    Args:
        pool: visits, inspectors, exclusions.
        label: what the keys of the replays are made from, such as the plan's hash; never the real key.
        replays: how often to draw.
    """
    counted: Counter[tuple[str, str]] = Counter()
    for number in range(replays):
        teams = teams_by(pool, sha256(f"replay\n{label}\n{number}".encode()).digest())
        counted.update((badge, visit) for visit, team in teams.items() for badge in team)
    ratios = []
    for visit in pool.visits:
        free = [one.badge for one in pool.inspectors if (one.badge, visit.key) not in pool.excluded and one.most]
        ratios += [counted[badge, visit.key] / replays * len(free) / 2 for badge in free]
    ratios.sort()
    edge = len(ratios) // 20
    return ChanceRange(replays, len(ratios), ratios[0], ratios[edge], ratios[-1 - edge], ratios[-1])
