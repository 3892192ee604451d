"""Check draw: the stand-alone checker agrees with the engine, and nothing hostile makes it stumble."""

import ast
import json
import subprocess
import sys
from pathlib import Path
from typing import Any

import pytest

from tests.house.source import ROOT
from tests.unit.engine.drawing.made import made, tampered, vector

CHECKER = ROOT / "tools" / "check_draw.py"
WORDS = {"read": "reading", "plan": "plan:", "frame": "frame:", "secret": "secret:", "seed": "seed:", "lists": "lists:"}


def checked(path: Path, *more: str, **environment: str) -> tuple[int, str]:
    """Run the checker as an outsider does, isolated from everything of ours."""
    told = subprocess.run(
        [sys.executable, "-I", str(CHECKER), str(path), *more], capture_output=True, timeout=120, env=environment
    )
    assert told.stderr == b""
    said = told.stdout.decode()
    assert said.count("\n") == 1
    return told.returncode, said


def written(folder: Path, bundle: Any) -> Path:
    path = folder / "bundle.json"
    path.write_text(bundle if isinstance(bundle, str) else json.dumps(bundle), encoding="utf-8")
    return path


def test_it_is_one_short_file_of_the_standard_library() -> None:
    """Somebody who trusts nobody reads it in ten minutes."""
    text = CHECKER.read_text(encoding="utf-8")
    assert len(text.splitlines()) < 150
    tree = ast.walk(ast.parse(text))
    names = {
        name.partition(".")[0]
        for node in tree
        for name in (
            [alias.name for alias in node.names]
            if isinstance(node, ast.Import)
            else [node.module or ""]
            if isinstance(node, ast.ImportFrom)
            else []
        )
    }
    assert names <= set(sys.stdlib_module_names)


@pytest.mark.parametrize("is_blind", [False, True])
def test_the_vectors_hold(tmp_path: Path, is_blind: bool) -> None:
    """Both of the specification, with the hash to compare with the public log."""
    status, said = checked(written(tmp_path, vector(is_blind=is_blind)))
    assert status == 0
    assert ("46dd1674" if is_blind else "0cb40412") in said


def test_it_agrees_with_the_engine_on_random_plans(tmp_path: Path) -> None:
    """Written twice, from the same page, with one result."""
    for seed in range(16):
        bundle = made(seed, is_blind=bool(seed % 2), is_open=seed % 4 > 1)
        assert checked(written(tmp_path, bundle))[0] == 0


@pytest.mark.parametrize(
    ("step", "bundle"),
    [
        pytest.param(step, bundle, id=f"{name} ({'blind' if is_blind else 'full'})")
        for is_blind in (False, True)
        for name, step, bundle in tampered(is_blind=is_blind)
    ],
)
def test_what_was_changed_is_refused_at_the_same_step(tmp_path: Path, step: str, bundle: Any) -> None:
    """Exit 1, and the sentence names the step."""
    status, said = checked(written(tmp_path, bundle))
    assert status == 1
    assert WORDS[step] in said, said


HOSTILE = {
    "nothing": "",
    "no JSON": "a draw? {",
    "a list": "[]",
    "a text": '"draw-bundle-v1"',
    "null": "null",
    "a number": "1e999",
    "not a number": '{"version": NaN}',
    "infinity": '{"version": -Infinity}',
    "a number of a million digits": '{"version": ' + "9" * 10**6 + "}",
    "a hundred thousand brackets": "[" * 100_000,
    "a hundred thousand objects": '{"a":' * 100_000,
    "a mark of byte order": "\ufeff" + json.dumps(vector(is_blind=False)),
    "the version twice": json.dumps(vector(is_blind=False)).replace('{"version"', '{"version": "x", "version"', 1),
    "the drawn twice": json.dumps(vector(is_blind=False)).replace('"drawn": {', '"drawn": {"S1": [], ', 1),
    "a list for a version": '{"version": ["draw-bundle-v1"]}',
    "nulls everywhere": json.dumps(dict.fromkeys(vector(is_blind=False))),
    "a plan of a million strata": json.dumps(vector(is_blind=False) | {"plan": "stratum=a\n" * 10**6}),
    "an empty frame": json.dumps(vector(is_blind=False) | {"frame": [], "salts": {}}),
    "no salts": json.dumps(vector(is_blind=False) | {"salts": {}}),
    "drawn in objects": json.dumps(vector(is_blind=False) | {"drawn": {"S1": {}}}),
    "escapes for the terminal": json.dumps(vector(is_blind=False)).replace("S1", "S1\\u001b[31m"),
    "right to left": json.dumps(vector(is_blind=False)).replace("TEST-2025", "TEST\\u202e2025"),
}


@pytest.mark.parametrize("name", HOSTILE)
def test_hostile_input_gets_a_sentence(tmp_path: Path, name: str) -> None:
    """Never a traceback, never a control character on somebody's terminal."""
    status, said = checked(written(tmp_path, HOSTILE[name]))
    assert status == 1
    assert said[:-1].isprintable()


def test_what_is_no_readable_file_gets_a_sentence(tmp_path: Path) -> None:
    """Bytes that are no text, a folder, nothing at all, too many words, a terminal without UTF-8."""
    (tmp_path / "bytes").write_bytes(bytes(range(256)) * 100)
    assert checked(tmp_path / "bytes")[0] == 1
    assert checked(tmp_path)[0] == 1
    assert checked(tmp_path / "none")[0] == 1
    assert "usage" in checked(tmp_path / "none", "more")[1]
    assert checked(written(tmp_path, vector(is_blind=False)), LC_ALL="C", PYTHONIOENCODING="ascii")[0] == 0
