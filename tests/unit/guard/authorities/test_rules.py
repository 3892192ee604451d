"""Rules of permission: the answer is no, unless somebody is known to hold it."""

import pytest

from probity.guard.authorities.rules import may
from probity.guard.authorities.types import Body, Permission, Tree
from probity.terms import Actor, ActorKind, Grant


@pytest.mark.parametrize("permission", Permission)
def test_the_public_may_nothing_on_the_desk(permission: Permission) -> None:
    """Public pages ask disclosure, never a permission."""
    assert not may(Actor.public(), permission)


@pytest.mark.parametrize("permission", Permission)
def test_an_officer_without_a_role_may_nothing(permission: Permission) -> None:
    """Being in office is not a permission."""
    assert not may(Actor(ActorKind.OFFICER, "officer:1", "market"), permission)


@pytest.mark.parametrize("permission", Permission)
def test_the_platform_itself_may(permission: Permission) -> None:
    """A named system does by rule what its verb needs."""
    assert may(Actor.system("wheel"), permission)


TREE = Tree(
    {
        "city": Body("city", region="339900"),
        "market": Body("market", "city", "339900", "market"),
        "market-east": Body("market-east", "market", "339901", "market"),
        "tax": Body("tax", "city", "339900", "tax"),
        "quality": Body("quality", "", "339900", "market", ("market",)),
    }
)


def officer(**limits: str | bool) -> Actor:
    """Somebody who may settle quarantine within limits."""
    grant = Grant("clerk", frozenset({Permission.QUARANTINE_SETTLE}), **limits)  # type: ignore[arg-type]
    return Actor(ActorKind.OFFICER, "officer:1", "market", grants=(grant,))


@pytest.mark.parametrize(
    ("limits", "seen"),
    [
        ({}, {"city", "market", "market-east", "tax", "quality"}),
        ({"authority": "city"}, {"city", "market", "market-east", "tax", "quality"}),
        ({"authority": "market"}, {"market", "market-east", "quality"}),
        ({"authority": "market", "with_parts": False}, {"market", "quality"}),
        ({"authority": "tax"}, {"tax"}),
        ({"region": "339901"}, {"market-east"}),
        ({"region": "339900"}, {"city", "market", "market-east", "tax", "quality"}),
        ({"region": "330000", "sector": "tax"}, {"tax"}),
        ({"authority": "market", "region": "339901"}, {"market-east"}),
        ({"authority": "nowhere"}, set()),
    ],
)
def test_a_scope_is_authority_by_region_by_sector(limits: dict[str, str], seen: set[str]) -> None:
    """With the bodies below, and with those that were merged into one of them."""
    by = officer(**limits)
    about = {key for key in TREE.bodies if may(by, Permission.QUARANTINE_SETTLE, tree=TREE, authority=key)}
    assert about == seen


def test_an_absent_key_refuses() -> None:
    """An empty authority, region or sector lies within no limit; not asking is another thing."""
    assert not may(officer(authority="market"), Permission.QUARANTINE_SETTLE, tree=TREE, authority="")
    assert not may(officer(region="339900"), Permission.QUARANTINE_SETTLE, tree=TREE, authority="market", region="")
    assert not may(officer(sector="market"), Permission.QUARANTINE_SETTLE, tree=TREE, authority="market", sector="")
    assert may(officer(authority="market"), Permission.QUARANTINE_SETTLE)


def test_a_circle_of_successors_ends() -> None:
    """Faulty data is no endless loop."""
    tree = Tree({"a": Body("a", "b", successors=("b",)), "b": Body("b", "a", successors=("a",))})
    assert tree.above("a") == {"a", "b"}
