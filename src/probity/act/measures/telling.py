"""Telling: the answer to a matter as JSON, and the words of its verdict."""

from typing import Any

from probity.act.lists.queries import answer_json, both, entry_json
from probity.act.lists.types import ListAnswer, ListEntry
from probity.act.measures.rules import stands
from probity.act.measures.types import MatterAnswer
from probity.rulebook.measures.types import Measure, Verdict
from probity.terms import Text

VERDICTS = {
    Verdict.PROCEED: Text("可以办理", "proceed"),
    Verdict.COMMITMENT: Text("承诺后办理", "proceed with commitment"),
    Verdict.HOLD: Text("暂缓办理", "hold"),
}
"""The three answers in words."""

UNANSWERED = Text("无法答复：名单缺失或过期", "cannot be answered: a list is missing or stale")
"""What is said instead of going on while a list carried here is not fresh."""


def matter_json(told: MatterAnswer, found: ListAnswer) -> dict[str, Any]:
    """Return the answer with what it rests on, why the rest did not apply, and how fresh the lists are."""
    stated = answer_json(found)
    is_given = stands(told.verdict, found.coverage)
    return {
        "code": found.code,
        "as_of": stated["as_of"],
        "revision": found.revision,
        "verdict": told.verdict.value if is_given else "unknown",
        "said": both(VERDICTS[told.verdict] if is_given else UNANSWERED),
        "applied": [
            _measure(one.measure, one.entry) | {"ends_on": one.ends_on.isoformat() if one.ends_on else None}
            for one in told.applied
        ],
        "not_applied": [_measure(one.measure, one.entry) | {"why": both(one.reason)} for one in told.not_applied],
        "conclusion": stated["conclusion"],
        "coverage": stated["coverage"],
    }


def _measure(measure: Measure, entry: ListEntry | None) -> dict[str, Any]:
    return {
        "measure": measure.key,
        "title": both(measure.title),
        "content": both(measure.content),
        "kind": measure.kind.value,
        "bite": measure.bite.value,
        "basis": {"instrument": measure.reference.instrument, "article": measure.reference.article},
        "entry": entry_json(entry) if entry else None,
    }
