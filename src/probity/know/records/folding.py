"""Folding: what typists vary in a text made one: width, blanks, brackets."""

import re
import unicodedata

_ODD = re.compile(r"[\x00-\x08\x0b\x0c\x0e-\x1f\x7f\ud800-\udfff]")
_INVISIBLE = re.compile(r"[\u200b-\u200f\u2028-\u202e\u2060\ufeff]")
_SQUARE = str.maketrans({"[": "〔", "]": "〕", "【": "〔", "】": "〕", "﹝": "〔", "﹞": "〕", "「": "〔", "」": "〕"})
_SQUARE_MARKS = re.compile(r"[\[\]【】﹝﹞「」]")
_YEAR_IN_ROUND = re.compile(r"\(((?:19|20)\d\d)\)")


def fold(text: str) -> str:
    """Return a text on one line, blanks of any kind made single, invisible characters gone."""
    if not text.isprintable():
        text = _INVISIBLE.sub("", text)
    return " ".join(text.split())


def narrow(text: str) -> str:
    """Return a text in half-width forms without any blank, as codes, days and amounts are read."""
    if text.isascii():
        return "".join(text.split())
    plain = unicodedata.normalize("NFKC", text)
    bare = "".join((plain if plain.isprintable() else _INVISIBLE.sub("", plain)).split())
    # A blank that goes can bring a letter and its accent together.
    return bare if len(bare) == len(plain) else unicodedata.normalize("NFKC", bare)


def is_odd(text: str) -> bool:
    """Whether a text holds what no honest text does: controls, or what a broken encoding leaves behind."""
    return "\ufffd" in text or (not text.isprintable() and _ODD.search(text) is not None)


def document_number(text: str) -> str:
    """Return a document number in one form: years in 〔〕, other brackets round, no blanks."""
    plain = narrow(text)
    if _SQUARE_MARKS.search(plain):
        plain = plain.translate(_SQUARE)
    return _YEAR_IN_ROUND.sub(r"〔\1〕", plain) if _YEAR_IN_ROUND.search(plain) else plain
