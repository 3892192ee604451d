"""Ground of the API's tests: some deliveries, and a program with a key."""

from collections.abc import Callable
from datetime import timedelta
from pathlib import Path
from typing import Any

import pytest
from django.test import Client

from probity.guard.authorities.actions import establish
from probity.guard.authorities.types import Permission
from probity.guard.credentials.actions import make_key
from probity.guard.credentials.types import KeyTerms
from probity.terms import Actor, Grant, Text
from probity.wiring import clock
from tests.unit.know.delivered import PENALTIES, REGISTRATIONS, penalty, registration, take_in

BY = Actor.system("test")
READER = (
    Permission.ENTERPRISE_READ,
    Permission.EVALUATION_READ,
    Permission.BATCH_READ,
    Permission.RULE_READ,
)
"""What a program of another department may commonly do."""

Program = Callable[..., "Asking"]


class Asking:
    """A program that asks with its key and reads JSON."""

    def __init__(self, secret: str) -> None:
        self.client, self.secret = Client(raise_request_exception=False), secret

    def get(self, address: str, **query: Any) -> tuple[int, Any]:
        """Return status and content of an answer."""
        answer = self.client.get(f"/v1/{address}", query, headers={"Authorization": f"Bearer {self.secret}"})
        assert answer["Content-Type"].startswith("application/json"), answer["Content-Type"]
        return answer.status_code, answer.json()


@pytest.fixture
def program(database: str) -> Program:
    """Return what makes programs with keys of some permissions."""
    establish(key="linlan-desk", title=Text("临澜市信用中心", "Linlan Credit Centre"), by=BY, at=clock.now())

    def make(*permissions: Permission, a_minute: int = 600) -> Asking:
        grant = Grant("program", frozenset(permissions))
        until = clock.now() + timedelta(days=30)
        terms = KeyTerms("window", "linlan-desk", "窗口办理核验", (grant,), until, a_minute)
        return Asking(make_key(terms=terms, by=BY, at=clock.now()).secret)

    return make


@pytest.fixture
def delivered(program: Program, tmp_path: Path) -> None:
    """Three enterprises, and three penalties of the first."""
    at = clock.now()
    names = [registration(of, f"甲{of}有限公司") for of in (1, 2, 3)]
    take_in(tmp_path, REGISTRATIONS, names, at=at, name="a.csv")
    take_in(tmp_path, PENALTIES, [penalty(number) for number in (1, 2, 3)], at=at, name="b.csv")
