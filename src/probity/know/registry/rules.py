"""Registry: how a question is folded, and when a statement changes a name."""

import unicodedata
from collections.abc import Sequence


def folded_query(text: str) -> str:
    """Return what was typed, in half width, capitals for codes, without blanks at the ends."""
    folded = unicodedata.normalize("NFKC", text).strip()
    compact = folded.replace(" ", "").upper()
    is_code = len(compact) == 18 and compact.isascii() and compact.isalnum()
    return compact if is_code else folded


def name_stated(said: Sequence[tuple[str, bool]]) -> tuple[str, bool]:
    """Return the name an enterprise goes by after these statements, and whether a registration gave it.

    The latest registration's name wins. Other sources spell names in their own way (shop notes in
    brackets, 有限责任公司 for 有限公司): theirs are kept beside it, and only an enterprise that no
    registration has spoken of goes by the first of them.

    Args:
        said: (name, whether a registration states it) in the order of knowledge; names may be empty.
    """
    registered = [name for name, is_registration in said if is_registration and name]
    if registered:
        return registered[-1], True
    return next((name for name, _ in said if name), ""), False


def spellings(query: str) -> tuple[str, ...]:
    """Return a question in the widths in which sources write names: as folded, and with 全角 brackets."""
    wide = query.translate(str.maketrans("()", "（）"))
    return tuple(dict.fromkeys((query, wide)))
