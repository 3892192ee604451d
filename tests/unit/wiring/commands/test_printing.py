"""Printing: moments as people state them, JSON as machines read it, tables that align."""

import argparse
import json
from datetime import UTC, date, datetime

import pytest

from probity.terms import Text
from probity.wiring.commands.printing import as_json, day_of, moment_of, table


@pytest.mark.parametrize(
    ("text", "moment"),
    [
        ("2026-06-30", datetime(2026, 6, 30, 15, 59, 59, 999999, tzinfo=UTC)),
        ("2026-06-30T09:00", datetime(2026, 6, 30, 1, 0, tzinfo=UTC)),
        ("2026-06-30 09:00:30", datetime(2026, 6, 30, 1, 0, 30, tzinfo=UTC)),
        ("2026-06-30T09:00+00:00", datetime(2026, 6, 30, 9, 0, tzinfo=UTC)),
        ("2026-06-30T09:00Z", datetime(2026, 6, 30, 9, 0, tzinfo=UTC)),
    ],
)
def test_a_moment_without_zone_is_shanghais(text: str, moment: datetime) -> None:
    """And a bare date means all that was known on that day."""
    assert moment_of(text) == moment


@pytest.mark.parametrize("text", ["", "June", "2026-6-30", "2026-02-30"])
def test_what_is_no_day_is_refused(text: str) -> None:
    """By the parser, with its usage line."""
    with pytest.raises(argparse.ArgumentTypeError, match="·"):
        day_of(text)
    with pytest.raises(argparse.ArgumentTypeError, match="·"):
        moment_of(text)


def test_json_keeps_characters_days_and_both_languages(capsys: pytest.CaptureFixture[str]) -> None:
    """A machine reads it back; a person can read it too."""
    as_json({"day": date(2026, 6, 30), "text": Text("企业", "enterprise"), "name": "甲"})
    said = capsys.readouterr().out
    assert json.loads(said) == {"day": "2026-06-30", "text": {"zh": "企业", "en": "enterprise"}, "name": "甲"}
    assert "企业" in said


def test_columns_align_by_the_width_on_a_terminal(
    capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    """A Chinese character takes two places; nothing trails."""
    monkeypatch.setenv("PROBITY_LANGUAGE", "en")
    table([Text("名称", "name"), Text("数", "n")], [["甲乙", 1], ["abc", Text("二", "two")]])
    assert capsys.readouterr().out == "name  n\n甲乙  1\nabc   two\n"
