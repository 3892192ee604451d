"""Matters: the clerk's page gives one answer, loses nothing typed, and keeps each asking."""

from datetime import date
from pathlib import Path

import pytest
from django.test import Client

from probity.act.lists.actions import pull
from probity.act.measures.actions import propose, publish
from probity.guard.authorities.actions import appoint_first, change_password, establish
from probity.guard.authorities.models import Account
from probity.guard.trail.models import Reading
from probity.terms import Actor, Text
from probity.wiring import clock
from tests.unit.know.delivered import BY, SERIOUS, code, listed, take_in

CLERK = "lantern-over-water-7"


@pytest.fixture
def clerk(database: str, tmp_path: Path) -> Client:
    """An approval clerk at her window, and one enterprise on a list that is fresh today."""
    at = clock.now()
    establish(key="linlan-desk", title=Text("临澜市信用中心", "Linlan Credit Centre"), by=BY, at=at)
    appoint_first(
        name="clerk", password="given-by-someone-1", authority="linlan-desk", role="window_clerk", by=BY, at=at,
        on=date(2020, 1, 1),
    )  # fmt: skip
    change_password(account=Account.objects.get(username="clerk").pk, password=CLERK, by=BY, at=at)
    take_in(tmp_path, SERIOUS, [listed(1)], at=at)
    pull(on=clock.today())
    client = Client(headers={"Accept-Language": "en"})
    answer = client.post("/desk/login/", {"account": "clerk", "password": CLERK})
    assert answer.status_code == 302
    client.cookies["language"] = "en"
    return client


def page_of(client: Client, **asked: str) -> tuple[int, str]:
    answer = client.get("/desk/matters/", asked)
    return answer.status_code, answer.content.decode()


def test_the_form_comes_without_asking_anything(clerk: Client) -> None:
    status, page = page_of(clerk)
    assert status == 200 and "Its number" in page and "pb-verdict" not in page
    assert not Reading.objects.exists()


def test_a_clean_enterprise_goes_on_and_the_asking_is_kept(clerk: Client) -> None:
    status, page = page_of(clerk, code=code(2), scenario="licensing", case="许可2026-118")
    assert status == 200 and "pb-verdict--proceed" in page
    assert "1 list carried here was looked through" in page
    assert list(Reading.objects.values_list("subject", "purpose", "words")) == [(code(2), "case", "许可2026-118")]


def test_a_measure_that_is_not_published_is_named_with_the_reason(clerk: Client) -> None:
    _, page = page_of(clerk, code=code(1), scenario="licensing", case="许可2026-118")
    assert "Why not the others" in page and "not published, so it may not be applied" in page


def test_what_was_typed_stays_and_each_fault_is_named(clerk: Client) -> None:
    status, page = page_of(clerk, code="91 35", scenario="licensing", case="许可2026-118")
    assert status == 400 and "91 35" in page and "许可2026-118" in page and "18 characters, got 4" in page
    status, page = page_of(clerk, code=code(2), scenario="marriage")
    assert status == 400 and "Choose the matter." in page and "State the number" in page
    assert not Reading.objects.exists()


def test_the_list_of_today_is_shown_with_its_law_and_what_may_follow(clerk: Client) -> None:
    at = clock.now()
    propose(measure="no-commitment", since=date(2026, 7, 1), by=BY, at=at)
    publish(measure="no-commitment", by=Actor.system("second"), at=at)
    assert "Market supervision list" in clerk.get("/desk/programmes/").content.decode()
    page = clerk.get("/desk/programmes/serious-violation/").content.decode()
    assert code(1) in page and "after 12 months" in page
    assert "published" in page and "not published, so never applied" in page
    assert clerk.get("/desk/programmes/gossip/").status_code == 404
