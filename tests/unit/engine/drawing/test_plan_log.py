"""Plan log: a second draw, a dropped number and an unopened plan are seen by anybody."""

from dataclasses import replace
from datetime import date

import pytest

from probity.engine.drawing import log_faults, logged, refuse_unlogged
from probity.engine.drawing.types import DrawRefused
from tests.unit.engine.drawing.made import made

BEFORE, AFTER = date(2026, 12, 31), date(2027, 1, 1)
BUNDLES = [made(seed) for seed in range(1, 5)]


def log_of_four() -> list:
    log: list = []
    for bundle in BUNDLES:
        log.append(logged(log, bundle["plan"]))
    return log


def test_an_honest_log_has_no_fault() -> None:
    """Committed, opened in time or voided with its reason."""
    log = log_of_four()
    assert [line.number for line in log] == [1, 2, 3, 4] and log_faults(log, BEFORE) == []
    settled = [replace(line, opened=True) for line in log[:3]] + [replace(log[3], voided="the secret was lost")]
    assert log_faults(settled, AFTER) == []
    refuse_unlogged(settled, BUNDLES[0])


def test_a_second_draw_under_the_same_number_is_refused() -> None:
    """Drawing again until it fits needs a new number, and both stay in the log."""
    log = log_of_four()
    again = BUNDLES[0]["plan"].replace("reserve=", "reserve=1", 1)
    with pytest.raises(DrawRefused, match="one number is one draw"):
        logged(log, again)
    with pytest.raises(DrawRefused, match="does not hold this plan"):
        refuse_unlogged(log, {**BUNDLES[0], "plan": again})


@pytest.mark.parametrize("dropped", [0, 1, 2])
def test_a_dropped_plan_leaves_a_gap_and_a_broken_chain(dropped: int) -> None:
    """A commitment that was not liked cannot be taken out; renumbering does not mend the chain."""
    log = log_of_four()
    del log[dropped]
    assert any("gap" in fault.en for fault in log_faults(log, BEFORE))
    renumbered = [replace(line, number=place) for place, line in enumerate(log, 1)]
    assert any("does not follow" in fault.en for fault in log_faults(renumbered, BEFORE))


def test_a_plan_changed_in_the_log_breaks_the_chain() -> None:
    """Neither the plan's hash nor its number can be exchanged later."""
    log = log_of_four()
    log[1] = replace(log[1], plan="0" * 64)
    assert [fault.en for fault in log_faults(log, BEFORE)] == ["number 2 does not follow from the one before"]


def test_a_draw_not_opened_on_its_day_counts_as_void() -> None:
    """Keeping the secret back is public, in red."""
    faults = log_faults(log_of_four(), AFTER)
    assert len(faults) == 4 and all("counts as void" in fault.en for fault in faults)


def test_a_voided_plan_cannot_be_opened() -> None:
    """What was voided is over; the log says why."""
    log = log_of_four()
    log[0] = replace(log[0], voided="printer failed")
    with pytest.raises(DrawRefused, match="printer failed"):
        refuse_unlogged(log, BUNDLES[0])
    with pytest.raises(DrawRefused):
        refuse_unlogged(log[1:], BUNDLES[0])
    both = [replace(log[0], opened=True), *log[1:]]
    assert any("both" in fault.en for fault in log_faults(both, BEFORE))
