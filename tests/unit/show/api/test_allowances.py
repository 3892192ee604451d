"""Allowances: a key asks as often as it may, whatever number of processes answers."""

from datetime import timedelta
from typing import Any

from probity.guard.credentials.models import KeyUse
from probity.guard.credentials.queries import bearer_of
from probity.guard.credentials.types import Bearer
from probity.show.api.allowances import Allowances
from probity.wiring import clock
from tests.unit.show.api.conftest import Asking, Program

AT = clock.now().replace(second=7)


def bearer(asking: Asking) -> Bearer:
    found = bearer_of(asking.secret, at=AT)
    assert found is not None
    return found


def test_two_processes_share_what_a_key_may(program: Program) -> None:
    """Each sets portions aside: sixty together and not one more."""
    processes, who = [Allowances(), Allowances()], bearer(program(a_minute=60))
    waits = [each.seconds_to_wait(who, at=AT) for _ in range(60) for each in processes]
    assert waits.count(0) == 60 and max(waits) == 53
    assert KeyUse.objects.get().taken == 60
    assert processes[0].seconds_to_wait(who, at=AT + timedelta(minutes=1)) == 0


def test_asking_writes_a_row_a_portion(program: Program, django_assert_num_queries: Any) -> None:
    """No hot row: nine of ten requests ask the database for nothing here."""
    process, who = Allowances(), bearer(program(a_minute=100))
    assert process.seconds_to_wait(who, at=AT) == 0
    with django_assert_num_queries(0):
        assert [process.seconds_to_wait(who, at=AT) for _ in range(9)] == [0] * 9
    with django_assert_num_queries(8, exact=False):
        assert process.seconds_to_wait(who, at=AT) == 0


def test_who_asks_too_often_is_told_when_to_go_on(program: Program) -> None:
    """429 with Retry-After, and the number that was agreed."""
    asking = program(a_minute=2)
    answers = [asking.client.get("/v1/rules", headers={"Authorization": f"Bearer {asking.secret}"}) for _ in range(5)]
    refused = [answer for answer in answers if answer.status_code == 429]
    assert len(refused) >= 1
    assert 0 < int(refused[0]["Retry-After"]) <= 60 and "2 times a minute" in refused[0].json()["en"]
