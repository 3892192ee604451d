"""Trail: how an act is done, and the verbs that seal, tell and let go."""

from probity.guard.trail.actions.readings import (
    close_embargo,
    open_embargo,
    purge_readings,
    read_of,
    release_readings,
)
from probity.guard.trail.actions.recording import Act, acting
from probity.guard.trail.actions.sealing import export_head, seal
from probity.guard.trail.stamping import stamp_by

__all__ = [
    "Act",
    "acting",
    "close_embargo",
    "export_head",
    "open_embargo",
    "purge_readings",
    "read_of",
    "release_readings",
    "seal",
    "stamp_by",
]
