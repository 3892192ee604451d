"""Histories: reading from the tables what ever became known of some records."""

from collections import defaultdict
from collections.abc import Collection, Iterator

from probity.know.dossiers.rules import End, History
from probity.know.records import queries as records

CHUNK = 500


def histories(numbers: Collection[int]) -> dict[int, History]:
    """Return the history of each record among `numbers` whose batch has closed."""
    found: dict[int, History] = {}
    wanted = list(numbers)
    for start in range(0, len(wanted), CHUNK):
        found.update(_some(wanted[start : start + CHUNK]))
    return found


def _some(numbers: list[int]) -> Iterator[tuple[int, History]]:
    owners: dict[int, list[tuple[int, int | None]]] = defaultdict(list)
    for record, revision, enterprise in records.attributions_of(numbers):
        owners[record].append((revision, enterprise))
    removals: dict[int, list[tuple[int, str]]] = defaultdict(list)
    for record, revision in records.supersessions_of(numbers):
        removals[record].append((revision, "corrected"))
    ends: dict[int, list[End]] = defaultdict(list)
    for record, revision, kind, effective_on in records.events_of(numbers):
        if kind in ("correction", "annulment"):
            removals[record].append((revision, {"correction": "corrected", "annulment": "annulled"}[kind]))
        else:
            ends[record].append(End(revision, kind, effective_on))
    for record, born in records.births_of(numbers):
        yield (
            record,
            History(
                record,
                born,
                tuple(sorted(owners[record], key=_revision)),
                tuple(sorted(removals[record])),
                tuple(ends[record]),
            ),
        )


def _revision(step: tuple[int, int | None]) -> int:
    return step[0]
