"""Authorities: who may do what about which body, as one pure answer."""

from collections.abc import Collection
from datetime import date

from probity.guard.authorities.roles import OFFICES
from probity.guard.authorities.types import Body, NotGranted, Permission, Tree, Wanted
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


def check_wanted(wanted: Wanted, tree: Tree, *, longest_days: int) -> None:
    """Refuse a role that cannot be given so, whoever is to hold it.

    Args:
        wanted: the role with its scope and its days.
        tree: the bodies that exist.
        longest_days: for how many days a role that must end may be given.

    Raises:
        NotGranted: saying what is wrong.
    """
    role = OFFICES.get(wanted.role)
    if role is None:
        raise NotGranted(f"没有角色「{wanted.role}」", f"there is no role {wanted.role!r}")
    if not wanted.scope and not role.may_be_unlimited:
        raise NotGranted(f"「{role.title.zh}」须限定部门范围", f"a {role.title.en.lower()} needs a body as scope")
    if wanted.scope and wanted.scope not in tree.bodies:
        raise NotGranted(f"没有部门「{wanted.scope}」", f"there is no body {wanted.scope!r}")
    if wanted.region and not (wanted.region.isascii() and wanted.region.isdigit() and len(wanted.region) == 6):
        raise NotGranted("行政区划代码应为六位数字", "a region is a code of six digits")
    if wanted.ends_on and wanted.ends_on <= wanted.starts_on:
        raise NotGranted("终止日期应晚于开始日期", "the end has to be after the start")
    if role.must_end and (wanted.ends_on is None or (wanted.ends_on - wanted.starts_on).days > longest_days):
        raise NotGranted(
            f"「{role.title.zh}」须写明终止日期，最长 {longest_days} 天",
            f"a {role.title.en.lower()} is let in for at most {longest_days} days, with a stated end",
        )


def check_together(wanted: Wanted, others: Collection[Wanted]) -> None:
    """Refuse a role that its holder may not have beside another one held, or prepared, at the same time.

    Raises:
        NotGranted: naming the other role.
    """
    for other in others:
        if not _overlap(wanted, other):
            continue
        if (wanted.role, wanted.scope, wanted.region, wanted.sector) == (
            other.role,
            other.scope,
            other.region,
            other.sector,
        ):
            raise NotGranted("已有同一角色和范围，或正待批准", "the same role and scope is held already, or waits")
        alone = [key for key in (wanted.role, other.role) if key in OFFICES and OFFICES[key].stands_alone]
        if alone and wanted.role != other.role:
            title, beside = OFFICES[alone[0]].title, next(key for key in (wanted.role, other.role) if key != alone[0])
            besides = OFFICES[beside].title if beside in OFFICES else title
            raise NotGranted(
                f"「{title.zh}」不得与「{besides.zh}」由同一人担任",
                f"a {title.en.lower()} may not be {besides.en.lower()} as well: they are two people",
            )


def _overlap(one: Wanted, other: Wanted) -> bool:
    last = date.max
    return one.starts_on < (other.ends_on or last) and other.starts_on < (one.ends_on or last)
