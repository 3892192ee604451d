"""Expecting: whether a delivery has the number of rows its feed is used to."""

from pathlib import Path

from probity.know.sources.queries import open_delivery
from probity.know.sources.types import Fit, Limits
from probity.terms import Text

_BLOCK = 1 << 20
_FEW = 1_000


def outside_expectation(path: Path, fit: Fit, form: str, limits: Limits | None) -> tuple[int, Text] | None:
    """Return (rows, why) when a delivery has fewer or more rows than its feed expects, else None.

    The rows are counted by reading the file once more before anything is written, unless its
    lines alone show that it is neither too long nor anywhere near too short.
    """
    least, most = fit.profile.least_rows, fit.profile.most_rows
    if form == "csv" and _is_plainly_inside(path, least, most):
        return None
    with open_delivery(path, limits=limits) as file:
        rows = sum(len(chunk.numbers) for chunk in file.chunks(fit))
    if rows >= least and (not most or rows <= most):
        return None
    expected = f"{least}–{most}" if most else f"≥ {least}"
    return rows, Text(
        f"收到 {rows} 行，超出预期（{expected}），整批暂存待人核实",
        f"{rows} rows came, {expected} were expected: the whole delivery is held until somebody has looked",
    )


def _is_plainly_inside(path: Path, least: int, most: int) -> bool:
    """Whether a text file has no more lines than the most rows, and many times the least.

    A row may fill several lines, so a short file is always counted in full.
    """
    with path.open("rb") as file:
        lines = 1 + sum(block.count(b"\n") for block in iter(lambda: file.read(_BLOCK), b""))
    return (not most or lines <= most) and lines > _FEW + 100 * least
