"""Acts: what is done and what the trail says of it stand or fall together."""

from datetime import UTC, datetime

import pytest
from django.db import connection

from probity.guard.authorities.models import Authority
from probity.guard.trail.actions import acting, stamp_by
from probity.guard.trail.models import TrailEntry
from probity.guard.trail.queries import entries, software
from probity.guard.trail.rules import PARTS, canonical, entry_text, moment_text, text_digest
from probity.guard.trail.tables import WriteOutsideAct
from probity.guard.trail.types import Versions
from probity.terms import Actor, ActorKind, Grant

BY, AT = Actor.system("test"), datetime(2026, 6, 30, tzinfo=UTC)


def body(key: str) -> None:
    Authority.objects.create(key=key, title_zh="局", title_en="Bureau")


def test_an_act_leaves_one_entry_with_the_digest_of_its_content(database: str) -> None:
    """Anybody can recompute it from the row alone."""
    with acting("test.done", by=BY, at=AT) as act:
        body("market")
        act.note("authority:market", reason="开张", count=1)
    (entry,) = entries(about="authority:market")
    assert (entry.act, entry.by, entry.at, entry.detail) == ("test.done", BY.key, AT, {"reason": "开张", "count": 1})
    texts = [moment_text(entry.at), *(getattr(entry, name) for name in PARTS[1:8])]
    texts += [canonical(getattr(entry, name)) for name in PARTS[8:]]
    assert entry.digest == text_digest(entry_text(texts))


def test_an_act_says_what_it_changed_and_nothing_else(database: str) -> None:
    """Of a row with twenty columns the reader sees the one that differs."""
    with acting("test.changed", by=BY, at=AT) as act:
        body("market")
        act.note("authority:market")
        act.changed({"title": "局", "region": "31"}, {"title": "新局", "region": "31", "parent": "city"})
    (entry,) = entries(about="authority:market")
    assert (entry.before, entry.after) == ({"title": "局"}, {"title": "新局", "parent": "city"})


def test_an_act_names_decision_software_and_rulebook(database: str) -> None:
    """So that years later one knows by which rules and which program it was done."""
    known = Versions(software())
    stamp_by(lambda: Versions("probity 9.9", "ab" * 32))
    try:
        with acting("test.decided", by=BY, at=AT) as act:
            act.note("authority:market")
            act.decided("临市监罚〔2026〕118号")
    finally:
        stamp_by(lambda: known)
    (entry,) = entries(about="authority:market")
    assert (entry.decision, entry.software, entry.rulebook) == ("临市监罚〔2026〕118号", "probity 9.9", "ab" * 32)


def test_an_act_of_somebody_watched_is_marked(database: str) -> None:
    """A supplier's steps are found by their mark."""
    watched = Actor(ActorKind.OFFICER, "officer:9", "market", grants=(Grant("supplier", frozenset(), is_watched=True),))
    with acting("test.done", by=watched, at=AT) as act:
        act.note("authority:market")
    assert entries(about="authority:market").get().detail == {"watched": True}


def test_a_text_of_two_lines_is_refused(database: str) -> None:
    """Two entries could otherwise be digested as one text; what a person typed stands in JSON, where it is safe."""
    with pytest.raises(ValueError, match="line break"), acting("test.two\nlines", by=BY, at=AT) as act:
        act.note("authority:market")
    with acting("test.reason", by=BY, at=AT) as act:
        act.note("authority:market", reason="一行\n又一行")
    assert entries(about="authority:market").get().detail == {"reason": "一行\n又一行"}


def test_an_act_that_fails_leaves_nothing(database: str) -> None:
    """Neither row nor entry."""
    with pytest.raises(RuntimeError, match="halt"), acting("test.failed", by=BY, at=AT) as act:
        body("market")
        act.note("authority:market")
        raise RuntimeError("halt")
    assert not Authority.objects.exists()
    assert not TrailEntry.objects.exists()


def test_an_act_that_does_not_say_what_it_is_about_leaves_nothing(database: str) -> None:
    """An entry about nothing cannot be found again."""
    with pytest.raises(ValueError, match="did not say"), acting("test.mute", by=BY, at=AT):
        body("market")
    assert not Authority.objects.exists()


def test_an_act_whose_entry_cannot_be_written_leaves_nothing(database: str, monkeypatch: pytest.MonkeyPatch) -> None:
    """What the trail could not record was not done."""

    def full(_: object) -> None:
        raise OSError("disk full")

    with pytest.raises(OSError, match="disk full"), acting("test.unrecorded", by=BY, at=AT) as act:
        body("market")
        act.note("authority:market")
        monkeypatch.setattr(connection.ops, "adapt_datetimefield_value", full)
    monkeypatch.undo()
    assert not Authority.objects.exists()


def test_an_act_closes_the_tables_behind_it(database: str) -> None:
    """Also when it failed."""
    with pytest.raises(ValueError, match="did not say"), acting("test.mute", by=BY, at=AT):
        pass
    with pytest.raises(WriteOutsideAct):
        body("market")
