"""Seats: the verbs by which people come to act for an organisation, and cease to."""

import hashlib
import secrets
from datetime import date, datetime, timedelta

from django.conf import settings
from django.contrib.auth.hashers import make_password
from django.contrib.auth.password_validation import validate_password
from django.core.exceptions import ValidationError
from django.db.models import Q, QuerySet

from probity.guard.authorities.actions.offices import refuse_two_hats
from probity.guard.authorities.models import Account, Invitation, Organisation, Seat
from probity.guard.authorities.queries import permit, permit_own
from probity.guard.authorities.roles import SEATS
from probity.guard.authorities.types import Invited, Joining, NotGranted, NotPermitted, Permission
from probity.guard.trail.actions import acting
from probity.terms import Actor, Unknown

_LETTERS = "ABCDEFGHJKMNPQRSTUVWXYZ23456789"
"""What a code is made of: nothing that looks like something else."""


def invite(*, invited: Invited, by: Actor, at: datetime) -> str:
    """Invite somebody to act for an organisation and return the one-time code, which is shown once.

    An officer invites the first, whoever the organisation named at the window; a head delegate the
    others. One who replaces somebody takes the seat over when the code is used.

    Raises:
        NotGranted: for an unknown role or kind, or a seat that is not the organisation's to replace.
        NotPermitted: when the actor may neither invite nor change the delegates of this organisation.
    """
    _permit_for(by, invited.organisation if invited else "")
    if invited.role not in SEATS or invited.kind not in KINDS or not invited.name.strip():
        raise NotGranted("须填写姓名、单位类别和角色", "a name, a kind of organisation and a role are needed")
    code = "-".join("".join(secrets.choice(_LETTERS) for _ in range(5)) for _ in range(4))
    with acting("delegate.invited", by=by, at=at) as act:
        body, _ = Organisation.objects.get_or_create(
            kind=invited.kind, key=invited.organisation, defaults={"title": invited.title or invited.organisation}
        )
        replaced = _running(invited.replaces, body) if invited.replaces else None
        row = Invitation.objects.create(
            organisation=body,
            role=invited.role,
            name=invited.name.strip()[:64],
            code_digest=_digest(code),
            replaces=replaced,
            invited_by=by.key,
            invited_at=at,
            expires_at=at + timedelta(days=settings.PROBITY_INVITATION_DAYS),
        )
        act.note(f"organisation:{invited.organisation}", invitation=row.pk, role=invited.role)
    return code


def accept_seat(*, joining: Joining, by: Actor, at: datetime, on: date) -> tuple[str, str]:
    """Take the seat that a one-time code gives and return (kind, key) of the organisation.

    Whoever is signed in takes it with their own account; otherwise an account is made. The code
    is what permits: it is used once, and a wrong one is not told from one that ran out.

    Raises:
        NotGranted: when the code does not hold, the account is taken, the password is weak, or the person is an officer.
    """
    hashed = "" if joining.account else _hashed(joining)
    with acting("delegate.accepted", by=by, at=at) as act:
        rows = Invitation.objects.select_for_update(of=("self",)).select_related("organisation", "replaces")
        row = rows.filter(code_digest=_digest(joining.code), state="open", expires_at__gt=at).first()
        if row is None:
            raise NotGranted(
                "邀请码无效或已过期，请联系邀请人", "this code does not hold any more: ask who invited you"
            )
        account = _account(joining, hashed)
        refuse_two_hats(account, on, seats=False)
        if _seats(row.organisation, on).filter(account=account).exists():
            raise NotGranted("该账号已是本单位经办人", "this account acts for the organisation already")
        seat = Seat.objects.create(
            organisation=row.organisation,
            account=account,
            name=row.name,
            role=row.role,
            starts_on=on,
            granted_by=row.invited_by,
            replaces=row.replaces,
        )
        if row.replaces and (row.replaces.ends_on is None or row.replaces.ends_on > on):
            row.replaces.ends_on, row.replaces.ended_by = on, row.invited_by
            row.replaces.save()
        row.state, row.seat = "accepted", seat
        row.save()
        act.note(f"organisation:{row.organisation.key}", seat=seat.pk, invitation=row.pk, account=account.pk)
    return row.organisation.kind, row.organisation.key


