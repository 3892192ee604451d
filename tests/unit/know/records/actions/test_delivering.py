"""Delivering: every row accounted for, known all at once, and the same however it was interrupted."""

from datetime import date
from pathlib import Path

import pytest

from probity.guard.procedures.actions import take_lease
from probity.guard.procedures.models import Lease
from probity.guard.procedures.queries import latest_revision, moment_of
from probity.guard.procedures.types import LeaseHeld, LeaseLost
from probity.guard.trail.models import TrailEntry
from probity.know.records.actions import Manner, deliver, delivering
from probity.know.records.models import QuarantinedRow, Record
from probity.know.registry import queries as registry
from probity.know.sources import actions as sources
from probity.know.sources.models import Batch, BatchChunk
from probity.know.sources.types import FileRefused
from tests.unit.know.delivered import (
    AT,
    BY,
    DOCKED,
    PENALTIES,
    REGISTRATIONS,
    code,
    counted,
    docked,
    later,
    penalty,
    registration,
    take_in,
    written,
)


def test_every_row_is_accounted_for(database: str, tmp_path: Path) -> None:
    """Received = accepted + unchanged + superseding + quarantined, with a code for each refusal."""
    rows = [
        penalty(1),
        penalty(2, of=2),
        penalty(2, of=2),
        penalty(3, 处罚决定日期="2026-02-30"),
        penalty(4, 统一社会信用代码=code(1)[:-1] + "?"),
        penalty(5, 处罚决定日期="2026-07-01"),
        penalty(1, **{"罚款金额（万元）": "9"}),
    ]
    line = take_in(tmp_path, PENALTIES, rows)
    assert counted(line) == (7, 2, 1, 0, {"CODE": 1, "CONFLICT": 1, "DATE": 1, "FUTURE": 1})
    assert (line.state, line.revision) == ("closed", 1)
    assert moment_of(1) == AT
    assert Record.objects.count() == 2
    assert QuarantinedRow.objects.count() == 4


def test_the_same_bytes_again_change_nothing(database: str, tmp_path: Path) -> None:
    """A second batch says so; no revision, no record, no second row in quarantine."""
    rows = [penalty(1), penalty(2), penalty(3, 处罚决定日期="?")]
    first = take_in(tmp_path, PENALTIES, rows)
    again = take_in(tmp_path, PENALTIES, rows, at=later())
    assert counted(again) == (3, 0, 2, 0, {"DATE": 1})
    assert (again.time, again.revision, again.sha256) == (2, None, first.sha256)
    assert (Record.objects.count(), QuarantinedRow.objects.count(), latest_revision()) == (2, 1, 1)


def test_a_changed_statement_takes_the_place_of_the_earlier(database: str, tmp_path: Path) -> None:
    """The earlier one stays as it was; the later one names it."""
    take_in(tmp_path, PENALTIES, [penalty(1), penalty(2)])
    line = take_in(tmp_path, PENALTIES, [penalty(1, **{"罚款金额（万元）": "2"}), penalty(2)], at=later())
    assert counted(line) == (2, 0, 1, 1, {})
    before, after = Record.objects.filter(fields__contains="1号").order_by("pk")
    assert (before.amount, after.amount, after.supersedes_id) == (1_500_000, 2_000_000, before.pk)
    third = take_in(tmp_path, PENALTIES, [penalty(1)], at=later(minutes=2))
    assert counted(third) == (1, 0, 0, 1, {})
    assert Record.objects.order_by("-pk").first().supersedes_id == after.pk


def test_an_old_file_sent_again_does_not_undo_a_correction(database: str, tmp_path: Path) -> None:
    """The clerk who sends last year's file once more says nothing new; a new file with the old value does."""
    old = [penalty(1, **{"罚款金额（万元）": "1"}), penalty(2)]
    take_in(tmp_path, PENALTIES, old)
    take_in(tmp_path, PENALTIES, [penalty(1, **{"罚款金额（万元）": "2"})])
    again = take_in(tmp_path, PENALTIES, old)
    assert (again.unchanged, again.superseding, again.accepted) == (2, 0, 0)
    reversal = take_in(tmp_path, PENALTIES, [penalty(1, **{"罚款金额（万元）": "1"})])
    assert reversal.superseding == 1


def test_a_batch_becomes_known_under_one_revision(database: str, tmp_path: Path) -> None:
    """Revisions follow the order in which batches closed."""
    lines = [take_in(tmp_path, PENALTIES, [penalty(n)], at=later(minutes=n)) for n in (1, 2, 3)]
    assert [line.revision for line in lines] == [1, 2, 3]
    acts = TrailEntry.objects.filter(act__startswith="batch.").order_by("id").values_list("act", flat=True)
    assert list(acts) == ["batch.opened", "batch.closed"] * 3


