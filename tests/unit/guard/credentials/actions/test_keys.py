"""Keys: shown once, kept as a digest, renewed with an overlap, ended at once."""

from datetime import UTC, datetime, timedelta

import pytest

from probity.guard.authorities.actions import establish
from probity.guard.authorities.types import NotPermitted, Permission
from probity.guard.credentials.actions import make_key, revoke_key, rotate_key, set_aside
from probity.guard.credentials.models import ApiKey
from probity.guard.credentials.queries import bearer_of, key, keys
from probity.guard.credentials.types import Bearer, KeyRefused, KeyTerms, MadeKey
from probity.guard.trail.queries import entries
from probity.terms import Actor, ActorKind, Grant, Text

BY, AT = Actor.system("test"), datetime(2026, 6, 30, 2, 0, 7, tzinfo=UTC)
MINUTE = AT.replace(second=0)
GRANT = Grant("program", frozenset({Permission.ENTERPRISE_READ}), "market")


@pytest.fixture
def made(database: str) -> MadeKey:
    """A key of the market bureau, good for thirty days and sixty requests a minute."""
    establish(key="market", title=Text("局", "Bureau"), by=BY, at=AT)
    terms = KeyTerms("window", "market", "窗口核验", (GRANT,), AT + timedelta(days=30), 60)
    return make_key(terms=terms, by=BY, at=AT)


def bearer(made: MadeKey, at: datetime = AT) -> Bearer:
    found = bearer_of(made.secret, at=at)
    assert found is not None
    return found


def test_the_secret_is_kept_nowhere(made: MadeKey) -> None:
    """Not in the table, not in the trail; whoever copies the database can open nothing with it."""
    kept = str(ApiKey.objects.values().get()) + str([entry.detail for entry in entries(about=f"key:{made.line.id}")])
    assert made.line.prefix in kept and made.secret not in kept and made.secret[12:] not in kept


def test_a_bearer_acts_for_its_body_and_within_its_grants(made: MadeKey) -> None:
    """No more than it was given."""
    actor = bearer(made).actor
    assert (actor.kind, actor.key, actor.authority) == (ActorKind.MACHINE, f"key:{made.line.id}", "market")
    assert actor.grants == (GRANT,) and not actor.is_administrator


def test_a_key_ends_when_it_was_to_end(made: MadeKey) -> None:
    """Half-open: at its last moment it opens nothing any more."""
    assert bearer_of(made.secret, at=AT + timedelta(days=30)) is None
    assert bearer_of(made.secret, at=AT + timedelta(days=30, seconds=-1)) is not None


def test_revoking_is_at_once_and_once(made: MadeKey) -> None:
    """Pressed twice it leaves one entry."""
    for _ in range(2):
        revoke_key(key=made.line.id, reason="lost", by=BY, at=AT)
    assert bearer_of(made.secret, at=AT) is None
    assert [entry.act for entry in entries(about=f"key:{made.line.id}")].count("key.revoked") == 1
    assert key(made.line.id, by=BY).state(AT) == "revoked"


def test_both_keys_work_while_a_program_changes_over(made: MadeKey) -> None:
    """Rotation with overlap: nothing stands still, and the old one ends by itself."""
    new = rotate_key(key=made.line.id, overlap=timedelta(hours=24), expires_at=AT + timedelta(days=90), by=BY, at=AT)
    assert new.line.follows == made.line.id and bearer(new).actor.grants == (GRANT,)
    within, after = AT + timedelta(hours=23), AT + timedelta(hours=24)
    assert bearer_of(made.secret, at=within) and bearer_of(new.secret, at=within)
    assert bearer_of(made.secret, at=after) is None and bearer_of(new.secret, at=after)
    assert [line.id for line in keys(by=BY)[0]] == [new.line.id, made.line.id]


def test_a_refused_wish_leaves_nothing(made: MadeKey) -> None:
    """Neither a key nor an entry."""
    with pytest.raises(KeyRefused):
        rotate_key(key=made.line.id, overlap=timedelta(0), expires_at=AT, by=BY, at=AT)
    assert ApiKey.objects.count() == 1 and bearer_of(made.secret, at=AT)


def test_the_trail_says_on_which_days_a_key_was_used(made: MadeKey) -> None:
    """One entry a day, with the requests of the day before; not one a request."""
    by = bearer(made).actor
    for minutes in (0, 1, 2):
        set_aside(key=made.line.id, minute=MINUTE + timedelta(minutes=minutes), portion=6, by=by, at=AT)
    later = MINUTE + timedelta(days=2)
    set_aside(key=made.line.id, minute=later, portion=6, by=by, at=later)
    told = [entry.detail for entry in entries(about=f"key:{made.line.id}") if entry.act == "key.used"]
    assert [(one["day"], one["before"]) for one in told] == [
        ("2026-06-30", {}),
        ("2026-07-02", {"day": "2026-06-30", "requests": 18}),
    ]
    assert key(made.line.id, by=BY).last_used_at == later


def test_only_the_bearer_uses_a_key(made: MadeKey) -> None:
    """Nobody spends what is another's."""
    with pytest.raises(NotPermitted):
        set_aside(key=made.line.id, minute=MINUTE, portion=1, by=BY, at=AT)