def withdraw(*, invitation: int, organisation: str, by: Actor, at: datetime) -> None:
    """Withdraw an invitation that waits; its code holds no more. Withdrawn twice, nothing changes.

    Raises:
        NotPermitted: when the actor may not change the delegates of this organisation.
        Unknown: when the organisation has no such invitation.
    """
    _permit_for(by, organisation)
    with acting("delegate.withdrawn", by=by, at=at) as act:
        row = Invitation.objects.filter(pk=invitation, organisation__key=organisation).first()
        if row is None:
            raise Unknown(f"没有第 {invitation} 号邀请", f"no invitation {invitation}")
        act.note(f"organisation:{organisation}", invitation=invitation)
        if row.state == "open":
            row.state = "withdrawn"
            row.save()


def end_seat(*, seat: int, organisation: str, on: date, by: Actor, at: datetime) -> None:
    """End somebody's acting for an organisation from a day on; the line stays as history.

    Raises:
        NotGranted: for the last head delegate, unless an officer ends it: nobody could invite any more.
        NotPermitted: when the actor may not change the delegates of this organisation.
        Unknown: when the organisation has no such seat.
    """
    _permit_for(by, organisation)
    with acting("delegate.ended", by=by, at=at) as act:
        row = Seat.objects.filter(pk=seat, organisation__key=organisation).select_related("organisation").first()
        if row is None:
            raise Unknown(f"没有第 {seat} 号经办人", f"no delegate {seat}")
        act.note(f"organisation:{organisation}", seat=seat)
        if row.ends_on and row.ends_on <= on:
            return
        heads = _seats(row.organisation, on).filter(role="head_delegate").exclude(pk=seat)
        if by.organisation and row.role == "head_delegate" and not heads.exists():
            raise NotGranted(
                "这是最后一名主经办人，请先邀请接替人", "this is the last head delegate: invite who replaces them first"
            )
        row.ends_on, row.ended_by = max(on, row.starts_on), by.key
        row.save()


KINDS = ("enterprise", "institution", "association", "bank")
"""The kinds of organisation for which people act here."""


def _permit_for(by: Actor, organisation: str) -> None:
    if by.organisation:
        permit_own(by, Permission.DELEGATE_CHANGE, organisation=organisation)
    else:
        permit(by, Permission.ORGANISATION_INVITE)
    if not organisation:
        raise NotPermitted(Permission.DELEGATE_CHANGE)


def _digest(code: str) -> str:
    return hashlib.sha256(code.strip().upper().encode()).hexdigest()


def _hashed(joining: Joining) -> str:
    if not joining.username.strip():
        raise NotGranted("请填写账号", "choose an account name")
    try:
        validate_password(joining.password)
    except ValidationError as weak:
        raise NotGranted(*_weakness(weak)) from weak
    return make_password(joining.password)


def _weakness(weak: ValidationError) -> tuple[str, str]:
    from django.utils.translation import override

    said = []
    for language in ("zh-hans", "en"):
        with override(language):
            said.append(" ".join(str(message) for message in weak.messages))
    return said[0], said[1]


def _account(joining: Joining, hashed: str) -> Account:
    if joining.account:
        return Account.objects.get(pk=joining.account)
    if Account.objects.filter(username=joining.username.strip()).exists():
        raise NotGranted(
            "该账号名已被使用；如是您本人的账号，请先登录",
            "this account name is taken; if it is yours, sign in first",
        )
    made: Account = Account.objects.create(username=joining.username.strip(), password=hashed)
    return made


def _seats(organisation: Organisation, on: date) -> "QuerySet[Seat]":
    return Seat.objects.filter(Q(ends_on__isnull=True) | Q(ends_on__gt=on), organisation=organisation)


def _running(number: int, organisation: Organisation) -> Seat:
    found: Seat | None = Seat.objects.filter(pk=number, organisation=organisation).first()
    if found is None:
        raise NotGranted("被接替的人不是本单位经办人", "whoever is replaced has to be a delegate of the organisation")
    return found
