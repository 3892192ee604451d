"""Roles: what nobody may hold, and that nothing was forgotten."""

import pytest

from probity.guard.authorities.roles import ADMINISTRATORS, OFFICES, SEATS
from probity.guard.authorities.types import Permission
from probity.terms import Text

READS_DOSSIERS = {Permission.ENTERPRISE_READ, Permission.EVALUATION_READ}


@pytest.mark.parametrize("role", [*ADMINISTRATORS, "supplier"])
def test_none_of_those_who_run_the_platform_reads_dossiers(role: str) -> None:
    """Nor any class; and they hold no other role beside it."""
    assert not OFFICES[role].permissions & (READS_DOSSIERS | {Permission.BATCH_READ})
    assert OFFICES[role].stands_alone


def test_who_prepares_a_role_does_not_sign_it() -> None:
    """Two roles, and nobody may hold both."""
    both = {Permission.ROLE_PROPOSE, Permission.ROLE_GRANT}
    assert not [role.key for role in OFFICES.values() if both <= role.permissions]


def test_every_permission_is_gained_by_a_role() -> None:
    """A permission nobody can hold is a page nobody can open."""
    gained = frozenset[Permission]().union(*(role.permissions for role in (*OFFICES.values(), *SEATS.values())))
    assert set(Permission) - gained == set()


def test_every_role_says_what_it_gains() -> None:
    """In both languages, one sentence."""
    assert all(isinstance(role.gains, Text) and role.gains.zh.endswith("。") for role in OFFICES.values())
