"""Onboarding: a sheet is shown with all its faults, mended without loss, and taken in whole or not at all."""

import pytest

from probity.guard.authorities.actions import accept_onboarding, check_in, drop_onboarding, mend_onboarding
from probity.guard.authorities.models import Authority, Officer, RoleGrant
from probity.guard.authorities.queries import onboarding, onboardings, waiting_roles
from probity.guard.authorities.types import NotGranted, NotPermitted
from probity.terms import Unknown
from tests.unit.guard.authorities.appointed import AT, acting_as, city, holding

BODY = {"authority": "linlan-water", "title_zh": "临澜市水务局", "title_en": "Linlan Water Bureau", "region": "339900"}
GOOD = [
    {"authority": "linlan-water-east", "title_zh": "临澜市水务局东湖分局", "parent": "linlan-water"},
    {**BODY, "account": "lu", "name": "陆一", "role": "数据报送员", "starts_on": "2026年7月1日"},
    {"authority": "linlan-water", "account": "lu", "name": "陆一", "role": "inspector"},
    {
        "authority": "linlan-water-east",
        "account": "fang",
        "name": "方二",
        "role": "window_clerk",
        "starts_on": "2026-06-30",
    },
]


@pytest.fixture(autouse=True)
def appointed(database: str) -> None:
    """Four bodies and three administrators."""
    city()


def test_a_good_sheet_is_taken_in_once() -> None:
    """Bodies in the order of the tree, each person once, roles waiting for the second administrator."""
    system = acting_as("system_administrator")
    number = check_in(file_name="水务局.xlsx", rows=GOOD, by=system, at=AT)
    assert onboarding(number, by=system).faults == ()
    assert not Officer.objects.filter(account__username="lu").exists()  # the trial was taken back
    passwords = accept_onboarding(number=number, by=system, at=AT)
    assert set(passwords) == {"lu", "fang"}
    assert Officer.objects.get(account__username="lu").account.check_password(passwords["lu"])
    assert Authority.objects.get(key="linlan-water-east").parent.key == "linlan-water"
    states = RoleGrant.objects.filter(authority__key__startswith="linlan-water").values_list("role", "state", "scope")
    assert sorted(states) == [
        ("data_clerk", "proposed", "linlan-water"),
        ("inspector", "proposed", "linlan-water"),
        ("window_clerk", "granted", "linlan-water-east"),
    ]
    assert waiting_roles(by=acting_as("security_administrator")).total == 2
    with pytest.raises(Unknown):
        accept_onboarding(number=number, by=system, at=AT)


def test_every_fault_names_row_and_column_and_nothing_typed_is_lost() -> None:
    """Cells first; once they read, what the verbs themselves refuse."""
    system = acting_as("system_administrator")
    bad = [
        {"authority": "Water Bureau", "account": "lu", "name": ""},
        {
            "authority": "linlan-fire",
            "region": "12",
            "account": "mi",
            "name": "米三",
            "role": "king",
            "starts_on": "soon",
        },
        {"authority": "market", "parent": "nowhere", "role": "inspector"},
    ]
    number = check_in(file_name="a.csv", rows=bad, by=system, at=AT)
    found = onboarding(number, by=system)
    assert {(fault.row, fault.column) for fault in found.faults} == {
        (2, "authority"),
        (2, "name"),
        (3, "title_zh"),
        (3, "region"),
        (3, "role"),
        (3, "starts_on"),
        (4, "parent"),
        (4, "account"),
    }
    assert [dict(row) for row in found.rows] == bad
    with pytest.raises(NotGranted, match="still wrong"):
        accept_onboarding(number=number, by=system, at=AT)
    assert not Authority.objects.filter(key="linlan-fire").exists()


def test_a_cell_is_mended_and_the_sheet_checked_anew() -> None:
    """What a verb would refuse is seen before anything is done."""
    system = acting_as("system_administrator")
    rows = [{**BODY, "account": "lu", "name": "陆一", "role": "data_clerk", "scope": "*"}]
    number = check_in(file_name="a.csv", rows=rows, by=system, at=AT)
    (fault,) = onboarding(number, by=system).faults
    assert (fault.row, fault.column) == (2, "role")
    assert "范围" in fault.reason.zh
    mend_onboarding(number=number, cells={(2, "scope"): "linlan-water"}, by=system, at=AT)
    assert onboarding(number, by=system).faults == ()
    drop_onboarding(number=number, by=system, at=AT)
    assert onboardings(by=system).lines[0].state == "dropped"
    assert not Authority.objects.filter(key="linlan-water").exists()


def test_administrators_who_are_one_person_are_found_in_the_sheet() -> None:
    """Two rows of one account, two roles that are two people."""
    system = acting_as("system_administrator")
    rows = [
        {"authority": "market", "account": "he", "name": "何", "role": role, "scope": "*"}
        for role in ("system_administrator", "audit_administrator")
    ]
    number = check_in(file_name="a.csv", rows=rows, by=system, at=AT)
    assert [(fault.row, fault.column) for fault in onboarding(number, by=system).faults] == [(3, "role")]


def test_an_administrator_of_one_body_onboards_below_it_only() -> None:
    """A sheet is no way around a scope."""
    own = holding("zhao", "market", "system_administrator", "market")
    below = [{"authority": "market-west", "title_zh": "西分局", "parent": "market", "account": "w", "name": "西"}]
    beside = [{"authority": "fire", "title_zh": "消防局", "account": "x", "name": "x"}]
    taken = [{"authority": "tax", "account": "y", "name": "y"}]
    faults = [
        onboarding(check_in(file_name="a.csv", rows=rows, by=own, at=AT), by=own).faults
        for rows in (below, beside, taken)
    ]
    assert [[fault.column for fault in found] for found in faults] == [[], ["authority"], ["authority"]]
    other = holding("qian", "tax", "system_administrator", "tax")
    with pytest.raises(Unknown):
        onboarding(1, by=other)
    with pytest.raises(NotPermitted):
        accept_onboarding(number=1, by=other, at=AT)
