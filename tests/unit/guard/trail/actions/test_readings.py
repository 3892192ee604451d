"""Readings: kept at once, told later and never so that a gap tells, let go after their days."""

from datetime import UTC, date, datetime, timedelta

import pytest
from django.db import DatabaseError, connection, transaction
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from probity.guard.procedures.queries import lawbook
from probity.guard.trail.actions import (
    close_embargo,
    open_embargo,
    purge_readings,
    read_of,
    release_readings,
)
from probity.guard.trail.actions import readings as module
from probity.guard.trail.models import Embargo, Reading, ReadingRelease, ReleasedReading
from probity.guard.trail.queries import embargoed, entries, is_embargoed, readings, released_to, rows_digest
from probity.guard.trail.tables import writing
from probity.guard.trail.types import Purpose, PurposeMissing, ReleasedLine
from probity.terms import Actor, ActorKind

RULES = lawbook().reading_rules(date(2026, 6, 30))
AT = datetime(2026, 6, 15, 3, tzinfo=UTC)
SUBJECT, OTHER = "91350100M000100Y43", "913501000000000000"
MARKET = Actor(ActorKind.OFFICER, "officer:1", "linlan-market")
TAX = Actor(ActorKind.OFFICER, "officer:2", "linlan-tax")


def purpose(kind: str = "supervision", words: str = "年度核查") -> Purpose:
    return Purpose.stated(RULES, kind=kind, words=words)


def read(kind: str = "supervision", *, by: Actor = MARKET, at: datetime = AT, subject: str = SUBJECT) -> None:
    read_of(subject=subject, purpose=purpose(kind), by=by, at=at)


def month(number: int) -> datetime:
    """Return a moment in the evening of the release day, `number` months after June 2026."""
    year, place = divmod(5 + number, 12)
    return datetime(2026 + year, place + 1, RULES.release_day, 12, tzinfo=UTC)


def told(subject: str = SUBJECT) -> list[tuple[str, str, str]]:
    return [(str(line.day), line.authority, line.purpose) for line in released_to(subject, purposes=RULES.purposes)]


@pytest.fixture(autouse=True)
def _soonest(monkeypatch: pytest.MonkeyPatch) -> None:
    """Let each reading be due in the month after it, so that a test knows which."""
    monkeypatch.setattr(module.secrets, "randbelow", lambda _: 0)


@pytest.mark.parametrize(
    ("kind", "words", "field"),
    [
        ("", "年度核查", "kind"),
        ("curiosity", "年度核查", "kind"),
        ("case", " 1 ", "words"),
        ("case", "x" * 201, "words"),
        ("case", "2026-\x00118", "words"),
    ],
)
def test_a_purpose_that_says_nothing_is_refused(kind: str, words: str, field: str) -> None:
    """In both languages, naming the field."""
    with pytest.raises(PurposeMissing) as refused:
        purpose(kind, words)
    assert refused.value.field == field and refused.value.text.zh != refused.value.text.en


def test_the_overseer_sees_a_reading_at_once(database: str) -> None:
    """Who, body, subject, purpose, when."""
    read_of(subject=SUBJECT, purpose=purpose("case", "临市监〔2026〕 118 号"), by=MARKET, at=AT, what="record:7")
    row = readings(subject=SUBJECT).get()
    assert (row.by, row.authority, row.at, row.what) == ("officer:1", "linlan-market", AT, "record:7")
    assert (row.purpose, row.words, row.keep_until) == ("case", "临市监〔2026〕 118 号", date(2036, 6, 15))
    assert readings(actor="officer:2").count() == readings(until=AT).count() == 0
    assert released_to(SUBJECT, purposes=RULES.purposes) == ()


def test_the_enterprise_is_told_in_the_month_after(database: str) -> None:
    """Once for each body and purpose, without day, officer or number; released once, however often asked."""
    read(), read(by=TAX), read(at=AT + timedelta(days=1))
    assert release_readings(rules=RULES, at=month(0) + timedelta(days=5)) == 0
    assert told() == []
    assert release_readings(rules=RULES, at=month(1)) == 3
    assert release_readings(rules=RULES, at=month(1) + timedelta(days=3)) == 0
    assert told() == [("2026-07-10", "linlan-market", "supervision"), ("2026-07-10", "linlan-tax", "supervision")]
    (entry,) = entries(about="readings:2026-07-10")
    rows = [module._told(row) for row in Reading.objects.order_by("pk").values()]
    assert entry.detail == {"readings": 3, "sha256": rows_digest(rows)}


