"""Sealing: every committed entry once, numbered without a gap, by however many sealers."""

import threading
from concurrent.futures import ThreadPoolExecutor
from datetime import timedelta

import pytest
from django.db import connection, transaction

from probity.guard.trail.actions import acting, export_head, seal
from probity.guard.trail.actions import sealing as module
from probity.guard.trail.models import Seal, TrailEntry
from probity.guard.trail.queries import sealing, verify_trail
from tests.unit.guard.trail.chained import AT, BY, act, chain


def test_entries_are_numbered_without_a_gap_in_the_order_of_their_rows(database: str) -> None:
    """And each link names the one before."""
    chain(3)
    act(4)
    assert seal(at=AT) == 1 and seal(at=AT) == 0
    links = list(Seal.objects.order_by("number").values_list("number", "entry", "previous", "digest"))
    assert [link[0] for link in links] == [1, 2, 3, 4]
    assert [link[1] for link in links] == list(TrailEntry.objects.order_by("id").values_list("id", flat=True))
    assert [link[2] for link in links] == ["0" * 64, *(link[3] for link in links[:-1])]


def test_an_act_that_was_not_committed_is_not_sealed(database: str) -> None:
    """Its row number is lost, the chain has no gap for it."""
    with pytest.raises(RuntimeError), acting("test.failed", by=BY, at=AT) as done:
        done.note("thing:0")
        raise RuntimeError
    chain(2)
    assert list(Seal.objects.order_by("number").values_list("number", flat=True)) == [1, 2]
    assert verify_trail(at=AT).is_in_order


def test_many_are_sealed_some_at_a_time(database: str, monkeypatch: pytest.MonkeyPatch) -> None:
    """No transaction holds the database for long; what is left waits for the next turn."""
    monkeypatch.setattr(module, "BATCH", 3)
    monkeypatch.setattr(module, "BATCHES", 2)
    for number in range(8):
        act(number)
    assert [seal(at=AT), seal(at=AT), seal(at=AT)] == [6, 2, 0]
    assert verify_trail(at=AT).is_in_order


def test_what_commits_late_is_sealed_late(database: str, monkeypatch: pytest.MonkeyPatch) -> None:
    """Within the window at once, below it when its block is swept: none is lost."""
    chain(30)
    late = TrailEntry.objects.order_by("id")[4].pk
    from tests.unit.guard.trail.chained import tamper

    tamper(f"DELETE FROM trail_seal WHERE entry >= {late}")
    monkeypatch.setattr(module, "LOOK_BACK", 2)
    monkeypatch.setattr(module, "SWEEP", 10)
    others = list(TrailEntry.objects.filter(pk__gt=late).values_list("pk", flat=True))
    keep = module.waiting_rows
    monkeypatch.setattr(
        module, "waiting_rows", lambda above, limit: [row for row in keep(above, 99) if row[0] in others][:limit]
    )
    assert seal(at=AT - timedelta(seconds=int(AT.timestamp()) % 3 + 1)) == len(others)  # another block is swept
    monkeypatch.setattr(module, "waiting_rows", keep)
    assert sum(seal(at=AT + timedelta(seconds=turn)) for turn in range(3)) == 1
    assert Seal.objects.order_by("-number").values_list("entry", flat=True).first() == late
    assert verify_trail(at=AT).is_in_order


def test_two_sealers_do_not_fork_the_chain(database: str) -> None:
    """The slower of two seals nothing; together they seal each entry once."""
    for number in range(40):
        act(number)
    ready = threading.Barrier(4)

    def sealer() -> int:
        try:
            ready.wait()
            return sum(seal(at=AT) for _ in range(5))
        finally:
            connection.close()

    with ThreadPoolExecutor(4) as pool:
        done = [pool.submit(sealer) for _ in range(4)]
    assert sum(one.result() for one in done) == 40
    assert Seal.objects.count() == 40
    assert verify_trail(at=AT).is_in_order


def test_a_seal_that_is_not_committed_leaves_no_gap(database: str) -> None:
    """A sealer killed in its middle has done nothing."""
    for number in range(3):
        act(number)
    with pytest.raises(RuntimeError), transaction.atomic():
        module._seal_batch()
        raise RuntimeError
    assert not Seal.objects.exists()
    assert seal(at=AT) == 3


def test_an_entry_that_waits_for_a_minute_is_late(database: str) -> None:
    """The alarm for whoever looks after the wheels."""
    chain(2)
    act(3)
    assert (sealing(at=AT).number, sealing(at=AT).waiting, sealing(at=AT).is_late) == (2, 1, False)
    assert sealing(at=AT + timedelta(seconds=60)).is_late
    seal(at=AT)
    assert (sealing(at=AT).waiting, sealing(at=AT + timedelta(days=1)).is_late) == (0, False)


def test_a_head_is_kept_once_for_each_number(database: str) -> None:
    """Nothing is exported before anything is sealed."""
    assert export_head(at=AT) == ""
    chain(2)
    first = export_head(at=AT)
    assert first.endswith("000000000002.json") and export_head(at=AT + timedelta(days=1)) == first
    act(3)
    seal(at=AT)
    assert export_head(at=AT).endswith("000000000003.json")
