"""Stamping: the versions that every entry names, told once by the wiring."""

from collections.abc import Callable
from importlib.metadata import PackageNotFoundError, version

from probity.guard.trail.types import Versions


def software() -> str:
    """Return the name and version of this software."""
    try:
        return f"probity {version('probity')}"
    except PackageNotFoundError:  # run from a checkout that was not installed
        return "probity (checkout)"


class _Stamp:
    """What is told at start-up; until then only the software is known."""

    versions: Callable[[], Versions]

    def __init__(self) -> None:
        known = Versions(software())
        self.versions = lambda: known


_stamp = _Stamp()


def stamp_by(versions: Callable[[], Versions]) -> None:
    """Let entries name what `versions` returns when an act is done.

    It is asked at each act and not at start-up, so that `probity --help` reads no rulebook.
    """
    _stamp.versions = versions


def versions() -> Versions:
    """Return the versions under which acts are done now."""
    return _stamp.versions()
