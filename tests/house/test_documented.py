"""Documented: the reference says what the code does and leaves nothing out."""

import re
import subprocess
import sys

import pytest

from tests.house.source import ROOT
from tools.manual import PAGES, REFERENCE, settings


@pytest.mark.parametrize("page", PAGES)
def test_a_made_page_is_fresh(page: str) -> None:
    """The manual of a command, a setting or a record type is made from it; run `make docs` after a change."""
    assert (REFERENCE / page).read_text(encoding="utf-8") == PAGES[page]()


def test_every_setting_says_what_it_is_for() -> None:
    """A setting without a sentence above it could only be guessed."""
    assert [each.name for each in settings() if len(each.meaning) < 20] == []
    assert "DATABASE_URL" in {each.name for each in settings()}


def test_every_command_is_described_in_both_languages() -> None:
    """Who asks for help reads it in Chinese and in English."""
    page = (REFERENCE / "commands.md").read_text(encoding="utf-8")
    described = re.findall(r"^## probity (\w+)\n\n(.+)$", page, flags=re.MULTILINE)
    assert len(described) >= 10
    assert [name for name, line in described if not re.search(r"[\u4e00-\u9fff].* · \w", line)] == []


def test_every_argument_says_what_it_is_for() -> None:
    """An option without a sentence could only be guessed; `--page` too."""
    page = (REFERENCE / "commands.md").read_text(encoding="utf-8")
    commands = dict(re.findall(r"^## (probity \w+)\n(.*?)(?=^## |\Z)", page, flags=re.MULTILINE | re.DOTALL))
    silent = [
        f"{command} {argument}"
        for command, text in commands.items()
        for argument, meaning in re.findall(r"^\| `([^`]+)` \| (.*?) ?\|$", text, flags=re.MULTILINE)
        if " · " not in meaning
    ]
    assert silent == []


def test_help_sets_nothing_up() -> None:
    """`probity --help` answers before Django or a frame library is loaded, and within a moment."""
    code = (
        "import sys\nfrom probity.wiring.commands import main\n"
        "try: main(['--help'])\nexcept SystemExit: pass\n"
        "print([name for name in ('django', 'polars', 'narwhals', 'yaml') if name in sys.modules])"
    )
    result = subprocess.run([sys.executable, "-c", code], cwd=ROOT / "src", capture_output=True, text=True, check=True)
    assert result.stdout.splitlines()[-1] == "[]"


def links(text: str) -> list[str]:
    """Return the addresses of a Markdown page that point into the repository."""
    found = re.findall(r"\]\(([^)#\s]+)[^)]*\)", text)
    return [each for each in found if not re.match(r"[a-z]+:", each)]


@pytest.mark.parametrize(
    "page", ["README.md", "README.zh.md", "CONTRIBUTING.md", "SECURITY.md", "GLOSSARY.md", "changelog.d/README.md"]
)
def test_the_pages_at_the_top_point_somewhere(page: str) -> None:
    """The links of docs are checked when it is built; these pages lie outside it."""
    folder = (ROOT / page).parent
    text = (ROOT / page).read_text(encoding="utf-8")
    assert [each for each in links(text) if not (folder / each).exists()] == []


def test_every_door_is_explained() -> None:
    """`make` alone lists every door, in both languages."""
    result = subprocess.run(["make", "--no-print-directory"], cwd=ROOT, capture_output=True, text=True, check=True)
    doors = set(re.findall(r"^([a-z]+):", (ROOT / "Makefile").read_text(encoding="utf-8"), flags=re.MULTILINE))
    listed = dict(re.findall(r"^make (\w+) +(.+)$", result.stdout, flags=re.MULTILINE))
    assert set(listed) == doors
    assert all(" · " in line for line in listed.values())
