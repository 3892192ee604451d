"""Locks: one resolution written out as hash-pinned files that name wheels only."""

import re
import subprocess
import sys
import tomllib
from collections.abc import Iterable, Iterator
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
REQUIREMENTS = ROOT / "requirements"

GROUPS: dict[str, tuple[str, ...]] = {
    "run": (),
    "docs": ("docs",),
    "test": ("test",),
    "dev": ("test", "lint", "bench", "docs", "make"),
}
"""Lock → the dependency groups of pyproject.toml it holds besides the project's own needs."""

_FOREIGN_WHEEL = re.compile(
    r"-(?:pp\d+-|graalpy\d+-|cp3(?:[0-9]|10)-(?!abi3))|-(?:win|android|ios|emscripten|pyodide)[^-]*\.whl$"
)
"""Wheels for other systems and Pythons, which no machine of ours could install (abi3 fits later ones)."""


class WheelMissing(Exception):
    """A package that could only be built from source, which a lock never asks of a machine."""


def wheel_hashes(resolution: str) -> dict[str, frozenset[str]]:
    """Return package name → hashes (`sha256:…`) of the wheels a machine of ours may install.

    Raises:
        WheelMissing: naming every package for which the resolution knows no such wheel.
    """
    found: dict[str, frozenset[str]] = {}
    for package in tomllib.loads(resolution)["package"]:
        if "registry" not in package["source"]:
            continue
        found[package["name"]] = found.get(package["name"], frozenset()) | {
            wheel["hash"] for wheel in package.get("wheels", ()) if not _FOREIGN_WHEEL.search(wheel["url"])
        }
    missing = sorted(name for name, hashes in found.items() if not hashes)
    if missing:
        raise WheelMissing(f"no wheel for {', '.join(missing)}")
    return found


def only_wheels(export: str, wheels: dict[str, frozenset[str]]) -> str:
    """Return an exported lock with the hashes of everything but our wheels taken out."""
    return "\n".join(_entry(lines, wheels) for lines in _entries(export)) + "\n"


def _entries(export: str) -> Iterator[list[str]]:
    """Yield the lines of one requirement after another, without their continuation marks."""
    lines: list[str] = []
    for line in export.splitlines():
        if line and not line.startswith((" ", "#")) and lines:
            yield lines
            lines = []
        if line.strip() and not line.startswith("#"):
            lines.append(line.removesuffix("\\").rstrip())
    if lines:
        yield lines


def _entry(lines: Iterable[str], wheels: dict[str, frozenset[str]]) -> str:
    first, *rest = lines
    allowed = wheels[re.split(r"[=\[ ;]", first, maxsplit=1)[0]]
    hashes = [line for line in rest if line.strip().removeprefix("--hash=") in allowed]
    reasons = [line for line in rest if line.strip().startswith("#")]
    return "\n".join([" \\\n".join([first, *hashes]), *reasons])


def write_locks(uv: str) -> None:
    """Resolve once, keeping the versions of an earlier `uv.lock`, and write every lock."""
    _run(uv, "lock", "--quiet")
    wheels = wheel_hashes((ROOT / "uv.lock").read_text(encoding="utf-8"))
    for name, groups in GROUPS.items():
        chosen = [part for group in groups for part in ("--group", group)]
        export = _run(
            uv, "export", "--frozen", "--no-default-groups", *chosen,
            "--no-emit-project", "--no-header", "--format", "requirements.txt",
        )  # fmt: skip
        head = "# Made by `make lock` from pyproject.toml. Wheels only, every one by its hash, no address.\n"
        (REQUIREMENTS / f"{name}.lock").write_text(head + only_wheels(export, wheels), encoding="utf-8")
        print(f"requirements/{name}.lock")


def write_uv_lock(uv: str) -> None:
    """Pin uv itself, so that a bare machine can be given exactly this one."""
    version = _run(uv, "--version").split()[1]
    pins = _run(
        uv, "pip", "compile", "-", "--quiet", "--generate-hashes", "--no-header", "--no-annotate",
        "--only-binary", ":all:", "--universal", "--python-version", "3.11", stdin=f"uv=={version}\n",
    )  # fmt: skip
    head = "# Made by `make lock`: the uv that `make run` installs where there is none.\n"
    (REQUIREMENTS / "uv.lock").write_text(head + pins, encoding="utf-8")
    print("requirements/uv.lock")


def _run(*command: str, stdin: str | None = None) -> str:
    result = subprocess.run(  # noqa: S603 (the uv that tools/doors.sh found)
        command, cwd=ROOT, input=stdin, check=True, stdout=subprocess.PIPE, text=True
    )
    return result.stdout


if __name__ == "__main__":
    try:
        write_locks(sys.argv[1])
        write_uv_lock(sys.argv[1])
    except WheelMissing as fault:
        sys.exit(f"lock refused: {fault}; choose a package that publishes wheels")
