"""Captions: every module says what it is for, and no name says nothing."""

import ast
from collections import Counter

from tests.house.source import Function, Module, modules, words

NAMES_NOTHING = frozenset(
    """util utils helper helpers common core base misc manager handler processor service services data info object
    process do handle perform execute new old v2 nextgen temp legacy item check""".split()  # noqa: SIM905
)
"""Words that may not stand alone as the name of a module, class or function (STYLE 4.4)."""

NEVER_A_PART = NAMES_NOTHING & frozenset(
    """util utils helper helpers common misc handler processor service services v2 nextgen""".split()  # noqa: SIM905
)
"""Words that say nothing even beside another one."""


LONGEST, LONGEST_OF_TESTS = 79, 110
"""Characters of a caption: it is read at a glance, in a list of files; a test may say what it protects."""


def caption(module: Module) -> str:
    """Return the first line of the docstring, empty when there is none."""
    return (ast.get_docstring(module.tree) or "").partition("\n")[0]


def longest(module: Module) -> int:
    """Return how long the caption of a module may be."""
    return LONGEST_OF_TESTS if module.path.parts[0] == "tests" else LONGEST


def test_every_module_begins_with_one_short_sentence() -> None:
    """A stranger learns from the first line what a module is for."""
    faults = [
        f"{module.path}: {text!r}"
        for module in modules()
        for text in [caption(module)]
        if not (0 < len(text) <= longest(module) and text.endswith(".")) or module.text.lstrip()[:3] != '"""'
    ]
    assert not faults, "\n".join(faults)


def test_no_two_modules_share_a_caption() -> None:
    """Thirteen identical captions would say nothing thirteen times."""
    counted = Counter(caption(module) for module in modules("src", "tools", "bench") if caption(module))
    assert [text for text, times in counted.items() if times > 1] == []


def names_nothing(name: str) -> bool:
    """Whether a name is, or contains, one of the words that name nothing."""
    if name.startswith("__"):
        return False  # Python chose it
    parts = words(name)
    return "".join(parts) in NAMES_NOTHING or any(part in NEVER_A_PART for part in parts)


def test_no_name_says_nothing() -> None:
    """A drawer called helpers collects whatever nobody placed."""
    faults = []
    for module in modules("src", "tools", "bench", "example_city"):
        if names_nothing(module.name):
            faults.append(str(module.path))
        for node in [*module.classes(), *module.functions()]:
            if names_nothing(node.name):
                faults.append(f"{module.at(node)}: {node.name}")
    assert not faults, "\n".join(faults)


def test_the_words_that_say_nothing_are_seen_in_any_spelling() -> None:
    """The test above can fail: these names are refused, their sensible neighbours are not."""
    for bad in ("utils", "do", "RecordManagerHelper", "common_parts", "Service", "check", "new"):
        assert names_nothing(bad), bad
    for good in ("SupervisedObject", "check_character", "InspectionItem", "records", "newest", "Door"):
        assert not names_nothing(good), good


def is_public(node: ast.AST) -> bool:
    """Whether a definition is part of what a module shows."""
    return not getattr(node, "name", "_").startswith("_")


def undocumented(module: Module) -> list[str]:
    """Return the public classes, functions and methods of a module that say nothing."""
    faults: list[str] = []

    def look_into(holder: ast.Module | ast.ClassDef) -> None:
        for node in holder.body:
            if not isinstance(node, Function | ast.ClassDef) or not is_public(node) or node.name == "Meta":
                continue
            if not ast.get_docstring(node):
                faults.append(f"{module.at(node)}: {node.name}")
            if isinstance(node, ast.ClassDef):
                look_into(node)

    look_into(module.tree)
    return faults


def test_every_public_name_is_explained() -> None:
    """What can be called from outside says its meaning, shapes and units."""
    faults = [fault for module in modules("src", "tools", "bench") for fault in undocumented(module)]
    assert not faults, "\n".join(faults)
