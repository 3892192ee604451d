"""Stamping: tells the trail by which software and rulebook acts are done."""

from probity.guard.procedures.queries import lawbook
from probity.guard.trail.actions import stamp_by
from probity.guard.trail.queries import software
from probity.guard.trail.types import Versions


def stamp_versions() -> None:
    """Let every act name the rulebook in force; it is read at the first act, not at start-up."""
    name = software()
    stamp_by(lambda: Versions(name, lawbook().digest))
