"""Arranging: a list by its address; words that name nothing change nothing."""

import io
from collections.abc import Mapping

import pytest
from django.http import QueryDict
from django.utils.translation import override
from python_calamine import CalamineWorkbook

from probity.know.registry.types import Page
from probity.show.parts import arranging
from probity.show.parts.arranging import Column, arranged, is_sheet, list_sheet

COLUMNS = (
    Column("name", "Name", sorts=True, is_fixed=True),
    Column("code", "Code", sorts=True),
    Column("state", "State"),
)


def test_an_address_sorts_and_narrows_a_list() -> None:
    """A press on the same head turns the order round; a fixed column is never left out."""
    found = arranged("things", COLUMNS, QueryDict("q=甲&order=-code&columns=code&page=3&as=xlsx"))
    assert found.order == "-code"
    assert dict(found.shown) == {"name": True, "code": True, "state": False}
    assert (found.heading("code").state, found.heading("code").next_order) == ("descending", "code")
    assert (found.heading("name").state, found.heading("name").next_order) == ("none", "name")
    assert QueryDict(found.query).dict() == {"q": "甲", "order": "-code", "columns": "code"}
    assert found.is_narrowed and [column.key for column in found.choosable] == ["code", "state"]


@pytest.mark.parametrize("word", ["state", "-state", "nothing", "--code", "code;drop"])
def test_an_order_that_the_list_does_not_offer_is_not_asked_for(word: str) -> None:
    """What stands in an address reaches a query only by a word of the list's own."""
    assert arranged("things", COLUMNS, QueryDict(f"order={word}")).order == ""


def test_what_a_person_chose_counts_until_the_address_says_otherwise() -> None:
    """And columns that are no more leave the whole list."""
    kept = ("state", "gone")
    assert dict(arranged("things", COLUMNS, QueryDict(), kept=kept).shown) == {
        "name": True,
        "code": False,
        "state": True,
    }
    assert arranged("things", COLUMNS, QueryDict("columns=code"), kept=kept).shown["code"]
    assert not arranged("things", COLUMNS, QueryDict(), kept=("gone",)).is_narrowed


def _pages(total: int, size: int) -> object:
    def page(number: int) -> Page[int]:
        return Page(tuple(range((number - 1) * size, min(total, number * size))), number, size, total)

    return page


def _cells(line: int) -> Mapping[str, str]:
    return {"name": f"=HYPERLINK({line})", "code": str(line), "state": "x"}


def test_the_sheet_holds_exactly_what_is_shown(monkeypatch: pytest.MonkeyPatch) -> None:
    """All pages, the shown columns in their order, the filters above; no text becomes a formula."""
    monkeypatch.setattr(arranging, "MOST_EXPORTED", 25)
    arrangement = arranged("things", COLUMNS, QueryDict("columns=code&order=code"))
    assert is_sheet(QueryDict("as=xlsx")) and not is_sheet(QueryDict())
    with override("en"):
        answer = list_sheet(arrangement, _pages(60, 10), _cells)  # type: ignore[arg-type]
    rows = CalamineWorkbook.from_filelike(io.BytesIO(answer.content)).get_sheet_by_index(0).to_python()
    assert rows[0][0].startswith("the first 25 of 60 lines") and "order=code" in rows[0][0]
    assert rows[1] == ["Name", "Code"]
    assert len(rows) == 2 + 30  # whole pages, the last begun one to its end
    assert rows[2] == ["=HYPERLINK(0)", "0"]
