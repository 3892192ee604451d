"""Rows: one delivered line, what it means, what the door should say of it."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date, datetime

Cell = str | int | float | date | datetime | None


@dataclass(frozen=True, slots=True)
class Layout:
    """The headers of a feed, and which of them plays which part for the planting of dirt."""

    headers: tuple[str, ...]
    name: str
    code: str = ""
    number: str = ""  # the document number
    number_is_required: bool = False
    day: str = ""
    money: str = ""
    choice: str = ""
    text: str = ""
    category: str = ""  # the column that says what sort of subject it is
    older_codes: tuple[str, ...] = ()  # columns of the other numbers


@dataclass(slots=True)
class Row:
    """A line of a file: cells by header, the fact's identity, and the planned verdict.

    `identity` empty: the fact is known by all it says. `problem` is the code under which the
    door should quarantine the row; empty when it should be taken in.
    """

    cells: dict[str, Cell]
    identity: tuple[str, ...] = ()
    meaning: str = ""
    problem: str = ""
    operation: str = ""
    dirt: str = ""

    def __post_init__(self) -> None:
        """Keep what the row means before any dirt falls on it."""
        self.meaning = self.meaning or meaning_of(self.cells)


def meaning_of(cells: Mapping[str, Cell]) -> str:
    """Return all that the cells say, as one text that two equal statements share."""
    return "|".join(f"{header}={value}" for header, value in sorted(cells.items()) if value not in ("", None))


@dataclass(slots=True)
class Delivery:
    """One file on its way: when, by which feed, in which dress, and with which rows."""

    on: datetime
    feed: str
    rows: list[Row]
    layout: Layout
    dress: "Dress"
    extra_headers: tuple[str, ...] = ()  # columns no profile names
    closing: tuple[str, ...] = ()  # total and signature lines
    is_held: bool = False
    note: str = ""
    fills: Mapping[str, str] = field(default_factory=dict)  # header → value in every row


@dataclass(frozen=True, slots=True)
class Dress:
    """How a feed writes its files: ending, encoding, separator, title row, manner of days."""

    ending: str = "csv"  # csv | tsv | txt | xlsx
    encoding: str = "utf-8-sig"
    separator: str = ","
    title: str = ""
    days: str = "%Y-%m-%d"  # a strftime pattern, `serial`, or `date` for a spreadsheet's own
    line_end: str = "\r\n"
    sheet: str = "Sheet1"
