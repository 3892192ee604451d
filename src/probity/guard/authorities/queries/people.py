"""People: reading bodies with their officers, roles that wait, and delegates."""

from collections.abc import Collection, Iterable, Mapping
from dataclasses import replace
from datetime import date
from typing import Any

from django.db.models import Count, Q, QuerySet

from probity.guard.authorities.asking import permit
from probity.guard.authorities.models import (
    Account,
    Authority,
    Invitation,
    Officer,
    Onboarding,
    Organisation,
    RoleGrant,
    Seat,
)
from probity.guard.authorities.reach import seen
from probity.guard.authorities.roles import OFFICES
from probity.guard.authorities.types import (
    AuthorityLine,
    InvitationLine,
    OfficerLine,
    OnboardingSheet,
    Permission,
    RoleLine,
    SeatLine,
    SheetFault,
    Wanted,
)
from probity.terms import Actor, Page, Text, Unknown

PAGE_SIZE = 50


def authorities(*, by: Actor, on: date) -> tuple[AuthorityLine, ...]:
    """Return every body in the order of the tree, each with its depth and how many are in office on a day."""
    permit(by, Permission.AUTHORITY_READ)
    rows = Authority.objects.annotate(
        in_office=Count("officers", filter=Q(officers__starts_on__lte=on) & ~Q(officers__ends_on__lte=on))
    )
    by_parent: dict[str, list[AuthorityLine]] = {}
    for row in rows.select_related("parent").order_by("key"):
        line = _authority_line(row, officers=row.in_office)
        by_parent.setdefault(line.parent, []).append(line)
    return tuple(_in_order(by_parent, "", 0))


def authority(
    key: str, *, by: Actor
) -> tuple[AuthorityLine, tuple[tuple[date | None, str, str, str], ...], tuple[str, ...], tuple[str, ...]]:
    """Return a body, where it stood since when (day, above, region, sector), whom it follows, and who follows it.

    Raises:
        Unknown: when there is no such body.
    """
    permit(by, Permission.AUTHORITY_READ)
    row = Authority.objects.filter(key=key).select_related("parent").first()
    if row is None:
        raise Unknown(f"没有部门「{key}」", f"no authority {key!r}")
    placed = row.placements.order_by("pk").values_list("starts_on", "parent__key", "region", "sector")
    before = row.predecessions.order_by("pk").values_list("authority__key", flat=True)
    after = row.successions.order_by("pk").values_list("successor__key", flat=True)
    places = tuple((day, above or "", region, sector) for day, above, region, sector in placed)
    return _authority_line(row), places, tuple(before), tuple(after)


def officers(
    *, by: Actor, text: str = "", authority: str = "", role: str = "", on: date | None = None, page: int = 1
) -> Page[OfficerLine]:
    """Return officers with their roles, newest first; with a day, those in office on it."""
    permit(by, Permission.OFFICER_READ)
    rows = seen(Officer.objects.all(), by, Permission.OFFICER_READ)
    if text:
        rows = rows.filter(Q(name__icontains=text) | Q(account__username__icontains=text))
    if authority:
        rows = rows.filter(authority__key=authority)
    if on:
        rows = rows.filter(in_term(on))
    if role:
        held = RoleGrant.objects.filter(role=role, state="granted")
        rows = rows.filter(pk__in=(held.filter(in_term(on)) if on else held).values("officer_id"))
    start = (max(page, 1) - 1) * PAGE_SIZE
    found = rows.order_by("-pk").select_related("account", "authority")[start : start + PAGE_SIZE]
    return Page(_officer_lines(found), max(page, 1), PAGE_SIZE, rows.count())


def officer(number: int, *, by: Actor) -> OfficerLine:
    """Return one officer with every role ever held or prepared.

    Raises:
        Unknown: when there is none of this number that the actor may see.
    """
    permit(by, Permission.OFFICER_READ)
    rows = seen(Officer.objects.filter(pk=number), by, Permission.OFFICER_READ)
    found = _officer_lines(rows.select_related("account", "authority"))
    if not found:
        raise Unknown(f"没有第 {number} 号任职", f"no officer {number}")
    return found[0]


def waiting_roles(*, by: Actor, page: int = 1) -> Page[RoleLine]:
    """Return the prepared roles that wait for a second person, oldest first."""
    permit(by, Permission.OFFICER_READ)
    rows = seen(RoleGrant.objects.filter(state="proposed"), by, Permission.OFFICER_READ)
    start = (max(page, 1) - 1) * PAGE_SIZE
    found = rows.order_by("pk").select_related("officer__account", "authority")[start : start + PAGE_SIZE]
    return Page(tuple(role_line(row) for row in found), max(page, 1), PAGE_SIZE, rows.count())


def whom_to_ask(*, on: date) -> tuple[tuple[str, Text], ...]:
    """Return (name, role) of those in office who can prepare or sign a role: named in every refusal."""
    may_grant = [key for key, role in OFFICES.items() if role.permissions & {Permission.ROLE_PROPOSE}]
    rows = RoleGrant.objects.filter(in_term(on), role__in=may_grant, state="granted", scope="")
    rows = rows.filter(Q(officer__ends_on__isnull=True) | Q(officer__ends_on__gt=on)).order_by("role", "pk")
    names = rows.values_list("officer__name", "officer__account__username", "role")[:4]
    return tuple((name or account, OFFICES[role].title) for name, account, role in names)


