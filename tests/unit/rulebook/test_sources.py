"""Sources: a profile maps columns to fields and is checked against record types."""

import pytest

from probity.rulebook import Rulebook
from probity.rulebook.types import Delivers, Form
from tests.unit.rulebook.small import FEED, PATHS, faults, layer, spoilt


def test_a_profile_reads_as_the_delivered_file_is_headed() -> None:
    rulebook = Rulebook.read([layer()])
    feed = rulebook.feeds["city/penalties"]
    columns = {column.field: column for column in feed.columns}
    assert feed.delivers is Delivers.INCREMENTS and (feed.least_rows, feed.most_rows) == (1, 100)
    assert columns["credit_code"].headers == ("代码", "统一代码") and columns["credit_code"].form is Form.ANY_CODE
    assert columns["fine"].unit == "ten_thousand_yuan" and columns["category"].values["*"] == "warning"
    assert feed.routes[0].record_type == "penalty" and feed.business_day == "decided_on"
    assert feed.person_rows == {"类别": ("自然人",)} and feed.persons == ("法定代表人",)
    assert rulebook.sources["city"].authority_title.zh == "市"


ROUTES = """\
routes:
  - {header: 类, values: [罚], record_type: penalty, constants: {category: fine}}
  - {record_type: penalty, constants: {category: warning}}
"""


def test_routes_send_rows_to_record_types_by_a_column() -> None:
    text = FEED.replace("record_type: penalty\n", ROUTES).replace(
        '  种类: {field: category, values: {罚款: fine, "*": warning}}\n', ""
    )
    feed = Rulebook.read([layer() | {PATHS["feed"]: text}]).feeds["city/penalties"]
    assert [(route.header, route.values) for route in feed.routes] == [("类", ("罚",)), ("", ())]
    assert feed.routes[1].constants == {"category": "warning"}


@pytest.mark.parametrize(
    ("before", "after", "line", "reason"),
    [
        ("record_type: penalty", "record_type: award", 3, "no record type 'award'"),
        ("delivers: increments", "delivers: envelope", 1, "operation is stated for an envelope"),
        ("  文号: number\n", "", 1, "nothing fills 'number'"),
        ("  文号: number", "  文号: colour", 7, "has a field 'colour'"),
        (", unit: ten_thousand_yuan", "", 10, "unit is stated for money"),
        ("unit: ten_thousand_yuan", "unit: dollars", 10, "one of yuan, ten_thousand_yuan"),
        ("罚款: fine", "罚款: levy", 9, "offers no 'levy'"),
        ("ignored: [序号]", "ignored: [文号]", 1, "named twice"),
        ("  企业名称: enterprise_name\n", "  企业名称: number\n", 1, "two columns fill one field"),
        ("{least: 1, most: 100}", "{least: 1}", 14, "'most' is missing"),
        ("least: 1, most: 100", "least: 9, most: 8", 14, "out of range"),
        ("expects:", "remark: x\nexpects:", 14, "unknown key 'remark'"),
        ("form: any_code", "form: money", 6, "not of form money"),
        ("record_type: penalty", "record_type: penalty\nconstants: {category: levy}", 4, "offers no 'levy'"),
        ("record_type: penalty", "record_type: penalty\nbusiness_day: noon", 1, "names no field"),
    ],
)
def test_a_faulty_profile_names_file_line_and_reason(before: str, after: str, line: int, reason: str) -> None:
    hit = [fault for fault in faults(spoilt("feed", before, after)) if reason in fault.reason.en]
    assert hit and (hit[0].file, hit[0].line) == (PATHS["feed"], line)
    assert hit[0].reason.zh.strip()


def test_a_profile_that_names_nobody_is_refused() -> None:
    text = "".join(
        line for line in FEED.splitlines(keepends=True) if "enterprise_name" not in line and "代码" not in line
    )
    assert any("of whom the rows speak" in fault.reason.en for fault in faults(layer() | {PATHS["feed"]: text}))


def test_a_feed_without_its_source_is_refused() -> None:
    texts = layer()
    del texts[PATHS["source"]]
    assert any(fault.file == PATHS["source"] for fault in faults(texts))


def test_a_profile_outlives_the_repeal_of_the_type_it_feeds() -> None:
    """The repeal may lie ahead; the profile is checked against the last edition there was."""
    ended = {"record_types/penalty/2024-01-01.yaml": "repealed: {instrument: measure, article: art. 1}"}
    assert "city/penalties" in Rulebook.read([layer(), ended]).feeds


def test_one_column_may_fill_several_fields_and_a_day_may_be_part_of_a_span() -> None:
    text = FEED.replace(
        "  日期: {field: decided_on, required: true}\n",
        "  日期:\n    - {field: decided_on, required: true, part: start, day_first: true}\n    - {field: number}\n",
    ).replace("  文号: number\n", "")
    feed = Rulebook.read([layer() | {PATHS["feed"]: text}]).feeds["city/penalties"]
    columns = {column.field: column for column in feed.columns}
    assert columns["decided_on"].headers == columns["number"].headers == ("日期",)
    assert (columns["decided_on"].part, columns["decided_on"].day_first) == ("start", True)


def test_a_part_of_a_span_is_for_days_only() -> None:
    hit = faults(spoilt("feed", "unit: ten_thousand_yuan", "unit: yuan, part: end"))
    assert [fault.reason.en for fault in hit] == ["columns.金额: part and day_first are for days only"]


def test_closing_words_of_all_feeds_stand_before_a_feeds_own() -> None:
    defaults = {"sources/defaults.yaml": "closing_words: [合计, 制表人]\n"}
    text = FEED + "closing_words: [以上]\n"
    feed = Rulebook.read([layer() | defaults | {PATHS["feed"]: text}]).feeds["city/penalties"]
    assert feed.closing_words == ("合计", "制表人", "以上")
    assert Rulebook.read([layer()]).feeds["city/penalties"].closing_words == ()
