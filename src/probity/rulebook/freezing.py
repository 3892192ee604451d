"""Freezing: a rule that was in force, or was used, never changes by a digest."""

import re
from collections.abc import Iterable
from datetime import date

from probity.rulebook.reading import RuleFault
from probity.rulebook.types import RuleFile
from probity.terms import Text

_LINE = re.compile(r"(?P<kind>[a-z_]+)/(?P<key>[a-z0-9-]+) (?P<day>\d{4}-\d{2}-\d{2}) (?P<digest>[0-9a-f]{64})\Z")

Frozen = dict[tuple[str, str, date], tuple[str, int]]
"""(kind, key, first day) → digest and the line on which it stands."""


def read_frozen(path: str, text: str) -> tuple[Frozen, list[RuleFault]]:
    """Read `kind/key date digest` lines; blank lines and lines beginning with # are skipped.

    Returns:
        What is frozen, and a fault for each line that is none or stands twice.
    """
    frozen: Frozen = {}
    faults: list[RuleFault] = []
    for number, line in enumerate(text.splitlines(), 1):
        if not line.strip() or line.startswith("#"):
            continue
        found = _LINE.match(line.strip())
        if not found:
            faults.append(
                RuleFault(path, number, Text("应为「类别/键 日期 摘要」", "`kind/key date digest` was expected"))
            )
            continue
        place = (found["kind"], found["key"], date.fromisoformat(found["day"]))
        if place in frozen:
            faults.append(RuleFault(path, number, Text("重复冻结", "frozen twice")))
        frozen.setdefault(place, (found["digest"], number))
    return frozen, faults


def check_frozen(path: str, frozen: Frozen, files: Iterable[RuleFile]) -> list[RuleFault]:
    """Return a fault for each frozen rule that changed or went away."""
    present = {(file.kind, file.key, file.starts_on): file for file in files}
    faults: list[RuleFault] = []
    for place, (digest, line) in frozen.items():
        file = present.get(place)
        if file is None:
            reason = Text(f"已冻结的规则「{place[1]}」不见了", f"the frozen rule {place[1]!r} is gone")
            faults.append(RuleFault(path, line, reason))
        elif file.digest != digest:
            reason = Text(
                "规则在冻结后被改动：请另立新日期的文件",
                "the rule changed after it was frozen: write a file of a later date",
            )
            faults.append(RuleFault(file.path, 1, reason))
    return faults


def lines_to_freeze(frozen: Frozen, files: Iterable[RuleFile], through: date) -> list[str]:
    """Return the lines to append so that every rule in force on or before `through` is frozen."""
    due = [file for file in files if file.starts_on <= through and (file.kind, file.key, file.starts_on) not in frozen]
    due.sort(key=lambda file: (file.kind, file.key, file.starts_on))
    return [f"{file.kind}/{file.key} {file.starts_on} {file.digest}" for file in due]
