"""Dirt: the faults real files carry, planted, each with its due verdict."""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import date, timedelta

from example_city.generator.codes import ALPHABET, identity_number
from example_city.generator.dice import Dice
from example_city.generator.rows import Cell, Layout, Row, meaning_of

_FULL_WIDTH = str.maketrans("0123456789", "０１２３４５６７８９")
_PLACEHOLDER = "某某（自然人）"

Spoiling = Callable[[Row, Layout, Dice, date], bool]


@dataclass(frozen=True, slots=True)
class Dirt:
    """One kind of fault: its key, the code of the verdict (empty: taken in all the same), the deed."""

    key: str
    problem: str
    spoil: Spoiling  # returns false where the row offers no place for it


def _text(row: Row, header: str) -> str:
    value = row.cells.get(header)
    return value if isinstance(value, str) else ""


def _wrong_check(row: Row, layout: Layout, dice: Dice, _: date) -> bool:
    code = _text(row, layout.code)
    if len(code) != 18:
        return False
    row.cells[layout.code] = code[:17] + dice.one([other for other in ALPHABET if other != code[17]])
    return True


def _letter_o(row: Row, layout: Layout, dice: Dice, _: date) -> bool:
    code = _text(row, layout.code)
    places = [place for place, character in enumerate(code) if character == "0" and place > 7]
    if not places:
        return False
    place = dice.one(places)
    row.cells[layout.code] = f"{code[:place]}O{code[place + 1 :]}"
    return True


def _exponent(row: Row, layout: Layout, _: Dice, __: date) -> bool:
    code = _text(row, layout.code)
    if not code.isdigit():
        return False
    row.cells[layout.code] = f"{code[0]}.{code[1:3]}E+17"
    return True


def _fifteen_digits(row: Row, layout: Layout, _: Dice, __: date) -> bool:
    code = _text(row, layout.code)
    if not code.isdigit() or code.endswith("000"):
        return False
    row.cells[layout.code] = f"{code[:15]}000"
    return True


def _blanked(role: str) -> Spoiling:
    def blank(row: Row, layout: Layout, _: Dice, __: date) -> bool:
        header = getattr(layout, role)
        if not header or not row.cells.get(header) or (role == "number" and not layout.number_is_required):
            return False
        row.cells[header] = ""
        return True

    return blank


def _nobody(row: Row, layout: Layout, _: Dice, __: date) -> bool:
    if not row.cells.get(layout.name):
        return False
    for header in (layout.name, layout.code, *layout.older_codes):
        row.cells[header] = ""
    return True


def _older_number_only(row: Row, layout: Layout, _: Dice, __: date) -> bool:
    if not any(row.cells.get(header) for header in layout.older_codes):
        return False
    row.cells[layout.code] = ""
    return True


def _impossible_day(row: Row, layout: Layout, dice: Dice, today: date) -> bool:
    if not isinstance(row.cells.get(layout.day), date):
        return False
    row.cells[layout.day] = dice.one((f"{today.year}-02-30", f"{today.year}-13-05", f"{today.year}年11月31日"))
    return True


def _future_day(row: Row, layout: Layout, dice: Dice, today: date) -> bool:
    if not isinstance(row.cells.get(layout.day), date):
        return False
    row.cells[layout.day] = today + timedelta(days=dice.number(200, 400))
    return True


def _money(written: Callable[[Dice], Cell]) -> Spoiling:
    def spoil(row: Row, layout: Layout, dice: Dice, _: date) -> bool:
        if not layout.money or row.cells.get(layout.money) in ("", None):
            return False
        row.cells[layout.money] = written(dice)
        return True

    return spoil


def _unknown_choice(row: Row, layout: Layout, dice: Dice, _: date) -> bool:
    if not layout.choice:
        return False
    row.cells[layout.choice] = dice.one(("待定", "见附件", "同上"))
    return True


def _person(row: Row, layout: Layout, _: Dice, __: date) -> bool:
    if not layout.category:
        return False
    row.cells[layout.category], row.cells[layout.name] = "自然人", _PLACEHOLDER
    if layout.code:
        row.cells[layout.code] = ""
    return True


