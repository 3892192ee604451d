"""Registry: how a question is folded, and when a statement changes a name."""

import unicodedata


def folded_query(text: str) -> str:
    """Return what was typed, in half width, capitals for codes, without blanks at the ends."""
    folded = unicodedata.normalize("NFKC", text).strip()
    compact = folded.replace(" ", "").upper()
    is_code = len(compact) == 18 and compact.isascii() and compact.isalnum()
    return compact if is_code else folded


def takes_name(*, is_provisional: bool, is_registration: bool) -> bool:
    """Whether a stated name becomes the enterprise's own: a registration's does.

    Other sources spell names in their own way (shop notes in brackets, 有限责任公司 for 有限公司);
    theirs are kept beside it, and only a provisional enterprise goes by the first of them.
    """
    return is_registration and is_provisional
