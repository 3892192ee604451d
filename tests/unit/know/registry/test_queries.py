"""Finding enterprises: by code, by any name they had; sole traders by exact code alone."""

import pytest
from django.db import transaction

from probity.know.registry import queries
from probity.know.registry.actions import StatedEnterprise, register_stated
from tests.unit.know.delivered import AT, BY, code, later

TRADER = code(9, "92")


@pytest.fixture
def three(database: str) -> None:
    """Two enterprises, one of which was called otherwise, and a sole trader of the same name."""
    said = {
        code(1): [StatedEnterprise("灯笼食品有限公司", True), StatedEnterprise("灯笼食品（集团）ABC", False)],
        code(2): [StatedEnterprise("河灯酒店有限公司", True)],
        TRADER: [StatedEnterprise("灯笼食品张三", False)],
    }
    with transaction.atomic():
        register_stated(stated=said, source="city", at=AT)


def found(text: str) -> list[str]:
    return [line.code for line in queries.search(text, by=BY).lines]


@pytest.mark.parametrize(
    ("text", "codes"),
    [
        (code(1), [code(1)]),
        (code(1).lower(), [code(1)]),
        (f" {code(2)[:9]} {code(2)[9:]} ", [code(2)]),
        ("灯笼食品", [code(1)]),
        ("有限公司", [code(1), code(2)]),
        ("(集团)", [code(1)]),
        ("（集团）", [code(1)]),
        ("集团）abc", [code(1)]),
        ("食品张三", []),
        (TRADER, [TRADER]),
        (TRADER[:17], []),
        (code(3), []),
        ("100%", []),
        ("_", []),
        ("", [code(1), code(2)]),
    ],
)
def test_what_a_question_finds(three: None, text: str, codes: list[str]) -> None:
    """A sole trader's name may be a person's: only the whole code finds it."""
    assert found(text) == sorted(codes)


def test_the_public_asks_with_two_characters_at_least(three: None) -> None:
    """An empty question must not list the city."""
    assert [queries.public_search(text).total for text in ("", " ", "灯", "灯笼", TRADER)] == [0, 0, 0, 1, 1]


def test_a_long_list_comes_in_pages(database: str) -> None:
    """And says how many there are in all."""
    said = {code(number): [StatedEnterprise(f"甲{number}", False)] for number in range(queries.PAGE_SIZE + 1)}
    with transaction.atomic():
        register_stated(stated=said, source="city", at=AT)
    first, second = (queries.search("甲", by=BY, page=page) for page in (1, 2))
    assert (len(first.lines), len(second.lines), first.total, first.last) == (queries.PAGE_SIZE, 1, len(said), 2)
    assert {line.code for line in (*first.lines, *second.lines)} == set(said)
    assert queries.search("甲", by=BY, page=0).number == 1
    assert queries.count() == len(said)


def test_codes_lead_to_their_enterprises_however_many(database: str) -> None:
    """More than a database takes in one question."""
    said = {code(number): [StatedEnterprise(f"甲{number}", False)] for number in range(1200)}
    with transaction.atomic():
        numbers = register_stated(stated=said, source="city", at=AT)
        assert register_stated(stated=said, source="city", at=later()) == numbers
    assert queries.by_codes([*said, code(5000)]) == numbers
    assert queries.enterprises(list(numbers.values())[:2]).keys() == set(list(numbers.values())[:2])


def test_sole_traders_are_the_ungraded(three: None) -> None:
    """No score is keyed to what may be a person."""
    assert queries.ungraded() == [queries.enterprise(TRADER).number]
    assert queries.enterprise(TRADER).is_sole_trader


def test_an_unknown_code_is_nobody(database: str) -> None:
    """Not an empty enterprise."""
    with pytest.raises(LookupError, match="no enterprise goes by"):
        queries.enterprise(code(1))
