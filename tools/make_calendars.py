"""Makes rulebook/calendars/china from the yearly notices, as a package holds them.

Needs the dependency group `make`. Writes only years that have no file yet, because a calendar
in force is frozen: `python tools/make_calendars.py 2015 2026`.
"""

import sys
from datetime import date
from importlib.metadata import version
from pathlib import Path

import chinese_calendar

_FOLDER = Path(__file__).parents[1] / "rulebook" / "calendars" / "china"


def meaning(year: int) -> str:
    """Return the rule file of one year: days freed and weekend days worked."""
    rests = sorted(day for day in chinese_calendar.holidays if day.year == year)
    works = sorted(day for day in chinese_calendar.workdays if day.year == year)
    if not rests:
        raise SystemExit(f"the package holds no notice for {year}")
    return (
        f"# Days from chinesecalendar {version('chinesecalendar')} (MIT licence), which follows the yearly notices.\n"
        f'instrument: holiday-notices\narticle: "{year}"\n'
        f"rests: {_months(rests)}\nworks: {_months(works)}\n"
    )


def _months(days: list[date]) -> str:
    """Return a YAML list of days, one month to a line, so that a person can compare it with the notice."""
    lines: dict[int, list[str]] = {}
    for day in days:
        lines.setdefault(day.month, []).append(day.isoformat())
    return "[\n" + "".join(f"  {', '.join(month)},\n" for month in lines.values()) + "]"


def texts(year: int) -> str:
    """Return the text file beside it."""
    return (
        f"title: {{zh: {year}年节假日安排, en: Public holidays of {year}}}\nconfidence: likely\nnotes:\n"
        "  zh: 放假与调休日取自公开软件包，未逐日核对通知原文。\n"
        "  en: Days come from a public package and were not compared day by day with the notice.\n"
    )


def main() -> None:
    """Write the years from the first to the last argument."""
    first, last = (int(argument) for argument in sys.argv[1:3])
    _FOLDER.mkdir(parents=True, exist_ok=True)
    for year in range(first, last + 1):
        path = _FOLDER / f"{year}-01-01.yaml"
        if not path.exists():
            path.write_text(meaning(year), encoding="utf-8")
            path.with_suffix(".text.yaml").write_text(texts(year), encoding="utf-8")


if __name__ == "__main__":
    main()
