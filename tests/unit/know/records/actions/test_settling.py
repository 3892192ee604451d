"""Settling: a quarantined row is let in through the same door, left out, or goes back; once."""

from collections.abc import Callable
from pathlib import Path

import pytest

from probity.guard.procedures.actions import take_lease
from probity.guard.procedures.queries import latest_revision
from probity.guard.procedures.types import LeaseHeld
from probity.guard.trail.queries import entries
from probity.know.records import queries
from probity.know.records.actions import (
    MOST_AT_ONCE,
    NotMendable,
    NotWaiting,
    StillRefused,
    give_back,
    give_back_many,
    reject,
    reject_many,
    release,
    release_many,
)
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


def test_many_rows_are_released_as_one_act(database: str, tmp_path: Path) -> None:
    """One batch, one revision, one entry with counts and digest; the rows still refused stay and say why."""
    first = take_in(tmp_path, PENALTIES, [penalty(n, of=n, 处罚决定日期="三月") for n in range(1, 6)])
    numbers = queries.quarantine_numbers(by=BY, batch=first.id, most=MOST_AT_ONCE)
    rows = {number: {"处罚决定日期": "2026-03-30"} for number in numbers[:4]} | {numbers[4]: {}}
    give_back(quarantined=numbers[0], reason="退", by=BY, at=later())
    settled = release_many(rows=rows, by=BY, at=later())
    assert (settled.done, sorted(settled.refused)) == (3, [numbers[0], numbers[4]])
    assert "三月" in settled.refused[numbers[4]].zh and settled.refused[numbers[0]].en
    released = Batch.objects.get(kind="release")
    assert (released.received, released.accepted, released.revision) == (3, 3, latest_revision())
    (entry,) = entries(about=f"batch:{first.id}").filter(act="quarantine.released")
    assert (entry.detail["rows"], entry.detail["accepted"], entry.detail["mended"]) == (3, 3, 3)
    assert len(entry.detail["digest"]) == 64
    assert {queries.quarantined_row(number, by=BY).state for number in numbers[1:4]} == {"released"}
    assert release_many(rows={number: {} for number in numbers[1:4]}, by=BY, at=later()).done == 0
    assert Batch.objects.filter(kind="release").count() == 1


def test_released_together_or_one_by_one_is_the_same(database: str, tmp_path: Path) -> None:
    """Two mended rows that state one fact: the later supersedes, whichever way they are let in."""
    take_in(tmp_path, PENALTIES, [penalty(1, 处罚决定日期="三月"), penalty(2, 处罚决定日期="三月")])
    same = {"处罚决定日期": "2026-03-30", "行政处罚决定书文号": "临罚〔2026〕9号"}
    rows = {
        row.pk: same | {"罚款金额（万元）": str(place)}
        for place, row in enumerate(QuarantinedRow.objects.order_by("pk"), 1)
    }
    assert release_many(rows=rows, by=BY, at=later()).done == 2
    released = Batch.objects.get(kind="release")
    assert (released.accepted, released.superseding) == (1, 1)


def test_many_rows_of_two_deliveries_are_put_aside_by_one_act_each(database: str, tmp_path: Path) -> None:
    """Rejected and returned alike; pressed twice, nothing happens again."""
    batches = [
        take_in(
            tmp_path, PENALTIES, [penalty(n, 处罚决定日期="三月") for n in range(of, of + 2)], at=later(days=day)
        ).id
        for day, of in ((0, 1), (1, 5))
    ]
    numbers = queries.quarantine_numbers(by=BY, most=MOST_AT_ONCE)
    assert reject_many(rows=numbers[:3], reason="无法核实", by=BY, at=later(days=2)).done == 3
    for batch_number, rows in zip(batches, (2, 1), strict=True):
        (entry,) = entries(about=f"batch:{batch_number}").filter(act="quarantine.rejected")
        assert entry.detail["rows"] == rows
    again = give_back_many(rows=numbers, reason="退", by=BY, at=later(days=2))
    assert (again.done, sorted(again.refused)) == (1, numbers[:3])


def test_a_source_at_work_refuses_its_rows_and_no_others(database: str, tmp_path: Path) -> None:
    """Nothing is lost: the rows wait, and the answer says for what."""
    first = take_in(tmp_path, PENALTIES, [penalty(1, 处罚决定日期="三月")])
    (number,) = queries.quarantine_numbers(by=BY, batch=first.id, most=10)
    take_lease(name="source:linlan-market", at=later(), seconds=60, holder="elsewhere:1:1")
    settled = release_many(rows={number: {"处罚决定日期": "2026-03-30"}}, by=BY, at=later())
    assert (settled.done, list(settled.refused)) == (0, [number])
    assert queries.quarantined_row(number, by=BY).state == "waiting"


def test_more_than_the_most_are_refused_before_anything_is_written(database: str) -> None:
    """An act stays short enough not to hold the database."""
    with pytest.raises(ValueError, match="more than the"):
        release_many(rows={number: {} for number in range(MOST_AT_ONCE + 1)}, by=BY, at=later())
