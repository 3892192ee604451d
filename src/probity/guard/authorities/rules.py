"""Authorities: who may do what about which body, as one pure answer."""

from probity.guard.authorities.types import Body, Permission, Tree
from probity.terms import Actor, Grant

ALONE = Tree()
"""A tree in which each body stands alone."""


def may(
    by: Actor,
    permission: Permission,
    *,
    tree: Tree = ALONE,
    authority: str | None = None,
    region: str | None = None,
    sector: str | None = None,
) -> bool:
    """Whether the actor holds the permission; the default is no.

    Without an authority the question is a general one: whether they hold it about anything at all.
    A stated authority has to lie within the scope of a grant, and so have a stated region and
    sector, which are those of the authority when only it is stated. One stated as "" is an absent
    key: it lies within no limit.
    """
    if by.is_administrator:
        return True
    return any(covers(grant, tree, authority, region, sector) for grant in held(by, permission))


def held(by: Actor, permission: Permission) -> tuple[Grant, ...]:
    """Return the grants under which an actor holds a permission somewhere."""
    return tuple(grant for grant in by.grants if permission in grant.permissions)


def covers(grant: Grant, tree: Tree, authority: str | None, region: str | None, sector: str | None) -> bool:
    """Whether something of a body, a region and a sector lies within the scope of a grant; None is not asked."""
    if authority is not None:
        body = tree.bodies.get(authority, Body(authority))
        region = body.region if region is None else region
        sector = body.sector if sector is None else sector
        if grant.authority and not _is_of(grant, tree, authority):
            return False
    if grant.region and region is not None and not is_within(region, grant.region):
        return False
    return not (grant.sector and sector is not None and sector != grant.sector)


def is_within(region: str, outer: str) -> bool:
    """Whether a GB/T 2260 code lies in a region: 339901 in 339900 and in 330000."""
    return bool(region) and region.startswith(prefix(outer))


def prefix(region: str) -> str:
    """Return the digits that every region within a region begins with."""
    while region.endswith("00"):
        region = region[:-2]
    return region


def _is_of(grant: Grant, tree: Tree, authority: str) -> bool:
    if not authority:
        return False
    return grant.authority in (tree.above(authority) if grant.with_parts else tree.answering(authority))
