"""Settling: a quarantined row is let in through the same door, left out, or goes back; once."""

from collections.abc import Callable
from pathlib import Path

import pytest

from probity.guard.procedures.actions import take_lease
from probity.guard.procedures.queries import latest_revision
from probity.guard.procedures.types import LeaseHeld
from probity.guard.trail.queries import entries
from probity.know.records import queries
from probity.know.records.actions import NotMendable, NotWaiting, StillRefused, give_back, reject, release
from probity.know.records.models import QuarantinedRow, Record
from probity.know.sources.models import Batch
from probity.know.sources.queries import batch
from tests.unit.know.delivered import BY, PENALTIES, code, counted, later, owner_of, penalty, take_in


@pytest.fixture
def row(database: str, tmp_path: Path) -> int:
    """The number of a row whose day nobody can read."""
    take_in(tmp_path, PENALTIES, [penalty(1), penalty(2, of=2, 处罚决定日期="三月")])
    return int(QuarantinedRow.objects.get().pk)


def test_a_mended_row_comes_in_beside_its_delivery(row: int) -> None:
    """The first count never changes; the release has a batch and a revision of its own."""
    first = Batch.objects.get()
    release(quarantined=row, values={"处罚决定日期": "2026-03-30"}, by=BY, at=later())
    line = queries.quarantined_row(row, by=BY)
    assert (line.state, line.settled_at) == ("released", later())
    assert counted(batch(first.pk, by=BY)) == (2, 1, 0, 0, {"DATE": 1})
    released = Batch.objects.get(kind="release")
    assert (released.settles_id, released.accepted, released.revision) == (first.pk, 1, 2)
    assert owner_of(2) == (code(2), "credit_code")
    (entry,) = entries(about=f"quarantined:{row}")
    assert entry.detail["mended"] == ["处罚决定日期"]


def test_a_row_still_refused_stays_where_it_is(row: int) -> None:
    """With what is still wrong, in both languages."""
    with pytest.raises(StillRefused) as refusal:
        release(quarantined=row, values={"处罚决定日期": "2026-02-31"}, by=BY, at=later())
    assert [problem["code"] for problem in refusal.value.problems] == ["DATE"]
    assert refusal.value.text.zh != refusal.value.text.en
    assert queries.quarantined_row(row, by=BY).state == "waiting"
    assert (Batch.objects.count(), Record.objects.count(), latest_revision()) == (1, 1, 1)
    release(quarantined=row, values={"处罚决定日期": "2026-02-28"}, by=BY, at=later())


def test_a_column_that_was_not_delivered_cannot_be_added(row: int) -> None:
    """Mending is not stating something else."""
    release(quarantined=row, values={"处罚决定日期": "2026-03-30", "备注": "加"}, by=BY, at=later())
    assert "加" not in Record.objects.order_by("-pk").first().fields


def test_a_fault_of_content_is_not_mended_here(database: str, tmp_path: Path) -> None:
    """One decision with two amounts: only its source can say which."""
    take_in(tmp_path, PENALTIES, [penalty(1), penalty(1, **{"罚款金额（万元）": "9"})])
    row = QuarantinedRow.objects.get()
    with pytest.raises(NotMendable) as refusal:
        release(quarantined=row.pk, values={"罚款金额（万元）": "1.5"}, by=BY, at=later())
    assert refusal.value.text.zh
    give_back(quarantined=row.pk, reason="两个金额", by=BY, at=later())
    assert queries.quarantined_row(row.pk, by=BY).state == "returned"


@pytest.mark.parametrize(("settle", "state"), [(reject, "rejected"), (give_back, "returned")])
def test_a_row_may_be_left_out_or_returned(row: int, settle: Callable[..., None], state: str) -> None:
    """With the reason, and without a record."""
    settle(quarantined=row, reason="与事实不符", by=BY, at=later())
    line = queries.quarantined_row(row, by=BY)
    assert (line.state, line.reason) == (state, "与事实不符")
    assert entries(about=f"quarantined:{row}")[0].detail["reason"] == "与事实不符"
    assert (queries.waiting(by=BY), Record.objects.count()) == (0, 1)


def test_a_row_is_settled_once(row: int) -> None:
    """Two people at one list must not both decide."""
    reject(quarantined=row, reason="重复", by=BY, at=later())
    for settle in (
        lambda: release(quarantined=row, values={"处罚决定日期": "2026-03-30"}, by=BY, at=later()),
        lambda: reject(quarantined=row, reason="", by=BY, at=later()),
        lambda: give_back(quarantined=row, reason="", by=BY, at=later()),
    ):
        with pytest.raises(NotWaiting, match="rejected"):
            settle()


def test_a_row_of_nobody_is_said_to_be_unknown(database: str) -> None:
    """Not an error of the database."""
    for settle in (
        lambda: release(quarantined=7, values={}, by=BY, at=later()),
        lambda: reject(quarantined=7, reason="", by=BY, at=later()),
        lambda: queries.quarantined_row(7, by=BY),
    ):
        with pytest.raises(LookupError, match="no row 7"):
            settle()


def test_no_row_is_released_while_its_source_delivers(row: int) -> None:
    """Both would state the same fact without seeing each other."""
    take_lease(name="source:linlan-market", at=later(), seconds=60, holder="elsewhere:1:aa")
    with pytest.raises(LeaseHeld):
        release(quarantined=row, values={"处罚决定日期": "2026-03-30"}, by=BY, at=later())


def test_a_released_row_may_correct_what_stands(database: str, tmp_path: Path) -> None:
    """It went through the same door and is compared with the same facts."""
    take_in(tmp_path, PENALTIES, [penalty(1)])
    take_in(tmp_path, PENALTIES, [penalty(1, **{"罚款金额（万元）": "二"})], at=later())
    row = QuarantinedRow.objects.get()
    release(quarantined=row.pk, values={"罚款金额（万元）": "2"}, by=BY, at=later(minutes=2))
    released = Batch.objects.get(kind="release")
    assert (released.accepted, released.superseding) == (0, 1)


def test_rows_of_persons_keep_no_values(database: str, tmp_path: Path) -> None:
    """Row number and reason only; nothing to mend, nothing to read, and it waits for nobody."""
    take_in(tmp_path, PENALTIES, [penalty(1), penalty(2, 行政相对人类别="自然人", 行政相对人名称="某某")])
    assert queries.waiting(by=BY) == 0
    (line,) = queries.quarantine(by=BY, state="rejected").lines
    assert (line.code, line.values, line.is_mendable, line.problems[0].delivered) == ("PERSON", {}, False, "")
    assert "某某" not in str(QuarantinedRow.objects.values_list("problems", "values").get())
