"""Telling: an answer of lists as JSON for page, terminal and interface."""

from collections.abc import Iterable, Mapping
from typing import Any

from probity.act.lists.types import Coverage, ListAnswer, ListEntry


def answer_json(answer: ListAnswer) -> dict[str, Any]:
    """Return an answer as plain values; what it does not say was not asked or is not known."""
    return {
        "code": answer.code,
        "as_of": answer.as_of.isoformat(),
        "revision": answer.revision,
        "conclusion": answer.conclusion.value,
        "entries": [entry_json(entry) for entry in answer.entries],
        "coverage": coverage_json(answer.coverage),
    }


def entry_json(entry: ListEntry) -> dict[str, Any]:
    """Return one entry: list, kind, ground, decision, dates with their derivation, and how it may be used."""
    return {
        "list": entry.programme,
        "title": both(entry.title),
        "kind": entry.kind.value,
        "ground": entry.ground,
        "document": entry.document,
        "authority": entry.authority,
        "basis": {"instrument": entry.basis.instrument, "article": entry.basis.article},
        "entered_on": entry.entered_on.isoformat(),
        "ends_on": entry.ends_on.isoformat() if entry.ends_on else None,
        "derivation": {
            "starts": entry.derivation.starts.value if entry.derivation.starts else "stated",
            "day": entry.derivation.day.isoformat() if entry.derivation.day else None,
            "months": entry.derivation.months,
            "article": entry.derivation.reference.article,
        },
        "status": entry.use.value,
        "missing": list(entry.missing),
        "source": entry.source,
        "known_at": entry.known_at.isoformat(),
    }


def coverage_json(coverage: Iterable[Coverage]) -> list[dict[str, Any]]:
    """Return how fresh each list is."""
    return [
        {
            "list": one.programme,
            "title": both(one.title),
            "heard_at": one.heard_at.isoformat() if one.heard_at else None,
            "carried": one.is_carried,
            "stale": one.is_stale,
        }
        for one in coverage
    ]


def both(text: Any) -> Mapping[str, str]:
    """Return a text in both languages."""
    return {"zh": text.zh, "en": text.en}
