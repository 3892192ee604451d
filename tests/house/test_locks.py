"""Locks: what is installed is pinned by hash, small, and used."""

import ast
import re
import tomllib

import pytest

from tests.house.source import ROOT, modules
from tools.lock import GROUPS, WheelMissing, only_wheels, wheel_hashes

LOCKS = [*GROUPS, "uv"]
IMPORTED_AS = {
    "django-environ": "environ", "django-csp": "csp", "python-calamine": "python_calamine", "pyyaml": "yaml", "django-ninja": "ninja",
    "pyjwt": "jwt",
}  # fmt: skip
"""Distribution → module, where the two differ by more than a hyphen."""

NAMED_BY_NOBODY = {"psycopg", "tzdata"}
"""Looked for by Django (the driver of DATABASE_URL) and by zoneinfo (zone files)."""


def entries(name: str) -> dict[str, list[str]]:
    """Return package → hashes of one lock."""
    text = (ROOT / "requirements" / f"{name}.lock").read_text(encoding="utf-8")
    found: dict[str, list[str]] = {}
    for line in text.splitlines():
        if stated := re.match(r"([a-z0-9-]+)(?:\[[a-z,-]+\])?==(\S+)", line):
            package = f"{stated[1]}=={stated[2]}"
            found[package] = []
        elif line.strip().startswith("--hash="):
            found[package].append(line.strip().removesuffix("\\").strip())
    return found


@pytest.mark.parametrize("name", LOCKS)
def test_every_package_is_pinned_by_the_hash_of_a_wheel(name: str) -> None:
    """A lock holds wheels only, so a package without one has no hash here and is refused."""
    found = entries(name)
    assert found
    for package, hashes in found.items():
        assert hashes and all(re.fullmatch(r"--hash=sha256:[0-9a-f]{64}", each) for each in hashes), package


@pytest.mark.parametrize("name", LOCKS)
def test_no_lock_holds_an_address(name: str) -> None:
    """Where packages come from is the operator's choice."""
    text = (ROOT / "requirements" / f"{name}.lock").read_text(encoding="utf-8")
    assert not re.search(r"https?:|file:|--(?:extra-)?index-url|--find-links| @ ", text)


def test_the_locks_come_from_one_resolution() -> None:
    """Whoever tests tests what runs: a larger lock holds every package of the smaller, alike."""
    run, docs, test, dev = (entries(name) for name in ("run", "docs", "test", "dev"))
    assert run.items() <= docs.items() <= dev.items()
    assert run.items() <= test.items() <= dev.items()


def stated_dependencies() -> list[str]:
    """Return the names under `[project] dependencies`."""
    project = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))["project"]
    return [re.split(r"[\[<>=~! ]", line, maxsplit=1)[0] for line in project["dependencies"]]


def test_every_dependency_is_locked_for_running() -> None:
    """The lock was made after the last change of the list."""
    locked = {package.partition("==")[0] for package in entries("run")}
    assert set(stated_dependencies()) <= locked


def test_every_dependency_is_used() -> None:
    """A package nothing imports is weight and risk; the list stays lean."""
    imported: set[str] = set()
    for module in modules("src"):
        for node in ast.walk(module.tree):
            if isinstance(node, ast.Import):
                imported |= {alias.name.partition(".")[0] for alias in node.names}
            elif isinstance(node, ast.ImportFrom) and node.module and not node.level:
                imported.add(node.module.partition(".")[0])
            elif isinstance(node, ast.Constant) and isinstance(node.value, str):
                imported.add(node.value.partition(".")[0])  # "whitenoise.middleware…", "granian"
    unused = [
        name
        for name in stated_dependencies()
        if IMPORTED_AS.get(name, name.replace("-", "_")) not in imported and name not in NAMED_BY_NOBODY
    ]
    assert unused == []


def test_a_package_that_only_builds_from_source_is_refused() -> None:
    """The rule above is kept when the lock is made, not discovered on somebody's machine."""
    resolution = '[[package]]\nname="old-one"\nversion="1"\nsource={registry="r"}\n'
    with pytest.raises(WheelMissing, match="old-one"):
        wheel_hashes(resolution)


@pytest.mark.parametrize(
    ("wheel", "is_kept"),
    [
        ("thing-1-py3-none-any.whl", True),
        ("thing-1-cp311-cp311-manylinux_2_17_x86_64.whl", True),
        ("thing-1-cp39-abi3-macosx_11_0_arm64.whl", True),
        ("thing-1-cp310-cp310-manylinux_2_17_x86_64.whl", False),
        ("thing-1-pp311-pypy311_pp73-manylinux_2_17_x86_64.whl", False),
        ("thing-1-cp311-cp311-win_amd64.whl", False),
    ],
)
def test_a_lock_lists_what_a_machine_of_ours_may_install(wheel: str, is_kept: bool) -> None:
    """Wheels of other systems and older Pythons are left out; those of a stable interface stay."""
    asked, other = "a" * 64, "b" * 64
    resolution = (
        '[[package]]\nname="thing"\nversion="1"\nsource={registry="r"}\nwheels=['
        f'{{url="{wheel}",hash="sha256:{asked}"}},{{url="thing-1-py2.py3-none-any.whl",hash="sha256:{other}"}}]\n'
    )
    export = f"# head\nthing==1 ; x \\\n    --hash=sha256:{asked} \\\n    --hash=sha256:{other}\n    # via probity\n"
    kept = only_wheels(export, wheel_hashes(resolution))
    assert (asked in kept, other in kept) == (is_kept, True)
    assert kept.startswith("thing==1 ; x \\\n    --hash=") and kept.endswith("\n    # via probity\n")
