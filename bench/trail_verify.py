"""Trail: a million sealed entries verified, beside a naive loop over rows."""

import os
import sys
import tempfile
import time

from trail_made_up import BEGAN, fill_trail, say

ENTRIES = int(sys.argv[1]) if len(sys.argv) > 1 else 1_000_000
NAIVE = 20_000
"""The naive loop is measured over so many rows and told for all."""


def main() -> None:
    """Fill a trail, verify it whole, and print the seconds beside the naive loop's."""
    with tempfile.TemporaryDirectory() as home:
        os.environ |= {"PROBITY_HOME": home, "DJANGO_SETTINGS_MODULE": "probity.wiring.settings"}
        import django

        django.setup()
        from django.core.management import call_command

        call_command("migrate", verbosity=0)
        fill_trail(ENTRIES)
        measure()


def measure() -> None:
    """Measure both ways on the trail that is there."""
    from probity.guard.trail.queries import verify_trail

    began = time.perf_counter()
    found = verify_trail(at=BEGAN)
    taken = time.perf_counter() - began
    assert found.is_in_order and found.number == ENTRIES
    began = time.perf_counter()
    rows = min(NAIVE, ENTRIES)
    assert naive(rows)
    peer = (time.perf_counter() - began) * ENTRIES / rows
    say(f"trail verify, {ENTRIES:,} entries, against a row at a time through models", taken, "s", peer)


def naive(rows: int) -> bool:
    """Verify the first rows as one would write it down: each seal and its entry, one after the other."""
    from probity.guard.trail.models import Seal, TrailEntry
    from probity.guard.trail.rules import PARTS, canonical, entry_text, link_digest, moment_text, text_digest

    previous = "0" * 64
    for number in range(1, rows + 1):
        seal = Seal.objects.get(number=number)
        entry = TrailEntry.objects.get(pk=seal.entry)
        texts = [moment_text(entry.at), *(getattr(entry, name) for name in PARTS[1:8])]
        texts += [canonical(getattr(entry, name)) for name in PARTS[8:]]
        digest = text_digest(entry_text(texts))
        if (digest, seal.previous) != (seal.entry_digest, previous) or digest != entry.digest:
            return False
        if seal.digest != link_digest(previous, number, entry.pk, digest):
            return False
        previous = seal.digest
    return True


if __name__ == "__main__":
    main()
