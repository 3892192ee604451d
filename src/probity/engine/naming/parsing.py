"""Parsing: a name as region, trade name, industry, legal form and branch."""

import re
from collections.abc import Iterable

from probity.engine.naming.folding import fold
from probity.engine.naming.types import NameParts
from probity.rulebook.naming import NameWords
from probity.rulebook.regions import bare_region

_BRACKETED = re.compile(r"\(([^()]*)\)")
_COMPANIES = frozenset({"limited", "joint-stock", "group", "company"})
"""Classes of form that say nothing of what an enterprise does, and stay out of the compared text."""


class NameParser:
    """Takes names apart by the words of a rule and the names of regions; asked twice, answers alike."""

    def __init__(self, words: NameWords, regions: Iterable[str]) -> None:
        """Prepare the words, folded as names are."""
        self._forms = {fold(word): kind for word, kind in words.forms.items()}
        self._longest_form = max(map(len, self._forms), default=0)
        self._trades = frozenset(map(fold, words.trades))
        self._longest_trade = max(map(len, self._trades), default=0)
        self._notes = tuple(map(fold, words.shop_notes))
        self._regions = {fold(name): bare_region(fold(name)) for name in regions}
        self._longest_region = max(map(len, self._regions), default=0)
        self._heads = {name[:2] for name in self._regions}

    def parse(self, name: str) -> NameParts:
        """Return the parts of a name as delivered."""
        text, noted = fold(name), ""
        region: tuple[str, ...] = ()
        if "(" in text:
            text, region, noted = self._without_brackets(text)
        before, text = self._leading_region(text)
        text, form, branch = self._forms_of(text)
        if noted and not form:
            form = noted
        trade_name, industry = self._trade_name(text)
        where = (*before, *(each for each in region if each not in before))
        return NameParts(where, trade_name, industry, form, branch, "".join((*where, text, branch)))

    def _without_brackets(self, text: str) -> tuple[str, tuple[str, ...], str]:
        """Return the text without brackets, the regions and the legal form that stood in them."""
        regions: list[str] = []
        form = ""

        def settle(found: re.Match[str]) -> str:
            nonlocal form
            inner = found[1]
            here, rest = self._leading_region(inner)
            if here and not rest:
                regions.extend(each for each in here if each not in regions)
                return ""
            if any(note in inner for note in self._notes):
                return ""
            if inner in self._forms and self._forms[inner] not in _COMPANIES:
                form = self._forms[inner]
                return ""
            return inner

        while (settled := _BRACKETED.sub(settle, text)) != text:
            text = settled
        return text.replace("(", "").replace(")", ""), tuple(regions), form

    def _leading_region(self, text: str) -> tuple[tuple[str, ...], str]:
        found: list[str] = []
        while text[:2] in self._heads:
            for length in range(min(self._longest_region, len(text)), 1, -1):
                bare = self._regions.get(text[:length])
                if bare is not None:
                    break
            else:
                break
            if bare not in found:
                found.append(bare)
            text = text[length:]
        return tuple(found), text

    def _forms_of(self, text: str) -> tuple[str, str, str]:
        """Return the text without a company's legal form, the class of the form, and the branch after it."""
        place = text.find("公司") + 2
        if 2 < place < len(text):  # 公司 as the first word is part of a trade name
            kept, form = self._final_form(text[:place])
            return kept, form, text[place:]
        kept, form = self._final_form(text)
        return kept, form, ""

    def _final_form(self, text: str) -> tuple[str, str]:
        for length in range(min(self._longest_form, len(text) - 1), 0, -1):
            kind = self._forms.get(text[-length:])
            if kind is not None:
                return (text[:-length] if kind in _COMPANIES else text), kind
        return text, ""

    def _trade_name(self, text: str) -> tuple[str, str]:
        """Split what stands between region and form; at least two characters stay a trade name."""
        core, end = text, len(text)
        while True:
            for length in range(min(self._longest_trade, end - 2), 1, -1):
                if core[end - length : end] in self._trades:
                    end -= length
                    break
            else:
                return core[:end], core[end:]
