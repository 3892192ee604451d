"""No traces: nothing in the repository points at one machine or puts work off."""

import re
import subprocess
from pathlib import Path

import pytest

from tests.house.source import ROOT, modules

_SHOWN = "|".join(["wor" + "k", "roo" + "t", "tm" + "p", "ho" + "me", "Use" + "rs", "op" + "t"])
MACHINE_PATH = re.compile(rf"(?<![\w.~${{}}/<>-])/(?:{_SHOWN})/[\w.-]+")
PUT_OFF = re.compile(r"\b(?:TO" + r"DO|FIX" + r"ME|X" + r"XX|HA" + r"CK)\b|raise NotImplemented" + r"Error")
PACKAGE_HOST = re.compile(r"(?:files\.python" + r"hosted|py" + r"pi)\.org|registry\.npm" + r"js", re.IGNORECASE)
TEXTS = {
    ".py", ".sh", ".md", ".toml", ".yaml", ".yml", ".txt", ".lock", ".cfg", ".ini", ".html", ".css", ".js", ".json",
    ".po", ".csv", "",
}  # fmt: skip


def kept_files() -> list[Path]:
    """Return the text files git keeps or would keep, without what others wrote (vendor)."""
    listed = subprocess.run(
        ["git", "ls-files", "--cached", "--others", "--exclude-standard", "-z"],
        cwd=ROOT, capture_output=True, text=True, check=False,
    )  # fmt: skip
    if listed.returncode:
        pytest.skip("not a git checkout: which files belong to it is unknown")
    paths = [ROOT / name for name in listed.stdout.split("\0") if name]
    return [path for path in paths if path.suffix in TEXTS and "vendor" not in path.parts and path.is_file()]


def hits(pattern: re.Pattern[str], paths: list[Path]) -> list[str]:
    """Return `file:line: what` for every place where the pattern stands."""
    return [
        f"{path.relative_to(ROOT)}:{number}: {found.group()}"
        for path in paths
        for number, line in enumerate(path.read_text(encoding="utf-8", errors="ignore").splitlines(), 1)
        for found in [pattern.search(line)]
        if found
    ]


def test_no_file_names_a_path_of_one_machine() -> None:
    """What runs here runs in any folder of any machine."""
    assert hits(MACHINE_PATH, kept_files()) == []


def test_no_file_names_a_package_host() -> None:
    """Where packages come from is the operator's choice, never ours."""
    assert hits(PACKAGE_HOST, kept_files()) == []


def test_nothing_in_the_source_is_put_off() -> None:
    """Work is done or is an issue; the source holds neither a reminder nor an empty promise."""
    assert hits(PUT_OFF, [ROOT / module.path for module in modules("src", "tools", "bench", "example_city")]) == []


def test_the_patterns_see_what_they_are_for() -> None:
    """The scans can fail."""
    assert MACHINE_PATH.search("open('/" + "work/main/x')")
    assert not MACHINE_PATH.search("/desk/" + "work/x") and not MACHINE_PATH.search("https://a.example/" + "home/x")
    assert PUT_OFF.search("# TO" + "DO later") and PACKAGE_HOST.search("https://py" + "pi.org/simple")