def test_a_delivery_outside_its_expectation_is_held_whole(database: str, tmp_path: Path) -> None:
    """Two rows where at least three are due: a person looks, and may let it in."""
    rows = [penalty(1), penalty(2)]
    held = take_in(tmp_path, PENALTIES, rows, strict=True)
    assert counted(held) == (2, 0, 0, 0, {"held": 2})
    assert (held.state, held.revision, Record.objects.count()) == ("held", None, 0)
    assert "3–5000" in held.warnings[0].en
    let_in = take_in(tmp_path, PENALTIES, rows, at=later())
    assert counted(let_in) == (2, 2, 0, 0, {})
    assert (let_in.state, let_in.time) == ("closed", 2)
    inside = take_in(tmp_path, PENALTIES, [penalty(n) for n in (1, 2, 3)], strict=True, at=later(minutes=2))
    assert inside.state == "closed"


def test_an_envelope_states_corrects_and_withdraws(database: str, tmp_path: Path) -> None:
    """`d` of what was never stated is nothing; what was withdrawn may be stated again."""
    first = take_in(tmp_path, DOCKED, [docked(1, "i"), docked(2, "i"), docked(3, "d")])
    assert counted(first) == (3, 2, 1, 0, {})
    changed = docked(1, "u", **{"罚款金额（万元）": "2"})
    second = take_in(tmp_path, DOCKED, [changed, docked(2, "d")], at=later())
    assert counted(second) == (2, 0, 0, 2, {})
    withdrawn = Record.objects.get(fields__contains="2号", supersedes__isnull=False)
    assert list(withdrawn.attributions.values_list("enterprise", "how")) == [(None, "withdrawn")]
    assert counted(take_in(tmp_path, DOCKED, [docked(2, "d")], at=later(minutes=2))) == (1, 0, 1, 0, {})
    assert counted(take_in(tmp_path, DOCKED, [docked(2, "i")], at=later(minutes=3))) == (1, 0, 0, 1, {})


def test_an_envelope_may_state_a_fact_several_times_in_one_file(database: str, tmp_path: Path) -> None:
    """Each statement takes the place of the one before it, and one stands in the end."""
    rows = [
        docked(1, "i"),
        docked(1, "u", **{"罚款金额（万元）": "2"}),
        docked(1, "u", **{"罚款金额（万元）": "3"}),
        docked(2, "i"),
        docked(2, "d"),
    ]
    line = take_in(tmp_path, DOCKED, rows)
    assert counted(line) == (5, 2, 0, 3, {})
    chain = list(Record.objects.filter(fields__contains="1号").order_by("pk").values_list("pk", "supersedes", "amount"))
    assert [(row[1], row[2]) for row in chain] == [
        (None, 1_500_000),
        (chain[0][0], 2_000_000),
        (chain[1][0], 3_000_000),
    ]


def test_an_envelope_sent_again_whole_changes_nothing(database: str, tmp_path: Path) -> None:
    """Its earlier statements are not news after its later ones, nor after another file's."""
    rows = [docked(1, "i"), docked(1, "u", 失信程度="严重"), docked(2, "i"), docked(2, "d"), docked(3, "i")]
    take_in(tmp_path, DOCKED, rows)
    again = take_in(tmp_path, DOCKED, rows, at=later())
    assert counted(again) == (5, 0, 5, 0, {})
    assert again.revision is None
    other = take_in(tmp_path, DOCKED, [docked(1, "u", 失信程度="一般")], at=later(minutes=2))
    assert counted(other) == (1, 0, 0, 1, {})
    after_it = take_in(tmp_path, DOCKED, rows, at=later(minutes=3))
    assert counted(after_it) == (5, 0, 5, 0, {})