def names_of(keys: Collection[str]) -> Mapping[str, str]:
    """Return key of an actor → the name a person reads, of officers and seats; others are left out."""
    found: dict[str, str] = {}
    for kind, model in (("officer", Officer), ("seat", Seat)):
        lead = f"{kind}:"
        numbers = [int(key.removeprefix(lead)) for key in keys if key.startswith(lead) and key[len(lead) :].isdigit()]
        rows = model._default_manager.filter(pk__in=numbers).values_list("pk", "name", "account__username")
        found.update({f"{kind}:{pk}": name or account for pk, name, account in rows})
    return found


def seats(*, organisation: str) -> tuple[SeatLine, ...]:
    """Return everybody who acts or acted for an organisation, newest first; the page asks whether one may."""
    rows = Seat.objects.filter(organisation__key=organisation).select_related("account").order_by("-pk")
    return tuple(
        SeatLine(
            row.pk,
            row.account.username,
            row.name,
            row.role,
            row.starts_on,
            row.ends_on,
            row.granted_by,
            row.ended_by,
            row.replaces_id,
        )
        for row in rows
    )


def invitations(*, organisation: str) -> tuple[InvitationLine, ...]:
    """Return the invitations of an organisation, newest first, without their codes."""
    rows = Invitation.objects.filter(organisation__key=organisation).order_by("-pk")
    return tuple(
        InvitationLine(row.pk, row.name, row.role, row.invited_by, row.invited_at, row.expires_at, row.state)
        for row in rows
    )


def seats_of(account: object, *, on: date) -> tuple[tuple[str, str, str], ...]:
    """Return (kind, key, title) of the organisations an account acts for on a day."""
    if not isinstance(account, Account) or not account.is_active:
        return ()
    rows = Seat.objects.filter(in_term(on), account=account).order_by("organisation__title")
    return tuple(rows.values_list("organisation__kind", "organisation__key", "organisation__title"))


def organisation_title(key: str) -> str:
    """Return what an organisation was called when somebody was first invited, empty when nobody was."""
    return Organisation.objects.filter(key=key).values_list("title", flat=True).first() or ""


def onboarding(number: int, *, by: Actor) -> OnboardingSheet:
    """Return a spreadsheet as it waits or as it was settled.

    Raises:
        Unknown: when there is none of this number that the actor may see.
    """
    permit(by, Permission.OFFICER_APPOINT)
    row = seen(Onboarding.objects.filter(pk=number), by, Permission.OFFICER_APPOINT).select_related("authority").first()
    if row is None:
        raise Unknown(f"没有第 {number} 号登记表", f"no sheet {number}")
    return _sheet(row)


def onboardings(*, by: Actor, page: int = 1) -> Page[OnboardingSheet]:
    """Return the spreadsheets that were brought, newest first."""
    permit(by, Permission.OFFICER_APPOINT)
    rows = seen(Onboarding.objects.all(), by, Permission.OFFICER_APPOINT)
    start = (max(page, 1) - 1) * PAGE_SIZE
    found = rows.order_by("-pk").select_related("authority")[start : start + PAGE_SIZE]
    return Page(tuple(_sheet(row) for row in found), max(page, 1), PAGE_SIZE, rows.count())


def in_term(on: date) -> Q:
    """Return the condition that something holds on a day; its last day is the one before its end."""
    return Q(starts_on__lte=on) & (Q(ends_on__isnull=True) | Q(ends_on__gt=on))


def role_line(row: RoleGrant) -> RoleLine:
    """Return a stored role as a line."""
    return RoleLine(
        row.pk,
        row.officer_id,
        row.officer.account.username,
        row.officer.name,
        row.authority.key,
        Wanted(row.role, row.scope, row.starts_on, row.ends_on, row.region, row.sector),
        row.state,
        row.proposed_by,
        row.proposed_at,
        row.settled_by,
        row.settled_at,
        row.reason,
    )


def _officer_lines(rows: "QuerySet[Any]") -> tuple[OfficerLine, ...]:
    found = list(rows)
    roles: dict[int, list[RoleLine]] = {}
    grants = RoleGrant.objects.filter(officer__in=[row.pk for row in found]).order_by("pk")
    for grant in grants.select_related("officer__account", "authority"):
        roles.setdefault(grant.officer_id, []).append(role_line(grant))
    return tuple(
        OfficerLine(
            row.pk,
            row.account.username,
            row.name,
            row.authority.key,
            Text(row.authority.title_zh, row.authority.title_en),
            row.starts_on,
            row.ends_on,
            tuple(roles.get(row.pk, ())),
        )
        for row in found
    )


def _authority_line(row: Authority, *, officers: int = 0) -> AuthorityLine:
    title = Text(row.title_zh, row.title_en)
    above = row.parent.key if row.parent else ""
    return AuthorityLine(row.key, title, above, row.region, row.sector, row.ends_on, officers=officers)


def _in_order(by_parent: Mapping[str, list[AuthorityLine]], parent: str, depth: int) -> Iterable[AuthorityLine]:
    for line in by_parent.get(parent, ()):
        yield replace(line, depth=depth)
        yield from _in_order(by_parent, line.key, depth + 1)


def _sheet(row: Onboarding) -> OnboardingSheet:
    faults = tuple(SheetFault(each["row"], each["column"], Text(each["zh"], each["en"])) for each in row.faults)
    return OnboardingSheet(row.pk, row.authority.key, row.file_name, tuple(row.rows), faults, row.state, row.by, row.at)
