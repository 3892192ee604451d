"""Asking: whether somebody may, for whoever reads, writes, or draws a button."""

from probity.guard.authorities.reach import tree
from probity.guard.authorities.rules import held, may
from probity.guard.authorities.types import NotPermitted, Permission
from probity.terms import Actor


def permit(
    by: Actor,
    permission: Permission,
    *,
    authority: str | None = None,
    region: str | None = None,
    sector: str | None = None,
) -> None:
    """Let the act go on.

    Without an authority the question is whether the actor holds the permission about anything at
    all; whoever then lists rows passes them through `seen`, and whoever changes one states its body.

    Raises:
        NotPermitted: when the actor does not hold the permission there.
    """
    if not allowed(by, permission, authority=authority, region=region, sector=sector):
        raise NotPermitted(permission)


def allowed(
    by: Actor,
    permission: Permission,
    *,
    authority: str | None = None,
    region: str | None = None,
    sector: str | None = None,
) -> bool:
    """Whether the actor holds a permission, in general or about a body; the same answer as `permit`."""
    if by.is_administrator:
        return True
    grants = held(by, permission)
    if authority is None or not grants or any(grant.is_unlimited for grant in grants):
        return may(by, permission, authority=authority, region=region, sector=sector)
    return may(by, permission, tree=tree(), authority=authority, region=region, sector=sector)


def permit_own(by: Actor, permission: Permission, *, organisation: str) -> None:
    """Let somebody act for the organisation named in the address; an absent one refuses.

    Raises:
        NotPermitted: when the actor acts for another organisation, or may not.
    """
    if not organisation or by.organisation != organisation:
        raise NotPermitted(permission)
    permit(by, permission)
