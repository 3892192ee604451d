"""The strict door: every row is stated, repeated or refused with its reasons."""

import json
from datetime import date

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from probity.know.records.door import Door
from probity.know.records.identities import SeenRows
from probity.rulebook.types import Delivers, FeedColumn, Form, Route, Undated
from tests.unit.know.making import (
    COLUMNS,
    FIELDS,
    GOOD,
    OTHER,
    TODAY,
    chunk,
    codes,
    examined,
    field,
    profile,
    record_type,
    row,
)
from tests.unit.know.records.test_persons import VALID


def test_a_good_row_becomes_a_fact_with_canonical_fields() -> None:
    checked = examined([row(类别="罚款", 金额="0.5", 事实="未 按\n规定", 截止="2029年1月31日", 文号="某罚[2026] 1号")])
    (stated,) = checked.stated
    assert stated.row == 2
    assert stated.record_type == "penalty"
    assert (stated.occurred_on, stated.until) == (date(2026, 1, 31), date(2029, 1, 31))
    assert (stated.kind, stated.amount, stated.name) == ("fine", 500_000, "灯笼食品有限公司")
    assert stated.codes == (("credit_code", GOOD),)
    assert stated.credit_code == GOOD
    fields = json.loads(stated.fields)
    assert fields["decision_number"] == "某罚〔2026〕1号"
    assert fields["facts"] == "未 按 规定"
    assert stated.fields == json.dumps(fields, sort_keys=True, ensure_ascii=False, separators=(",", ":"))


@pytest.mark.parametrize(
    ("cells", "code", "mendable"),
    [
        ({"代码": GOOD[:-1] + "7"}, "CODE", True),
        ({"代码": "9.11E+17"}, "CODE_CUT", False),
        ({"日期": ""}, "MISSING", True),
        ({"日期": "2026-02-30"}, "DATE", True),
        ({"日期": "2026-07-01"}, "FUTURE", False),
        ({"金额": "0.1234567"}, "AMOUNT", True),
        ({"类别": "训诫"}, "CHOICE", True),
        ({"事实": "长" * 61}, "LENGTH", True),
        ({"名称": "", "代码": ""}, "MISSING", True),
        ({"事实": "北京\ufffd"}, "FORM", True),
        ({"截止": "2026-01-31"}, "DATE", False),
        ({"代码": VALID}, "PERSON", False),
        ({"相对人类别": "自然人"}, "PERSON", False),
        ({"名称": VALID}, "PERSON", False),
    ],
)
def test_a_bad_row_is_refused_under_its_code(cells: dict[str, str], code: str, mendable: bool) -> None:
    checked = examined([row(), row(**cells)])
    assert codes(checked) == [code]
    assert [stated.row for stated in checked.stated] == [2]
    assert set(checked.quarantined) == {3}
    assert checked.problems[0].mendable is mendable
    assert "第 3 行" in checked.problems[0].message.zh and "row 3" in checked.problems[0].message.en


def test_all_problems_of_a_row_are_shown_together() -> None:
    checked = examined([row(日期="昨天", 金额="若干", 类别="训诫")])
    assert codes(checked) == ["DATE", "AMOUNT", "CHOICE"]
    assert checked.quarantined[2]["金额"] == "若干"


def test_nothing_of_a_persons_row_is_kept_but_its_number() -> None:
    checked = examined([row(代码=VALID, 日期="昨天", 事实="某人")])
    assert codes(checked) == ["PERSON"]
    assert checked.quarantined == {2: {}}
    assert VALID not in str(checked) and "某人" not in str(checked)


def test_numbers_of_persons_in_free_text_are_hidden_and_counted() -> None:
    checked = examined([row(事实=f"当事人身份证{VALID}电话13812345678"), row(日期="昨天", 事实="13812345678")])
    assert checked.masked == 3
    assert VALID not in str(checked) and "13812345678" not in str(checked)


