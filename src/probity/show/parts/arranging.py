"""Arranging: a list's columns and order, on a page or a sheet."""

from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Any, TypeVar

from django.http import HttpResponse, QueryDict
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from probity.know.registry.types import Page
from probity.show.parts.sheets import Cell, download, spreadsheet

Line = TypeVar("Line")

MOST_EXPORTED = 50_000
"""So many lines one spreadsheet holds; it says so when the list is longer."""

EXPORT_PAGE = 1_000

_NOT_KEPT = ("page", "as")
"""What stands in an address but is no part of a view."""


@dataclass(frozen=True, slots=True)
class Column:
    """One column a list may show: its key, its title (translated when shown), whether it sorts."""

    key: str
    title: Any
    sorts: bool = False
    is_number: bool = False
    is_fixed: bool = False  # the list is nothing without it


@dataclass(frozen=True, slots=True)
class Heading:
    """The head of a column: how the list stands by it now, and the order a press would ask for."""

    column: Column
    state: str  # ascending | descending | none
    next_order: str


@dataclass(frozen=True, slots=True)
class Arrangement:
    """How one list is shown now; `query` is all of it as an address without the page."""

    list: str
    columns: tuple[Column, ...]
    shown: Mapping[str, bool]
    order: str
    query: str

    def heading(self, key: str) -> Heading:
        """Return the head of a column; a press turns ascending into descending and back."""
        column = next(column for column in self.columns if column.key == key)
        state = {key: "ascending", f"-{key}": "descending"}.get(self.order, "none")
        return Heading(column, state, f"-{key}" if state == "ascending" else key)

    @property
    def choosable(self) -> tuple[Column, ...]:
        """The columns that may be left out."""
        return tuple(column for column in self.columns if not column.is_fixed)

    @property
    def is_narrowed(self) -> bool:
        """Whether any column is left out."""
        return not all(self.shown.values())


def arranged(name: str, columns: Sequence[Column], asked: QueryDict, *, kept: Sequence[str] = ()) -> Arrangement:
    """Return the arrangement an address asks for; `kept` are the columns the person chose before.

    A word in the address that names no column, or one that does not sort, is as if not said.
    """
    keys = {column.key for column in columns}
    chosen = [key for key in asked.get("columns", "").split(",") if key in keys] or [key for key in kept if key in keys]
    shown = {column.key: column.is_fixed or not chosen or column.key in chosen for column in columns}
    order = asked.get("order", "")
    sorting = {column.key for column in columns if column.sorts}
    said = asked.copy()
    for word in _NOT_KEPT:
        said.pop(word, None)
    return Arrangement(
        name, tuple(columns), shown, order if order.removeprefix("-") in sorting else "", said.urlencode()
    )


def is_sheet(asked: QueryDict) -> bool:
    """Whether the address asks for the list as a spreadsheet."""
    return asked.get("as") == "xlsx"


def list_sheet(
    arrangement: Arrangement,
    pages: Callable[[int], Page[Line]],
    cells: Callable[[Line], Mapping[str, Cell]],
    notes: Sequence[str] = (),
) -> HttpResponse:
    """Return exactly what is filtered, in its order and with the shown columns, as a spreadsheet.

    `pages` gives the n-th page of `EXPORT_PAGE` lines, `cells` what stands in each column of a line.
    """
    columns = [column for column in arrangement.columns if arrangement.shown[column.key]]
    first = pages(1)
    exported = min(first.total, MOST_EXPORTED)
    said = ngettext("%(n)s line", "%(n)s lines", first.total) % {"n": f"{first.total:,}"}
    if exported < first.total:
        said = _("the first %(n)s of %(all)s lines") % {"n": f"{exported:,}", "all": f"{first.total:,}"}
    told = [*notes, f"{said} · ?{arrangement.query}" if arrangement.query else said]
    rows = (tuple(cells(line).get(column.key) for column in columns) for line in _lines(first, pages))
    content = spreadsheet([str(column.title) for column in columns], rows, told)
    return download(content, f"{arrangement.list}.xlsx")


def _lines(first: Page[Line], pages: Callable[[int], Page[Line]]) -> Iterator[Line]:
    page, number = first, 1
    while True:
        yield from page.lines
        if not page.lines or number * first.size >= min(first.total, MOST_EXPORTED):
            return
        number += 1
        page = pages(number)
