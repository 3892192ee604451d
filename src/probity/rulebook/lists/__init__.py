"""Lists: programmes of red and black lists, read from dated files and checked."""

from probity.rulebook.lists.reading import read_programme
from probity.rulebook.lists.types import (
    Arrival,
    Exit,
    ExitKind,
    Ground,
    ListKind,
    ListTerm,
    Programme,
    Reach,
    TermStart,
    Threshold,
)

__all__ = [
    "Arrival",
    "Exit",
    "ExitKind",
    "Ground",
    "ListKind",
    "ListTerm",
    "Programme",
    "Reach",
    "TermStart",
    "Threshold",
    "read_programme",
]
