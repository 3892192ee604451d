"""Rates: inclusion probabilities that add up to the quota, to the millionth."""

from collections import Counter
from collections.abc import Mapping

from probity.engine.drawing.types import MILLION, DrawRefused, DrawStep

_FINE = 96
"""Bits behind the point of the multiplier; finer than any weight can tell."""


def rates_for(weights: Mapping[str, int], take: int, *, equal_ppm: int = 0, floor_ppm: int = 1) -> dict[str, int]:
    """Return key → inclusion probability in millionths, adding up to `take` × 1,000,000 exactly.

    Each rate is `equal_ppm` parts of a million equal and the rest in proportion to the weight,
    held between the floor and certainty; what is cut off goes to the others in proportion.

    Args:
        weights: key → weight, a positive whole number (class × item, from the rulebook).
        take: how many are to be drawn.
        equal_ppm: the random control part, in millionths of the draw.
        floor_ppm: the least rate of anybody; never zero.

    Raises:
        DrawRefused: when no such rates exist, saying which number stands in the way.
    """
    count, total = len(weights), take * MILLION
    if take < 1 or take > count:
        raise DrawRefused(
            DrawStep.FRAME, f"共 {count} 户，不能抽取 {take} 户", f"there are {count} units: {take} cannot be drawn"
        )
    if floor_ppm < 1 or count * floor_ppm > total:
        raise DrawRefused(
            DrawStep.FRAME,
            f"{count} 户各不低于百万分之 {floor_ppm}，合计超过抽取数 {take}（或下限为零）",
            f"a floor of {floor_ppm} millionths for {count} units does not fit into {take} to be drawn, or is zero",
        )
    if min(weights.values()) < 1 or not 0 <= equal_ppm <= MILLION:
        raise DrawRefused(
            DrawStep.FRAME, "权重须为正整数，随机部分须在零与一之间", "weights are positive; the equal part is a share"
        )
    summed = sum(weights.values())
    mixed = {key: (MILLION - equal_ppm) * weight * count + equal_ppm * summed for key, weight in weights.items()}
    multiplier = _multiplier(Counter(mixed.values()), total, floor_ppm)
    rates = {key: _held(multiplier * weight >> _FINE, floor_ppm) for key, weight in mixed.items()}
    missing = total - sum(rates.values())
    free = [key for key in rates if rates[key] < MILLION]
    free.sort(key=lambda key: (-(multiplier * mixed[key] & ((1 << _FINE) - 1)), key.encode()))
    for key in sorted(free[: 2 * missing], key=lambda key: rates[key] == floor_ppm)[:missing]:
        rates[key] += 1
    return rates


def _held(millionths: int, floor_ppm: int) -> int:
    return min(max(millionths, floor_ppm), MILLION)


def _multiplier(counted: Counter[int], total: int, floor_ppm: int) -> int:
    """Return the largest multiplier at which the rates, rounded down, do not exceed the total."""
    low, high = 0, (MILLION << _FINE) // min(counted)
    while low < high:
        middle = (low + high + 1) // 2
        if sum(count * _held(middle * weight >> _FINE, floor_ppm) for weight, count in counted.items()) <= total:
            low = middle
        else:
            high = middle - 1
    return low
