"""Resampling: numbers that look thrown and are the same for everybody."""

import struct
from collections.abc import Iterator, Sequence
from hashlib import shake_256
from math import ceil


def thrown(seed: str, count: int) -> tuple[int, ...]:
    """Return `count` whole numbers below 2³², spread evenly and fixed by the seed (SHAKE-256)."""
    return struct.unpack(f"<{count}I", shake_256(seed.encode()).digest(4 * count))


def resampled_means(groups: Sequence[Sequence[float]], *, seed: str, draws: int) -> Iterator[float]:
    """Yield the mean over all values of groups drawn with replacement, `draws` times.

    Values that belong together (visits of one enterprise, of one week) stand in one group.
    """
    sums = [(sum(group), len(group)) for group in groups]
    for number in range(draws):
        total, count = 0.0, 0
        for throw in thrown(f"{seed}/{number}", len(sums)):
            value, size = sums[throw % len(sums)]
            total += value
            count += size
        yield total / count


def interval_of(values: Sequence[float], confidence: float = 0.95) -> tuple[float, float]:
    """Return the middle part of some values: from the quantile below to the quantile above.

    Raises:
        ValueError: when there are no values.
    """
    if not values:
        raise ValueError("an interval needs values")
    ordered = sorted(values)
    beyond = (1 - confidence) / 2
    # A hair is taken off before rounding up: 0.025 × 1,000 is 25, not the 25.000000000000004 of a machine.
    low, high = (max(ceil(share * len(ordered) - 1e-9), 1) for share in (beyond, 1 - beyond))
    return ordered[low - 1], ordered[high - 1]
