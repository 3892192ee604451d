"""Packing: several sums carried in one whole number, to spare a pass for each."""

from collections.abc import Sequence
from dataclasses import dataclass
from functools import reduce
from operator import add

import narwhals as nw

MOST_FACTS = 2**20 - 1
"""So many facts of one enterprise are summed safely; who has more gets no grade (`scoring.evaluate`)."""

_BITS = 63


@dataclass(frozen=True, slots=True)
class Sum:
    """What is summed over the facts of an enterprise under one name."""

    name: str
    mask: nw.Expr  # which facts add anything
    worth: nw.Expr | int  # what such a fact adds; never negative
    most: int  # the most that one fact adds

    @property
    def bits(self) -> int:
        """How many bits the sum over `MOST_FACTS` facts needs."""
        return min((MOST_FACTS * max(self.most, 1)).bit_length(), _BITS)

    def each(self, shift: int = 0) -> nw.Expr:
        """Return what each fact adds, moved up by some bits; int64."""
        worth = nw.lit(self.worth, nw.Int64) if isinstance(self.worth, int) else self.worth
        moved = worth * nw.lit(1 << shift, nw.Int64) if shift else worth
        return nw.when(self.mask).then(moved).otherwise(nw.lit(0, nw.Int64))


def packed(sums: Sequence[Sum]) -> list[nw.Expr]:
    """Return the columns to project and to sum, as few as hold all of `sums`."""
    return [
        reduce(add, (one.each(shift) for one, shift in inside)).alias(f"k:{place}")
        for place, inside in enumerate(_places(sums))
    ]


def unpacked(sums: Sequence[Sum]) -> list[nw.Expr]:
    """Return each sum under its own name, taken out of the summed columns of `packed`; int64."""
    found = []
    for place, inside in enumerate(_places(sums)):
        for one, shift in inside:
            column = nw.col(f"k:{place}")
            if shift:
                column = column // nw.lit(1 << shift, nw.Int64)
            if shift + one.bits < _BITS:
                column = column % nw.lit(1 << one.bits, nw.Int64)
            found.append(column.cast(nw.Int64).alias(one.name))
    return found


def _places(sums: Sequence[Sum]) -> list[list[tuple[Sum, int]]]:
    """Return, for each column, its sums and how far up each lies: the widest first, each where it first fits."""
    columns: list[list[tuple[Sum, int]]] = []
    taken: list[int] = []
    for one in sorted(sums, key=lambda one: -one.bits):
        fits = next((place for place, bits in enumerate(taken) if bits + one.bits <= _BITS), None)
        if fits is None:
            columns.append([])
            taken.append(0)
            fits = len(columns) - 1
        columns[fits].append((one, taken[fits]))
        taken[fits] += one.bits
    return columns
