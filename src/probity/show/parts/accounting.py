"""Accounting: the rows of a batch as one equation and one bar."""

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
    widths = _widened({key: 100 * count / total for key, count in counts.items() if count})
    is_widened = any(widths[key] > 100 * counts[key] / total + 0.001 for key in widths)
    parts, x = [], 0.0
    for key, width in widths.items():
        parts.append(Part(key, counts[key], round(x, 3), round(width, 3)))
        x += width
    return AccountingBar(received, tuple(parts), received - total, is_widened)


def _widened(shares: dict[str, float]) -> dict[str, float]:
    """Widen every small share to the least one; the large ones give way in proportion."""
    small: set[str] = set()
    widths = dict(shares)
    while narrow := {key for key, width in widths.items() if width < LEAST_SHARE and key not in small}:
        small |= narrow
        large = sum(share for key, share in shares.items() if key not in small)
        left = 100 - LEAST_SHARE * len(small)
        widths = {key: LEAST_SHARE if key in small else share * left / large for key, share in shares.items()}
    return widths
