"""Parsing: region, trade name, industry, legal form and branch."""

import pytest

from probity.engine.naming.types import NameParts
from tests.unit.engine.naming.names import parser


@pytest.mark.parametrize(
    ("name", "parts"),
    [
        ("北京小米科技有限责任公司", (("北京",), "小米", "科技", "limited", "")),
        ("小米科技（北京）有限公司", (("北京",), "小米", "科技", "limited", "")),
        ("北京市朝阳区鑫旺超市", (("北京", "朝阳区"), "鑫旺", "超市", "shop", "")),
        ("大连新迪建设工程有限公司北京分公司", (("大连",), "新迪", "建设工程", "limited", "北京分公司")),
        (
            "北京智飞绿竹生物制药有限公司（同济北路厂区）",
            (("北京",), "智飞绿竹", "生物制药", "limited", "同济北路厂区"),
        ),
        ("北京鑫旺商贸有限公司（鑫旺天猫旗舰店）", (("北京",), "鑫旺", "商贸", "limited", "")),
        ("北京诚泰投资中心（有限合伙）", (("北京",), "诚泰投资中心", "", "centre", "")),
        ("公司宝科技有限公司", ((), "公司宝", "科技", "limited", "")),
        ("萬達電影股份有限公司", ((), "万达", "电影", "joint-stock", "")),
        ("Beijing Xinwang Trading Co., Ltd.", ((), "beijingxinwangtrading", "", "limited", "")),
    ],
)
def test_a_name_falls_into_its_parts(name: str, parts: tuple[object, ...]) -> None:
    found = parser().parse(name)
    assert (found.region, found.trade_name, found.industry, found.form, found.branch) == parts


def test_what_is_compared_leaves_the_companys_form_out() -> None:
    found = parser().parse("小米科技（北京）有限公司")
    assert found == NameParts(("北京",), "小米", "科技", "limited", "", "北京小米科技")


@pytest.mark.parametrize("name", ["", "（）", "有限公司", "北京", "((", "公司公司公司"])
def test_odd_names_have_parts_too(name: str) -> None:
    """Sources deliver anything; nothing raises."""
    parser().parse(name)
