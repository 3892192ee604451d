"""Onboarding: bodies, officers and roles taken in from a spreadsheet."""

import secrets
from collections.abc import Mapping, Sequence
from datetime import date, datetime

from django.contrib.auth.hashers import make_password
from django.db import transaction

from probity.guard.authorities.actions.offices import appoint_hashed, body_of, propose_role
from probity.guard.authorities.models import Account, Officer, Onboarding
from probity.guard.authorities.queries import permit, tree
from probity.guard.authorities.sheet import ANYTHING, Row, day_of, faults_of, role_of
from probity.guard.authorities.types import Appointee, NotGranted, NotPermitted, Permission, SheetFault, Wanted
from probity.guard.trail.actions import acting
from probity.terms import Actor, Text, Unknown, shanghai_day

MOST_ROWS = 2_000
"""More officers than any department has; a larger sheet is a mistake."""


class _TakenBack(Exception):
    """Ends a trial of the whole sheet, so that nothing of it stays."""


def check_in(*, file_name: str, rows: Sequence[Row], by: Actor, at: datetime) -> int:
    """Keep a spreadsheet as it was typed, with everything that is wrong in it, and return its number.

    Raises:
        NotGranted: for an empty sheet, or one beyond `MOST_ROWS`.
        NotPermitted: when the actor may not appoint.
    """
    permit(by, Permission.OFFICER_APPOINT)
    if not 0 < len(rows) <= MOST_ROWS:
        raise NotGranted(f"表中应有 1 至 {MOST_ROWS} 行", f"a sheet holds 1 to {MOST_ROWS} rows, this one {len(rows)}")
    faults = _tried(rows, by, at)
    with acting("onboarding.checked", by=by, at=at) as act:
        row = Onboarding.objects.create(
            authority=body_of(by.authority or "platform"),
            file_name=file_name[:255],
            rows=[dict(each) for each in rows],
            faults=_stored(faults),
            by=by.key,
            at=at,
        )
        act.note(f"onboarding:{row.pk}", rows=len(rows), faults=len(faults))
    return int(row.pk)


def mend_onboarding(*, number: int, cells: Mapping[tuple[int, str], str], by: Actor, at: datetime) -> None:
    """Change cells of a sheet that waits, by (row from 2, column), and check it anew.

    Raises:
        NotPermitted: when the actor may not appoint.
        Unknown: when no such sheet waits.
    """
    permit(by, Permission.OFFICER_APPOINT)
    with acting("onboarding.mended", by=by, at=at) as act:
        row = _waiting(number, by)
        for (place, column), text in cells.items():
            if 2 <= place < len(row.rows) + 2:
                row.rows[place - 2][column] = text.strip()
        faults = _tried(row.rows, by, at)
        row.faults = _stored(faults)
        row.save()
        act.note(f"onboarding:{number}", cells=len(cells), faults=len(faults))


def accept_onboarding(*, number: int, by: Actor, at: datetime) -> dict[str, str]:
    """Establish, appoint and prepare everything a sheet states, and return account → first password of new ones.

    Roles wait for whoever signs them. Either all of it is done or nothing.

    Raises:
        NotGranted: when something is still wrong.
        NotPermitted: when the actor may not do one of the things for one of the bodies.
        Unknown: when no such sheet waits.
    """
    permit(by, Permission.OFFICER_APPOINT)
    stated = _waiting(number, by)
    known = set(Account.objects.filter(username__in=_accounts(stated.rows)).values_list("username", flat=True))
    passwords = {name: secrets.token_urlsafe(12) for name in _accounts(stated.rows) if name not in known}
    hashed = {name: make_password(password) for name, password in passwords.items()}
    with acting("onboarding.accepted", by=by, at=at) as act:
        row = _waiting(number, by)
        if list(faults_of(row.rows, list(tree().bodies))) or _carry_out(row.rows, hashed, by, at):
            raise NotGranted("表中仍有错误，请先更正", "something in the sheet is still wrong: mend it first")
        row.state, row.settled_by, row.settled_at = "accepted", by.key, at
        row.save()
        act.note(f"onboarding:{number}", rows=len(row.rows), accounts=len(passwords))
    return passwords


def drop_onboarding(*, number: int, by: Actor, at: datetime) -> None:
    """Put a sheet aside without taking anything in.

    Raises:
        NotPermitted: when the actor may not appoint.
        Unknown: when no such sheet waits.
    """
    permit(by, Permission.OFFICER_APPOINT)
    with acting("onboarding.dropped", by=by, at=at) as act:
        row = _waiting(number, by)
        row.state, row.settled_by, row.settled_at = "dropped", by.key, at
        row.save()
        act.note(f"onboarding:{number}", rows=len(row.rows))


