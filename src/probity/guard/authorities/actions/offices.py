"""Offices: the verbs that appoint officers, and give and end their roles."""

from datetime import date, datetime

from django.conf import settings
from django.contrib.auth.hashers import make_password
from django.db.models import Q

from probity.guard.authorities.models import Account, Authority, Officer, RoleGrant, Seat
from probity.guard.authorities.queries import allowed, permit, tree
from probity.guard.authorities.roles import OFFICES
from probity.guard.authorities.rules import check_together, check_wanted
from probity.guard.authorities.types import Appointee, NotGranted, NotPermitted, Permission, Wanted
from probity.guard.trail.actions import acting
from probity.terms import Actor, Unknown


def appoint_first(*, name: str, password: str, authority: str, role: str, by: Actor, at: datetime, on: date) -> int:
    """Create an account with an office and an unlimited role, as the terminal may; return the office's number.

    The password must be changed at first use.

    Raises:
        NotPermitted: when anybody but the platform itself asks: officers are appointed by two.
    """
    if not by.is_administrator:
        raise NotPermitted(Permission.OFFICER_APPOINT)
    with acting("officer.appointed", by=by, at=at) as act:
        body = body_of(authority)
        account = Account.objects.create_user(username=name, password=password, must_change_password=True)
        officer = Officer.objects.create(account=account, authority=body, starts_on=on, granted_by=by.key)
        RoleGrant.objects.create(
            authority=body,
            officer=officer,
            role=role,
            starts_on=on,
            state="granted",
            needs_second=False,
            proposed_by=by.key,
            proposed_at=at,
            settled_by=by.key,
            settled_at=at,
        )
        act.note(f"officer:{officer.pk}", name=name, authority=authority, role=role)
    return int(officer.pk)


def appoint(*, appointee: Appointee, password: str, by: Actor, at: datetime) -> int:
    """Put somebody into office for a body and return the office's number; it gains nothing without a role.

    Args:
        appointee: who, for which body, from when.
        password: the one a new account starts with, to be changed at first use; a known account keeps its own.
        by: who appoints.
        at: when.

    Raises:
        NotGranted: when the person is in an office already, acts for an organisation, or the body has ended.
        NotPermitted: when the actor may not appoint for the body.
    """
    permit(by, Permission.OFFICER_APPOINT, authority=appointee.authority if appointee else "")
    return appoint_hashed(appointee, make_password(password), by, at)


def appoint_hashed(appointee: Appointee, hashed: str, by: Actor, at: datetime) -> int:
    """Put somebody into office with a password hashed before: hashing takes longer than a transaction may."""
    permit(by, Permission.OFFICER_APPOINT, authority=appointee.authority)
    name = appointee.account.strip()
    if not name or not appointee.name.strip():
        raise NotGranted("须填写账号和姓名", "an account and a name are needed")
    if appointee.ends_on and appointee.ends_on <= appointee.starts_on:
        raise NotGranted("终止日期应晚于开始日期", "the end has to be after the start")
    with acting("officer.appointed", by=by, at=at) as act:
        body = body_of(appointee.authority)
        if body.ends_on and body.ends_on <= appointee.starts_on:
            raise NotGranted("该部门已终止", "this body has ended")
        account = Account.objects.filter(username=name).first()
        if account is None:
            account = Account.objects.create(username=name, password=hashed, must_change_password=True)
        refuse_two_hats(account, appointee.starts_on)
        officer = Officer.objects.create(
            account=account,
            authority=body,
            name=appointee.name.strip()[:64],
            starts_on=appointee.starts_on,
            ends_on=appointee.ends_on,
            granted_by=by.key,
        )
        act.note(f"officer:{officer.pk}", account=account.pk, authority=body.key)
    return int(officer.pk)


def propose_role(*, officer: int, wanted: Wanted, by: Actor, at: datetime, reason: str = "") -> int:
    """Prepare a role for an officer and return its number; a second person signs where the role asks it.

    Raises:
        NotGranted: for oneself, for two roles that are two people, or a scope that cannot be.
        NotPermitted: when the actor may not prepare roles for the officer's body.
        Unknown: when there is no such officer.
    """
    permit(by, Permission.ROLE_PROPOSE)
    with acting("role.proposed", by=by, at=at) as act:
        holder = _officer(officer)
        permit(by, Permission.ROLE_PROPOSE, authority=holder.authority.key)
        _refuse_oneself(by, holder)
        check_wanted(wanted, tree(), longest_days=settings.PROBITY_SUPPLIER_DAYS)
        check_together(wanted, _others(holder))
        is_done = not OFFICES[wanted.role].needs_second
        row = RoleGrant.objects.create(
            authority_id=holder.authority_id,
            officer=holder,
            role=wanted.role,
            scope=wanted.scope,
            region=wanted.region,
            sector=wanted.sector,
            starts_on=wanted.starts_on,
            ends_on=wanted.ends_on,
            state="granted" if is_done else "proposed",
            needs_second=not is_done,
            proposed_by=by.key,
            proposed_at=at,
            settled_by=by.key if is_done else "",
            settled_at=at if is_done else None,
            reason=reason[:500],
        )
        act.note(f"officer:{officer}", grant=row.pk, role=wanted.role, scope=wanted.scope, state=row.state)
    return int(row.pk)


