"""Refusing: who inspects, the weather of the day, later days and the finding itself order nothing."""

from datetime import date

import pytest

from probity.engine.forecasting import NotUsable, refuse_leaks

FREEZE = date(2026, 3, 1)
COLUMNS = {
    "score": ["1", "2", "3", "3"],
    "inspector_group": ["a", "b", "c", "c"],
    "group_rate": ["0.1", "0.4", "0.2", "0.2"],
    "Sanitarian": ["x"] * 4,
    "执法人员工号": ["1"] * 4,
    "被检查人": ["1"] * 4,
    "temperatureMax": ["20"] * 4,
    "last": ["2026-02-28", "2026-03-01", "", "2025年1月3日"],
    "next": ["2026-02-28", "2026-03-02", "", ""],
    "moment": [None, date(2026, 3, 2), None, None],
    "bad": ["0", "1", "0", "1"],
    "past": ["5", "6", "7", "8"],
}


@pytest.mark.parametrize(
    ("column", "words"),
    [("inspector_group", "who inspects"), ("Sanitarian", "who inspects"), ("执法人员工号", "who inspects"),
     ("temperatureMax", "weather"), ("next", "later than the freeze"), ("moment", "later than the freeze"),
     ("bad", "finding itself"), ("nothing", "no column"), ("group_rate", "another name")],
)  # fmt: skip
def test_what_was_not_known_is_refused(column: str, words: str) -> None:
    """The famous seven days were mostly the inspector; a rate by inspector is the inspector again."""
    with pytest.raises(NotUsable, match=words) as refusal:
        refuse_leaks(COLUMNS, [column], found="bad", freeze=FREEZE)
    assert refusal.value.text.zh


def test_what_was_known_is_let_through() -> None:
    """Earlier findings, days up to the freeze, the inspected themselves; an inspector column may stand unused."""
    refuse_leaks(COLUMNS, ["past", "last", "被检查人"], found="bad", freeze=FREEZE)
