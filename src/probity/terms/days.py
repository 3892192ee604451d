"""Days: legal days in Shanghai, spans of validity, months counted back."""

from calendar import monthrange
from dataclasses import dataclass
from datetime import UTC, date, datetime, time, timedelta
from zoneinfo import ZoneInfo

SHANGHAI = ZoneInfo("Asia/Shanghai")
"""Legal days are counted here; moments are kept in UTC."""


@dataclass(frozen=True, slots=True)
class Validity:
    """A half-open span of days: from `start`, up to but not including `until`; None is open."""

    start: date
    until: date | None = None

    def __post_init__(self) -> None:
        """Refuse a span that ends before it starts.

        Raises:
            ValueError: when `until` is not after `start`.
        """
        if self.until is not None and self.until <= self.start:
            raise ValueError(f"validity ends on {self.until}, not after its start {self.start}")

    def covers(self, day: date) -> bool:
        """Whether `day` lies inside the span."""
        return self.start <= day and (self.until is None or day < self.until)


def months_before(day: date, months: int) -> date:
    """Return the day `months` calendar months before `day`, clipped at the end of the month.

    A window of n months is half-open: `months_before(as_of, n) < day <= as_of`.
    """
    index = day.year * 12 + day.month - 1 - months
    year, month = divmod(index, 12)
    return date(year, month + 1, min(day.day, monthrange(year, month + 1)[1]))


def shanghai_day(moment: datetime) -> date:
    """Return the legal day on which `moment` falls.

    Raises:
        ValueError: when the moment names no time zone.
    """
    if moment.tzinfo is None:
        raise ValueError("a moment names its time zone")
    return moment.astimezone(SHANGHAI).date()


def end_of_day(day: date) -> datetime:
    """Return the last microsecond of `day` in Shanghai, in UTC: what a bare date as known_at means."""
    following = datetime.combine(day + timedelta(days=1), time.min, tzinfo=SHANGHAI)
    return following.astimezone(UTC) - timedelta(microseconds=1)
