"""Made up: a trail of many sealed entries in a database of its own."""

import json
from datetime import UTC, datetime, timedelta

BEGAN = datetime(2026, 1, 1, tzinfo=UTC)


def fill_trail(entries: int) -> None:
    """Write `entries` entries of a plausible size and seal them; the act's own digest is right."""
    from django.db import transaction

    from probity.guard.trail.actions import seal
    from probity.guard.trail.models import TrailEntry
    from probity.guard.trail.rules import PARTS, canonical, entry_text, moment_text, text_digest
    from probity.guard.trail.tables import fill, writing

    def rows():
        for number in range(1, entries + 1):
            at = BEGAN + timedelta(seconds=number, microseconds=number % 1000)
            detail = canonical({"batch": number // 90, "reason": "经核实，予以更正", "row": number})
            texts = ["quarantine.released", f"officer:{number % 50}", "linlan-market", f"quarantined:{number}"]
            texts += ["临市监〔2026〕118号", "probity 0.1.0", "5f" * 32, detail]
            texts += ['{"state":"waiting"}', '{"state":"released"}']
            yield [at, *texts, text_digest(entry_text([moment_text(at), *texts]))]

    made = rows()
    names = [*PARTS, "digest"]
    while chunk := [row for _, row in zip(range(20_000), made, strict=False)]:
        with writing(), transaction.atomic():
            fill(TrailEntry, names, chunk)
    while seal(at=BEGAN):
        pass


def say(name: str, value: float, unit: str, peer: float) -> None:
    """Print one measure beside its peer as a JSON line."""
    ratio = round(value / peer, 3)
    print(json.dumps({"name": name, "value": round(value, 3), "unit": unit, "peer": round(peer, 3), "ratio": ratio}))
