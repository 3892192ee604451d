"""Industries: sections and divisions of GB/T 4754, each in its edition."""

from collections.abc import Mapping

from probity.rulebook.reading import Node
from probity.rulebook.texts import RuleTexts
from probity.rulebook.types import Industry, RuleFile


def read_industries(node: Node, texts: RuleTexts, _: RuleFile) -> Mapping[tuple[str, str], Industry]:
    """Read one edition: `edition`, and `sections` as letter → divisions of two digits.

    Returns:
        (edition, code) → industry, for sections and divisions.

    Raises:
        RuleFault: when a division stands twice or a label is missing.
    """
    node.reference()
    edition = node.need("edition").text()
    found: dict[tuple[str, str], Industry] = {}
    for section, divisions in node.need("sections").entries():
        found[edition, section] = Industry(section, edition, texts.label(section), section)
        for stated in divisions.items():
            code = stated.text()
            if (edition, code) in found or len(code) != 2 or not code.isdigit():
                stated.fail(
                    f"大类「{code}」重复或不是两位数字", f"the division {code!r} stands twice or has not two digits"
                )
            found[edition, code] = Industry(code, edition, texts.label(code), section)
    node.close()
    texts.close()
    return found


def find_industry(table: Mapping[tuple[str, str], Industry], code: str, edition: str) -> Industry | None:
    """Return the industry of a code in an edition; a group or class is answered by its division.

    `C`, `13`, `C13`, `139` and `C1391` are all understood.
    """
    bare = code[1:] if len(code) > 1 and code[0].isalpha() else code
    return table.get((edition, bare[:2]))
