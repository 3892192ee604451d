"""Contrast: every token's ratio, recomputed from the stylesheet."""

import re

import pytest

from tests.house.source import ROOT

SHEET = ROOT / "src/probity/show/parts/static/probity/probity.css"
TEXT, LARGE = 4.5, 3.0

PAIRS = (
    [
        (ink, ground, least)
        for ground in ("card", "page", "sunk")
        for ink, least in (("ink", 7.0), ("ink-2", TEXT), ("ink-3", TEXT), ("control", LARGE), ("blue", TEXT))
    ]
    + [(word, f"{word}-pale", TEXT) for word in ("green", "amber", "red", "violet", "slate")]
    + [
        ("blue-deep", "blue-pale", TEXT),
        ("on-blue", "blue", TEXT),
        ("seal", "card", TEXT),
        ("ink", "ramp-3", TEXT),
        ("ink", "amber-mark", TEXT),
    ]
)

STATED = {
    ("ink", "card"): 15.7,
    ("ink-2", "card"): 8.1,
    ("ink-3", "card"): 5.4,
    ("control", "card"): 3.6,
    ("blue", "card"): 7.6,
}
"""What the design states of the light tokens on white."""


def tokens(opening: str) -> dict[str, str]:
    """Return name → colour of the block that begins with `opening`."""
    sheet = SHEET.read_text(encoding="utf-8")
    block = sheet[sheet.index(opening) :]
    return dict(re.findall(r"--pb-([\w-]+): (#[0-9A-Fa-f]{6})", block[: block.index("}")]))


LIGHT = tokens(":root {")
DARK = LIGHT | tokens('html[data-face="desk"][data-theme="dark"] {')
SYSTEM = LIGHT | tokens('html[data-face="desk"][data-theme="system"] {')


def luminance(colour: str) -> float:
    """Return the relative luminance of a colour (WCAG 2.x)."""
    shares = [int(colour[place : place + 2], 16) / 255 for place in (1, 3, 5)]
    linear = [share / 12.92 if share <= 0.04045 else ((share + 0.055) / 1.055) ** 2.4 for share in shares]
    return 0.2126 * linear[0] + 0.7152 * linear[1] + 0.0722 * linear[2]


def ratio(one: str, other: str) -> float:
    """Return the contrast of two colours."""
    low, high = sorted((luminance(one), luminance(other)))
    return (high + 0.05) / (low + 0.05)


@pytest.mark.parametrize("ink,ground,least", PAIRS)
@pytest.mark.parametrize("mode", ["light", "dark"])
def test_every_token_can_be_read_on_its_ground(ink: str, ground: str, least: float, mode: str) -> None:
    """AA for text, three to one for what must only be seen; the seal is for paper alone."""
    colours = LIGHT if mode == "light" else DARK
    if ink == "seal" and mode == "dark":
        pytest.skip("documents are printed on white")
    assert ratio(colours[ink], colours[ground]) >= least


@pytest.mark.parametrize("pair,stated", STATED.items())
def test_the_light_tokens_are_those_of_the_design(pair: tuple[str, str], stated: float) -> None:
    """The ratios the design gives are met to a tenth."""
    assert ratio(LIGHT[pair[0]], LIGHT[pair[1]]) == pytest.approx(stated, abs=0.06)


def test_dark_by_choice_and_by_the_system_are_the_same() -> None:
    """One set of dark values, stated twice because CSS has no other way."""
    assert DARK == SYSTEM


def test_rules_name_tokens_and_never_a_colour() -> None:
    """A colour outside the tokens would escape this test and dark mode."""
    sheet = SHEET.read_text(encoding="utf-8")
    rules = sheet[sheet.index("/* Ground */") : sheet.index("/* Print")]
    found = set(re.findall(r"#[0-9A-Fa-f]{3,8}\b", rules)) - {"#163F6C", "#fff"}
    assert not found, f"colours outside the tokens: {sorted(found)}"