def settle_role(*, grant: int, signs: bool, reason: str = "", by: Actor, at: datetime) -> None:
    """Sign a prepared role, or refuse it with a reason; never one's own, nor one that oneself prepared.

    Raises:
        NotGranted: when it is settled already, is one's own, or was prepared by the same person.
        NotPermitted: when the actor may not sign for the officer's body.
        Unknown: when there is none of this number.
    """
    permit(by, Permission.ROLE_GRANT)
    with acting("role.granted" if signs else "role.refused", by=by, at=at) as act:
        row = _grant(grant)
        permit(by, Permission.ROLE_GRANT, authority=row.authority.key)
        _refuse_oneself(by, row.officer)
        if row.state != "proposed":
            raise NotGranted("该授权已由他人处理", "somebody settled this already")
        if _same_person(by.key, row.proposed_by):
            raise NotGranted("拟定人不能自行批准", "whoever prepared it cannot sign it")
        if not signs and not reason.strip():
            raise NotGranted("退回须写明理由", "a refusal needs a reason")
        if signs:
            check_together(_wanted(row), _others(row.officer, but=row.pk))
        row.state, row.settled_by, row.settled_at = "granted" if signs else "refused", by.key, at
        row.reason = (reason.strip() or row.reason)[:500]
        row.save()
        act.note(f"officer:{row.officer_id}", grant=row.pk, role=row.role, scope=row.scope)


def end_role(*, grant: int, on: date, reason: str, by: Actor, at: datetime) -> None:
    """End a role from a day on: its holder is refused at the next click of that day. Ended twice, nothing changes.

    Raises:
        NotPermitted: when the actor may neither sign nor prepare roles for the officer's body.
        Unknown: when there is none of this number.
    """
    _permit_either(by, None)
    with acting("role.ended", by=by, at=at) as act:
        row = _grant(grant)
        _permit_either(by, row.authority.key)
        act.note(f"officer:{row.officer_id}", grant=row.pk, role=row.role, reason=reason)
        if row.ends_on and row.ends_on <= on:
            return
        act.changed({"ends_on": row.ends_on}, {"ends_on": on.isoformat()})
        row.ends_on, row.ended_by = max(on, row.starts_on), by.key
        if row.state == "proposed":
            row.state, row.settled_by, row.settled_at, row.needs_second = "refused", by.key, at, False
        row.save()


def end_office(*, officer: int, on: date, reason: str, by: Actor, at: datetime) -> None:
    """End somebody's office, and with it every role, from a day on. Ended twice, nothing changes.

    Raises:
        NotPermitted: when the actor may not appoint for the body.
        Unknown: when there is no such officer.
    """
    permit(by, Permission.OFFICER_APPOINT)
    with acting("officer.ended", by=by, at=at) as act:
        holder = _officer(officer)
        permit(by, Permission.OFFICER_APPOINT, authority=holder.authority.key)
        act.note(f"officer:{officer}", reason=reason)
        if holder.ends_on and holder.ends_on <= on:
            return
        act.changed({"ends_on": holder.ends_on}, {"ends_on": on.isoformat()})
        holder.ends_on, holder.ended_by = max(on, holder.starts_on), by.key
        holder.save()


def body_of(key: str) -> Authority:
    """Return the row of a body.

    Raises:
        Unknown: when no body has the key.
    """
    found: Authority | None = Authority.objects.filter(key=key).select_related("parent").first()
    if found is None:
        raise Unknown(f"没有部门「{key}」", f"no authority {key!r}")
    return found


def _permit_either(by: Actor, authority: str | None) -> None:
    if not allowed(by, Permission.ROLE_PROPOSE, authority=authority):
        permit(by, Permission.ROLE_GRANT, authority=authority)


def _officer(number: int) -> Officer:
    rows = Officer.objects.select_for_update(of=("self",)).select_related("authority", "account")
    found: Officer | None = rows.filter(pk=number).first()
    if found is None:
        raise Unknown(f"没有第 {number} 号任职", f"no officer {number}")
    return found


def _grant(number: int) -> RoleGrant:
    rows = RoleGrant.objects.select_for_update(of=("self",)).select_related("authority", "officer__account")
    found: RoleGrant | None = rows.filter(pk=number).first()
    if found is None:
        raise Unknown(f"没有第 {number} 号授权", f"no role grant {number}")
    return found


def _refuse_oneself(by: Actor, holder: Officer) -> None:
    if _same_person(by.key, f"officer:{holder.pk}"):
        raise NotGranted("不能给自己授权", "nobody gives a role to themselves")


def _same_person(one: str, other: str) -> bool:
    """Whether two keys of officers are one person, who may have held several offices."""
    if one == other:
        return True
    numbers = [key.removeprefix("officer:") for key in (one, other) if key.startswith("officer:")]
    if len(numbers) < 2:
        return False
    return len(set(Officer.objects.filter(pk__in=numbers).values_list("account_id", flat=True))) == 1


def refuse_two_hats(account: Account, on: date, *, seats: bool = True) -> None:
    """Refuse a second office at the same time, and an office beside a seat; with `seats` off, only an office.

    Raises:
        NotGranted: naming what has to end first.
    """
    runs_on = Q(ends_on__isnull=True) | Q(ends_on__gt=on)
    if Officer.objects.filter(runs_on, account=account).exists():
        raise NotGranted(
            "该账号已在任职；调动须先终止原任职",
            "this account is in an office already: end that one first",
        )
    if seats and Seat.objects.filter(runs_on, account=account).exists():
        raise NotGranted(
            "该账号是相对方单位的经办人，不能兼任执法人员",
            "this account acts for an organisation: nobody does both",
        )


def _others(holder: Officer, but: int = 0) -> list[Wanted]:
    """Return what the same person holds, or waits for, in any office."""
    rows = RoleGrant.objects.filter(officer__account_id=holder.account_id, state__in=("proposed", "granted"))
    return [_wanted(row) for row in rows.exclude(pk=but).select_related("officer")]


def _wanted(row: RoleGrant) -> Wanted:
    ends = [day for day in (row.ends_on, row.officer.ends_on) if day]
    return Wanted(row.role, row.scope, row.starts_on, min(ends, default=None), row.region, row.sector)
