"""Makes rulebook/calendars/china from the yearly notices a package holds.

Needs the dependency group `make`. Writes only years that have no file yet, because a calendar
in force is frozen: `python tools/make_calendars.py 2015 2026`.
"""

import sys
from datetime import date
from importlib.metadata import version
from pathlib import Path

import chinese_calendar

_NOTICES = {
    2015: "〔2014〕28",
    2016: "〔2015〕18",
    2017: "〔2016〕17",
    2018: "〔2017〕12",
    2019: "〔2018〕15",
    2020: "〔2019〕16",
    2021: "〔2020〕27",
    2022: "〔2021〕11",
    2023: "〔2022〕16",
    2024: "〔2023〕7",
    2025: "〔2024〕12",
    2026: "〔2025〕7",
}
"""Year → number of its notice (国办发明电); 2019 and 2020 were changed by 〔2019〕3 and 〔2020〕1."""

_BRACKETS = str.maketrans({"〔": "[", "〕": "] "})
_FOLDER = Path(__file__).parents[1] / "rulebook" / "calendars" / "china"


def meaning(year: int) -> str:
    """Return the rule file of one year: days freed and weekend days worked."""
    rests = sorted(day for day in chinese_calendar.holidays if day.year == year)
    works = sorted(day for day in chinese_calendar.workdays if day.year == year)
    if not rests:
        raise SystemExit(f"the package holds no notice for {year}")
    return (
        f"# Days from chinesecalendar {version('chinesecalendar')} (MIT licence), which follows the yearly notices.\n"
        "instrument: holiday-notices\narticle: yearly notice\n"
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
    notice = _NOTICES[year]
    return (
        f"title: {{zh: {year}年节假日安排, en: Public holidays of {year}}}\nconfidence: likely\nnotes:\n"
        f"  zh: 国办发明电{notice}号。放假与调休日取自公开软件包，未逐日核对通知原文。\n"
        f'  en: "Guo-Ban-Fa-Ming-Dian {notice.translate(_BRACKETS)}. Days come from a public package and were'
        ' not compared with the notice day by day."\n'
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
