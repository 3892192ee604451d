"""Actors: the reader who did not sign in administers nothing."""

from probity.terms import Actor, ActorKind


def test_the_public_administers_nothing() -> None:
    """The default of every question whether somebody may."""
    assert Actor.public() == Actor(ActorKind.PUBLIC, "public", "", is_administrator=False)


def test_a_system_acts_under_a_stable_key() -> None:
    """The trail keeps the key for ever."""
    assert str(Actor.system("deliver")) == "system:deliver"
    assert Actor.system("deliver").is_administrator