def test_a_repaired_code_is_reported_with_its_row() -> None:
    checked = examined([row(代码=GOOD.replace("0", "O", 1))])
    assert checked.repaired == {2: GOOD}
    assert checked.stated[0].credit_code == GOOD


def test_without_an_identity_equal_rows_are_different_facts_by_their_ordinal() -> None:
    first, second = examined([row(), row()]).stated
    again = examined([row(), row()]).stated
    assert first.identity != second.identity
    assert first.content == second.content
    assert [one.identity for one in again] == [first.identity, second.identity]


IDENTIFIED = record_type(identity=("decision_number",))


def test_with_an_identity_an_equal_row_is_repeated_and_a_different_one_a_conflict() -> None:
    checked = examined(
        [row(), row(文号="某罚 [2026] 1号"), row(事实="不同"), row(文号="某罚〔2026〕2号")], kind=IDENTIFIED
    )
    assert [stated.row for stated in checked.stated] == [2, 5]
    assert checked.repeated == (3,)
    assert codes(checked) == ["CONFLICT"]
    assert "第 2 行" in checked.problems[0].message.zh
    assert not checked.problems[0].mendable


def test_a_conflict_is_seen_across_chunks() -> None:
    door, seen = Door(profile(), {"penalty": IDENTIFIED}, today=TODAY), SeenRows()
    door.examine(chunk([row()]), seen)
    assert codes(door.examine(chunk([row(事实="不同")], first=5002), seen)) == ["CONFLICT"]


def test_a_resumed_delivery_gets_the_same_answers() -> None:
    """Chunks already kept go through the door again to rebuild what it has seen."""
    rows = [row(), row(), row(事实="甲")]
    door, seen = Door(profile(), {"penalty": record_type()}, today=TODAY), SeenRows()
    whole = [door.examine(chunk([one], first=2 + place), seen) for place, one in enumerate(rows)]
    later, rebuilt = Door(profile(), {"penalty": record_type()}, today=TODAY), SeenRows()
    assert [later.examine(chunk([one], first=2 + place), rebuilt) for place, one in enumerate(rows)] == whole


def test_a_named_fact_is_the_same_whoever_states_it_and_an_unnamed_one_is_not() -> None:
    """Two sources that state one decision state one fact; equal rows without a name stay apart."""
    (one,) = examined([row()], kind=IDENTIFIED).stated
    (elsewhere,) = examined([row()], profile(source="county"), IDENTIFIED).stated
    (changed,) = examined([row(事实="更正后")], kind=IDENTIFIED).stated
    assert one.identity == elsewhere.identity
    assert one.identity == changed.identity and one.content != changed.content
    (unnamed,) = examined([row()]).stated
    (unnamed_elsewhere,) = examined([row()], profile(source="county")).stated
    assert unnamed.identity != unnamed_elsewhere.identity


def test_rows_go_to_the_record_type_of_their_route_and_others_are_refused() -> None:
    warned = record_type(key="warning", fields={one.key: one for one in FIELDS})
    routes = (Route("种类", ("罚",), "penalty", {"category": "fine"}), Route("种类", ("警",), "warning", {}))
    feed = profile(routes=routes, columns=tuple(one for one in COLUMNS if one.field != "category"))
    door = Door(feed, {"penalty": record_type(), "warning": warned}, today=TODAY)
    checked = door.examine(chunk([row(种类="警"), row(种类="罚"), row(种类="奖")]), SeenRows())
    assert [(one.row, one.record_type, one.kind) for one in checked.stated] == [
        (2, "warning", None),
        (3, "penalty", "fine"),
    ]
    assert codes(checked) == ["ROUTE"]
    assert json.loads(checked.stated[1].fields)["category"] == "fine"


