"""Actors: the reader who did not sign in administers nothing."""

from probity.terms import Actor, ActorKind, Grant


def test_the_public_administers_nothing() -> None:
    """The default of every question whether somebody may."""
    assert Actor.public() == Actor(ActorKind.PUBLIC, "public", "", is_administrator=False)


def test_a_system_acts_under_a_stable_key() -> None:
    """The trail keeps the key for ever."""
    assert str(Actor.system("deliver")) == "system:deliver"
    assert Actor.system("deliver").is_administrator


def test_who_holds_one_watched_grant_is_watched() -> None:
    """Whatever else they hold."""
    plain, watched = Grant("clerk", frozenset()), Grant("supplier", frozenset(), is_watched=True)
    assert not Actor(ActorKind.OFFICER, "officer:1", grants=(plain,)).is_watched
    assert Actor(ActorKind.OFFICER, "officer:1", grants=(plain, watched)).is_watched
    assert (plain.is_unlimited, Grant("clerk", frozenset(), region="339900").is_unlimited) == (True, False)
