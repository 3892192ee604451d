"""Framing: one canonical form, and blind frames that give nobody's class away."""

import random
from collections import Counter
from statistics import mean

import pytest

from probity.engine.drawing import (
    blinded,
    draw,
    in_frame_order,
    rates_for,
    recomputed,
    salts_from,
    strata_of,
    ticket_of,
)
from probity.engine.drawing.tickets import rank_of
from probity.engine.drawing.types import DrawRefused, DrawUnit, Stratum


def test_keys_are_sorted_by_their_bytes_and_not_by_the_line() -> None:
    """`A` comes before `AB` although the bar after it is larger than B; a star beyond the plane comes last."""
    keys = ["\U00020000", "AB", "A", "中", "\uffee"]
    frame = in_frame_order(DrawUnit(key, "s", 1) for key in keys)
    assert [unit.key for unit in frame] == ["A", "AB", "中", "\uffee", "\U00020000"]


@pytest.mark.parametrize(
    "units",
    [[], [DrawUnit("a", "s", 0)], [DrawUnit("a", "s", 1_000_001)], [DrawUnit("", "s", 1)], [DrawUnit("a|b", "s", 1)],
     [DrawUnit("a\n", "s", 1)], [DrawUnit("a", "", 1)], [DrawUnit("a", "s", 1), DrawUnit("a", "t", 2)],
     [DrawUnit("\ud800", "s", 1)]],
)  # fmt: skip
def test_what_cannot_stand_in_a_frame_is_refused(units: list[DrawUnit]) -> None:
    """Nobody's chance is zero, nobody stands twice, no name breaks the form of a line."""
    with pytest.raises(DrawRefused):
        in_frame_order(units)


RATE = {"A": 20_000, "B": 100_000, "C": 300_000, "D": 800_000}


def attacked(*, is_blind: bool) -> tuple[float, float]:
    """Return how often an outsider is right who concludes on a class after eight draws, against plain guessing.

    The outsider knows the secret, all drawn names, and what rates there are; for each enterprise
    they keep the classes whose rank would have been drawn, or not drawn, as it was. Guessing
    knows only how often an enterprise was drawn, and the commonest class of those drawn as often.
    """
    chance = random.Random(7)
    classes = {f"91{number:016d}": chance.choice("AAAABBBCCD") for number in range(600)}
    weights = {key: RATE[grade] for key, grade in classes.items()}
    take = sum(weights.values()) // 1_000_000
    rates = rates_for(weights, take)
    by_class = {grade: rates[next(key for key in classes if classes[key] == grade)] for grade in RATE}
    possible = {key: set(RATE) for key in classes}
    times = dict.fromkeys(classes, 0)
    for _ in range(8):
        salts, key = salts_from(chance.randbytes(32), classes), chance.randbytes(32)
        frame = in_frame_order(DrawUnit(code, "S1", rates[code]) for code in classes)
        public = blinded(frame, salts) if is_blind else frame
        names = {leaf.key: unit.key for unit in frame for leaf in blinded([unit], salts)} if is_blind else {}
        taken = draw(public, [Stratum("S1", 600, take, 0)], key).drawn["S1"]
        drawn = {names.get(name, name) for name in taken}
        limits = sorted(rank_of(ticket_of(key, unit.key), unit.ppm) for unit in public)
        limit = limits[take - 1]
        for code in classes:
            times[code] += code in drawn
            fits = {
                grade
                for grade, ppm in by_class.items()
                if (rank_of(ticket_of(key, code), ppm) <= limit) is (code in drawn)
            }
            possible[code] &= fits
    concluded = {code: min(left) for code, left in possible.items() if len(left) == 1}
    commonest = {
        count: Counter(classes[code] for code in classes if times[code] == count).most_common(1)[0][0]
        for count in set(times.values())
    }
    right = mean(classes[code] == grade for code, grade in concluded.items())
    return right, mean(classes[code] == commonest[times[code]] for code in concluded)


def test_a_full_bundle_gives_rare_classes_away_and_a_blind_one_does_not() -> None:
    """Why the public gets the blind bundle: the same attack works on one and finds nothing true in the other."""
    right, guessed = attacked(is_blind=False)
    assert right == 1.0 > guessed + 0.1, "where codes stand in the frame, the attack is never wrong"
    right, guessed = attacked(is_blind=True)
    assert right < guessed + 0.05, "where they do not, it concludes less than drawn or not drawn tells"


def test_leaves_of_two_draws_cannot_be_joined() -> None:
    """Fresh salts: the same enterprise has another leaf in each draw, so that nothing adds up over the years."""
    units = [DrawUnit(f"{number}", "S1", 100_000) for number in range(10)]
    seen = [
        {unit.key for unit in blinded(units, salts_from(bytes([number]) * 32, map(str, range(10))))}
        for number in range(5)
    ]
    assert len(set().union(*seen)) == 50


def test_strata_are_counted_from_the_frame() -> None:
    """What the plan says of its strata is never typed in."""
    units = [DrawUnit("a", "乙", 500_000), DrawUnit("b", "乙", 500_000), DrawUnit("c", "甲", 1_000_000)]
    assert strata_of(units, {"乙": (1, 1), "甲": (1, 0)}) == (Stratum("乙", 2, 1, 1), Stratum("甲", 1, 1, 0))
    with pytest.raises(DrawRefused):
        recomputed({})
