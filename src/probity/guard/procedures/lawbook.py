"""Lawbook: the rulebook in force here, read once a process."""

from functools import cache
from pathlib import Path

from django.conf import settings

from probity.rulebook import Rulebook, shipped


@cache
def lawbook() -> Rulebook:
    """Return the shipped rulebook joined with what this installation added under PROBITY_HOME.

    Raises:
        RulebookFaults: naming every file, line and reason that keeps it from being read.
    """
    return Rulebook.read(_layers())


def rule_texts(path: str) -> tuple[str, str]:
    """Return a rule file as it stands written, and the texts beside it (empty where it has none).

    Raises:
        LookupError: when no layer holds the path.
    """
    files = {name: text for layer in _layers() for name, text in layer.items()}
    if path not in files:
        raise LookupError(f"no rule file {path}")
    return files[path], files.get(path.removesuffix(".yaml") + ".text.yaml", "")


def _layers() -> list[dict[str, str]]:
    return [dict(shipped()), added(Path(settings.PROBITY_HOME) / "rulebook")]


def added(folder: Path) -> dict[str, str]:
    """Return the rule files of a folder as path → text, empty when there is none."""
    if not folder.is_dir():
        return {}
    files = sorted(path for path in folder.rglob("*") if path.suffix in (".yaml", ".csv", ".txt"))
    return {path.relative_to(folder).as_posix(): path.read_text(encoding="utf-8") for path in files}