def test_a_month_is_drawn_for_each_reading(database: str, monkeypatch: pytest.MonkeyPatch) -> None:
    """So that for everybody some months are empty; what the enterprise itself occasioned is told in the next."""
    monkeypatch.setattr(module.secrets, "randbelow", lambda most: most - 1)
    read(), read("application")
    release_readings(rules=RULES, at=month(1))
    assert told() == [("2026-07-10", "linlan-market", "application")]
    release_readings(rules=RULES, at=month(2))
    release_readings(rules=RULES, at=month(RULES.over_months))
    assert told()[0] == ("2026-09-10", "linlan-market", "supervision")


def test_only_a_number_that_tells_nothing_of_others_is_told(database: str) -> None:
    """The case number is; the reason an officer typed and the number of a lead are not."""
    for kind in ("case", "lead", "supervision"):
        read_of(subject=SUBJECT, purpose=purpose(kind, f"{kind}-2026-9"), by=MARKET, at=AT)
    release_readings(rules=RULES, at=month(1))
    lines = released_to(SUBJECT, purposes=RULES.purposes)
    assert [(line.purpose, line.words) for line in lines] == [
        ("case", "case-2026-9"),
        ("lead", ""),
        ("supervision", ""),
    ]


def test_an_open_matter_lets_the_readings_of_its_body_wait(database: str) -> None:
    """Those by others, of others, and those the enterprise occasioned, do not."""
    read("case"), read("application"), read("case", by=TAX), read("case", subject=OTHER)
    open_embargo(matter="case:7", subjects=[SUBJECT], authority="linlan-market", by=MARKET, at=AT)
    release_readings(rules=RULES, at=month(1))
    assert told() == [("2026-07-10", "linlan-market", "application"), ("2026-07-10", "linlan-tax", "case")]
    assert told(OTHER) == [("2026-07-10", "linlan-market", "case")]
    close_embargo(matter="case:7", by=MARKET, at=month(1) + timedelta(days=2))
    assert len(told()) == 2, "closing alone tells nothing"
    release_readings(rules=RULES, at=month(2))
    assert told()[0] == ("2026-08-10", "linlan-market", "case")


def test_a_joint_matter_covers_every_body(database: str) -> None:
    """A sealed draw of several bodies."""
    read(by=TAX), read()
    open_embargo(matter="draw:1", subjects=[SUBJECT, OTHER], authority="", by=MARKET, at=AT)
    release_readings(rules=RULES, at=month(1))
    assert told() == []
    assert embargoed([SUBJECT, OTHER, "x"]) == {SUBJECT, OTHER}


def test_two_matters_wait_for_the_later_one(database: str) -> None:
    """Closing one tells nothing of the other; each opens and closes once however often asked, and may open again."""
    read()
    for _ in range(2):
        open_embargo(matter="case:7", subjects=[SUBJECT], authority="linlan-market", by=MARKET, at=AT)
        open_embargo(matter="lead:9", subjects=[SUBJECT], authority="linlan-market", by=MARKET, at=AT)
    for _ in range(2):
        close_embargo(matter="case:7", by=MARKET, at=AT)
    assert is_embargoed(SUBJECT) and is_embargoed(SUBJECT, authority="linlan-market")
    assert not is_embargoed(SUBJECT, authority="linlan-tax")
    open_embargo(matter="case:7", subjects=[SUBJECT], authority="linlan-market", by=MARKET, at=AT)
    close_embargo(matter="lead:9", by=MARKET, at=AT)
    assert is_embargoed(SUBJECT)
    close_embargo(matter="case:7", by=MARKET, at=AT)
    assert not is_embargoed(SUBJECT)
    assert Embargo.objects.count() == 2


def test_what_an_embargo_says_in_the_trail_names_no_enterprise(database: str) -> None:
    """Whoever reads entries about an enterprise learns nothing of it."""
    open_embargo(matter="case:7", subjects=[SUBJECT], authority="", by=MARKET, at=AT)
    (entry,) = entries(about="embargo:case:7")
    assert SUBJECT not in str(entry.detail) and not entries(about=f"enterprise:{SUBJECT}").exists()


STEPS = st.lists(
    st.tuples(
        st.integers(0, 5),  # month
        st.sampled_from(["case", "supervision", "application"]),
        st.sampled_from([MARKET, TAX]),
        st.integers(0, RULES.over_months - 1),  # the month drawn
    ),
    max_size=14,
)