def _long_number(row: Row, layout: Layout, _: Dice, __: date) -> bool:
    if not layout.number:
        return False
    row.cells[layout.number] = _text(row, layout.number) + "（见附件）" * 60
    return True


def _full_width(row: Row, layout: Layout, _: Dice, __: date) -> bool:
    code = _text(row, layout.code)
    row.cells[layout.code] = code.translate(_FULL_WIDTH)
    return bool(code)


def _padded(row: Row, layout: Layout, dice: Dice, _: date) -> bool:
    code = _text(row, layout.code)
    row.cells[layout.code] = dice.one((f"\t{code}", f"{code} ", f"　{code}"))
    return bool(code)


def _line_break(row: Row, layout: Layout, _: Dice, __: date) -> bool:
    text = _text(row, layout.text)
    if "，" not in text:
        return False
    row.cells[layout.text] = text.replace("，", "，\n", 1)
    return True


def _private_numbers(row: Row, layout: Layout, dice: Dice, _: date) -> bool:
    text = _text(row, layout.text)
    if not text:
        return False
    row.cells[layout.text] = dice.one(
        (f"{text}（联系电话13800000000）", f"{text}（经办人证件号{identity_number(dice.number(1, 900))}）")
    )
    return True


HARMFUL = (
    Dirt("wrong-check-character", "CODE", _wrong_check),
    Dirt("exponent-for-code", "CODE_CUT", _exponent),
    Dirt("code-cut-to-fifteen-digits", "CODE_CUT", _fifteen_digits),
    Dirt("nobody-named", "MISSING", _nobody),
    Dirt("no-document-number", "MISSING", _blanked("number")),
    Dirt("impossible-day", "DATE", _impossible_day),
    Dirt("future-day", "FUTURE", _future_day),
    Dirt("seven-decimals", "AMOUNT", _money(lambda dice: f"{dice.number(1, 90)}.{dice.number(1000000, 9999999)}")),
    Dirt("negative-amount", "AMOUNT", _money(lambda dice: f"-{dice.number(1, 90)}.5")),
    Dirt("unknown-choice", "CHOICE", _unknown_choice),
    Dirt("natural-person", "PERSON", _person),
    Dirt("document-number-too-long", "LENGTH", _long_number),
)
HARMLESS = (
    Dirt("no-name", "", _blanked("name")),  # the code says of whom it speaks
    Dirt("older-number-only", "", _older_number_only),  # taken in; whose it is follows from the older number
    Dirt("letter-o-for-zero", "", _letter_o),  # repaired, because the check character proves it
    Dirt("full-width-digits", "", _full_width),
    Dirt("blanks-round-the-code", "", _padded),
    Dirt("line-break-in-a-cell", "", _line_break),
    Dirt("private-numbers-in-text", "", _private_numbers),
)
_SAYS_SOMETHING_ELSE = {"no-name", "older-number-only", "line-break-in-a-cell", "private-numbers-in-text"}
"""Taken in, but not equal to the clean row: the door keeps what was stated."""


def soil(rows: list[Row], layout: Layout, dice: Dice, today: date, share: float = 0.01) -> None:
    """Plant each kind of dirt on about `share` of the rows; a row bears one kind at most.

    Args:
        rows: the delivery's rows; changed in place, with the verdict noted.
        layout: where name, code, number, day, money and choice stand.
        dice: the delivery's own stream of chance.
        today: the day of the delivery, which decides what is future.
        share: how many rows of each kind, 0 to 1.
    """
    kinds = HARMFUL + HARMLESS
    for row in (row for row in rows if not row.problem):
        for dirt in kinds:
            if dice.chance(share) and dirt.spoil(row, layout, dice, today):
                row.problem, row.dirt = dirt.problem, dirt.key
                if dirt.key in _SAYS_SOMETHING_ELSE:
                    row.meaning = f"{meaning_of(row.cells)}|{dirt.key}"
                break
