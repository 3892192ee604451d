"""Lookups: a program is told the entries and how far they reach, and the one answer to a matter."""

from pathlib import Path

import pytest

from probity.act.measures.actions import propose, publish
from probity.guard.authorities.actions import platform
from probity.guard.authorities.types import Permission
from probity.guard.trail.models import Reading
from probity.terms import Actor
from tests.unit.know.delivered import BY, DAY, SERIOUS, code, later, listed, take_in
from tests.unit.show.api.conftest import Asking, Program

PURPOSE = "case:许可受理2026-118"
ON = DAY.isoformat()


@pytest.fixture
def window(program: Program, tmp_path: Path) -> Asking:
    """A program of an approval window, and one enterprise on a list."""
    take_in(tmp_path, SERIOUS, [listed(1)])
    return program(Permission.LIST_READ, Permission.MEASURE_READ)


def test_an_entry_is_told_with_its_basis_and_the_coverage(window: Asking) -> None:
    status, found = window.get(f"lookup/{code(1)}", purpose=PURPOSE, as_of=ON)
    assert (status, found["conclusion"], found["entries"][0]["list"]) == (200, "listed", "serious-violation")
    assert {one["list"] for one in found["coverage"] if one["carried"]} == {"serious-violation"}
    assert list(Reading.objects.values_list("subject", "what")) == [(code(1), "api.lookup")]


def test_a_clean_answer_is_given_while_the_lists_are_fresh(window: Asking) -> None:
    status, found = window.get(f"lookup/{code(2)}", purpose=PURPOSE, as_of=ON)
    assert (status, found["conclusion"], found["entries"]) == (200, "clean", [])


def test_a_stale_list_is_an_error_and_never_a_clean_answer(window: Asking) -> None:
    """Today the list of June is stale; whoever is on it is told so, nobody is called clean."""
    status, found = window.get(f"lookup/{code(2)}", purpose=PURPOSE)
    assert (status, found["code"]) == (409, "not_covered") and found["zh"] != found["en"]
    assert window.get(f"lookup/{code(1)}", purpose=PURPOSE)[1]["conclusion"] == "listed"


def test_many_codes_are_answered_in_the_order_asked(window: Asking) -> None:
    asked = {"codes": [code(2), code(1), code(2)], "purpose": PURPOSE, "as_of": ON}
    status, found = window.post("lookup", asked)
    assert status == 200
    assert [(one["code"], one["conclusion"]) for one in found["answers"]] == [
        (code(2), "clean"),
        (code(1), "listed"),
        (code(2), "clean"),
    ]
    assert Reading.objects.count() == 2, "a code asked twice was read once"


@pytest.mark.parametrize("codes", [[], ["91"], ["9" * 18], [code(1)] * 1001])
def test_what_is_no_question_is_refused(window: Asking, codes: list[str]) -> None:
    status, found = window.post("lookup", {"codes": codes, "purpose": PURPOSE})
    assert status == 422 and found["zh"] and Reading.objects.count() == 0


def test_without_a_purpose_or_a_right_nothing_is_told(window: Asking, program: Program) -> None:
    assert window.get(f"lookup/{code(1)}")[0] == 422
    assert program(Permission.RULE_READ).get(f"lookup/{code(1)}", purpose=PURPOSE)[0] == 403


def test_a_matter_has_one_answer_and_says_why_not(window: Asking) -> None:
    """Unpublished, the measure is named among those that do not apply; published, it applies."""
    address = f"matters/licensing/{code(1)}"
    _, before = window.get(address, purpose=PURPOSE, as_of=ON)
    assert (before["verdict"], before["applied"]) == ("proceed", [])
    assert "措施未公布，不得适用" in {one["why"]["zh"] for one in before["not_applied"]}
    platform(by=BY, at=later())
    propose(measure="closer-review", since=DAY, by=BY, at=later())
    publish(measure="closer-review", by=Actor.system("second"), at=later())
    _, after = window.get(address, purpose=PURPOSE, as_of=ON)
    assert after["verdict"] == "proceed"
    assert window.get(f"matters/marriage/{code(1)}", purpose=PURPOSE)[0] == 404


def test_a_matter_is_not_answered_by_stale_lists(window: Asking) -> None:
    """Not for one on a list either: the list of June may lack what holds the matter today."""
    status, found = window.get(f"matters/licensing/{code(1)}", purpose=PURPOSE)
    assert (status, found["code"]) == (409, "not_covered")
