"""One reader for each way a value is written."""

from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from probity.know.records import forms
from probity.know.records.types import Fault
from probity.terms import Text

TODAY = date(2026, 6, 30)
DAY = date(2023, 4, 12)


def code(found: object) -> str:
    return found.code if isinstance(found, Fault) else f"read {found!r}"


@pytest.mark.parametrize(
    "text",
    [
        "2023-04-12",
        "2023/4/12",
        "2023.04.12",
        "20230412",
        "2023年04月12日",
        "2023年4月12日",
        "2023 年 4 月 12 日",
        "２０２３－０４－１２",
        "2023-04-12 00:00:00",
        "2023-04-12 15:53:45",
        "2023/4/12 9:05",
        "2023-04-12T15:53:45",
        "2023-04-12T15:53:45.000",
        "20230412155345",
        "2023年04月12日 15时53分",
        "45028",
        "45028.6621",
        "2023-04-11T16:00:00Z",
        "2023-04-12T07:00:00+08:00",
        " 2023-04-12\n",
    ],
)
def test_a_day_is_read_in_every_way_met_in_deliveries(text: str) -> None:
    assert forms.read_day(text) == DAY


@pytest.mark.parametrize(
    ("text", "day"),
    [("27/11/2023", date(2023, 11, 27)), ("11/27/2023", date(2023, 11, 27)), ("05/05/2023", date(2023, 5, 5))],
)
def test_day_or_month_first_is_told_where_it_can_be(text: str, day: date) -> None:
    assert forms.read_day(text) == day


def test_a_day_that_could_be_two_days_is_refused_unless_the_profile_says_which() -> None:
    assert code(forms.read_day("03/04/2023")) == "DATE"
    assert forms.read_day("03/04/2023", day_first=True) == date(2023, 4, 3)


@pytest.mark.parametrize(
    "text", ["2023-02-30", "2023-13-01", "23-04-12", "4/12/23", "12345", "99999", "2023", "昨天", "0", "2023-4", "1e5"]
)
def test_what_is_no_day_is_refused(text: str) -> None:
    assert code(forms.read_day(text)) == "DATE"


def test_a_span_in_one_cell_is_parted() -> None:
    for text in ("2021/1/4-2021/7/4", "2021年1月4日至2021年7月4日", "2021-01-04~2021-07-04", "2021.1.4—2021.7.4"):
        assert forms.read_day(text, part="start") == date(2021, 1, 4), text
        assert forms.read_day(text, part="end") == date(2021, 7, 4), text
    assert forms.read_day("2021/1/4", part="start") == date(2021, 1, 4)
    assert forms.read_day("2021/1/4", part="end") is None
    assert code(forms.read_day("2021/1/4-2021/7/4")) == "DATE"


def test_a_day_after_the_delivery_is_refused_and_goes_back_to_the_source() -> None:
    found = forms.past_day("2026-07-01", today=TODAY)
    assert isinstance(found, Fault)
    assert (found.code, found.mendable) == ("FUTURE", False)
    assert forms.past_day("2026-06-30", today=TODAY) == TODAY


@pytest.mark.parametrize("text", ["2099/12/31", "2099-12-31", "长期", "长期有效", "9999-12-31"])
def test_an_end_that_never_comes_is_none(text: str) -> None:
    assert forms.end_day(text) is None


def test_an_end_may_lie_ahead() -> None:
    assert forms.end_day("2050-01-16") == date(2050, 1, 16)


@pytest.mark.parametrize("text", ["2018", "2018年", "2018年度", "2018-05-01", "２０１８"])
def test_a_year_is_read(text: str) -> None:
    assert forms.read_year(text) == 2018


def test_a_year_out_of_reach_is_refused() -> None:
    assert code(forms.read_year("1018")) == "DATE"
    assert code(forms.read_year("今年")) == "DATE"


