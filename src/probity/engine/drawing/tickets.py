"""Tickets: one hash a unit, ranked in exact integers, smallest first."""

import hmac
from collections import defaultdict
from collections.abc import Iterable
from heapq import nsmallest

from probity.engine.drawing.types import MILLION, Draw, DrawUnit, Stratum

_WHOLE = 1 << 256
_FINE = 552
"""Bits behind the point of a rank. Two different ranks are fractions whose denominators stay below
2^256 × 10^6 < 2^276, so they differ by more than 2^-552: rounding down at that bit keeps them apart
and in order, and one comparison of whole numbers decides exactly."""


def ticket_of(key: bytes, unit: str) -> int:
    """Return the ticket of a unit, a whole number of 256 bits: HMAC-SHA256(draw key, `enterprise` LF unit)."""
    return int.from_bytes(hmac.digest(key, b"enterprise\n" + unit.encode(), "sha256"), "big")


def rank_of(ticket: int, ppm: int) -> int:
    """Return u(10⁶−p) / ((2²⁵⁶−u)p) in units of 2⁻⁵⁵², rounded down: Pareto order sampling (Rosén 1997)."""
    return (ticket * (MILLION - ppm) << _FINE) // ((_WHOLE - ticket) * ppm)


def draw(frame: Iterable[DrawUnit], strata: Iterable[Stratum], key: bytes) -> Draw:
    """Take from each stratum its certain units and those of the smallest ranks; the next are the reserve.

    Args:
        frame: the canonical frame, in its order.
        strata: what each stratum takes and keeps in reserve.
        key: the 32 bytes of the draw key.
    """
    certain: dict[str, list[str]] = defaultdict(list)
    ranked: dict[str, list[tuple[int, str]]] = defaultdict(list)
    for unit in frame:
        if unit.ppm == MILLION:
            certain[unit.stratum].append(unit.key)
        else:
            ranked[unit.stratum].append((rank_of(ticket_of(key, unit.key), unit.ppm), unit.key))
    drawn, reserve = {}, {}
    for stratum in strata:
        taken = certain[stratum.name]
        left = stratum.take - len(taken)
        # Of two equal ranks (nobody will ever see one) the unit earlier in the frame comes first.
        first = nsmallest(left + stratum.reserve, ranked[stratum.name], key=lambda pair: (pair[0], pair[1].encode()))
        drawn[stratum.name] = (*taken, *(name for _, name in first[:left]))
        reserve[stratum.name] = tuple(name for _, name in first[left:])
    return Draw(drawn, reserve)
