"""Which row is the header, and which feed a delivered file answers to."""

import pytest

from probity.know.sources.rules import fit_feed, header_key, match_feed
from probity.know.sources.types import FileRefused, Head
from probity.rulebook.types import FeedColumn, Form
from tests.unit.know.making import profile

HEADER = ("序号", "企业名称", "代码", "日期")


def heads(*rows: tuple[str, ...]) -> tuple[Head, ...]:
    return (Head("Sheet1", rows),)


@pytest.mark.parametrize(
    "written", ["核准 日期", "核准\n日期", " 核准日期 ", "核准日期：", "核准日期*", "\ufeff核准日期"]
)
def test_a_header_is_known_however_it_is_typed(written: str) -> None:
    assert header_key(written) == "核准日期"


def test_title_rows_above_the_header_are_passed_over() -> None:
    fit = fit_feed(profile(), heads(("某区处罚公示（第三季度）", "", "", ""), ("",), HEADER, ("1", "甲", "乙", "丙")))
    assert fit.header == 2
    assert fit.positions == {"名称": 1, "代码": 2, "日期": 3}
    assert fit.delivered["名称"] == "企业名称"


def test_a_header_below_the_fifteenth_row_is_not_looked_for() -> None:
    with pytest.raises(FileRefused) as refused:
        fit_feed(profile(), heads(*[("标题",)] * 15, HEADER))
    assert refused.value.code == "HEADER"


def test_the_second_sheet_is_read_when_the_first_does_not_fit() -> None:
    fit = fit_feed(profile(), (Head("说明", (("本表说明",),)), Head("数据", (HEADER,))))
    assert (fit.sheet, fit.header) == (1, 0)


def test_a_refusal_names_the_missing_columns_in_both_languages() -> None:
    with pytest.raises(FileRefused) as refused:
        fit_feed(profile(), heads(("企业名称", "日期")))
    assert "缺少列：代码" in refused.value.reason.zh
    assert "missing columns: 代码" in refused.value.reason.en


def test_unnamed_and_person_columns_are_told_apart_and_ignored_ones_forgotten() -> None:
    fit = fit_feed(profile(), heads((*HEADER, "法定代表人", "备注2", "")))
    assert fit.persons == {4: "法定代表人"}
    assert fit.unnamed == {5: "备注2", 6: "#7"}


def test_a_named_column_that_stands_twice_is_refused() -> None:
    with pytest.raises(FileRefused) as refused:
        fit_feed(profile(), heads((*HEADER, "名称")))
    assert refused.value.code == "TWICE"


def test_the_only_fitting_feed_is_chosen() -> None:
    other = profile(key="city/licences", columns=(FeedColumn(("许可证",), "decision_number", Form.DOCUMENT, True),))
    assert match_feed({"a": other, "b": profile()}, heads(HEADER)).profile.key == "city/penalties"


def test_the_feed_that_names_more_columns_is_chosen_and_equal_ones_are_refused() -> None:
    fewer = profile(key="city/fewer", columns=profile().columns[:2], persons=(), ignored=("序号",))
    assert match_feed({"a": fewer, "b": profile()}, heads(HEADER)).profile.key == "city/penalties"
    with pytest.raises(FileRefused) as refused:
        match_feed({"a": profile(key="city/one"), "b": profile(key="city/two")}, heads(HEADER))
    assert refused.value.code == "AMBIGUOUS"
    assert "city/one" in refused.value.reason.zh and "city/two" in refused.value.reason.en


def test_a_file_that_fits_nothing_is_told_the_nearest_feed() -> None:
    with pytest.raises(FileRefused) as refused:
        match_feed({"a": profile()}, heads(("企业名称", "代码")))
    assert refused.value.code == "NO_FEED"
    assert "city/penalties" in refused.value.reason.zh and "日期" in refused.value.reason.zh


def test_a_file_without_any_known_column_is_shown_its_first_row() -> None:
    with pytest.raises(FileRefused) as refused:
        match_feed({"a": profile()}, heads(("甲", "乙")))
    assert "甲、乙" in refused.value.reason.zh
