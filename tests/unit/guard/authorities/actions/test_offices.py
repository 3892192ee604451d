"""Offices: two people give a role, nobody gives one to themselves, and an ended one is refused at once."""

from datetime import date, timedelta

import pytest

from probity.guard.authorities.actions import appoint, end_office, end_role, propose_role, settle_role, succeed
from probity.guard.authorities.models import Authority, Officer, RoleGrant
from probity.guard.authorities.queries import allowed, officer, officers, waiting_roles, whom_to_ask
from probity.guard.authorities.types import Appointee, NotGranted, NotPermitted, Permission, Wanted
from probity.guard.trail.queries import entries
from probity.terms import Unknown
from tests.unit.guard.authorities.appointed import AT, ON, acting_as, city, holding, in_office

LATER = date(2026, 7, 10)


@pytest.fixture(autouse=True)
def appointed(database: str) -> None:
    """Four bodies and three administrators."""
    city()


def test_a_role_is_prepared_by_one_and_signed_by_another() -> None:
    """Until it is signed it gives nothing; then it gives what it says within its scope, parts included."""
    number = in_office("li", "market")
    system, security = acting_as("system_administrator"), acting_as("security_administrator")
    grant = propose_role(officer=number, wanted=Wanted("data_clerk", "market", ON), by=system, at=AT)
    assert not allowed(acting_as("li"), Permission.BATCH_READ)
    assert [line.number for line in waiting_roles(by=security).lines] == [grant]
    with pytest.raises(NotPermitted):
        settle_role(grant=grant, signs=True, by=system, at=AT)
    settle_role(grant=grant, signs=True, by=security, at=AT)
    li = acting_as("li")
    seen = {key for key in ("market", "market-east", "tax") if allowed(li, Permission.BATCH_READ, authority=key)}
    assert seen == {"market", "market-east"}
    with pytest.raises(NotGranted, match="settled this already"):
        settle_role(grant=grant, signs=True, by=security, at=AT)
    assert [entry.act for entry in entries(about=f"officer:{number}")] == [
        "officer.appointed",
        "role.proposed",
        "role.granted",
    ]


def test_nobody_gives_a_role_to_themselves_nor_signs_what_they_prepared() -> None:
    """Whatever roles they hold, and under whichever office."""
    system = acting_as("system_administrator")
    own = Officer.objects.get(account__username="system_administrator")
    with pytest.raises(NotGranted, match="to themselves"):
        propose_role(officer=own.pk, wanted=Wanted("auditor", "", ON), by=system, at=AT)
    grant = propose_role(officer=in_office("li", "market"), wanted=Wanted("inspector", "market", ON), by=system, at=AT)
    from probity.terms import Actor

    both = Actor(system.kind, system.key, system.authority, grants=acting_as("security_administrator").grants)
    with pytest.raises(NotGranted, match="prepared it cannot sign"):
        settle_role(grant=grant, signs=True, by=both, at=AT)


@pytest.mark.parametrize("other", ["security_administrator", "audit_administrator", "credit_officer", "supplier"])
def test_the_three_administrators_are_three_people(other: str) -> None:
    """And none of them does anything else beside."""
    number = Officer.objects.get(account__username="system_administrator").pk
    wanted = Wanted(other, "", ON, ON + timedelta(days=3))
    with pytest.raises(NotGranted, match="two people"):
        propose_role(officer=number, wanted=wanted, by=_another_system_administrator(), at=AT)


def _another_system_administrator() -> object:
    return holding("wang", "market", "system_administrator", "")


def test_a_supplier_is_let_in_for_some_days_only_and_watched() -> None:
    """Off before and after; each act is marked in the trail."""
    number = in_office("maker", "platform")
    system = acting_as("system_administrator")
    for ends_on in (None, ON + timedelta(days=8)):
        with pytest.raises(NotGranted, match="at most 7 days"):
            propose_role(officer=number, wanted=Wanted("supplier", "", ON, ends_on), by=system, at=AT)
    wanted = Wanted("supplier", "", ON + timedelta(days=1), ON + timedelta(days=3))
    grant = propose_role(officer=number, wanted=wanted, by=system, at=AT)
    settle_role(grant=grant, signs=True, by=acting_as("security_administrator"), at=AT)
    days = [ON + timedelta(days=n) for n in range(4)]
    assert [allowed(acting_as("maker", on=day), Permission.OPERATION_READ) for day in days] == [
        False,
        True,
        True,
        False,
    ]
    supplier = acting_as("maker", on=days[1])
    assert supplier.is_watched
    assert not allowed(supplier, Permission.ENTERPRISE_READ)
    from probity.guard.authorities.actions import change_password

    account = Officer.objects.get(pk=number).account_id
    change_password(account=account, password="my-own-password", by=supplier, at=AT)
    assert entries(about=f"account:{account}")[0].detail["watched"] is True


