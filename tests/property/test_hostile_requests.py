"""Hostile requests: whatever a program sends, the API answers by its own description and never fails."""

from collections.abc import Callable
from datetime import timedelta
from pathlib import Path
from typing import Any

import pytest
from hypothesis import HealthCheck, Phase, given, seed, settings
from hypothesis import strategies as st

from probity.guard.authorities.actions import establish
from probity.guard.credentials.actions import make_key
from probity.guard.credentials.rules import FOR_PROGRAMS
from probity.guard.credentials.types import KeyTerms
from probity.terms import Actor, Grant, Text
from probity.wiring import clock
from tests.unit.know.delivered import PENALTIES, REGISTRATIONS, code, penalty, registration, take_in

BY = Actor.system("test")
KNOWN: dict[str, object] = {
    "scenario": "licensing",
    "code": code(1),
    "number": 1,
    "kind": "index_systems",
    "key": "general",
    "system": "general",
}
"""What is really there, so that a part of the requests comes further than the first look-up."""


@pytest.fixture
def secret(database: str, tmp_path: Path) -> str:
    """A key that may everything a key may, on a database with something in it."""
    at = clock.now()
    establish(key="linlan-desk", title=Text("临澜市信用中心", "Linlan Credit Centre"), by=BY, at=at)
    take_in(tmp_path, REGISTRATIONS, [registration(1, "甲1有限公司")], at=at, name="a.csv")
    take_in(tmp_path, PENALTIES, [penalty(number) for number in (1, 2, 3)], at=at, name="b.csv")
    grant = Grant("program", frozenset(FOR_PROGRAMS))
    terms = KeyTerms("hostile", "linlan-desk", "压力测试", (grant,), at + timedelta(days=30), 60_000)
    return make_key(terms=terms, by=BY, at=at).secret


def described() -> Any:
    """Read the API's own description of itself, through the door a program would use."""
    import schemathesis

    from probity.wiring.wsgi import application

    return schemathesis.openapi.from_wsgi("/v1/openapi.json", application)


def send_all(secret: str, total: int) -> tuple[int, dict[int, int]]:
    """Send about `total` generated requests, shared out among all addresses; return how many, and by status."""
    import schemathesis

    operations = [found.ok() for found in described().get_all_operations()]
    each = max(1, -(-total // (4 * len(operations))))
    statuses: dict[int, int] = {}
    sent = 0

    def ask(case: Any) -> None:
        nonlocal sent
        answer = case.call(headers={"Authorization": f"Bearer {secret}"})
        sent += 1
        statuses[answer.status_code] = statuses.get(answer.status_code, 0) + 1
        assert answer.status_code < 500, (case.as_curl_command(), answer.text)
        assert answer.headers["content-type"][0].startswith("application/json"), case.as_curl_command()
        case.validate_response(answer, checks=[response_fits()])

    for operation in operations:
        names = {one.name for one in operation.path_parameters}
        known = {name: KNOWN[name] for name in names}
        for mode in (schemathesis.GenerationMode.POSITIVE, schemathesis.GenerationMode.NEGATIVE):
            for path in (None, known) if known else (None, None):
                generate(_strategy(operation, mode, path), each, ask)
    return sent, statuses


def _strategy(operation: Any, mode: Any, path: dict[str, object] | None) -> "st.SearchStrategy[Any]":
    return operation.as_strategy(generation_mode=mode, path_parameters=path)


def response_fits() -> Any:
    """Return the check that an answer has a described status and the described shape."""
    from schemathesis.specs.openapi.checks import response_schema_conformance

    return response_schema_conformance


def generate(strategy: "st.SearchStrategy[Any]", number: int, ask: Callable[[Any], None]) -> None:
    """Let Hypothesis make `number` requests; the same ones each time."""

    @seed(20261125)
    @settings(
        max_examples=number,
        database=None,
        deadline=None,
        phases=[Phase.generate],
        suppress_health_check=list(HealthCheck),
    )
    @given(case=strategy)
    def one(case: Any) -> None:
        ask(case)

    one()


def test_a_hundred_hostile_requests(secret: str) -> None:
    """No 5xx, and every answer as described; some are answered and some refused, else nothing was tried."""
    sent, statuses = send_all(secret, 100)
    assert sent >= 100 and statuses.get(200) and statuses.get(422), statuses


@pytest.mark.soak
def test_two_thousand_hostile_requests(secret: str) -> None:
    """The number the issue asks for."""
    sent, statuses = send_all(secret, 2000)
    print(f"\n{sent} requests: {dict(sorted(statuses.items()))}")
    assert sent >= 2000 and statuses.get(200) and statuses.get(422), statuses
