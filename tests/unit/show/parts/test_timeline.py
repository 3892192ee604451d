"""Timeline: places on the axis, joined markers, looks."""

from datetime import date, timedelta
from itertools import pairwise

from probity.rulebook.types import Bearing, Stage
from probity.show.parts.timeline import LEAST_GAP, LEFT, NOMINAL, RIGHT, Mark, look_of, short_word, timeline

AS_OF = date(2026, 11, 16)


def mark(
    day: date, *, record: int = 1, stage: Stage = Stage.AFTER, bearing: Bearing = Bearing.ADVERSE, ended: bool = False
) -> Mark:
    """A penalty on a day."""
    return Mark(record, stage, bearing, day, "Penalty", ended, f"/records/{record}/")


def test_every_record_stands_on_the_lane_of_its_stage_and_none_is_lost() -> None:
    """However many join, the counts add up to the records."""
    marks = [mark(AS_OF - timedelta(days=9 * n), record=n, stage=list(Stage)[n % 3]) for n in range(60)]
    drawn = timeline(marks, AS_OF, "/rows/")
    for lane in drawn.lanes:
        assert sum(marker.count for marker in lane.markers) == 20
        assert all(one.stage is lane.stage for marker in lane.markers for one in marker.marks)


def test_markers_of_a_lane_never_stand_closer_than_the_least_gap() -> None:
    """44 px is the limit of a lane; closer ones join into a count."""
    drawn = timeline([mark(AS_OF - timedelta(days=5 * n), record=n) for n in range(100)], AS_OF, "/rows/")
    places = [marker.x for marker in drawn.lanes[2].markers]
    gaps = [(after - before) / 100 * NOMINAL for before, after in pairwise(places)]
    assert gaps
    assert min(gaps) >= LEAST_GAP - 0.1


def test_today_stands_at_the_right_and_old_records_at_the_left_under_their_year() -> None:
    """A registration of 2005 does not squeeze the last three years."""
    drawn = timeline([mark(date(2005, 3, 1), stage=Stage.BEFORE), mark(AS_OF)], AS_OF, "/rows/")
    assert drawn.asked_x == RIGHT
    assert (drawn.lanes[0].markers[0].x, drawn.lanes[0].markers[0].word) == (LEFT, "2005")
    assert drawn.lanes[2].markers[0].x == RIGHT


def test_one_record_opens_itself_and_a_count_opens_its_rows() -> None:
    """A marker always leads somewhere."""
    lane = timeline([mark(AS_OF, record=7)], AS_OF, "/rows/").lanes[2]
    assert lane.markers[0].href == "/records/7/"
    joined = timeline([mark(AS_OF), mark(AS_OF - timedelta(days=1), record=2)], AS_OF, "/rows/").lanes[2].markers[0]
    assert joined.href == "/rows/?stage=after&since=2026-11-15&until=2026-11-16"


def test_a_look_follows_from_stage_bearing_and_end() -> None:
    """Red is kept for adverse decisions; what ended is drawn as ended."""
    assert look_of(mark(AS_OF)) == "decision"
    assert look_of(mark(AS_OF, stage=Stage.DURING)) == "adverse"
    assert look_of(mark(AS_OF, bearing=Bearing.FAVOURABLE)) == "favourable"
    assert look_of(mark(AS_OF, ended=True)) == "ended"


def test_words_beneath_markers_are_short_in_both_languages() -> None:
    """A label has the room of a marker."""
    assert short_word("行政处罚") == "行政处罚"
    assert short_word("严重违法失信名单") == "严重违法失…"
    assert short_word("Administrative penalty") == "Administrat…"