def test_a_scope_without_limit_is_for_few_roles() -> None:
    """A clerk of one body is never a clerk of all by leaving a field empty."""
    number, system = in_office("li", "market"), acting_as("system_administrator")
    for wanted in (Wanted("data_clerk", "", ON), Wanted("data_clerk", "nowhere", ON), Wanted("king", "market", ON)):
        with pytest.raises(NotGranted):
            propose_role(officer=number, wanted=wanted, by=system, at=AT)
    assert not RoleGrant.objects.filter(officer=number).exists()


def test_an_ended_role_and_an_ended_office_hold_no_more_on_that_day() -> None:
    """Ended twice, nothing changes; and whom to ask is known."""
    li = holding("li", "market", "data_clerk")
    grant = RoleGrant.objects.get(officer__account__username="li")
    security = acting_as("security_administrator")
    end_role(grant=grant.pk, on=LATER, reason="moved", by=security, at=AT)
    end_role(grant=grant.pk, on=LATER, reason="moved", by=security, at=AT)
    before, after = acting_as("li", on=LATER - timedelta(days=1)), acting_as("li", on=LATER)
    assert before == li
    assert (after.key, after.grants) == (li.key, ())
    end_office(officer=grant.officer_id, on=LATER, reason="", by=acting_as("system_administrator"), at=AT)
    assert acting_as("li", on=LATER).key == "public"
    assert [name for name, _ in whom_to_ask(on=ON)] == ["system_administrator"]


def test_one_person_is_in_one_office_at_a_time() -> None:
    """A transfer ends the first; the account stays, with its own password."""
    number = in_office("li", "market")
    with pytest.raises(NotGranted, match="in an office already"):
        in_office("li", "tax")
    system = acting_as("system_administrator")
    end_office(officer=number, on=ON, reason="moved", by=system, at=AT)
    appoint(appointee=Appointee("li", "Li", "tax", ON), password="another-one-99", by=system, at=AT)
    assert acting_as("li").authority == "tax"
    assert Officer.objects.get(pk=number).account.check_password("given-by-someone-1")


def test_a_system_administrator_of_one_body_appoints_there_only() -> None:
    """A scope is a scope for administrators too: other bodies' officers are neither seen nor changed."""
    east = holding("zhao", "market", "system_administrator", "market")
    elsewhere = in_office("qian", "tax")
    with pytest.raises(NotPermitted):
        appoint(appointee=Appointee("sun", "Sun", "tax", ON), password="x", by=east, at=AT)
    with pytest.raises(NotPermitted):
        propose_role(officer=elsewhere, wanted=Wanted("inspector", "tax", ON), by=east, at=AT)
    with pytest.raises(NotPermitted):
        end_office(officer=elsewhere, on=ON, reason="", by=east, at=AT)
    with pytest.raises(Unknown):
        officer(elsewhere, by=east)
    assert {line.authority for line in officers(by=east).lines} == {"market"}


def test_after_a_merger_the_successor_answers_and_the_record_keeps_its_body() -> None:
    """The officers of the body that ended act no more; the successor's see what was its own."""
    old = holding("zhou", "quality", "data_clerk")
    new = holding("wu", "market", "data_clerk")
    assert allowed(old, Permission.BATCH_READ, authority="quality")
    assert not allowed(new, Permission.BATCH_READ, authority="quality")
    system = acting_as("system_administrator")
    with pytest.raises(NotGranted, match="document"):
        succeed(authority="quality", successor="market", on=ON, basis=" ", by=system, at=AT)
    succeed(authority="quality", successor="market", on=ON, basis="临政发〔2026〕8号", by=system, at=AT)
    succeed(authority="quality", successor="market", on=ON, basis="临政发〔2026〕8号", by=system, at=AT)
    assert allowed(new, Permission.BATCH_READ, authority="quality")
    assert acting_as("zhou").key == "public"
    assert Authority.objects.get(key="quality").ends_on == ON
    with pytest.raises(NotGranted, match="cannot follow"):
        succeed(authority="market", successor="quality", on=ON, basis="9", by=system, at=AT)
