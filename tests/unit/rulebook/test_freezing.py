"""Freezing: what was in force may not change; a change is found by its digest."""

from datetime import date

from probity.rulebook import Rulebook
from probity.rulebook.freezing import lines_to_freeze, read_frozen
from tests.unit.rulebook.small import PATHS, faults, layer, spoilt


def frozen_lines() -> str:
    files = Rulebook.read([layer()]).files()
    return "\n".join(["# kind/key day digest", *lines_to_freeze({}, files, date(2024, 1, 1))])


def test_a_frozen_rule_that_stands_unchanged_is_no_fault() -> None:
    assert faults(layer() | {"frozen.txt": frozen_lines()}) == []


def test_a_rule_changed_after_it_was_frozen_is_a_fault() -> None:
    (fault,) = faults(spoilt("penalty", "months: 60", "months: 61") | {"frozen.txt": frozen_lines()})
    assert fault.file == PATHS["penalty"] and "changed after it was frozen" in fault.reason.en


def test_a_mended_text_or_comment_is_not_a_change() -> None:
    texts = spoilt("penalty", "stage: after", "# why\nstage: after")
    texts[PATHS["penalty text"]] = texts[PATHS["penalty text"]].replace("en: Penalty", "en: Mended")
    assert faults(texts | {"frozen.txt": frozen_lines()}) == []


def test_a_frozen_rule_that_went_away_is_a_fault_on_its_line() -> None:
    lines = frozen_lines() + "\nrecord_types/award 2020-01-01 " + "0" * 64
    (fault,) = faults(layer() | {"frozen.txt": lines})
    assert (fault.file, fault.line) == ("frozen.txt", 4) and "'award' is gone" in fault.reason.en


def test_a_line_that_is_none_and_a_line_twice_are_faults() -> None:
    line = frozen_lines().splitlines()[1]
    found = read_frozen("frozen.txt", f"{line}\n{line}\nnonsense")[1]
    assert [fault.line for fault in found] == [2, 3]


def test_only_what_is_in_force_and_not_yet_frozen_is_added() -> None:
    files = Rulebook.read([layer()]).files()
    assert [line.split()[0] for line in lines_to_freeze({}, files, date(2020, 5, 31))] == ["instruments/measure"]
    frozen, _ = read_frozen("frozen.txt", frozen_lines())
    assert lines_to_freeze(frozen, files, date(2024, 1, 1)) == []