def test_an_undated_list_is_dated_by_its_delivery_and_stays_the_same_fact() -> None:
    """Delivered again next week, the same snapshot must be unchanged, not new."""
    dated = field("dated", Form.CHOICE, "by-statement", "by-delivery")
    day = field("decided_on", Form.DAY)
    kind = record_type(
        undated=Undated.DELIVERY_DAY, fields={"decided_on": day, "dated": dated}, until=None, kind=None, amount=None
    )
    columns = tuple(one for one in COLUMNS if one.field in ("enterprise_name", "decided_on"))
    today, week = (
        Door(profile(columns=columns), {"penalty": kind}, today=on).examine(chunk([{"名称": "甲公司"}]), SeenRows())
        for on in (TODAY, date(2026, 7, 7))
    )
    assert today.stated[0].occurred_on == TODAY
    assert json.loads(today.stated[0].fields) == {"dated": "by-delivery", "enterprise_name": "甲公司"}
    assert today.stated[0][3:5] == week.stated[0][3:5]
    (stated,) = examined([{"名称": "甲公司", "日期": "2026-01-31"}], profile(columns=columns), kind).stated
    assert "dated" not in json.loads(stated.fields)


def test_an_envelope_carries_its_operation_and_refuses_unknown_ones() -> None:
    feed = profile(delivers=Delivers.ENVELOPE, operation="操作")
    checked = examined([row(操作="I"), row(操作="u"), row(操作="")], feed, IDENTIFIED)
    assert [one.operation for one in checked.stated] == ["i", "u"]
    assert codes(checked) == ["FORM"]


def test_codes_of_several_columns_are_gathered_and_contradictions_refused() -> None:
    columns = (*COLUMNS, FeedColumn(("注册号",), "registration_number", Form.TEXT))
    feed = profile(columns=columns)
    checked = examined(
        [row(注册号="440301103097413"), row(注册号=GOOD), row(注册号=OTHER), row(代码="", 注册号=GOOD)], feed
    )
    assert checked.stated[0].codes == (("credit_code", GOOD), ("registration_number", "440301103097413"))
    assert checked.stated[1].codes == (("credit_code", GOOD),)
    assert checked.stated[2].codes == (("credit_code", GOOD),)
    assert codes(checked) == ["CODE"]
    assert json.loads(checked.stated[1].fields)["credit_code"] == GOOD


def test_one_column_may_fill_two_fields() -> None:
    columns = (
        *COLUMNS[:5],
        FeedColumn(("类别",), "category", Form.CHOICE, values={"*": "fine"}),
        FeedColumn(("类别",), "facts", Form.TEXT),
    )
    (stated,) = examined([row(类别="罚款五百")], profile(columns=columns)).stated
    assert (stated.kind, json.loads(stated.fields)["facts"]) == ("fine", "罚款五百")


def test_a_row_with_more_cells_than_the_header_is_refused() -> None:
    whole = chunk([row(), row()])
    marked = type(whole)(whole.numbers, whole.columns, b"", frozenset({3}))
    door = Door(profile(), {"penalty": record_type()}, today=TODAY)
    assert codes(door.examine(marked, SeenRows())) == ["FORM"]


def test_a_mended_row_passes_the_same_door() -> None:
    door = Door(profile(), {"penalty": record_type()}, today=TODAY)
    assert codes(door.check_row(row(日期="昨天"), number=40)) == ["DATE"]
    assert door.check_row(row(), number=40).stated[0].row == 40


ANY = st.text(max_size=20)


@given(
    st.lists(
        st.fixed_dictionaries(dict.fromkeys(("名称", "代码", "文号", "日期", "截止", "类别", "金额", "事实"), ANY)),
        max_size=8,
    )
)
@settings(max_examples=60)
def test_every_row_is_accounted_for_once_whatever_it_holds(rows: list[dict[str, str]]) -> None:
    """Received = stated + repeated + quarantined: no row is lost, none is counted twice."""
    checked = examined([row(), *rows], kind=IDENTIFIED)
    numbers = [one.row for one in checked.stated] + list(checked.repeated) + list(checked.quarantined)
    assert sorted(numbers) == list(range(2, 3 + len(rows)))
    assert {problem.row for problem in checked.problems} == set(checked.quarantined)
