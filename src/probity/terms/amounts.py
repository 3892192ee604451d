"""Amounts: points in hundredths and money in fen, rounded once, half up."""

import re
from typing import NewType

Points = NewType("Points", int)
"""Hundredths of a point: 2.5 points are `Points(250)`."""

Money = NewType("Money", int)
"""Fen: 1.20 万元 are `Money(1_200_000)`."""

_TEN_THOUSAND = re.compile(r"(\d+)(?:\.(\d{1,6}))?\Z", re.ASCII)
_YUAN = re.compile(r"(\d+)(?:\.(\d{1,2}))?\Z", re.ASCII)


def scaled_half_up(value: int, numerator: int, denominator: int) -> int:
    """Return `value * numerator / denominator`, rounded once, half up on the magnitude.

    The sign is applied after rounding: integer division of negatives differs between engines.
    """
    product = value * numerator
    magnitude = (2 * abs(product) + abs(denominator)) // (2 * abs(denominator))
    return magnitude if (product < 0) == (denominator < 0) else -magnitude


def ten_thousand_yuan(text: str) -> Money:
    """Return the fen in an amount stated in ten-thousand yuan (万元), as double publicity states it.

    Six decimals of 万元 are exactly one fen, so nothing is rounded.

    Raises:
        ValueError: when the text is not a plain non-negative amount of at most six decimals.
    """
    found = _TEN_THOUSAND.match(text.replace(",", ""))
    if not found:
        raise ValueError(f"not an amount in ten-thousand yuan of at most six decimals: {text!r}")
    whole, part = found.groups()
    return Money(int(whole) * 1_000_000 + int((part or "").ljust(6, "0")))


def yuan(text: str) -> Money:
    """Return the fen in an amount stated in yuan.

    Raises:
        ValueError: when the text is not a plain non-negative amount of at most two decimals.
    """
    found = _YUAN.match(text.replace(",", ""))
    if not found:
        raise ValueError(f"not an amount in yuan of at most two decimals: {text!r}")
    whole, part = found.groups()
    return Money(int(whole) * 100 + int((part or "").ljust(2, "0")))


def show_points(points: int) -> str:
    """Show hundredths as points, without needless zeros and with a true minus: `−2.5`."""
    whole, part = divmod(abs(points), 100)
    text = f"{whole}.{part:02d}".rstrip("0").rstrip(".")
    return f"−{text}" if points < 0 else text
