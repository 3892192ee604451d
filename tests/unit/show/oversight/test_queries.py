"""Oversight: whoever watches sees the bodies they watch over, and an enterprise what it is told."""

from datetime import UTC, date, datetime

import pytest

from probity.guard.authorities.types import NotPermitted, Permission
from probity.guard.procedures.queries import lawbook
from probity.guard.trail.actions import acting, read_of, release_readings, seal
from probity.guard.trail.types import Purpose
from probity.show.oversight import queries
from probity.show.oversight.types import TrailQuestion
from probity.terms import Actor, ActorKind, Grant

AT = datetime(2026, 6, 15, 3, tzinfo=UTC)
CODE = "91350100M000100Y43"
EVERYWHERE = Actor(ActorKind.OFFICER, "officer:1", "audit", grants=(Grant("auditor", frozenset({"trail.read"})),))
OF_TAX = Actor(
    ActorKind.OFFICER, "officer:2", "tax", grants=(Grant("auditor", frozenset({"trail.read"}), authority="tax"),)
)


@pytest.fixture
def acted(database: str) -> None:
    """One act and one reading each of two bodies, and one act of the platform."""
    from probity.guard.authorities.actions import establish
    from probity.terms import Text

    rules = lawbook().reading_rules(date(2026, 6, 15))
    purpose = Purpose.stated(rules, kind="application", words="2026-118")
    for key in ("tax", "market"):
        establish(key=key, title=Text("局", "Bureau"), by=Actor.system("test"), at=AT)
        by = Actor(ActorKind.OFFICER, f"officer:{key}", key)
        with acting("test.done", by=by, at=AT) as act:
            act.note("thing:1")
        read_of(subject=CODE, purpose=purpose, by=by, at=AT)
    release_readings(rules=rules, at=datetime(2026, 7, 10, 3, tzinfo=UTC))


def bodies(by: Actor) -> list[str]:
    found = queries.entries(TrailQuestion(act="test"), by=by)
    return sorted(entry.authority for entry in found.lines)


def test_an_overseer_sees_the_bodies_within_their_scope(acted: None) -> None:
    """Acts and readings alike."""
    assert (bodies(EVERYWHERE), bodies(OF_TAX)) == (["market", "tax"], ["tax"])
    assert queries.readings(by=EVERYWHERE).total == 2 and queries.readings(by=OF_TAX).total == 1


def test_the_whole_trail_leaves_with_an_unlimited_overseer_only(acted: None) -> None:
    """An export holds the acts of every body."""
    seal(at=AT)
    assert list(queries.export(since=None, until=None, by=EVERYWHERE, at=AT))
    with pytest.raises(NotPermitted):
        queries.export(since=None, until=None, by=OF_TAX, at=AT)


@pytest.mark.parametrize("by", [Actor.public(), Actor(ActorKind.OFFICER, "officer:3", "tax")])
def test_without_the_right_nothing_is_answered(database: str, by: Actor) -> None:
    """Before anything is looked up."""
    for ask in (
        lambda: queries.entries(TrailQuestion(), by=by),
        lambda: queries.kinds(by=by),
        lambda: queries.sealing(by=by, at=AT),
        lambda: queries.readings(by=by),
        lambda: queries.export(since=None, until=None, by=by, at=AT),
        lambda: queries.entries_about("thing:1", by=by, permission=Permission.ENTERPRISE_READ),
        lambda: queries.readings_released(CODE, by=by, at=AT),
    ):
        with pytest.raises(NotPermitted):
            ask()


def test_an_enterprise_is_told_of_its_own_dossier_only(acted: None) -> None:
    """By whoever holds a seat of it."""
    own = (Grant("delegate", frozenset({"own.read"})),)
    delegate = Actor(ActorKind.DELEGATE, "seat:1", grants=own, organisation=CODE)
    told = queries.readings_released(CODE, by=delegate, at=AT)
    assert [(line.authority, line.words, str(line.day)) for line in told] == [
        ("market", "2026-118", "2026-07-10"),
        ("tax", "2026-118", "2026-07-10"),
    ]
    with pytest.raises(NotPermitted):
        queries.readings_released("913501000000000000", by=delegate, at=AT)
