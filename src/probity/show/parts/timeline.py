"""Timeline: one enterprise's records in three lanes on one axis of days."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import date, timedelta

from probity.rulebook.types import Bearing, Stage
from probity.terms import months_before

LEFT, RIGHT = 25.0, 95.0
"""Where the axis begins and ends, in per cent of the drawing; lane names stand left of it."""

NOMINAL = 600
"""Width in pixels for which labels are kept apart; a wider drawing has only more room."""

MONTHS = 36
"""The axis looks back this far at most; what is older stands at its left end under its year."""

LEAST_GAP = 44
"""Markers closer than this many pixels join into a count (UI 5)."""

ICONS = {
    (Stage.BEFORE, Bearing.NEUTRAL): "certificate",
    (Stage.BEFORE, Bearing.FAVOURABLE): "certificate",
    (Stage.BEFORE, Bearing.ADVERSE): "alert-triangle",
    (Stage.DURING, Bearing.NEUTRAL): "clipboard-check",
    (Stage.DURING, Bearing.FAVOURABLE): "clipboard-check",
    (Stage.DURING, Bearing.ADVERSE): "clipboard-x",
    (Stage.AFTER, Bearing.NEUTRAL): "file-text",
    (Stage.AFTER, Bearing.FAVOURABLE): "award",
    (Stage.AFTER, Bearing.ADVERSE): "gavel",
}


@dataclass(frozen=True, slots=True)
class Mark:
    """One record to be placed: its lane, its day, the word beneath it."""

    record: int
    stage: Stage
    bearing: Bearing
    day: date
    word: str
    is_ended: bool
    href: str


@dataclass(frozen=True, slots=True)
class Marker:
    """One place on a lane, for one record or for several that stand too close; `x` in per cent."""

    x: float
    word: str
    look: str
    icon: str
    marks: tuple[Mark, ...]
    href: str

    @property
    def count(self) -> int:
        """How many records it stands for."""
        return len(self.marks)


@dataclass(frozen=True, slots=True)
class Lane:
    """The markers of one stage, in order of days; `y` is the centre of its discs in pixels."""

    stage: Stage
    y: int
    markers: tuple[Marker, ...]


@dataclass(frozen=True, slots=True)
class Timeline:
    """Three lanes, the months written above them, and where the day of the question stands."""

    lanes: tuple[Lane, ...]
    ticks: tuple[tuple[float, str], ...]
    asked_x: float
    height: int


def timeline(marks: Sequence[Mark], as_of: date, rows_href: str) -> Timeline:
    """Place every mark; the axis runs from the first day on record to `as_of`, one to three years.

    Older ones stand together at its left end. A count opens the rows at `rows_href`, from its first to its last day.
    """
    first = min([mark.day for mark in marks if mark.day <= as_of], default=as_of)
    first = max(min(first, months_before(as_of, 12)), months_before(as_of, MONTHS)) - timedelta(days=20)
    span = (as_of - first).days

    def place(day: date) -> float:
        share = max(0.0, min(1.0, (day - first).days / span))
        return round(LEFT + (RIGHT - LEFT) * share, 2)

    lanes = []
    for number, stage in enumerate(Stage):
        mine = sorted((mark for mark in marks if mark.stage is stage), key=lambda mark: (mark.day, mark.record))
        lanes.append(
            Lane(stage, 46 + 46 * number, tuple(_joined([(place(mark.day), mark) for mark in mine], rows_href)))
        )
    return Timeline(tuple(lanes), _ticks(first, as_of, place), place(as_of), 172)


def look_of(mark: Mark) -> str:
    """Return which of the five looks a record has; the colour never stands without icon and word."""
    if mark.is_ended:
        return "ended"
    if mark.bearing is Bearing.ADVERSE:
        return "decision" if mark.stage is Stage.AFTER else "adverse"
    return "favourable" if mark.bearing is Bearing.FAVOURABLE else "neutral"


def short_word(word: str) -> str:
    """Return a word that fits beneath a marker: about six Chinese or twelve Latin characters."""
    if word.isascii():
        return word if len(word) <= 12 else word[:11].rstrip() + "…"
    return word if len(word) <= 6 else word[:5] + "…"


def _joined(placed: list[tuple[float, Mark]], rows_href: str) -> list[Marker]:
    """Join marks that would cover each other with the first of their group, so that groups stay short."""
    groups: list[list[tuple[float, Mark]]] = []
    for x, mark in placed:
        if groups:
            first_x, first = groups[-1][0]
            labels = (_label_width(short_word(mark.word)) + _label_width(short_word(first.word))) / 2 + 6
            if (x - first_x) / 100 * NOMINAL < max(LEAST_GAP, labels):
                groups[-1].append((x, mark))
                continue
        groups.append([(x, mark)])
    return [_marker(group, rows_href) for group in groups]


def _marker(group: list[tuple[float, Mark]], rows_href: str) -> Marker:
    marks = tuple(mark for _, mark in group)
    gravest = min(
        marks, key=lambda mark: ("decision", "adverse", "neutral", "favourable", "ended").index(look_of(mark))
    )
    x = group[0][0]
    word = short_word(gravest.word) if len({mark.word for mark in marks}) == 1 else ""
    if x <= LEFT:
        years = sorted({mark.day.year for mark in marks})
        word = str(years[0]) if len(years) == 1 else f"{years[0]}–{years[-1]}"
    query = f"stage={gravest.stage}&since={marks[0].day}&until={marks[-1].day}"
    href = marks[0].href if len(marks) == 1 else f"{rows_href}?{query}"
    return Marker(x, word, look_of(gravest), ICONS[gravest.stage, gravest.bearing], marks, href)


def _label_width(word: str) -> float:
    return sum(6.2 if character.isascii() else 11.5 for character in word)


def _ticks(first: date, last: date, place: Callable[[date], float]) -> tuple[tuple[float, str], ...]:
    months = (last.year - first.year) * 12 + last.month - first.month
    step = next((size for size in (1, 2, 3, 6, 12, 24) if months / size <= 6), 60)
    found = []
    year, month = first.year, first.month
    while (year, month) <= (last.year, last.month):
        index = year * 12 + month - 1
        day = date(year, month, 1)
        if index % step == 0 and first <= day:
            x = place(day)
            if x <= RIGHT - 9:
                found.append((x, f"{year}-{month:02d}"))
        year, month = divmod(index + 1, 12)
        month += 1
    return tuple(found)
