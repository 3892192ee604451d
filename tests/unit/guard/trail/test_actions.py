"""Acts: what is done and what the trail says of it stand or fall together."""

from datetime import UTC, datetime

import pytest

from probity.guard.authorities.models import Authority
from probity.guard.trail.actions import acting
from probity.guard.trail.models import TrailEntry
from probity.guard.trail.queries import entries
from probity.guard.trail.rules import content_digest
from probity.guard.trail.tables import WriteOutsideAct
from probity.terms import Actor

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
    assert entry.digest == content_digest(
        at=entry.at, act=entry.act, by=entry.by, authority=entry.authority, about=entry.about, detail=entry.detail
    )


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

    def full(**_: object) -> None:
        raise OSError("disk full")

    with pytest.raises(OSError, match="disk full"), acting("test.unrecorded", by=BY, at=AT) as act:
        body("market")
        act.note("authority:market")
        monkeypatch.setattr(TrailEntry.objects, "create", full)
    monkeypatch.undo()
    assert not Authority.objects.exists()


def test_an_act_closes_the_tables_behind_it(database: str) -> None:
    """Also when it failed."""
    with pytest.raises(ValueError, match="did not say"), acting("test.mute", by=BY, at=AT):
        pass
    with pytest.raises(WriteOutsideAct):
        body("market")