@settings(max_examples=25, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(steps=STEPS, opened=st.integers(0, 5), lasts=st.integers(0, 6))
def test_while_a_matter_is_open_nothing_tells_of_it(
    database: str, monkeypatch: pytest.MonkeyPatch, steps: list[tuple[int, str, Actor, int]], opened: int, lasts: int
) -> None:
    """In each batch an enterprise is told what a twin is told at which the matter's body never looked.

    The twin has every reading but those that wait: by the body, of a kind that may, and not told
    when the matter was opened. And a line has nothing in it by which one that waited could be
    told from another.
    """
    _empty()
    closed = opened + lasts
    for turn in range(7):
        if turn == opened:
            open_embargo(matter="case:1", subjects=["A"], authority="linlan-market", by=MARKET, at=month(turn))
        for when, kind, by, later in steps:
            if when != turn:
                continue
            monkeypatch.setattr(module.secrets, "randbelow", lambda _, later=later: later)
            read(kind, by=by, at=month(turn) + timedelta(days=3), subject="A")
            due = turn + 1 + (later if kind != "application" else 0)  # the month of its batch
            if by is TAX or kind == "application" or due <= opened or due > closed:
                read(kind, by=by, at=month(turn) + timedelta(days=3), subject="B")
        if turn == closed:
            close_embargo(matter="case:1", by=MARKET, at=month(turn) + timedelta(days=9))
        release_readings(rules=RULES, at=month(turn + 1))
        if opened <= turn < closed:
            assert told("A") == told("B")
    assert set(ReleasedLine.__slots__) == {"day", "authority", "purpose", "words"}


def _empty() -> None:
    from tests.unit.guard.trail.chained import tamper

    names = [model._meta.db_table for model in (Reading, ReleasedReading, ReadingRelease, Embargo)]
    tamper(*(f"DELETE FROM {name}" for name in names))


def outlived(number: int) -> int:
    """Write a reading whose ten years are over, and tell its subject of it."""
    past = datetime(2010, 1, number, tzinfo=UTC)
    read(at=past)
    return int(Reading.objects.order_by("-pk").values_list("pk", flat=True)[0])


def test_what_is_past_its_days_goes_and_leaves_its_digest(database: str, monkeypatch: pytest.MonkeyPatch) -> None:
    """Some at a time, each time with an entry; what is not past stays."""
    monkeypatch.setattr(module, "PURGED_AT_ONCE", 2)
    for number in (1, 2, 3):
        outlived(number)
    read()
    release_readings(rules=RULES, at=month(1))
    old = [module._told(row) for row in Reading.objects.filter(at__year=2010).order_by("pk").values()]
    assert purge_readings(at=month(1)) == 3
    assert purge_readings(at=month(1)) == 0
    assert Reading.objects.count() == ReleasedReading.objects.count() == 1
    from probity.guard.trail.queries import chosen_entries

    purged = list(chosen_entries(act="readings.purged").order_by("id"))
    assert [entry.detail["readings"] for entry in purged] == [2, 1]
    assert purged[0].detail["sha256"] == rows_digest(old[:2])


def test_what_was_never_told_is_not_let_go(database: str) -> None:
    """Else an open matter would outlast the right to know."""
    outlived(1)
    open_embargo(matter="case:7", subjects=[SUBJECT], authority="", by=MARKET, at=AT)
    release_readings(rules=RULES, at=month(1))
    assert purge_readings(at=month(1)) == 0


def refused(statement: str, *values: object) -> None:
    with (
        pytest.raises(DatabaseError, match="append-only"),
        writing(),
        transaction.atomic(),
        connection.cursor() as cursor,
    ):
        cursor.execute(statement, values)


def test_the_database_lets_no_reading_go_before_its_day(database: str) -> None:
    """Whoever deletes, and whatever they call it; a change is refused even after that day."""
    read()
    now = Reading.objects.get().pk
    then = outlived(1)
    refused("DELETE FROM trail_reading WHERE id = %s", now)
    refused("UPDATE trail_reading SET words = 'x' WHERE id = %s", then)
    refused("UPDATE trail_reading SET keep_until = '2000-01-01' WHERE id = %s", now)
    if connection.vendor == "postgresql":
        refused("TRUNCATE trail_reading")
    with connection.cursor() as cursor:
        cursor.execute("DELETE FROM trail_reading WHERE id = %s", [then])
    assert Reading.objects.get().pk == now


def test_nothing_replaces_a_reading(database: str) -> None:
    """On SQLite REPLACE deletes first, and the same trigger stands in its way."""
    if connection.vendor != "sqlite":
        pytest.skip("PostgreSQL has no REPLACE")
    read()
    names = [f'"{field.column}"' for field in Reading._meta.concrete_fields]
    changed = ["'x'" if name == '"words"' else name for name in names]
    refused(f"REPLACE INTO trail_reading ({', '.join(names)}) SELECT {', '.join(changed)} FROM trail_reading")
    assert Reading.objects.get().words == "年度核查"
