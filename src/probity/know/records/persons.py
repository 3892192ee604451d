"""Persons: numbers of natural persons, found so that they are never kept."""

import re
from datetime import date

_RESIDENT = re.compile(r"(?<![0-9A-Za-z])[1-8]\d{16}[\dXx](?![0-9A-Za-z])")
_OLD_RESIDENT = re.compile(r"(?<![0-9A-Za-z])[1-8]\d{14}(?![0-9A-Za-z])")
_MOBILE = re.compile(r"(?<![0-9A-Za-z])1[3-9]\d{9}(?![0-9A-Za-z])")
_LONG_NUMBER = re.compile(r"\d{11}")
_WEIGHTS = (7, 9, 10, 5, 8, 4, 2, 1, 6, 3, 7, 9, 10, 5, 8, 4, 2)
_CHECKS = "10X98765432"
# GB/T 2260: the provinces, with Hong Kong, Macao and Taiwan residents' numbers (81, 82, 83).
_PROVINCES = frozenset(
    str(province)
    for first, last in ((11, 15), (21, 23), (31, 37), (41, 46), (50, 54), (61, 65), (71, 71), (81, 83))
    for province in range(first, last + 1)
)
HIDDEN = "＊＊＊"


def is_resident_number(text: str) -> bool:
    """Whether eighteen characters are a resident identity number (GB 11643): date and check hold."""
    if len(text) != 18 or not (text[:17].isascii() and text[:17].isdigit()) or text[:2] not in _PROVINCES:
        return False
    total = sum(int(digit) * weight for digit, weight in zip(text[:17], _WEIGHTS, strict=True))
    return _CHECKS[total % 11] == text[17].upper() and _is_birthday(text[6:14])


def is_old_resident_number(text: str) -> bool:
    """Whether fifteen digits can be an identity number of before 1999; they carry no check."""
    return (
        len(text) == 15
        and text.isascii()
        and text.isdigit()
        and text[:2] in _PROVINCES
        and len(set(text)) > 2  # 111111111111111 is typed to get past a form
        and _is_birthday("19" + text[6:12])
    )


def _is_birthday(digits: str) -> bool:
    try:
        return 1880 <= date(int(digits[:4]), int(digits[4:6]), int(digits[6:])).year <= 2100
    except ValueError:
        return False


def masked(text: str, *, is_number: bool = False) -> tuple[str, int]:
    """Return a free text with identity and mobile telephone numbers hidden, and how many were.

    Of a text that is itself a number (`is_number`, such as a document's) only what its check
    proves to be an identity number is hidden.
    """
    if not _LONG_NUMBER.search(text):
        return text, 0
    count = 0

    def hide(found: re.Match[str]) -> str:
        nonlocal count
        number = found.group()
        if len(number) == 18 and not is_resident_number(number):
            return number
        if len(number) == 15 and not is_old_resident_number(number):
            return number
        count += 1
        return HIDDEN

    for pattern in (_RESIDENT,) if is_number else (_RESIDENT, _OLD_RESIDENT, _MOBILE):
        text = pattern.sub(hide, text)
    return text, count
