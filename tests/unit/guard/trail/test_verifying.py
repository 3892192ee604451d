"""Verifying: no byte, row or order of the trail changes without being named."""

from datetime import timedelta

import pytest
from django.db import connection
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from probity.guard.trail.actions import export_head, seal
from probity.guard.trail.models import Seal, TrailEntry
from probity.guard.trail.queries import verify_trail
from probity.guard.trail.types import Verification
from tests.unit.guard.trail.chained import AT, act, chain, tamper

ENTRIES = 5
COLUMNS = [
    ("trail_trailentry", "id", column.column) for column in TrailEntry._meta.concrete_fields if not column.primary_key
]
COLUMNS += [("trail_seal", "number", column.column) for column in Seal._meta.concrete_fields if not column.primary_key]


def verify() -> Verification:
    return verify_trail(at=AT + timedelta(minutes=5))


def numbers() -> list[int]:
    return [fault.number for fault in verify().faults]


@pytest.fixture
def chained(database: str) -> str:
    """Five sealed entries."""
    chain(ENTRIES)
    assert verify().is_in_order and verify().number == ENTRIES
    return database


def stored(table: str, key: str, column: str, number: int) -> str:
    with connection.cursor() as cursor:
        cursor.execute(f'SELECT CAST("{column}" AS TEXT) FROM {table} WHERE {key} = %s', [number])
        return str(cursor.fetchone()[0])


def put(table: str, key: str, column: str, number: int, text: str) -> None:
    quoted = text.replace("'", "''").replace("%", "%%")
    kind = {"at": "timestamptz", "entry": "bigint"}.get(column, "text")
    value = f"CAST('{quoted}' AS {kind})" if connection.vendor == "postgresql" else f"'{quoted}'"
    tamper(f'UPDATE {table} SET "{column}" = {value} WHERE {key} = {number}')


def flipped(text: str, place: int, bit: int) -> str:
    """Return the text with one bit of one byte changed; no NUL, which PostgreSQL would not take."""
    raw = bytearray(text.encode())
    raw[place % len(raw)] ^= 1 << bit
    return raw.decode(errors="strict")


@pytest.mark.parametrize(("table", "key", "column"), COLUMNS, ids=str)
def test_any_flipped_byte_of_any_column_is_found(chained: str, table: str, key: str, column: str) -> None:
    """Each place of each column, one bit at a time, and put back; empty columns gain a byte."""
    first = TrailEntry.objects.order_by("id").values_list("id", flat=True)[2] if key == "id" else 3
    text = stored(table, key, column, first)
    tried = 0
    for turn in range(max(4, len(text.encode()))):
        try:
            changed = flipped(text, turn, turn % 7) if text else "x"
            if "\x00" in changed:
                continue
            put(table, key, column, first, changed)
        except Exception:
            continue  # no text any more, or no moment: the database itself refuses it
        if stored(table, key, column, first) == text:
            continue
        assert 3 in numbers() or 4 in numbers(), (column, changed)
        tried += 1
    assert tried
    put(table, key, column, first, text)
    assert verify().is_in_order


