"""Regions: the place that registered an enterprise, in the language of the page."""

from django.utils.translation import get_language

from probity.guard.procedures.queries import lawbook
from probity.know.registry.types import EnterpriseLine


def region_title(line: EnterpriseLine) -> str:
    """Return the region in the credit code and the one above it; unknown digits stay digits."""
    region = lawbook().region(line.region) if line.region else None
    if region is None:
        return line.region
    language = get_language() or "zh"
    parts = [part.title.of(language) for part in (*region.parents[-1:], region)]
    return "".join(parts) if language.startswith("zh") else ", ".join(reversed(parts))
