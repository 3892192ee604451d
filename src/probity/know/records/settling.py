"""Settling: a quarantined row as the person sees it who mends, rejects or returns it."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from probity.terms import Text


@dataclass(frozen=True, slots=True)
class QuarantineProblem:
    """One thing the door did not understand: the column, what was there, what was expected."""

    column: str
    code: str
    message: Text
    delivered: str
    is_mendable: bool


@dataclass(frozen=True, slots=True)
class QuarantineLine:
    """One row in quarantine; `values` is empty for a natural person's row."""

    id: int
    batch: int
    row_number: int
    code: str
    problems: tuple[QuarantineProblem, ...]
    values: Mapping[str, str]
    is_mendable: bool
    state: str  # waiting | released | rejected | returned
    settled_at: datetime | None
    reason: str

    @property
    def message(self) -> Text:
        """The first problem's sentence."""
        return self.problems[0].message


def line_of(row: Any) -> QuarantineLine:
    """Return a stored row as a line."""
    problems = tuple(
        QuarantineProblem(
            stated["column"], stated["code"], Text(stated["zh"], stated["en"]), stated["delivered"], stated["mendable"]
        )
        for stated in row.problems
    )
    return QuarantineLine(
        row.pk,
        row.batch_id,
        row.row_number,
        row.code,
        problems,
        row.values,
        row.is_mendable,
        row.state,
        row.settled_at,
        row.reason,
    )
