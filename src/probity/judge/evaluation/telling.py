"""Telling: an explanation as JSON, the same on terminal, page and address."""

from typing import Any

from probity.judge.evaluation.types import ExplainedLine, Explanation
from probity.terms import Text


def explanation_json(told: Explanation) -> dict[str, Any]:
    """Return an explanation as plain values; points and scores are integers of hundredths."""
    evaluation = told.evaluation
    return {
        "code": told.code,
        "name": told.name,
        "system": {
            "key": told.system.key,
            "title": _both(told.system.title),
            "family": told.system.family.value,
            "status": told.system.status.value,
            "from": told.system.file.starts_on.isoformat(),
            "digest": told.system.file.digest,
        },
        "legal_effect": told.system.status.value == "in_force",
        "as_of": told.as_of.isoformat(),
        "known_at": told.known_at.isoformat() if told.known_at else None,
        "revision": told.revision,
        "rulebook": told.rulebook_digest,
        "score": evaluation.score,
        "grade": evaluation.grade,
        "dimensions": dict(evaluation.dimensions),
        "points": dict(evaluation.points),
        "fired": [
            {
                "effect": str(fired.effect),
                "key": fired.key,
                "grade": fired.grade,
                "reference": _reference(fired.reference),
                "records": list(fired.records),
            }
            for fired in evaluation.fired
        ],
        "contributions": [_line(line) for line in told.lines],
    }


def _line(line: ExplainedLine) -> dict[str, Any]:
    contribution = line.contribution
    return {
        "kind": str(contribution.kind),
        "dimension": contribution.dimension,
        "indicator": contribution.indicator,
        "label": _both(line.label),
        "reference": _reference(contribution.reference),
        "article": _both(line.article) if line.article else None,
        "record": contribution.record,
        "record_type": line.record.type if line.record else None,
        "source": line.record.source if line.record else None,
        "day": contribution.day.isoformat() if contribution.day else None,
        "points": contribution.points,
        "running": line.running,
    }


def _reference(reference: Any) -> dict[str, str]:
    return {"instrument": reference.instrument, "article": reference.article}


def _both(text: Text) -> dict[str, str]:
    return {"zh": text.zh, "en": text.en}
