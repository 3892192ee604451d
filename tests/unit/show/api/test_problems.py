"""Refusals of the API: always JSON, always both languages, always a code and a number."""

import logging
from typing import Any

import pytest
from django.test import Client

from tests.unit.show.api.conftest import READER, Program


@pytest.fixture
def nobody() -> Client:
    """Somebody without a key."""
    return Client(raise_request_exception=False)


@pytest.mark.parametrize(
    ("method", "address", "status", "said"),
    [
        ("GET", "/v1/batches", 401, "no_key"),
        ("GET", "/v1/nothing/here", 404, "not_found"),
        ("POST", "/v1/batches", 405, "not_allowed"),
        ("GET", "/v1/batches/%00", 401, "no_key"),
    ],
)
def test_a_refusal_has_one_shape(
    database: str, nobody: Client, method: str, address: str, status: int, said: str
) -> None:
    """Wherever it was refused: by the API, by the addresses, by the method."""
    answer = nobody.generic(method, address)
    told = answer.json()
    assert (answer.status_code, told["code"]) == (status, said)
    assert told["zh"] and told["en"] and len(told["number"]) == 9
    assert status != 405 or answer["Allow"] == "GET"
    assert status != 401 or answer["WWW-Authenticate"].startswith("Bearer")


@pytest.mark.parametrize("secret", ["", "pb_", "pb_aaaaaaaa_" + "x" * 43, "Bearer", "\u0430" * 9, "x" * 9000])
def test_what_is_no_key_opens_nothing(database: str, nobody: Client, secret: str) -> None:
    """And all look the same."""
    answer = nobody.get("/v1/batches", headers={"Authorization": f"Bearer {secret}"})
    assert (answer.status_code, answer.json()["code"]) == (401, "no_key")


def test_a_session_of_the_desk_opens_nothing(database: str) -> None:
    """Else a page of somebody else could ask in an officer's name."""
    from probity.guard.authorities.models import Account

    client = Client(raise_request_exception=False)
    client.force_login(Account.objects.create_user(username="officer", password="x"))
    assert client.get("/v1/batches").status_code == 401


def test_a_fault_of_ours_is_written_down(
    program: Program, monkeypatch: pytest.MonkeyPatch, caplog: pytest.LogCaptureFixture
) -> None:
    """The reader gets a number and no trace; the log gets both."""

    def broken(*_: Any, **__: Any) -> None:
        raise KeyError("inner secret")

    monkeypatch.setattr("probity.know.sources.queries.batches", broken)
    with caplog.at_level(logging.ERROR):
        status, told = program(*READER).get("batches")
    assert (status, told["code"]) == (500, "failed") and "inner secret" not in str(told)
    assert any(record.exc_info for record in caplog.records)


def test_the_description_is_open_and_complete(database: str, nobody: Client) -> None:
    """Whoever writes a program reads it before they have a key."""
    told = nobody.get("/v1/openapi.json").json()
    assert told["openapi"].startswith("3.")
    for path, methods in told["paths"].items():
        for described in methods.values():
            assert path.startswith("/v1/") and described["security"] == [{"KeyAuth": []}]
            assert {"200", "401", "422", "429"} <= set(described["responses"])
            assert " · " in described["summary"], path
