"""Codes: which number a cell holds, mended only where a check proves it."""

import re
from typing import NamedTuple

from probity.know.records.folding import narrow
from probity.know.records.persons import is_old_resident_number, is_resident_number
from probity.know.records.types import PERSON, Fault
from probity.terms import CreditCode, OrganisationCode, RegistrationNumber, Text

# The alphabet of GB 32100 leaves out I O S V Z because they are misread; the rest are Cyrillic
# and Greek letters that look like Latin ones.
_LOOK_ALIKES = str.maketrans("OISZАВЕКМНОРСТХΑΒΕΗΚΜΝΟΡΤΧ", "0152ABEKMH0PCTXABEHKMN0PTX")
_EXPONENT = re.compile(r"\d(?:\.\d*)?E\+?\d{1,2}\Z")
_EDGES = "'`‘’“”\"′″.,;:、。，；：()"  # what is typed around a code and is no part of it

PERSON_FAULT = Fault(
    PERSON, Text("该行涉及自然人，不予接收", "the row is about a natural person and is not received"), mendable=False
)
_CUT = Fault(
    "CODE_CUT",
    Text(
        "代码被电子表格当作数字而截断，尾部数字已丢失：请将该列设为文本格式后重新报送",
        "a spreadsheet took the code for a number and lost its last digits: deliver the column as text",
    ),
    mendable=False,
)

_UNKNOWN = Fault(
    "CODE",
    Text(
        "无法识别的主体代码：应为统一社会信用代码、注册号、组织机构代码或税务登记号",
        "no known code of an enterprise: a credit code, registration number, organisation code "
        "or tax number was expected",
    ),
)


class Coded(NamedTuple):
    """A code found in a cell: the subject field it belongs to, and whether it was repaired."""

    kind: str
    code: str
    repaired: bool = False


def read_credit_code(text: str) -> Coded | Fault:
    """Return the credit code in a cell that should hold one.

    A letter that the alphabet leaves out is read as the digit it looks like, only if the check
    character then holds. Digits a spreadsheet cut off are never guessed.
    """
    found = _bare(text)
    if is_resident_number(found) or (len(found) == 15 and _is_only_a_person(found)):
        return PERSON_FAULT
    if _is_cut(found):
        return _CUT
    try:
        return Coded("credit_code", CreditCode(found))
    except ValueError as error:
        return _repaired(found) or _wrong(found, str(error))


def read_any_code(text: str) -> Coded | Fault:
    """Return whatever code of an enterprise a cell holds, by length and check (DOMAIN 2.2)."""
    found = _bare(text)
    if is_resident_number(found[:18]) and len(found) in (18, 20):
        return PERSON_FAULT  # twenty characters: a tax number made of an identity number
    if len(found) == 18 and found.endswith("000") and found[:1] in "123456" and _holds_organisation(found[6:15]):
        return Coded("tax_number", found)  # fifteen characters and 000 for the head office
    if _is_cut(found):
        return _CUT
    if len(found) == 18:
        return read_credit_code(found)
    if len(found) == 15:
        return _fifteen(found)
    if len(found) in (9, 10):
        try:
            return Coded("organisation_code", OrganisationCode(found))
        except ValueError:
            return _UNKNOWN
    if found.isascii() and found.isdigit() and len(found) in (12, 13):
        return Coded("institution_number" if len(found) == 12 else "registration_number", found)
    if 16 <= len(found) <= 20 and found[:1] in "159":  # a credit code with a character too few or too many
        return _wrong(found, f"a credit code has 18 characters, got {len(found)}")
    return _UNKNOWN


def read_other_code(field: str, text: str) -> Coded | Fault:
    """Return the code in a column of another kind, where sources often put the credit code.

    Certificates of institutions and associations have no check: what stands there is kept.
    """
    found = read_any_code(text)
    if isinstance(found, Fault):
        is_free = field in ("institution_number", "association_number", "tax_number")
        if found.code == "CODE" and is_free and len(_bare(text)) <= 50 and any(c.isdigit() for c in text):
            return Coded(field, _bare(text))
        return found
    return found if found.kind in ("credit_code", field) else Coded(field, found.code, found.repaired)


def _bare(text: str) -> str:
    return narrow(text).strip(_EDGES).upper()


def _repaired(text: str) -> Coded | None:
    mended = text.translate(_LOOK_ALIKES)
    if mended == text:
        return None
    try:
        return Coded("credit_code", CreditCode(mended), repaired=True)
    except ValueError:
        return None


def _is_cut(text: str) -> bool:
    if _EXPONENT.match(text):
        return True
    if len(text) != 18 or not (text.isascii() and text.isdigit()) or not text.endswith("000"):
        return False
    if len(set(text)) == 1:
        return False
    try:  # a true code may end so; then its inner check holds as well
        CreditCode(text)
        OrganisationCode(text[8:17])
    except ValueError:
        return True
    return False


def _fifteen(text: str) -> Coded | Fault:
    try:
        return Coded("registration_number", RegistrationNumber(text))
    except ValueError:
        pass  # a tax number has fifteen characters too
    if _is_only_a_person(text):
        return PERSON_FAULT
    is_tax_number = text[:6].isdigit() and _holds_organisation(text[6:])
    return Coded("tax_number", text) if is_tax_number else _UNKNOWN


def _holds_organisation(text: str) -> bool:
    try:
        OrganisationCode(text)
    except ValueError:
        return False
    return True


def _is_only_a_person(text: str) -> bool:
    """Whether fifteen digits fit an old identity number and no number of an enterprise."""
    if not is_old_resident_number(text) or _holds_organisation(text[6:]):
        return False
    try:
        RegistrationNumber(text)
    except ValueError:
        return True
    return False


def _wrong(text: str, reason: str) -> Fault:
    """Say what is wrong, never which check character would make it right.

    To type in the character that fits would name an enterprise by guess; any other place may be
    the wrong one. The document itself, or the source, has to be asked.
    """
    length = len(text)
    if length != 18:
        zh, en = f"应为 18 位，实为 {length} 位", f"it has {length} characters instead of 18"
    elif "check character" in reason:
        zh, en = (
            "校验位与前 17 位不符，请核对原件，勿推测",
            "the check character does not fit: look at the document, do not guess",
        )
    elif "alphabet" in reason:
        zh, en = f"第 {reason.split()[1].rstrip(':')} 位含有不允许的字符", reason
    else:
        zh, en = "登记管理部门或行政区划部分有误", reason
    return Fault("CODE", Text(f"统一社会信用代码校验不通过：{zh}", f"not a credit code: {en}"))
