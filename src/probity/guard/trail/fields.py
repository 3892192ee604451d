"""Fields: JSON kept as the very text whose digest was taken."""

import json
from typing import Any

from django.db import models

from probity.guard.trail.rules import canonical


class KeptJSON(models.TextField):  # type: ignore[type-arg]
    """JSON kept as canonical text, so that both databases give back the bytes that were digested.

    A JSON column of PostgreSQL orders keys and drops blanks as it likes: its text could not be
    digested again.
    """

    def from_db_value(self, value: str | None, *_: object) -> Any:
        """Return the value as it was stated."""
        return None if value is None else json.loads(value)

    def to_python(self, value: Any) -> Any:
        """Return the value; a text is read as JSON."""
        return json.loads(value) if isinstance(value, str) else value

    def get_prep_value(self, value: Any) -> str:
        """Return the canonical text that is kept."""
        return canonical(value)
