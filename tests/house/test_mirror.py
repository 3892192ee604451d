"""Mirror: every module has its test in the same place, every rule one."""

from pathlib import Path

from tests.house.source import ROOT, Module, modules

LEAST = 0.90
"""The share of modules with a test of their own that we aim at (STYLE 3.6); reported, not enforced."""

MIRRORED_ELSEWHERE = {"__init__.py", "apps.py", "models.py", "urls.py"}
"""Held by other tests: tables by those of actions and queries, addresses by the faces'."""


def mirror(module: Module) -> Path:
    """Return where the test of a module lies: tests/unit/<same folders>/test_<same name>."""
    folders = module.path.parts[2:-1]
    return ROOT.joinpath("tests", "unit", *folders, f"test_{module.path.name}")


def mirrored() -> list[Module]:
    """Return the modules of src that ought to have a test of their own."""
    return [module for module in modules("src") if module.path.name not in MIRRORED_ELSEWHERE]


def test_every_rule_has_its_test() -> None:
    """A rules.py decides something about somebody; each is tested by name."""
    without = [
        str(module.path)
        for module in mirrored()
        if module.path.name == "rules.py" or "rules" in module.path.parts
        if not mirror(module).exists()
    ]
    assert without == []


def test_the_mirror_is_reported() -> None:
    """`pytest tests/house/test_mirror.py -s` names the modules without a test of their own."""
    without = [module.path for module in mirrored() if not mirror(module).exists()]
    share = 1 - len(without) / len(mirrored())
    print(f"\nmirror: {share:.0%} of {len(mirrored())} modules have their test (aim {LEAST:.0%})")
    for path in without:
        print(f"  without: {path}")
    assert mirrored()
