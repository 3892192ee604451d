"""Codes: the credit code and the older numbers by which an enterprise is named."""

from probity.terms.text import Text

_ALPHABET = "0123456789ABCDEFGHJKLMNPQRTUWXY"
_VALUES = {character: value for value, character in enumerate(_ALPHABET)}
_WEIGHTS = tuple(pow(3, place, 31) for place in range(17))
_ORGANISATION_WEIGHTS = (3, 7, 9, 10, 5, 8, 4, 2)
_ORGANISATION_VALUES = {c: v for v, c in enumerate("0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZ")}

# GB 32100-2015, tables 1 and 2, with 54 (grass-roots self-government) that practice needs.
_CATEGORIES = {
    "1": "1239",
    "2": "19",
    "3": "123459",
    "4": "19",
    "5": "12349",
    "6": "129",
    "7": "129",
    "8": "19",
    "9": "123",
    "A": "19",
    "N": "1239",
    "Y": "1",
}


class NotACode(ValueError):
    """What is wrong with a code, in both languages."""

    def __init__(self, zh: str, en: str) -> None:
        """Keep the sentence."""
        super().__init__(en)
        self.text = Text(zh, en)


class CreditCode(str):
    """A unified social credit code (统一社会信用代码), GB 32100-2015: eighteen characters.

    Checked on construction: length, alphabet, first character, digits of the region, check
    character. What practice knows to vary (category, region, inner organisation code) is in
    `warnings()` and refuses nothing.
    """

    __slots__ = ()

    def __new__(cls, text: str) -> "CreditCode":
        """Take eighteen characters; nothing is trimmed, folded or repaired here.

        Raises:
            NotACode: naming what is wrong and, where one is, the position.
        """
        if len(text) != 18:
            raise NotACode(
                f"统一社会信用代码应为 18 位，得到 {len(text)} 位：{text}",
                f"a credit code has 18 characters, got {len(text)}: {text!r}",
            )
        for place, character in enumerate(text, 1):
            if character not in _VALUES:
                raise NotACode(
                    f"第 {place} 位「{character}」不是统一社会信用代码的字符",
                    f"position {place}: {character!r} is not in the credit code alphabet",
                )
        if text[0] not in _CATEGORIES:
            raise NotACode(
                f"第 1 位「{text[0]}」不是登记管理部门代码", f"position 1: no registering department {text[0]!r}"
            )
        if not text[2:8].isdigit():
            raise NotACode(
                f"第 3 至 8 位应为六位行政区划数字，得到「{text[2:8]}」",
                f"positions 3-8: a region is six digits, got {text[2:8]!r}",
            )
        expected = check_character(text[:17])
        if text[17] != expected:
            raise NotACode(
                f"第 18 位校验码为「{text[17]}」，应为「{expected}」",
                f"position 18: check character is {text[17]!r}, {expected!r} was expected",
            )
        return super().__new__(cls, text)

    @property
    def region(self) -> str:
        """The six digits of the region that registered it, frozen at that time."""
        return self[2:8]

    @property
    def organisation(self) -> str:
        """The nine characters of the organisation code inside."""
        return self[8:17]

    @property
    def is_sole_trader(self) -> bool:
        """Whether it names an individual business (个体工商户), whose operator is a person."""
        return self.startswith("92")

    def warnings(self) -> tuple[str, ...]:
        """Return what is unusual but allowed: `category`, `organisation`."""
        found = []
        if self[1] not in _CATEGORIES[self[0]]:
            found.append("category")
        try:
            OrganisationCode(self.organisation)
        except ValueError:
            found.append("organisation")
        return tuple(found)


class OrganisationCode(str):
    """An organisation code (组织机构代码), GB 11714: eight characters and a check character."""

    __slots__ = ()

    def __new__(cls, text: str) -> "OrganisationCode":
        """Take nine characters, or ten with the customary hyphen before the last.

        Raises:
            ValueError: on length, alphabet or check character.
        """
        plain = text[:8] + text[9:] if len(text) == 10 and text[8] == "-" else text
        if len(plain) != 9 or any(character not in _ORGANISATION_VALUES for character in plain):
            raise ValueError(f"an organisation code has nine digits or capitals, got {text!r}")
        total = sum(
            _ORGANISATION_VALUES[character] * weight
            for character, weight in zip(plain[:8], _ORGANISATION_WEIGHTS, strict=True)
        )
        expected = {10: "X", 11: "0"}.get(11 - total % 11, str(11 - total % 11))
        if plain[8] != expected:
            raise ValueError(f"check character is {plain[8]!r}, {expected!r} was expected")
        return super().__new__(cls, plain)


class RegistrationNumber(str):
    """A 15-digit registration number (注册号), GS 15-2006, checked by ISO 7064 MOD 11,10."""

    __slots__ = ()

    def __new__(cls, text: str) -> "RegistrationNumber":
        """Take fifteen digits.

        Raises:
            ValueError: on length, alphabet, region or check digit.
        """
        if len(text) != 15 or not (text.isascii() and text.isdigit()):
            raise ValueError(f"a registration number has fifteen digits, got {text!r}")
        if text[:6] == "000000":
            raise ValueError("a registration number begins with a region, got zeros")
        product = 10
        for digit in text[:14]:
            total = (product + int(digit)) % 10 or 10
            product = total * 2 % 11
        expected = str((11 - product) % 10)
        if text[14] != expected:
            raise ValueError(f"check digit is {text[14]!r}, {expected!r} was expected")
        return super().__new__(cls, text)


def check_character(body: str) -> str:
    """Return the check character of the first seventeen characters (GB 32100-2015, annex)."""
    total = sum(_VALUES[character] * weight for character, weight in zip(body, _WEIGHTS, strict=True))
    return _ALPHABET[-total % 31]
