"""Commands: each is there, in both languages, and help costs no database, no framework, no wait."""

import json
import os
import re
import subprocess
import sys
from pathlib import Path

import pytest

from probity.wiring.commands import COMMANDS, main, parser_of
from probity.wiring.commands.printing import json_flag
from probity.wiring.saying import language, say

ROOT = Path(__file__).resolve().parents[4]
CHINESE = re.compile(r"[\u4e00-\u9fff]")


@pytest.mark.parametrize("name", COMMANDS)
def test_every_command_is_told_in_both_languages(name: str) -> None:
    """What it does, and what each of its options means."""
    parser = parser_of([name])
    (rooms,) = (action for action in parser._actions if hasattr(action, "choices") and isinstance(action.choices, dict))
    for option in rooms.choices[name]._actions:
        if "-h" in option.option_strings:
            continue
        said = option.help or ""
        assert CHINESE.search(said), f"{name} {option.dest}: {said!r}"
        assert re.search(r"[A-Za-z]", said), f"{name} {option.dest}: {said!r}"
    assert "--json" in rooms.choices[name].format_help()


@pytest.mark.parametrize(
    "asked",
    [
        ["deliver", "linlan-market", "a.csv", "b.csv", "--json", "--despite-expectation"],
        ["deliveries", "--source", "linlan-market", "--page", "2"],
        ["quarantine", "--batch", "7", "--release", "3", "--set", "列=值", "--set", "其他=1=2"],
        ["evaluate", "--system", "general", "--as-of", "2026-06-30", "--known-at", "2026-06-30", "--full"],
        ["why", "91350100M000100Y43", "--system", "general", "--json"],
        ["dossier", "91350100M000100Y43", "--known-at", "2026-06-30T09:00"],
        ["rule", "record_types/registration", "--on", "2026-06-30"],
        ["frames", "verify"],
        ["industries", "import", "classes.csv", "--edition", "2017"],
        ["trail", "export", "trail.jsonl", "--since", "2026-06-01", "--until", "2026-06-30"],
        ["load"],
        ["migrate"],
        ["serve", "--port", "9000"],
        ["up", "--no-serve"],
    ],
    ids=lambda asked: asked[0],
)
def test_what_people_type_is_understood(asked: list[str]) -> None:
    """And runs the module of that name."""
    chosen = parser_of([asked[0]]).parse_args(asked)
    assert chosen.run.__module__ == f"probity.wiring.commands.{asked[0]}"


@pytest.mark.parametrize(
    "asked",
    [["evaluate"], ["why"], ["deliver", "linlan-market"], ["frames", "burn"], ["why", "x", "--as-of", "June"], []],
)
def test_what_cannot_be_understood_exits_with_2(asked: list[str], capsys: pytest.CaptureFixture[str]) -> None:
    """A usage line on the error stream, never a traceback."""
    with pytest.raises(SystemExit) as ended:
        main(asked)
    assert ended.value.code == 2
    assert "usage: probity" in capsys.readouterr().err


def run_alone(program: str, **environment: str) -> subprocess.CompletedProcess[str]:
    stated = os.environ | {"PYTHONPATH": str(ROOT / "src")} | environment
    return subprocess.run(
        [sys.executable, "-c", program], env=stated, capture_output=True, text=True, timeout=60, check=False
    )


def test_help_does_not_set_the_framework_up(tmp_path: Path) -> None:
    """Nor read the heavy libraries; nothing is written at the place where a home would be."""
    program = (
        "import sys, json\nfrom probity.wiring.commands import main\n"
        "for asked in (['--help'], ['why', '--help'], ['up', '--help']):\n"
        "    try: main(asked)\n    except SystemExit as ended: assert not ended.code\n"
        "heavy = ('django', 'polars', 'narwhals', 'granian', 'yaml', 'psycopg', 'python_calamine')\n"
        "print(json.dumps([name for name in heavy if name in sys.modules]), file=sys.stderr)\n"
    )
    home = tmp_path / "none"
    done = run_alone(program, PROBITY_HOME=str(home))
    assert done.returncode == 0, done.stderr
    assert json.loads(done.stderr) == []
    assert all(name in done.stdout for name in COMMANDS)
    assert not home.exists()


def test_the_package_runs_as_a_module() -> None:
    """`python -m probity` where the command is not on the path."""
    done = subprocess.run(
        [sys.executable, "-m", "probity", "--help"],
        env=os.environ | {"PYTHONPATH": str(ROOT / "src")},
        capture_output=True,
        text=True,
        timeout=60,
        check=False,
    )
    assert (done.returncode, "Probity 信监" in done.stdout) == (0, True)


@pytest.mark.parametrize(
    ("stated", "expected"),
    [
        ({"PROBITY_LANGUAGE": "zh"}, "zh"),
        ({"PROBITY_LANGUAGE": "en", "LANG": "zh_CN.UTF-8"}, "en"),
        ({"LANG": "zh_CN.UTF-8"}, "zh"),
        ({"LC_ALL": "C.UTF-8", "LANG": "zh_CN.UTF-8"}, "en"),
        ({}, "en"),
    ],
)
def test_the_terminal_speaks_the_readers_language(
    monkeypatch: pytest.MonkeyPatch, stated: dict[str, str], expected: str
) -> None:
    """As asked, or as the machine is set."""
    for name in ("PROBITY_LANGUAGE", "LC_ALL", "LANG"):
        monkeypatch.delenv(name, raising=False)
    for name, value in stated.items():
        monkeypatch.setenv(name, value)
    assert language() == expected


def test_there_is_one_flag_for_machines() -> None:
    """Every command takes the same."""
    import argparse

    parser = argparse.ArgumentParser()
    json_flag(parser)
    assert parser.parse_args(["--json"]).json
    assert callable(say)
