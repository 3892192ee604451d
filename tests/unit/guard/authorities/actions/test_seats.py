"""Seats: a one-time code lets one person act for one organisation, and the history stays."""

from datetime import timedelta

import pytest

from probity.guard.authorities.actions import accept_seat, end_seat, invite, withdraw
from probity.guard.authorities.models import Account, Invitation
from probity.guard.authorities.queries import actor_of, invitations, permit_own, seats, seats_of
from probity.guard.authorities.types import Invited, Joining, NotGranted, NotPermitted, Permission
from probity.terms import Actor, ActorKind
from tests.unit.guard.authorities.appointed import AT, ON, city, holding

CODE, OTHER = "91339900MA2X0A0A0A", "91339900MA2X0B0B0B"
PASSWORD = "lantern-over-water-7"


@pytest.fixture
def credit(database: str) -> Actor:
    """A credit officer, who checked at the window who came."""
    city()
    return holding("credit", "market", "credit_officer")


def invited(
    role: str = "delegate", name: str = "Chen", organisation: str = CODE, replaces: int | None = None
) -> Invited:
    return Invited("enterprise", organisation, "临澜某公司", name, role, replaces)


def seated(by: Actor, username: str, role: str = "head_delegate", organisation: str = CODE) -> Actor:
    """Invite somebody, let them accept with an account of their own, and return them."""
    code = invite(invited=invited(role, username, organisation), by=by, at=AT)
    accept_seat(joining=Joining(code, None, username, PASSWORD), by=Actor.public(), at=AT, on=ON)
    return actor_of(Account.objects.get(username=username), on=ON, organisation=organisation)


def test_the_organisation_is_in_the_address(credit: Actor) -> None:
    """The same account is somebody under its own enterprise's address and nobody under another's."""
    chen = seated(credit, "chen")
    assert (chen.kind, chen.organisation) == (ActorKind.DELEGATE, CODE)
    account = Account.objects.get(username="chen")
    assert actor_of(account, on=ON, organisation=OTHER) == Actor.public()
    assert actor_of(account, on=ON) == Actor.public()
    permit_own(chen, Permission.OWN_READ, organisation=CODE)
    for absent_or_other in ("", OTHER):
        with pytest.raises(NotPermitted):
            permit_own(chen, Permission.OWN_READ, organisation=absent_or_other)
    assert seats_of(account, on=ON) == (("enterprise", CODE, "临澜某公司"),)


def test_a_code_is_used_once_and_runs_out(credit: Actor) -> None:
    """Only its digest is kept; a wrong one is not told from an old one."""
    code = invite(invited=invited(), by=credit, at=AT)
    assert code not in str(list(Invitation.objects.values()))
    late = AT + timedelta(days=15)
    with pytest.raises(NotGranted, match="does not hold"):
        accept_seat(joining=Joining(code, None, "chen", PASSWORD), by=Actor.public(), at=late, on=late.date())
    accept_seat(joining=Joining(code.lower(), None, "chen", PASSWORD), by=Actor.public(), at=AT, on=ON)
    for wrong in (code, "AAAAA-BBBBB-CCCCC-DDDDD", ""):
        with pytest.raises(NotGranted, match="does not hold"):
            accept_seat(joining=Joining(wrong, None, "other", PASSWORD), by=Actor.public(), at=AT, on=ON)


def test_a_head_invites_replaces_and_ends_and_history_stays(credit: Actor) -> None:
    """Whoever was replaced acts no more from that day; nobody is deleted."""
    head = seated(credit, "chen")
    seated(head, "lin", "delegate")
    lin = seats(organisation=CODE)[0]
    code = invite(invited=invited("delegate", "Gao", replaces=lin.number), by=head, at=AT)
    accept_seat(joining=Joining(code, None, "gao", PASSWORD), by=Actor.public(), at=AT, on=ON)
    gao = seats(organisation=CODE)[0]
    assert (gao.replaces, seats(organisation=CODE)[1].ends_on) == (lin.number, ON)
    assert actor_of(Account.objects.get(username="lin"), on=ON, organisation=CODE) == Actor.public()
    end_seat(seat=gao.number, organisation=CODE, on=ON, by=head, at=AT)
    assert [line.name for line in seats(organisation=CODE)] == ["Gao", "lin", "chen"]
    with pytest.raises(NotGranted, match="last head"):
        end_seat(seat=seats(organisation=CODE)[2].number, organisation=CODE, on=ON, by=head, at=AT)


def test_a_delegate_changes_no_delegates_and_a_head_only_their_own(credit: Actor) -> None:
    """Neither by role nor by another enterprise's number."""
    head = seated(credit, "chen")
    plain = seated(head, "lin", "delegate")
    foreign = seated(credit, "gao", organisation=OTHER)
    theirs = seats(organisation=OTHER)[0].number
    for by in (plain, foreign):
        with pytest.raises(NotPermitted):
            invite(invited=invited(), by=by, at=AT)
    with pytest.raises(NotPermitted):
        end_seat(seat=theirs, organisation=OTHER, on=ON, by=head, at=AT)
    with pytest.raises(LookupError):
        end_seat(seat=theirs, organisation=CODE, on=ON, by=head, at=AT)
    with pytest.raises(NotGranted, match="has to be a delegate"):
        invite(invited=invited(replaces=theirs), by=head, at=AT)


def test_a_withdrawn_invitation_holds_no_more(credit: Actor) -> None:
    """And says so in the list."""
    code = invite(invited=invited(), by=credit, at=AT)
    line = invitations(organisation=CODE)[0]
    withdraw(invitation=line.number, organisation=CODE, by=credit, at=AT)
    assert invitations(organisation=CODE)[0].state == "withdrawn"
    with pytest.raises(NotGranted):
        accept_seat(joining=Joining(code, None, "chen", PASSWORD), by=Actor.public(), at=AT, on=ON)


def test_an_officer_is_nobodys_delegate(credit: Actor) -> None:
    """Nobody stands on both sides; a weak password is refused with reasons, and a taken name too."""
    code = invite(invited=invited(), by=credit, at=AT)
    account = Account.objects.get(username="credit").pk
    with pytest.raises(NotGranted, match="in an office"):
        accept_seat(joining=Joining(code, account), by=credit, at=AT, on=ON)
    with pytest.raises(NotGranted, match="too short"):
        accept_seat(joining=Joining(code, None, "chen", "short"), by=Actor.public(), at=AT, on=ON)
    with pytest.raises(NotGranted, match="taken"):
        accept_seat(joining=Joining(code, None, "credit", PASSWORD), by=Actor.public(), at=AT, on=ON)
