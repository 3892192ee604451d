"""Keeping: whose a record is, and what stays unmatched."""

from pathlib import Path

from probity.know.records import queries
from probity.know.registry.models import Enterprise
from tests.unit.know.delivered import BY, DOCKED, PENALTIES, code, docked, later, owner_of, penalty, take_in

NUMBER, TWIN = "110105000345670", "110105000345697"


def registration_number(start: int) -> str:
    """Return a registration number that holds."""
    from probity.terms import RegistrationNumber

    for last in range(10):
        try:
            return RegistrationNumber(f"11010500{start:06d}{last}")
        except ValueError:
            continue
    raise AssertionError(start)


def test_a_credit_code_settles_whose_a_record_is(database: str, tmp_path: Path) -> None:
    """And registers whoever was not heard of."""
    take_in(tmp_path, PENALTIES, [penalty(1, of=1), penalty(2, of=2), penalty(3, of=1)])
    assert [owner_of(n) for n in (1, 2, 3)] == [(code(n), "credit_code") for n in (1, 2, 1)]
    assert Enterprise.objects.count() == 2


def test_an_older_code_settles_it_when_one_enterprise_goes_by_it(database: str, tmp_path: Path) -> None:
    """Two that go by one number are homonyms: then nobody is guessed."""
    one, shared = registration_number(1), registration_number(2)
    take_in(
        tmp_path,
        PENALTIES,
        [
            penalty(1, of=1, 工商注册号=one),
            penalty(2, of=2, 工商注册号=shared),
            penalty(3, of=3, 工商注册号=shared),
            penalty(4, 统一社会信用代码="", 工商注册号=one),
        ],
    )
    take_in(
        tmp_path,
        PENALTIES,
        [
            penalty(5, 统一社会信用代码="/", 工商注册号=one),
            penalty(6, 统一社会信用代码="", 工商注册号=shared),
            penalty(7, 统一社会信用代码="", 工商注册号=registration_number(9)),
        ],
        at=later(),
    )
    assert owner_of(4) == owner_of(5) == (code(1), "registration_number")
    assert owner_of(6) == owner_of(7) == (None, "unmatched")


def test_a_name_never_settles_it(database: str, tmp_path: Path) -> None:
    """Names are shared; a wrong guess would be a wrong stain."""
    take_in(tmp_path, PENALTIES, [penalty(1, of=1)])
    take_in(tmp_path, PENALTIES, [penalty(2, of=1, 统一社会信用代码="")], at=later())
    assert owner_of(2) == (None, "unmatched")


def test_unmatched_records_are_counted(database: str, tmp_path: Path) -> None:
    """Accepted, latest attribution nobody; a withdrawal is no unmatched record."""
    take_in(tmp_path, PENALTIES, [penalty(n, 统一社会信用代码="") for n in (1, 2)] + [penalty(3)])
    take_in(tmp_path, DOCKED, [docked(4, "i"), docked(4, "d"), docked(3, "i")], at=later())
    page = queries.unmatched(by=BY)
    assert (page.total, len(page.lines)) == (2, 2)
    assert {line["source"] for line in page.lines} == {"linlan-market"}
