"""Sizes: modules, functions and parameter lists stay small enough to read."""

from statistics import median

import pytest

from tests.house.source import Function, modules

MOST_LINES, MOST_LINES_OF_A_FUNCTION, MOST_PARAMETERS = 400, 60, 7
AIM = {"lines a module": (90, 280), "lines a function": (7, 25), "parameters": (2, 5)}
"""Measure → the median and the ninth decile we aim at (STYLE 3.6); reported, not enforced."""


def lines_of(function: Function) -> int:
    """Count the lines of a function from `def` to its end, decorators left out."""
    return (function.end_lineno or function.lineno) - function.lineno + 1


def parameters_of(function: Function) -> int:
    """Count the parameters a caller thinks of: without self and cls."""
    stated = function.args
    names = [
        each.arg
        for each in [*stated.posonlyargs, *stated.args, *stated.kwonlyargs, stated.vararg, stated.kwarg]
        if each
    ]
    return len(names) - (names[:1] in (["self"], ["cls"]))


def test_no_module_is_longer_than_400_lines() -> None:
    """Past that, a module answers two questions and becomes two."""
    assert [f"{module.path}: {module.lines}" for module in modules() if module.lines > MOST_LINES] == []


def test_no_function_is_longer_than_60_lines() -> None:
    """A function is read whole or not understood."""
    assert [
        f"{module.at(function)}: {function.name} {lines_of(function)}"
        for module in modules()
        for function in module.functions()
        if lines_of(function) > MOST_LINES_OF_A_FUNCTION
    ] == []


def test_no_function_takes_more_than_seven_parameters() -> None:
    """Beyond seven, what belongs together deserves a name of its own."""
    assert [
        f"{module.at(function)}: {function.name} {parameters_of(function)}"
        for module in modules()
        for function in module.functions()
        if parameters_of(function) > MOST_PARAMETERS
    ] == []


def test_the_medians_are_reported(record_testsuite_property: pytest.FixtureRequest) -> None:
    """`pytest tests/house/test_sizes.py -s` shows how far the house is from what it aims at."""
    ours = modules("src")
    functions = [function for module in ours for function in module.functions()]
    measured = {
        "lines a module": sorted(module.lines for module in ours),
        "lines a function": sorted(map(lines_of, functions)),
        "parameters": sorted(map(parameters_of, functions)),
    }
    for name, values in measured.items():
        found = (median(values), values[len(values) * 9 // 10])
        print(f"\n{name}: median {found[0]}, p90 {found[1]} (aim {AIM[name][0]}, {AIM[name][1]})", end="")
        record_testsuite_property(name, found)  # type: ignore[operator]
    assert all(values for values in measured.values())
