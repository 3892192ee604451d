"""Registry: who is registered by what is said of them, and under which names."""

from datetime import UTC, date, datetime

import pytest
from django.db import transaction

from probity.guard.trail.queries import entries
from probity.know.registry import queries
from probity.know.registry.actions import StatedEnterprise, add_industries, attach_branch, register_stated, rename
from probity.know.registry.models import Enterprise, IndustryClass
from probity.terms import CreditCode
from tests.unit.know.delivered import AT, BY, code, later

NUMBER, OTHER = "registration_number", "110105000345678"


def stated(*said: tuple[str, bool], others: tuple[tuple[str, str], ...] = ()) -> list[StatedEnterprise]:
    return [StatedEnterprise(name, is_registration, others) for name, is_registration in said]


def register(of: int, *said: tuple[str, bool], at: datetime = AT, others: tuple[tuple[str, str], ...] = ()) -> int:
    with transaction.atomic():
        numbers = register_stated(stated={code(of): stated(*said, others=others)}, source="city", at=at)
    return numbers[code(of)]


def test_an_unknown_code_registers_provisionally(database: str) -> None:
    """It goes by the name as stated, until a registration speaks of it."""
    register(1, ("甲商店（个体）", False))
    line = queries.enterprise(code(1))
    assert (line.name, line.is_provisional, line.region) == ("甲商店（个体）", True, "339901")
    assert [span.code for span in queries.identities(line.number)] == [code(1)]


def test_a_registration_names_what_was_provisional(database: str) -> None:
    """All names heard stay known beside it."""
    number = register(1, ("甲公司", False))
    assert register(1, ("甲有限公司", True), at=later()) == number
    line = queries.enterprise(code(1))
    assert (line.name, line.is_provisional) == ("甲有限公司", False)
    assert [(span.name, span.is_registered) for span in queries.names(number)] == [
        ("甲公司", False),
        ("甲有限公司", True),
    ]


def test_other_sources_do_not_rename(database: str) -> None:
    """They spell names in their own way."""
    number = register(1, ("甲有限公司", True))
    register(1, ("甲有限责任公司", False), at=later())
    assert queries.enterprise(code(1)).name == "甲有限公司"
    assert [span.name for span in queries.names(number)] == ["甲有限公司", "甲有限责任公司"]


def test_a_later_registration_renames(database: str) -> None:
    """A change of name is delivered as a registration."""
    register(1, ("甲有限公司", True))
    register(1, ("乙有限公司", True), at=later())
    assert queries.enterprise(code(1)).name == "乙有限公司"


def test_a_chunk_that_says_several_things_keeps_them_all(database: str) -> None:
    """Whether two rows stand in one chunk or in two must make no difference."""
    apart, together = register(1, ("甲", False)), register(2, ("甲", False), ("乙", True), ("丙", False))
    register(1, ("乙", True))
    register(1, ("丙", False))
    assert [(span.name, span.is_registered) for span in queries.names(together)] == [
        (span.name, span.is_registered) for span in queries.names(apart)
    ]
    assert queries.enterprise(code(1)).name == queries.enterprise(code(2)).name == "乙"
    assert not queries.enterprise(code(2)).is_provisional


def test_a_nameless_enterprise_goes_by_the_first_name_heard(database: str) -> None:
    """Some rows give a code alone."""
    number = register(1, ("", False))
    assert queries.enterprise(code(1)).name == ""
    register(1, ("甲", False))
    register(1, ("乙", False))
    assert queries.enterprise(code(1)).name == "甲"
    assert queries.enterprise(code(1)).is_provisional
    assert [span.name for span in queries.names(number)] == ["甲", "乙"]


def test_older_codes_stated_beside_the_credit_code_are_kept_once(database: str) -> None:
    """By them rows without a credit code find their enterprise."""
    first = register(1, ("甲", False), others=((NUMBER, OTHER),))
    register(1, ("甲", False), others=((NUMBER, OTHER),), at=later())
    assert queries.by_identities(NUMBER, [OTHER]) == {OTHER: {first}}
    assert [span.kind for span in queries.identities(first)] == ["credit_code", NUMBER]
    second = register(2, ("乙", False), others=((NUMBER, OTHER),))
    assert queries.by_identities(NUMBER, [OTHER]) == {OTHER: {first, second}}


def test_a_new_name_holds_from_a_day_and_the_old_ones_stay(database: str) -> None:
    """Done twice, nothing changes."""
    number = register(1, ("甲有限公司", True))
    for _ in range(2):
        rename(code=CreditCode(code(1)), name="乙", from_day=date(2026, 5, 1), source="register", by=BY, at=AT)
    assert queries.enterprise(code(1)).name == "乙"
    assert [(span.name, span.valid_from) for span in queries.names(number)] == [
        ("甲有限公司", None),
        ("乙", date(2026, 5, 1)),
    ]
    told = entries(about=f"enterprise:{code(1)}")[0]
    assert (told.before, told.after) == ({"name": "甲有限公司"}, {"name": "乙"})


def test_nobody_is_renamed_by_mistake(database: str) -> None:
    """An unknown code renames nothing and leaves no entry."""
    with pytest.raises(LookupError, match="no enterprise goes by"):
        rename(code=CreditCode(code(1)), name="乙", from_day=date(2026, 5, 1), source="x", by=BY, at=AT)
    assert not entries(about=f"enterprise:{code(1)}")


def test_a_branch_names_its_parent_and_keeps_its_own_code(database: str) -> None:
    """Both must be known, and differ."""
    register(1, ("总公司", True))
    register(2, ("分公司", True))
    attach_branch(code=CreditCode(code(2)), parent=CreditCode(code(1)), by=BY, at=AT)
    assert Enterprise.objects.get(code=code(2)).parent.code == code(1)
    with pytest.raises(ValueError, match="its own branch"):
        attach_branch(code=CreditCode(code(1)), parent=CreditCode(code(1)), by=BY, at=AT)
    with pytest.raises(LookupError, match=code(3)):
        attach_branch(code=CreditCode(code(3)), parent=CreditCode(code(1)), by=BY, at=AT)


def test_a_known_class_takes_the_new_title(database: str) -> None:
    """An operator's file is loaded again when it was mended."""
    at = datetime(2026, 6, 30, tzinfo=UTC)
    add_industries(edition="2017", classes=[("1391", "淀粉", ""), ("139", "其他", "")], by=BY, at=at)
    add_industries(edition="2017", classes=[("1391", "淀粉及淀粉制品制造", "Starch")], by=BY, at=at)
    rows = IndustryClass.objects.order_by("code").values_list("code", "title_zh", "title_en")
    assert list(rows) == [("139", "其他", ""), ("1391", "淀粉及淀粉制品制造", "Starch")]
