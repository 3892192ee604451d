"""Authorities: who may do what, as one pure answer."""

from probity.guard.authorities.types import Permission
from probity.terms import Actor

PUBLIC: frozenset[Permission] = frozenset()
"""What a reader who did not sign in may do on the desk: nothing. Public pages ask disclosure."""


def may(by: Actor, permission: Permission) -> bool:
    """Whether the actor holds the permission; the default is no.

    Until the issue on the guard brings roles and scopes, the built-in administrator and the
    named systems may all, and nobody else may anything.
    """
    return by.is_administrator or permission in PUBLIC
