"""Freezes rules: adds the digest of every rule in force to rulebook/frozen.txt.

`python tools/freeze.py [day]` (default: today). A frozen rule never changes; a reform is a new
file of a later date. Lines are only ever added.
"""

import sys
from datetime import UTC, date, datetime
from pathlib import Path

from probity.rulebook import Rulebook, shipped
from probity.rulebook.freezing import lines_to_freeze, read_frozen
from probity.rulebook.layers import FROZEN
from probity.terms import shanghai_day

_FILE = Path(__file__).parents[1] / "rulebook" / FROZEN


def main(argv: list[str]) -> None:
    """Append what is in force on the day and not yet frozen."""
    through = date.fromisoformat(argv[0]) if argv else shanghai_day(datetime.now(UTC))
    texts = shipped()
    frozen, _ = read_frozen(FROZEN, texts.get(FROZEN, ""))
    lines = lines_to_freeze(frozen, Rulebook.read([texts]).files(), through)
    with _FILE.open("a", encoding="utf-8") as file:
        file.writelines(f"{line}\n" for line in lines)
    sys.stdout.write(f"{len(lines)} rules frozen through {through}\n")


if __name__ == "__main__":
    main(sys.argv[1:])
