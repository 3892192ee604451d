"""Reach: the tree of bodies as stored, and the rows somebody may see."""

from typing import Any

from django.db import connection
from django.db.models import Q, QuerySet

from probity.guard.authorities.models import Authority, Placement, Succession
from probity.guard.authorities.rules import covers, held, prefix
from probity.guard.authorities.types import Body, Permission, Tree
from probity.terms import Actor, Grant

_kept: dict[str, tuple[tuple[int, int], Tree]] = {}


def tree() -> Tree:
    """Return the bodies as they stand now.

    The tree is kept until a placement or a succession was added: both tables only grow, so their
    counts name what is committed. Inside a transaction it is read anew, for it may be taken back.
    """
    if connection.in_atomic_block:
        return _read()
    place = str(connection.settings_dict["NAME"])
    version = (Placement.objects.count(), Succession.objects.count())
    if place not in _kept or _kept[place][0] != version:
        _kept[place] = (version, _read())
    return _kept[place][1]


def seen(
    rows: "QuerySet[Any]",
    by: Actor,
    permission: Permission,
    *,
    authority: str = "authority__key",
    region: str = "",
    sector: str = "",
) -> "QuerySet[Any]":
    """Return the rows about which the actor holds the permission: `may`, as one condition of a query.

    Args:
        rows: of a table that says whose each row is.
        by: who asks.
        permission: what they want to do with the rows.
        authority: path to the key of the body a row belongs to.
        region: path to the region of a row, where it is not that of the body.
        sector: path to the sector of a row, where it is not that of the body.
    """
    grants = held(by, permission)
    if by.is_administrator or any(grant.is_unlimited for grant in grants):
        return rows
    bodies = tree()
    allowed = Q(pk__in=[])
    for grant in grants:
        allowed |= _within(grant, bodies, authority, region, sector)
    return rows.filter(allowed)


def _within(grant: Grant, bodies: Tree, authority: str, region: str, sector: str) -> Q:
    """Return the condition that a row lies within one grant; what a row states itself is asked of the row."""
    keys = [
        key
        for key, body in bodies.bodies.items()
        if covers(grant, bodies, key, grant.region if region else body.region, grant.sector if sector else body.sector)
    ]
    within = Q(**{f"{authority}__in": keys})
    if grant.region and region:
        within &= Q(**{f"{region}__startswith": prefix(grant.region)}) & ~Q(**{region: ""})
    if grant.sector and sector:
        within &= Q(**{sector: grant.sector})
    return within


def _read() -> Tree:
    successors: dict[int, list[str]] = {}
    for number, key in Succession.objects.order_by("pk").values_list("authority_id", "successor__key"):
        successors.setdefault(number, []).append(key)
    rows = Authority.objects.values_list("pk", "key", "parent__key", "region", "sector")
    return Tree(
        {
            key: Body(key, parent or "", region, sector, tuple(successors.get(number, ())))
            for number, key, parent, region, sector in rows
        }
    )
