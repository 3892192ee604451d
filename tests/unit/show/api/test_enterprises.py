"""Enterprises by the API: what is public, what is not, and the grade with every reason."""

from datetime import date

import pytest

from probity.guard.authorities.types import Permission
from probity.judge.evaluation.queries import explain, explanation_json
from tests.unit.know.delivered import code
from tests.unit.show.api.conftest import BY, READER, Program

pytestmark = pytest.mark.usefixtures("delivered")
WHY = "临函〔2026〕7号"


def test_any_key_reads_what_is_public(program: Program) -> None:
    """A key without a permission sees what the public page shows, and no more."""
    status, told = program(Permission.BATCH_READ).get(f"enterprises/{code(1)}")
    assert (status, told["enterprise"]["name"]) == (200, "甲1有限公司")
    assert told["records"]["total"] == len(told["records"]["lines"])
    assert all(line["ground"]["article"] for line in told["records"]["lines"])
    assert told["looked_through"]


def test_a_code_may_be_written_small(program: Program) -> None:
    """People and programs write it either way."""
    assert program(*READER).get(f"enterprises/{code(2).lower()}")[1]["enterprise"]["code"] == code(2)


def test_a_dossier_asks_what_for(program: Program) -> None:
    """Without a purpose nothing is read, and the answer says which part is missing."""
    status, told = program(*READER).get(f"enterprises/{code(1)}/dossier")
    assert (status, told["code"]) == (422, "not_understood")
    assert told["fields"] == [{"where": "query.purpose", "zh": "必须填写", "en": "is required"}]


def test_a_dossier_is_read_by_who_may(program: Program) -> None:
    """Every record with both clocks; a key without the permission is told which one is missing."""
    status, told = program(*READER).get(f"enterprises/{code(1)}/dossier", purpose=WHY)
    assert (status, told["purpose"], told["records"]["total"]) == (200, WHY, 4)
    assert {line["state"] for line in told["records"]["lines"]} == {"standing"}
    status, told = program(Permission.BATCH_READ).get(f"enterprises/{code(1)}/dossier", purpose=WHY)
    assert (status, told["code"]) == (403, "not_permitted")
    assert "enterprise.read" in told["en"] and "enterprise.read" in told["zh"]


def test_before_it_was_known_there_is_nothing(program: Program) -> None:
    """A bare day means its end in Shanghai."""
    told = program(*READER).get(f"enterprises/{code(1)}/dossier", purpose=WHY, known_at="2026-01-01")[1]
    assert (told["records"]["total"], told["known_at"]) == (0, "2026-01-01T15:59:59.999Z")


def test_a_grade_is_the_terminals_answer(program: Program) -> None:
    """The same contributions to the last point: two programs never disagree about a reason."""
    status, told = program(*READER).get(f"enterprises/{code(1)}/grade", system="general", as_of="2026-06-30")
    terminal = explain(code(1), system="general", as_of=date(2026, 6, 30), known_at=None, by=BY)
    assert (status, told) == (200, explanation_json(terminal))
    assert sum(line["points"] for line in told["contributions"]) == told["score"]


def test_a_sole_trader_is_not_graded(program: Program) -> None:
    """The refusal says why, in both languages."""
    status, told = program(*READER).get(f"enterprises/{code(9, '92')}/grade")
    assert status in (404, 409) and told["zh"] and told["en"]


@pytest.mark.parametrize("address", ["enterprises/91339901000000009X", "enterprises/91339901000000009X/grade"])
def test_an_unknown_code_is_told_so(program: Program, address: str) -> None:
    """In the words of the terminal, without telling what would fit."""
    status, told = program(*READER).get(address)
    assert (status, told["code"]) == (404, "not_found") and "91339901000000009X" in told["zh"]


@pytest.mark.parametrize(
    ("query", "where"),
    [
        ({"as_of": "0001-01-01"}, "query.as_of"),
        ({"as_of": "yesterday"}, "query.as_of"),
        ({"known_at": "9999-12-31"}, "query.known_at"),
        ({"known_at": "2026-13-01"}, "query.known_at"),
    ],
)
def test_days_beyond_the_calendar_are_refused(program: Program, query: dict[str, str], where: str) -> None:
    """A window that would begin before the first year must not fail on our side."""
    status, told = program(*READER).get(f"enterprises/{code(1)}/grade", **query)
    assert (status, [field["where"] for field in told["fields"]]) == (422, [where])
