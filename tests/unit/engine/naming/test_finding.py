"""Finding: who is found, and what is never accepted silently."""

import pytest

from probity.engine.naming.types import IndexedName, MatchVerdict, NameQuestion, NameStanding
from probity.rulebook.naming import Contradiction
from tests.unit.engine.naming.names import REGISTER, finder


def asked(name: str, **codes: str) -> tuple[MatchVerdict, int, frozenset[Contradiction]]:
    """Return the verdict on a name, whom it puts first, and what contradicts."""
    answer = finder().find(NameQuestion((name,), codes))
    first = answer.candidates[0]
    return answer.verdict, first.entry.enterprise, first.likeness.contradictions


@pytest.mark.parametrize(
    "name",
    [
        "北京鑫旺路桥建设有限公司",
        "北京市鑫旺路桥建设有限责任公司",
        "鑫旺路桥建设（北京）有限公司",
        "北京鑫旺路橋建設有限公司",
        " 北京鑫旺 路桥建设有限公司（鑫旺淘宝网店）",
    ],
)
def test_harmless_spellings_are_accepted(name: str) -> None:
    assert asked(name)[:2] == (MatchVerdict.ACCEPT, 1)


@pytest.mark.parametrize(
    ("name", "enterprise", "why"),
    [
        ("北京善迅科技有限公司", 4, Contradiction.TRADE_NAME),
        ("北京善讯商贸有限公司", 4, Contradiction.INDUSTRY),
        ("北京善讯科技股份有限公司", 4, Contradiction.FORM),
        ("北京善讯科技有限公司广州分公司", 4, Contradiction.BRANCH),
        ("上海善讯科技有限公司", 4, Contradiction.REGION),
        ("善讯科技有限公司", 4, Contradiction.REGION),
        ("北京市海淀区善讯科技有限公司", 4, Contradiction.REGION),
        ("成都蜀香餐饮管理有限公司", 9, Contradiction.FORMER_NAME),
        ("杭州云栖软件有限公司", 7, Contradiction.SEVERAL),
        ("北京诚泰商务酒店有限公司", 11, Contradiction.FORM),
    ],
)
def test_never_merged_silently(name: str, enterprise: int, why: Contradiction) -> None:
    """One character of the trade name, another trade, form, branch or region, a former name, a homonym."""
    verdict, found, contradictions = asked(name)
    assert (verdict, found) == (MatchVerdict.REVIEW, enterprise) and why in contradictions


def test_a_parent_is_not_its_branch() -> None:
    assert asked("北京善讯科技有限公司")[:2] == (MatchVerdict.ACCEPT, 4)
    assert asked("北京善讯科技有限公司上海分公司")[:2] == (MatchVerdict.ACCEPT, 5)


def test_disagreeing_codes_block_acceptance_and_hide_nothing() -> None:
    verdict, found, contradictions = asked("北京鑫旺路桥建设有限公司", credit_code="91350100M000100Y43")
    assert (verdict, found) == (MatchVerdict.REVIEW, 1) and Contradiction.CODES in contradictions


def test_nobody_is_found_for_a_stranger() -> None:
    answer = finder().find(NameQuestion(("乌鲁木齐天山雪莲乳业有限公司",)))
    assert answer.verdict is MatchVerdict.REJECT and not answer.candidates


def test_a_new_name_is_found_at_once() -> None:
    """Names newer than the index are found beside it, and a homonym among them raises doubt."""
    mine = finder()
    mine.overlay.add([IndexedName(50, "临澜琅嬛福地文化有限公司"), IndexedName(51, "北京鑫旺路桥建设有限公司")])
    assert mine.find(NameQuestion(("琅嬛福地文化（临澜）有限公司",))).candidates[0].entry.enterprise == 50
    assert mine.find(NameQuestion(("北京鑫旺路桥建设有限公司",))).verdict is MatchVerdict.REVIEW


def test_enterprises_that_were_merged_count_as_one() -> None:
    """Two homonyms raise no doubt once they are known to be one enterprise."""
    question = NameQuestion(("杭州云栖软件有限公司",))
    assert finder().find(question, {8: 7}).verdict is MatchVerdict.ACCEPT


def test_the_present_name_comes_before_a_former_one() -> None:
    both = finder([*REGISTER, IndexedName(60, "成都蜀香餐饮管理有限公司", NameStanding.CURRENT)])
    answer = both.find(NameQuestion(("成都蜀香餐饮管理有限公司",)))
    assert [each.entry.enterprise for each in answer.candidates[:2]] == [60, 9]
    assert answer.verdict is MatchVerdict.ACCEPT
