"""Settling at the desk: many rows are one act, and what is refused keeps what was typed."""

from pathlib import Path

import pytest
from django.test import Client

from probity.guard.trail.models import TrailEntry
from probity.know.records.models import QuarantinedRow
from tests.unit.know.delivered import PENALTIES, penalty, take_in
from tests.unit.show.desk.signed_in import officer


@pytest.fixture
def desk(database: str, tmp_path: Path) -> Client:
    """An officer's client on one delivery with sixty rows whose day nobody can read."""
    take_in(tmp_path, PENALTIES, [penalty(n, of=n, 处罚决定日期="三月") for n in range(1, 61)])
    return officer()


def test_the_chosen_rows_are_released_together(desk: Client) -> None:
    """One trail entry with the count; the one that is still wrong is shown again as typed."""
    rows = list(QuarantinedRow.objects.order_by("pk").values_list("pk", flat=True))[:3]
    days = ("2026-03-01", "2026-03-02", "四月")
    form = {f"mend:{row}:处罚决定日期": day for row, day in zip(rows, days, strict=True)}
    answer = desk.post("/desk/quarantine/settle/", form | {"act": "release", "row": rows, "query": "state=waiting"})
    assert answer.status_code == 409
    page = answer.content.decode()
    assert "1 row was not settled" in page and 'value="四月"' in page and "2 rows were released." in page
    (entry,) = TrailEntry.objects.filter(act="quarantine.released")
    assert entry.detail["rows"] == 2


def test_all_rows_of_the_list_are_rejected_as_one_act(desk: Client) -> None:
    """More than a page shows, by the filter and not by ticking."""
    form = {"act": "reject", "all": "yes", "reason": "来源作废", "query": "code=DATE"}
    page = desk.post("/desk/quarantine/settle/", form, follow=True).content.decode()
    assert "60 rows were rejected." in page
    (entry,) = TrailEntry.objects.filter(act="quarantine.rejected")
    assert (entry.detail["rows"], entry.detail["reason"]) == (60, "来源作废")
    assert len(entry.detail["digest"]) == 64


def test_one_button_settles_its_own_row_only(desk: Client) -> None:
    """Even when others are ticked, or all were asked for."""
    row = QuarantinedRow.objects.order_by("pk").first().pk  # type: ignore[union-attr]
    desk.post("/desk/quarantine/settle/", {"act": f"return:{row}", "all": "yes", "query": ""})
    assert QuarantinedRow.objects.filter(state="returned").count() == 1


def test_nothing_chosen_is_said(desk: Client) -> None:
    """And nothing happens."""
    page = desk.post("/desk/quarantine/settle/", {"act": "release", "query": ""}, follow=True).content.decode()
    assert "Choose at least one row first." in page
