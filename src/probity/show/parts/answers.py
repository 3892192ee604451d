"""Answers: a dossier and an explanation as JSON, the same from a page, a terminal or a machine."""

from datetime import date, datetime
from typing import Any

from probity.judge.evaluation.types import Explanation
from probity.know.dossiers.types import Dossier, DossierLine
from probity.terms import LegalReference, Text, show_points

NO_EFFECT = {"zh": "试算，不产生法律效力", "en": "trial calculation, no legal effect"}


def dossier_answer(dossier: Dossier) -> dict[str, Any]:
    """Return a dossier as plain values: days as ISO text, both clocks named."""
    return {
        "code": dossier.enterprise.code,
        "name": dossier.enterprise.name,
        "region": dossier.enterprise.region,
        "is_provisional": dossier.enterprise.is_provisional,
        "as_of": _day(dossier.as_of),
        "known_at": _moment(dossier.known_at),
        "revision": dossier.revision,
        "names": [
            {"name": span.name, "valid_from": _day(span.valid_from), "source": span.source, "known_at": _moment(span.known_at)}
            for span in dossier.names
        ],
        "identities": [
            {"kind": span.kind, "code": span.code, "valid_from": _day(span.valid_from), "source": span.source}
            for span in dossier.identities
        ],
        "records": [line_answer(line) for line in dossier.lines],
    }


def line_answer(line: DossierLine) -> dict[str, Any]:
    """Return one record as plain values."""
    return {
        "record": line.record,
        "type": line.type,
        "title": _text(line.title),
        "stage": line.stage.value,
        "bearing": line.bearing.value,
        "day": _day(line.day),
        "until": _day(line.until),
        "source": line.source,
        "batch": line.batch,
        "row_number": line.row_number,
        "fields": dict(line.fields),
        "reference": _reference(line.reference),
        "known_at": _moment(line.known_at),
        "state": line.state,
        "state_since": _day(line.state_since),
    }


def explanation_answer(explanation: Explanation) -> dict[str, Any]:
    """Return why an enterprise has its grade; the points are hundredths and sum to the score."""
    system, evaluation = explanation.system, explanation.evaluation
    answer: dict[str, Any] = {
        "code": explanation.code,
        "system": {
            "key": system.key,
            "starts_on": _day(system.file.starts_on),
            "digest": system.file.digest,
            "title": _text(system.title),
            "family": system.family.value,
            "status": system.status.value,
            "publication": system.publication.value,
        },
        "as_of": _day(explanation.as_of),
        "known_at": _moment(explanation.known_at),
        "revision": explanation.revision,
        "rulebook": explanation.rulebook_digest,
        "grade": evaluation.grade,
        "score": evaluation.score,
        "fired": [
            {"effect": fired.effect.value, "key": fired.key, "grade": fired.grade, "records": list(fired.records)}
            | {"reference": _reference(fired.reference)}
            for fired in evaluation.fired
        ],
        "contributions": [
            {
                "kind": line.contribution.kind.value,
                "dimension": line.contribution.dimension,
                "indicator": line.contribution.indicator,
                "label": _text(line.label),
                "record": line.contribution.record,
                "day": _day(line.contribution.day),
                "points": line.contribution.points,
                "points_shown": show_points(line.contribution.points),
                "running": line.running,
                "reference": _reference(line.contribution.reference),
            }
            for line in explanation.lines
        ],
    }
    if system.status.value != "in_force":
        answer["notice"] = NO_EFFECT
    return answer


def _text(text: Text) -> dict[str, str]:
    return {"zh": text.zh, "en": text.en}


def _reference(reference: LegalReference) -> dict[str, str]:
    return {"instrument": reference.instrument, "article": reference.article}


def _day(day: date | None) -> str | None:
    return day.isoformat() if day else None


def _moment(moment: datetime | None) -> str | None:
    return moment.isoformat() if moment else None
