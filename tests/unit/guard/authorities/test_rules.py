"""Rules of permission: the answer is no, unless somebody is known to hold it."""

import pytest

from probity.guard.authorities.rules import may
from probity.guard.authorities.types import Permission
from probity.terms import Actor, ActorKind


@pytest.mark.parametrize("permission", Permission)
def test_the_public_may_nothing_on_the_desk(permission: Permission) -> None:
    """Public pages ask disclosure, never a permission."""
    assert not may(Actor.public(), permission)


@pytest.mark.parametrize("permission", Permission)
def test_an_officer_without_a_role_may_nothing(permission: Permission) -> None:
    """Being in office is not a permission."""
    assert not may(Actor(ActorKind.OFFICER, "officer:1", "market"), permission)


@pytest.mark.parametrize("permission", Permission)
def test_the_administrator_may(permission: Permission) -> None:
    """Until roles come there is nobody else to do the work."""
    assert may(Actor(ActorKind.OFFICER, "officer:1", "platform", is_administrator=True), permission)
