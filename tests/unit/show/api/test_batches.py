"""Batches by the API: received = accepted + unchanged + superseding + quarantined."""

import pytest

from probity.guard.authorities.types import Permission
from tests.unit.show.api.conftest import READER, Program


@pytest.mark.usefixtures("delivered")
def test_each_delivery_is_accounted_for(program: Program) -> None:
    """Newest first; one by its number says the same as in the list."""
    asking = program(*READER)
    status, told = asking.get("batches")
    assert (status, told["total"], told["page"], told["pages"]) == (200, 2, 1, 1)
    newest = told["lines"][0]
    assert newest["balances"] and newest["received"] == newest["accepted"] == 3
    assert asking.get(f"batches/{newest['batch']}") == (200, newest)


@pytest.mark.parametrize("number", ["0", "-1", "99999999999999999999", "one", "1.5"])
def test_a_number_that_is_none_is_refused(program: Program, number: str) -> None:
    """Not passed on to a table that could not hold it."""
    assert program(*READER).get(f"batches/{number}")[0] == 422


def test_without_the_permission_nothing_is_listed(program: Program) -> None:
    """A key is good for what it was given for."""
    assert program(Permission.ENTERPRISE_READ).get("batches")[1]["code"] == "not_permitted"
