"""Forms: a reader for each way of writing; it names what it cannot read."""

import re
from collections.abc import Callable, Mapping
from datetime import date, datetime, timedelta

from probity.know.records.folding import document_number, fold, narrow
from probity.know.records.types import Fault
from probity.terms import Text, shanghai_day, ten_thousand_yuan, yuan

Reader = Callable[[str], object]
"""Reads a non-empty text: a value, None where the text says nothing, or a Fault."""

_YEAR_FIRST = re.compile(r"(\d{4})[-/.年](\d{1,2})[-/.月](\d{1,2})日?")
_YEAR_LAST = re.compile(r"(\d{1,2})[-/.](\d{1,2})[-/.](\d{4})")
_TIME = r"(?:[ T]*\d{1,2}[:时]\d{1,2}(?:[:分](?:\d{1,2}(?:\.\d+)?秒?)?)?)?"
_LEADING_DAY = re.compile(rf"({_YEAR_FIRST.pattern}|{_YEAR_LAST.pattern}){_TIME}\Z")
_ZONED = re.compile(r"\d{4}-\d\d-\d\dT\d\d:\d\d(:\d\d(\.\d+)?)?(Z|[+-]\d\d:\d\d)\Z")
_COMPACT = re.compile(r"((?:19|20)\d\d)(\d\d)(\d\d)(?:\d{4}|\d{6})?\Z")
_SERIAL = re.compile(r"(\d{5})(?:\.\d+)?\Z")
_SPAN = re.compile(r"(\S+?\d日?)\s*(?:至|到|—+|~|～|(?<=\d)-(?=(?:19|20)\d\d[/.年]))\s*(\S+)\Z")
_SERIAL_ZERO = date(1899, 12, 30)
_SERIALS = range(29_221, 73_051)  # 1980-01-01 to 2099-12-31; anything else is no day of ours
_OPEN_YEAR = 2099  # 2099/12/31 is written for "without end" (double publicity, DOMAIN 4.1)
_ENDLESS = frozenset(("长期", "永久", "长期有效", "无固定期限", "无期限"))
_YES = frozenset(("是", "有", "true", "yes", "y", "1", "√"))
_NO = frozenset(("否", "无", "false", "no", "n", "0", "×"))

_NOT_A_DAY = Fault(
    "DATE",
    Text("应为日期，如 2023-04-12 或 2023年04月12日", "a day was expected, such as 2023-04-12 or 2023年04月12日"),
)
_WHICH_DAY = Fault(
    "DATE",
    Text("无法判断日在前还是月在前：请写成 2023-04-12", "day first or month first cannot be told: write 2023-04-12"),
)


def read_day(text: str, *, day_first: bool = False, part: str = "") -> date | Fault | None:
    """Return the day a text states, in any of the ways met in deliveries.

    `part` takes the `start` or the `end` of a span of two days written in one cell; a cell with
    one day states no end. A day that could be two days (03/04/2023) is a fault unless
    `day_first`; years of two digits always are.
    """
    plain = fold(narrow_keeping_blanks(text))
    if part and (span := _SPAN.match(plain)):
        plain = span.group(1 if part == "start" else 2)
    elif part == "end":
        return None
    if _ZONED.match(plain):
        return _made(lambda: shanghai_day(datetime.fromisoformat(plain)))
    if found := _LEADING_DAY.match(plain):
        return _day_in(found.group(1), day_first)
    squeezed = "".join(plain.split())
    if found := _LEADING_DAY.match(squeezed):
        return _day_in(found.group(1), day_first)
    if found := _COMPACT.match(squeezed):
        year, month, day = map(int, found.groups())
        return _made(lambda: date(year, month, day))
    if (found := _SERIAL.match(squeezed)) and int(found.group(1)) in _SERIALS:
        return _SERIAL_ZERO + timedelta(days=int(found.group(1)))
    return _NOT_A_DAY


def narrow_keeping_blanks(text: str) -> str:
    """Return a text in half-width forms, blanks between day and time kept."""
    return " ".join(narrow(part) for part in text.split())


def _day_in(text: str, day_first: bool) -> date | Fault:
    if found := _YEAR_FIRST.fullmatch(text):
        year, month, day = map(int, found.groups())
        return _made(lambda: date(year, month, day))
    found = _YEAR_LAST.fullmatch(text)
    if found is None:
        return _NOT_A_DAY
    first, second, year = map(int, found.groups())
    if first > 12 or first == second or day_first:
        return _made(lambda: date(year, second, first))
    if second > 12:
        return _made(lambda: date(year, first, second))
    return _WHICH_DAY