@settings(max_examples=25, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(st.sampled_from(COLUMNS), st.integers(1, ENTRIES), st.integers(0, 200), st.integers(0, 6))
def test_a_flip_anywhere_is_found(chained: str, where: tuple[str, str, str], number: int, place: int, bit: int) -> None:
    """Any row, any column, any place, any bit."""
    table, key, column = where
    row = TrailEntry.objects.order_by("id").values_list("id", flat=True)[number - 1] if key == "id" else number
    text = stored(table, key, column, row)
    try:
        changed = flipped(text or "x", place, bit)
        put(table, key, column, row, changed)
    except Exception:
        return
    if stored(table, key, column, row) != text:
        assert set(numbers()) & {number, number + 1}
        put(table, key, column, row, text)
    assert verify().is_in_order


@pytest.mark.parametrize("number", range(1, ENTRIES + 1))
def test_a_missing_entry_is_named(chained: str, number: int) -> None:
    """Its seal stands there without it."""
    tamper(f"DELETE FROM trail_trailentry WHERE id = (SELECT entry FROM trail_seal WHERE number = {number})")
    assert numbers() == [number]


@pytest.mark.parametrize("number", range(1, ENTRIES))
def test_a_missing_seal_is_named(chained: str, number: int) -> None:
    """A gap in the numbers."""
    tamper(f"DELETE FROM trail_seal WHERE number = {number}")
    assert number in numbers()


def test_an_act_removed_with_its_seal_is_named(chained: str) -> None:
    """Even where the later seals are numbered anew, the chain does not close over it."""
    entry = Seal.objects.get(number=3).entry
    tamper(
        "DELETE FROM trail_seal WHERE number = 3",
        f"DELETE FROM trail_trailentry WHERE id = {entry}",
        "UPDATE trail_seal SET number = 3 WHERE number = 4",
        "UPDATE trail_seal SET number = 4 WHERE number = 5",
    )
    assert 3 in numbers()


def test_the_end_cut_off_is_found_by_a_head_signed_before(chained: str) -> None:
    """The chain alone cannot know what stood behind its end; whoever kept a head can."""
    export_head(at=AT)
    entry = Seal.objects.get(number=5).entry
    tamper("DELETE FROM trail_seal WHERE number = 5", f"DELETE FROM trail_trailentry WHERE id = {entry}")
    assert numbers() == [5]
    act(9)
    seal(at=AT)
    assert numbers() == [5], "another act in its place does not help"


def test_a_changed_head_is_named(chained: str, home: object) -> None:
    """A head that was meddled with is not silently left out."""
    from pathlib import Path

    place = Path(export_head(at=AT))
    place.write_text(place.read_text().replace('"number":5', '"number":4'))
    assert [fault.number for fault in verify().faults] == [0]


def test_exchanged_entries_are_named(chained: str) -> None:
    """Two acts that changed places."""
    first, second = Seal.objects.order_by("number").values_list("entry", flat=True)[1:3]
    tamper(
        f"UPDATE trail_trailentry SET id = -1 WHERE id = {first}",
        f"UPDATE trail_trailentry SET id = {first} WHERE id = {second}",
        f"UPDATE trail_trailentry SET id = {second} WHERE id = -1",
    )
    assert numbers() == [2, 3]


def test_exchanged_seals_are_named(chained: str) -> None:
    """Two links that changed places."""
    tamper(
        "UPDATE trail_seal SET number = -1 WHERE number = 2",
        "UPDATE trail_seal SET number = 2 WHERE number = 3",
        "UPDATE trail_seal SET number = 3 WHERE number = -1",
    )
    assert {2, 3} <= set(numbers())


def test_an_inserted_seal_is_named(chained: str) -> None:
    """A link that was not made by sealing does not follow."""
    act(9)
    entry = TrailEntry.objects.order_by("-id").values_list("id", flat=True)[0]
    tamper(f"INSERT INTO trail_seal VALUES (6, {entry}, '{'a' * 64}', '{'b' * 64}', '{'c' * 64}')")
    assert numbers() == [6, 6, 6]


def test_an_inserted_entry_is_named(chained: str) -> None:
    """One between sealed ones was not there when they were sealed; one with a made-up digest never was an act."""
    row = TrailEntry.objects.order_by("id")[1]
    copied = ", ".join(f'"{field.column}"' for field in TrailEntry._meta.concrete_fields[1:])
    tamper(
        f"UPDATE trail_trailentry SET id = id + 100 WHERE id > {row.pk}",
        f"UPDATE trail_seal SET entry = entry + 100 WHERE entry > {row.pk}",
    )
    tamper(
        f"INSERT INTO trail_trailentry (id, {copied}) SELECT id + 1, {copied} FROM trail_trailentry WHERE id = {row.pk}"
    )
    assert verify().faults
    tamper(f"UPDATE trail_seal SET entry = entry - 100 WHERE entry > {row.pk + 99}")
    assert verify().faults


def test_an_inserted_entry_between_sealed_ones_is_named(database: str) -> None:
    """Where a row number was left free by an act that failed."""
    chain(2)
    first = Seal.objects.get(number=1).entry
    act(8)
    act(9)
    middle, last = TrailEntry.objects.order_by("-id").values_list("id", flat=True)[:2][::-1]
    tamper(f"DELETE FROM trail_trailentry WHERE id = {middle}")
    seal(at=AT)
    assert verify().is_in_order
    names = ", ".join(f'"{field.column}"' for field in TrailEntry._meta.concrete_fields[1:])
    tamper(
        f"INSERT INTO trail_trailentry (id, {names}) SELECT {middle}, {names} FROM trail_trailentry WHERE id = {first}"
    )
    assert [(fault.number, fault.entry) for fault in verify().faults] == [(0, middle)]
    assert last > middle


def test_a_waiting_entry_that_was_changed_is_named(chained: str) -> None:
    """Also before it is sealed an entry has its own digest."""
    act(9)
    last = TrailEntry.objects.order_by("-id")[0].pk
    assert (verify().is_in_order, verify().waiting) == (True, 1)
    tamper(f"UPDATE trail_trailentry SET about = 'thing:8' WHERE id = {last}")
    assert [(fault.number, fault.entry) for fault in verify().faults] == [(0, last)]


def test_a_change_before_sealing_stays_visible_after_it(chained: str) -> None:
    """The sealer seals what is there; the act's own digest still tells."""
    act(9)
    tamper("UPDATE trail_trailentry SET about = 'thing:8' WHERE about = 'thing:9'")
    seal(at=AT)
    assert numbers() == [6]