def test_across_chunks_the_newest_statement_of_a_file_stands(
    database: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """What this file wrote before goes before what older batches wrote."""
    take_in(tmp_path, DOCKED, [docked(1, "i")])
    rows = [docked(1, "u", **{"罚款金额（万元）": "2"}), *(docked(n, "i", of=n) for n in range(10, 5010))]
    line = take_in(tmp_path, DOCKED, [*rows, docked(1, "u", **{"罚款金额（万元）": "3"})], at=later())
    assert Batch.objects.get(pk=line.id).chunks == 2
    chain = list(Record.objects.filter(fields__contains="〕1号").order_by("pk").values_list("pk", "supersedes"))
    assert [supersedes for _, supersedes in chain] == [None, chain[0][0], chain[1][0]]


def test_a_withdrawal_registers_nobody(database: str, tmp_path: Path) -> None:
    """Who is only named to be taken back was never heard of."""
    take_in(tmp_path, DOCKED, [docked(1, "i"), docked(2, "i", of=2)])
    take_in(tmp_path, DOCKED, [docked(1, "d", 行政相对人名称="错名")], at=later())
    assert [span.name for span in registry.names(registry.enterprise(code(1)).number)] == ["甲1有限公司"]


def test_names_of_registrations_reach_the_registry(database: str, tmp_path: Path) -> None:
    """By the same door as everything else."""
    take_in(tmp_path, PENALTIES, [penalty(1, of=1, 行政相对人名称="甲店")])
    assert registry.enterprise(code(1)).is_provisional
    take_in(tmp_path, REGISTRATIONS, [registration(1, "甲有限公司")], at=later())
    line = registry.enterprise(code(1))
    assert (line.name, line.is_provisional) == ("甲有限公司", False)


def test_a_file_that_fits_no_feed_opens_no_batch(database: str, tmp_path: Path) -> None:
    """The refusal says what is missing; nothing else happened."""
    rows = [{"名称": "甲", "金额": "1"}]
    for feed in (PENALTIES, "auto", "linlan-market"):
        with pytest.raises(FileRefused):
            take_in(tmp_path, feed, rows)
    with pytest.raises(LookupError, match="nowhere"):
        take_in(tmp_path, "nowhere", rows)
    assert not Batch.objects.exists()
    assert not Lease.objects.filter(holder__gt="").exists()


def test_a_source_key_finds_its_feed_by_the_columns(database: str, tmp_path: Path) -> None:
    """Sources send several layouts through one door."""
    assert take_in(tmp_path, "linlan-market", [penalty(1)]).feed == PENALTIES
    assert take_in(tmp_path, "linlan-market", [registration(1, "甲")], at=later()).feed == REGISTRATIONS


def test_two_deliveries_of_one_source_are_not_mixed(database: str, tmp_path: Path) -> None:
    """Another source is free meanwhile, and the refused one may come again."""
    take_lease(name="source:linlan-market", at=AT, seconds=60, holder="elsewhere:1:aa")
    with pytest.raises(LeaseHeld):
        take_in(tmp_path, PENALTIES, [penalty(1)])
    assert take_in(tmp_path, DOCKED, [docked(1, "i")]).accepted == 1
    assert take_in(tmp_path, PENALTIES, [penalty(2)], at=later(minutes=2)).accepted == 1


class Killed(BaseException):
    """Stands for SIGKILL inside one process; the flow test sends the real one."""


def killed_at(monkeypatch: pytest.MonkeyPatch, module: object, name: str, call: int) -> None:
    """Die at the n-th call of a function, before it does anything."""
    calls, real = [0], getattr(module, name)

    def dying(*arguments: object, **options: object) -> object:
        calls[0] += 1
        if calls[0] == call:
            raise Killed
        return real(*arguments, **options)

    monkeypatch.setattr(module, name, dying)


@pytest.mark.parametrize(
    ("where", "call"), [("keep_chunk", 1), ("keep_chunk", 2), ("count_chunk", 2), ("close_batch", 1)]
)
def test_a_killed_delivery_goes_on_where_it_was(
    database: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, where: str, call: int
) -> None:
    """Nothing is known before it closes, and nothing is counted twice after."""
    rows = [docked(n, "i", of=n % 700) for n in range(6000)] + [docked(9999, "x")]
    with monkeypatch.context() as patched:
        killed_at(patched, delivering, where, call)
        with pytest.raises(Killed):
            take_in(tmp_path, DOCKED, rows)
    assert latest_revision() == 0
    line = take_in(tmp_path, DOCKED, rows, at=later())
    assert counted(line) == (6001, 6000, 0, 0, {"FORM": 1})
    assert (line.time, Batch.objects.count(), BatchChunk.objects.count()) == (1, 1, 2)
    assert (Record.objects.count(), QuarantinedRow.objects.count()) == (6000, 1)
    assert TrailEntry.objects.filter(act="batch.resumed").count() == 1


def test_a_killed_delivery_keeps_its_day(database: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Sent again after midnight, the door must not give the second half other answers than the first."""
    rows = [penalty(1), penalty(2, 处罚决定日期="2026-07-01")]
    with monkeypatch.context() as patched:
        killed_at(patched, delivering, "close_batch", 1)
        with pytest.raises(Killed):
            take_in(tmp_path, PENALTIES, rows)
    line = take_in(tmp_path, PENALTIES, rows, at=later(days=1))
    assert counted(line) == (2, 1, 0, 0, {"FUTURE": 1})
    assert Batch.objects.get().business_day == date(2026, 6, 30)


def test_what_was_left_half_way_is_abandoned_when_more_became_known(
    database: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Its rows were compared with what stood before: taken in so, one fact would stand twice."""
    rows = [penalty(1), penalty(2)]
    with monkeypatch.context() as patched:
        killed_at(patched, delivering, "close_batch", 1)
        with pytest.raises(Killed):
            take_in(tmp_path, PENALTIES, rows)
    take_in(tmp_path, PENALTIES, [penalty(1), penalty(3)], at=later(), name="between.csv")
    line = take_in(tmp_path, PENALTIES, rows, at=later(minutes=2))
    assert counted(line) == (2, 1, 1, 0, {})
    assert list(Batch.objects.order_by("pk").values_list("state", "revision")) == [
        ("abandoned", None),
        ("closed", 1),
        ("closed", 2),
    ]
    known = Record.objects.filter(batch__revision__isnull=False)
    assert known.count() == known.values("identity").distinct().count() == 3
    again = take_in(tmp_path, PENALTIES, rows, at=later(minutes=3))
    assert counted(again) == (2, 0, 2, 0, {})


def test_a_late_holder_does_not_close_what_another_took_over(
    database: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Asleep past its lease just before closing: the other's revision stands, and does not move."""
    rows, real = [penalty(1)], delivering.close_batch

    def overtaken(**options: object) -> object:
        raise AssertionError("a lost lease reached the closing")

    def slept(*arguments: object, **options: object) -> object:
        found = real_take_in(*arguments, **options)
        monkeypatch.undo()
        taken_over = take_lease(name="source:linlan-market", at=later(days=1), seconds=60, holder="other:1:aa")
        assert taken_over.number == 2
        monkeypatch.setattr(delivering, "close_batch", overtaken)
        return found

    real_take_in = delivering._take_in
    monkeypatch.setattr(delivering, "_take_in", slept)
    with pytest.raises(LeaseLost):
        take_in(tmp_path, PENALTIES, rows)
    monkeypatch.undo()
    assert delivering.close_batch is real
    assert latest_revision() == 0
    assert Lease.objects.get().holder == "other:1:aa"


def test_a_closed_batch_is_not_closed_again(database: str, tmp_path: Path) -> None:
    """Its revision would move in time."""
    line = take_in(tmp_path, PENALTIES, [penalty(1)])
    batch = sources._open(Batch.objects.get(pk=line.id))
    with pytest.raises(ValueError, match="not under way"):
        sources.close_batch(batch=batch, warnings=(), by=BY, at=later())
    assert latest_revision() == 1


def test_one_decision_stated_by_two_sources_counts_once(database: str, tmp_path: Path) -> None:
    """Both statements are kept; a source that withdraws its own does not silence the other's later one."""
    take_in(tmp_path, PENALTIES, [penalty(1)])
    line = take_in(tmp_path, DOCKED, [docked(1, "i")], at=later())
    assert counted(line) == (1, 1, 0, 0, {})
    hows = Record.objects.order_by("pk").values_list("attributions__how", flat=True)
    assert list(hows) == ["credit_code", "stated_elsewhere"]
    corrected = take_in(tmp_path, DOCKED, [docked(1, "u", **{"罚款金额（万元）": "2"})], at=later(minutes=2))
    assert counted(corrected) == (1, 0, 0, 1, {})
    assert list(hows.all()) == ["credit_code", "stated_elsewhere", "stated_elsewhere"]


def test_what_another_source_withdrew_may_be_stated(database: str, tmp_path: Path) -> None:
    """A withdrawn statement stands for nothing, so it hides nothing."""
    take_in(tmp_path, DOCKED, [docked(1, "i")])
    take_in(tmp_path, DOCKED, [docked(1, "d")], at=later())
    take_in(tmp_path, PENALTIES, [penalty(1)], at=later(minutes=2))
    hows = Record.objects.order_by("pk").values_list("attributions__how", flat=True)
    assert list(hows) == ["credit_code", "withdrawn", "credit_code"]


def test_progress_is_told_by_chunks(database: str, tmp_path: Path) -> None:
    """A long delivery says how far it is."""
    told: list[int] = []
    manner = Manner(by=BY, at=AT, despite_expectation=True, progress=told.append)
    place = written(tmp_path, [docked(n, "i") for n in range(5001)])
    deliver(place, feed=DOCKED, manner=manner)
    assert told == [5000, 5001]