def _made(make: Callable[[], date]) -> date | Fault:
    try:
        return make()
    except (ValueError, OverflowError):
        return _NOT_A_DAY


def past_day(text: str, *, today: date, day_first: bool = False, part: str = "") -> date | Fault | None:
    """Return a day that cannot lie ahead of `today`: when something was done."""
    found = read_day(text, day_first=day_first, part=part)
    if isinstance(found, date) and found > today:
        return Fault(
            "FUTURE",
            Text(f"日期晚于报送当日 {today}", f"the day lies after the day of delivery, {today}"),
            mendable=False,
        )
    return found


def end_day(text: str, *, day_first: bool = False, part: str = "") -> date | Fault | None:
    """Return a day on which something ends; 2099 and 长期 mean that it does not."""
    if narrow(text) in _ENDLESS:
        return None
    found = read_day(text, day_first=day_first, part=part)
    return None if isinstance(found, date) and found.year >= _OPEN_YEAR else found


def read_year(text: str) -> int | Fault:
    """Return a year, written 2018, 2018年 or as any day of it."""
    plain = narrow(text).removesuffix("度").removesuffix("年")
    if len(plain) == 4 and plain.isascii() and plain.isdigit() and 1949 <= int(plain) <= _OPEN_YEAR:
        return int(plain)
    found = read_day(text)
    if isinstance(found, date):
        return found.year
    return Fault("DATE", Text("应为年份，如 2018 或 2018年", "a year was expected, such as 2018 or 2018年"))


def read_money(text: str, *, unit: str) -> int | Fault:
    """Return fen from an amount in `yuan` or `ten_thousand_yuan`; another unit in the cell is a fault."""
    plain = narrow(text).replace("¥", "").replace("￥", "").replace("人民币", "")
    own, read = ("万元", ten_thousand_yuan) if unit == "ten_thousand_yuan" else ("元", yuan)
    plain = plain.removesuffix(own)
    try:
        found = int(read(plain))
    except ValueError:
        found = -1
    if 0 <= found < 2**62:
        return found
    decimals, words = (6, "ten-thousand yuan") if unit == "ten_thousand_yuan" else (2, "yuan")
    return Fault(
        "AMOUNT",
        Text(
            f"应为以{own}计的非负金额，至多 {decimals} 位小数",
            f"an amount in {words} of at most {decimals} decimals was expected",
        ),
    )


def read_integer(text: str) -> int | Fault:
    """Return a whole number of at most eighteen digits."""
    plain = narrow(text).replace(",", "")
    if re.fullmatch(r"[+-]?\d{1,18}(?:\.0+)?", plain):
        return int(plain.partition(".")[0])
    return Fault("FORM", Text("应为整数", "a whole number was expected"))


def read_points(text: str) -> int | Fault:
    """Return hundredths of a point from a number of at most two decimals."""
    found = re.fullmatch(r"([+-]?)(\d{1,12})(?:\.(\d{1,2})0*)?分?", narrow(text))
    if not found:
        return Fault("FORM", Text("应为至多两位小数的分值", "points of at most two decimals were expected"))
    size = int(found.group(2)) * 100 + int((found.group(3) or "0").ljust(2, "0"))
    return -size if found.group(1) == "-" else size


def read_flag(text: str) -> bool | Fault:
    """Return yes or no."""
    plain = narrow(text).lower()
    if plain in _YES or plain in _NO:
        return plain in _YES
    return Fault("FORM", Text("应为「是」或「否」", "yes (是) or no (否) was expected"))


def choice_reader(choices: Mapping[str, Text], values: Mapping[str, str]) -> Reader:
    """Return a reader of one of `choices`, by the profile's dictionary, the key or its title.

    A dictionary decides alone; `"*"` in it takes every other text.
    """
    known = {choice_key(raw): choice for raw, choice in values.items() if raw != "*"}
    if not values:
        known = {choice_key(key): key for key in choices}
        known |= {choice_key(words): key for key, title in choices.items() for words in (title.zh, title.en)}
    other = values.get("*")
    offered = "、".join(list(known)[:12])
    fault = Fault("CHOICE", Text(f"应为以下之一：{offered}", f"one of these was expected: {offered}"))

    def read(text: str) -> str | Fault:
        return known.get(choice_key(text)) or other or fault

    return read


def choice_key(text: str) -> str:
    """Return a text as dictionaries compare it: no blanks, half width, no case, no closing stop."""
    return narrow(text).casefold().rstrip("。.;")


def read_text(text: str) -> str:
    """Return a free text on one line."""
    return fold(text)


def read_document(text: str) -> str | None:
    """Return a document number in one form."""
    return document_number(text) or None
