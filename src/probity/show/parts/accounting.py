"""Accounting: the rows of a batch as one equation and one bar that show the same four counts."""

from dataclasses import dataclass

LEAST_SHARE = 13.0
"""A part narrower than this is widened so that its count can be read, and the page says so."""


@dataclass(frozen=True, slots=True)
class Part:
    """One of the four parts of a bar; `x` and `width` in per cent."""

    key: str  # accepted | unchanged | superseding | quarantined
    count: int
    x: float
    width: float


@dataclass(frozen=True, slots=True)
class AccountingBar:
    """What was received against what became of it; `missing` is 0 when the books balance."""

    received: int
    parts: tuple[Part, ...]
    missing: int
    is_widened: bool


def accounting_bar(received: int, accepted: int, unchanged: int, superseding: int, quarantined: int) -> AccountingBar:
    """Return the bar of a batch; parts of no rows are not drawn."""
    counts = {"accepted": accepted, "unchanged": unchanged, "superseding": superseding, "quarantined": quarantined}
    total = sum(counts.values())
    shares = {key: 100 * count / total for key, count in counts.items() if count}
    small = {key: LEAST_SHARE for key, share in shares.items() if share < LEAST_SHARE}
    left = 100 - sum(small.values())
    large = sum(share for key, share in shares.items() if key not in small)
    parts, x = [], 0.0
    for key, share in shares.items():
        width = small.get(key) or share * left / large
        parts.append(Part(key, counts[key], round(x, 3), round(width, 3)))
        x += width
    return AccountingBar(received, tuple(parts), received - total, bool(small))
