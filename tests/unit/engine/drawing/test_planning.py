"""Planning: a plan has one text, and a text one plan."""

from dataclasses import replace

import pytest

from probity.engine.drawing import plan_text, read_plan
from probity.engine.drawing.seeding import commitment_of, refuse_unsafe
from probity.engine.drawing.types import DrawPlan, DrawRefused, SeedSource, Stratum
from tests.unit.engine.drawing.made import SOURCES, vector_plan

FULL = replace(
    vector_plan(is_blind=False), sources=SOURCES, inspectors="ab" * 32, matching="hash-cost-1", opens="2026-12-31"
)


@pytest.mark.parametrize("plan", [FULL, vector_plan(is_blind=True), replace(FULL, key_commitment="", frame="")])
def test_what_was_written_is_read_back(plan: DrawPlan) -> None:
    """Text and plan say the same, line by line."""
    assert read_plan(plan_text(plan)) == plan


def test_the_lines_stand_in_their_order() -> None:
    """Whoever writes a checker needs no more than this list."""
    keys = [line.partition("=")[0] for line in plan_text(FULL).splitlines()]
    assert keys == [
        "draw-plan-v1", "draw", "frame", "root", "stratum", "units", "take", "reserve", "method", "keycommit",
        "source", "source", "source", "inspectors", "matching", "opens",
    ]  # fmt: skip


@pytest.mark.parametrize(
    "change",
    [
        {"number": "A\nroot=1"}, {"number": ""}, {"root": "AB" * 32}, {"opens": "31/12/2026"}, {"matching": "a\nb"},
        {"strata": (Stratum("b", 1, 1, 0), Stratum("a", 1, 1, 0))}, {"strata": ()}, {"is_blind": True},
        {"strata": (Stratum("a|b", 1, 1, 0),)}, {"sources": (SeedSource("a|b", "x"),)},
    ],
)  # fmt: skip
def test_a_plan_that_its_text_cannot_say_is_refused(change: dict[str, object]) -> None:
    """No field smuggles a line into the text; strata stand sorted; a blind plan states no frame hash."""
    with pytest.raises(DrawRefused):
        plan_text(replace(FULL, **change))  # type: ignore[arg-type]


@pytest.mark.parametrize(
    "sources",
    [
        SOURCES[:1], (SOURCES[0], SOURCES[0]), (SOURCES[2], replace(SOURCES[2], name="share:b", instead="lottery:9")),
        (SOURCES[0], replace(SOURCES[2], instead="")), (SOURCES[0], replace(SOURCES[2], instead="share:b")),
        (SOURCES[0], replace(SOURCES[1], commitment="ab" * 32)), (SOURCES[0], replace(SOURCES[2], instead=SOURCES[0].name)),
    ],
)  # fmt: skip
def test_sources_by_which_somebody_could_steer_are_refused(sources: tuple[SeedSource, ...]) -> None:
    """Two different ones at least, never shares alone, each share bound and replaceable."""
    with pytest.raises(DrawRefused):
        refuse_unsafe(sources)


def test_a_secret_is_32_bytes() -> None:
    """A short one could be guessed from its commitment."""
    with pytest.raises(ValueError, match="32 bytes"):
        commitment_of(b"1")