def _waiting(number: int, by: Actor) -> Onboarding:
    rows = Onboarding.objects.select_related("authority").filter(pk=number, state="checked")
    found: Onboarding | None = rows.first()
    if found is None:
        raise Unknown(f"没有待处理的第 {number} 号登记表", f"no sheet {number} waits")
    permit(by, Permission.OFFICER_APPOINT, authority=found.authority.key)
    return found


def _accounts(rows: Sequence[Row]) -> list[str]:
    return list(dict.fromkeys(row["account"] for row in rows if row.get("account")))


def _stored(faults: Sequence[SheetFault]) -> list[dict[str, object]]:
    return [
        {"row": fault.row, "column": fault.column, "zh": fault.reason.zh, "en": fault.reason.en} for fault in faults
    ]


def _tried(rows: Sequence[Row], by: Actor, at: datetime) -> list[SheetFault]:
    """Return what is wrong in a sheet: its cells are read, then all of it is carried out and taken back."""
    found = list(faults_of(rows, list(tree().bodies)))
    if found:
        return found
    try:
        with transaction.atomic():
            found = _carry_out(rows, {}, by, at)
            raise _TakenBack
    except _TakenBack:
        return found


def _carry_out(rows: Sequence[Row], hashed: Mapping[str, str], by: Actor, at: datetime) -> list[SheetFault]:
    faults = _establish_bodies(rows, by, at)
    if faults:
        return faults
    for number, row in enumerate(rows, 2):
        try:
            with transaction.atomic():
                _take_on(row, hashed.get(row.get("account", ""), "!"), by, at)
        except NotGranted as refusal:
            faults.append(SheetFault(number, "role" if row.get("role") else "account", refusal.text))
        except NotPermitted:
            faults.append(SheetFault(number, "authority", _NOT_YOURS))
    return faults


_NOT_YOURS = Text("您无权为该部门办理", "you may not do this for this body")


def _establish_bodies(rows: Sequence[Row], by: Actor, at: datetime) -> list[SheetFault]:
    """Establish what is stated with a title, a body above before the bodies below it."""
    from probity.guard.authorities.actions import establish

    permit(by, Permission.AUTHORITY_CHANGE)
    waiting = [(number, row) for number, row in enumerate(rows, 2) if row.get("title_zh")]
    while waiting:
        bodies = tree().bodies
        ready = [(number, row) for number, row in waiting if not row.get("parent") or row["parent"] in bodies]
        if not ready:
            circle = Text("上级部门关系成环", "the bodies above go round in a circle")
            return [SheetFault(number, "parent", circle) for number, _ in waiting]
        for number, row in ready:
            title = Text(row["title_zh"], row.get("title_en") or row["title_zh"])
            over = row.get("parent") or (bodies[row["authority"]].parent if row["authority"] in bodies else "")
            asked = row["authority"] if row["authority"] in bodies else over
            try:
                permit(by, Permission.AUTHORITY_CHANGE, authority=asked)
                establish(
                    key=row["authority"],
                    title=title,
                    region=row.get("region", ""),
                    sector=row.get("sector") or None,
                    parent=row.get("parent") or None,
                    by=by,
                    at=at,
                )
            except NotPermitted:
                return [SheetFault(number, "authority", _NOT_YOURS)]
        waiting = [pair for pair in waiting if pair not in ready]
    return []


def _take_on(row: Row, hashed: str, by: Actor, at: datetime) -> None:
    """Appoint the person of a row unless they are in office there, and prepare the role."""
    if not row.get("account"):
        return
    today = shanghai_day(at)
    starts_on, ends_on = day_of(row.get("starts_on", "")) or today, day_of(row.get("ends_on", ""))
    number = _in_office(row["account"], row["authority"], today)
    if number is None:
        appointee = Appointee(row["account"], row["name"], row["authority"], starts_on, None)
        number = appoint_hashed(appointee, hashed, by, at)
    role = role_of(row.get("role", ""))
    if role:
        scope = row.get("scope", "") or row["authority"]
        wanted = Wanted(role, "" if scope == ANYTHING else scope, starts_on, ends_on)
        propose_role(officer=number, wanted=wanted, by=by, at=at)


def _in_office(account: str, authority: str, today: date) -> int | None:
    rows = Officer.objects.filter(account__username=account, authority__key=authority).exclude(ends_on__lte=today)
    return rows.values_list("pk", flat=True).first()