@pytest.mark.parametrize(
    ("text", "unit", "fen"),
    [
        ("0.02", "ten_thousand_yuan", 20_000),
        ("1.000001", "ten_thousand_yuan", 1_000_001),
        ("１，０００", "ten_thousand_yuan", 1_000_000_000),
        ("5万元", "ten_thousand_yuan", 5_000_000),
        ("200", "yuan", 20_000),
        ("¥1,200.50元", "yuan", 120_050),
        ("0", "yuan", 0),
    ],
)
def test_an_amount_is_read_in_its_unit_to_the_fen(text: str, unit: str, fen: int) -> None:
    assert forms.read_money(text, unit=unit) == fen


@pytest.mark.parametrize(
    ("text", "unit"),
    [("1.0000001", "ten_thousand_yuan"), ("1.001", "yuan"), ("-5", "yuan"), ("5万元", "yuan"), ("若干", "yuan")],
)
def test_an_amount_that_would_be_rounded_or_guessed_is_refused(text: str, unit: str) -> None:
    assert code(forms.read_money(text, unit=unit)) == "AMOUNT"


def test_whole_numbers_points_and_flags_are_read() -> None:
    assert forms.read_integer("1,200") == 1200
    assert forms.read_integer("12.0") == 12
    assert code(forms.read_integer("12.5")) == "FORM"
    assert forms.read_points("2.5分") == 250
    assert forms.read_points("-3") == -300
    assert code(forms.read_points("2.555")) == "FORM"
    assert forms.read_flag("是") is True
    assert forms.read_flag("N") is False
    assert code(forms.read_flag("也许")) == "FORM"


CHOICES = {"pass": Text("合格", "Pass"), "fail": Text("不合格", "Fail")}


def test_a_choice_is_read_by_the_dictionary_alone() -> None:
    read = forms.choice_reader(CHOICES, {"未发现问题": "pass", "发现问题": "fail"})
    assert read("未发现 问题。") == "pass"
    assert code(read("合格")) == "CHOICE"


def test_the_star_takes_every_other_text() -> None:
    assert forms.choice_reader(CHOICES, {"合格": "pass", "*": "fail"})("油污未清") == "fail"


def test_without_a_dictionary_key_and_titles_are_known() -> None:
    read = forms.choice_reader(CHOICES, {})
    assert [read("pass"), read("不合格"), read("Fail")] == ["pass", "fail", "fail"]


ANY_TEXT = st.one_of(
    st.text(max_size=40),
    st.from_regex(r"[0-9０-９年月日/\-. :T〔（]{1,24}", fullmatch=True),
    st.from_regex(r"\d{1,20}([.,]\d{1,8})?[万元]{0,2}", fullmatch=True),
)


@given(ANY_TEXT, st.booleans(), st.sampled_from(["", "start", "end"]))
def test_any_text_is_a_day_or_a_fault_never_an_exception(text: str, day_first: bool, part: str) -> None:
    """A single exception would stop a delivery of a million rows."""
    for found in (
        forms.read_day(text, day_first=day_first, part=part),
        forms.past_day(text, today=TODAY, day_first=day_first, part=part),
        forms.end_day(text, day_first=day_first, part=part),
    ):
        assert found is None or isinstance(found, date | Fault)


@given(ANY_TEXT)
def test_any_text_is_a_value_or_a_fault(text: str) -> None:
    for unit in ("yuan", "ten_thousand_yuan"):
        found = forms.read_money(text, unit=unit)
        assert isinstance(found, Fault) or 0 <= found < 2**62
    assert isinstance(forms.read_integer(text), int | Fault)
    assert isinstance(forms.read_points(text), int | Fault)
    assert isinstance(forms.read_year(text), int | Fault)
    assert isinstance(forms.read_flag(text), bool | Fault)


@given(st.dates(date(1980, 1, 1), date(2098, 12, 31)))
def test_every_way_of_writing_a_day_gives_that_day(day: date) -> None:
    serial = (day - date(1899, 12, 30)).days
    for text in (day.isoformat(), f"{day.year}年{day.month}月{day.day}日", f"{day:%Y%m%d}", str(serial)):
        assert forms.read_day(text) == day
