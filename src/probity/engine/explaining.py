"""Explaining: the reasons that weighed most, for everyone at once or one by one."""

from collections.abc import Iterator, Sequence
from itertools import accumulate
from typing import TYPE_CHECKING

from probity.engine.types import Contribution, Evaluation
from probity.rulebook.index_systems import IndexSystem

if TYPE_CHECKING:
    import narwhals as nw
    from narwhals.typing import IntoLazyFrameT


def running(contributions: Sequence[Contribution]) -> Iterator[tuple[Contribution, int]]:
    """Yield each contribution with the score as it stands after it; the last one is the score."""
    totals = accumulate(line.points for line in contributions)
    yield from zip(contributions, totals, strict=True)


def top_reasons_of(system: IndexSystem, evaluation: Evaluation, count: int = 5) -> list[str]:
    """Return the indicators that took most, heaviest first, for one enterprise.

    An indicator weighs its points times the weight of its dimension; of two alike the one
    earlier in the file comes first. Indicators that took nothing are no reasons.
    """
    losses = [(-evaluation.points[key] * weight, -place, key) for place, (key, weight) in enumerate(weights(system))]
    return [key for loss, _, key in sorted(losses, reverse=True)[:count] if loss > 0]


def top_reasons(system: IndexSystem, evaluated: "IntoLazyFrameT", count: int = 5) -> "IntoLazyFrameT":
    """Return the same for everyone.

    Loss and place make one number, unique within a row, so that every engine breaks ties alike.

    Args:
        system: the index system.
        evaluated: what `scoring.evaluate` returned, or the points kept of a run; lazy.
        count: how many reasons at most.

    Returns:
        A lazy frame with `enterprise` and `reason_1` … (an indicator's key, or null).
    """
    import narwhals as nw

    listed = weights(system)
    width = 1 << len(listed).bit_length()
    columns = [f"k:{place}" for place in range(len(listed))]
    ranked = nw.from_native(evaluated).select(
        "enterprise",
        *(
            (nw.col(f"p:{key}") * nw.lit(-weight * width, nw.Int64) + nw.lit(width - 1 - place, nw.Int64)).alias(column)
            for column, (place, (key, weight)) in zip(columns, enumerate(listed), strict=True)
        ),
    )
    for number in range(1, count + 1):
        ranked = ranked.with_columns(
            highest(columns, f"top:{number - 1}" if number > 1 else None).alias(f"top:{number}")
        )
    keys = [key for key, _ in listed]
    named = (named_reason(f"top:{number}", keys, width).alias(f"reason_{number}") for number in range(1, count + 1))
    native: IntoLazyFrameT = ranked.select("enterprise", *named).to_native()
    return native


def reason_counts(system: IndexSystem, evaluated: "IntoLazyFrameT", count: int = 3) -> list[tuple[str, int, int]]:
    """Return how often each indicator is a reason, most often the heaviest first.

    Args:
        system: the index system.
        evaluated: what `top_reasons` takes.
        count: how many reasons of each enterprise are looked at.

    Returns:
        (indicator, enterprises for which it weighed most, enterprises for which it is among the
        heaviest `count`), for the indicators that are a reason for anybody.
    """
    import narwhals as nw

    told = nw.from_native(top_reasons(system, evaluated, count)).collect()
    first: dict[str, int] = {}
    among: dict[str, int] = {}
    for place in range(1, count + 1):
        for key in told[f"reason_{place}"].to_list():
            if key is not None:
                among[key] = among.get(key, 0) + 1
                if place == 1:
                    first[key] = first.get(key, 0) + 1
    order = {key: place for place, (key, _) in enumerate(weights(system))}
    found = [(key, first.get(key, 0), number) for key, number in among.items()]
    return sorted(found, key=lambda one: (-one[1], -one[2], order[one[0]]))


def weights(system: IndexSystem) -> list[tuple[str, int]]:
    """Return every indicator's key and the per cent with which it enters the score, in the file's order."""
    return [
        (indicator.key, dimension.weight or 100)
        for dimension in system.dimensions
        for indicator in dimension.indicators
    ]


def highest(columns: Sequence[str], below: str | None) -> "nw.Expr":
    """Return the highest of some columns, or the highest lower than the column `below`; −1 if none is."""
    import narwhals as nw

    none = nw.lit(-1, nw.Int64)
    if below is None:
        return nw.max_horizontal(*(nw.col(column) for column in columns), none)
    lower = (nw.when(nw.col(column) < nw.col(below)).then(nw.col(column)).otherwise(none) for column in columns)
    return nw.max_horizontal(*lower, none)


def named_reason(column: str, keys: Sequence[str], width: int) -> "nw.Expr":
    """Return the key of the indicator packed into a number, null where it took nothing."""
    import narwhals as nw

    packed = nw.col(column)
    place = nw.lit(width - 1, nw.Int64) - packed % width
    name = nw.lit(None, nw.String)
    for number, key in enumerate(keys):
        name = nw.when(place == number).then(nw.lit(key)).otherwise(name)
    return nw.when(packed >= width).then(name)
