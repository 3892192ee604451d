"""Telling: the answer to a name, as programs and the terminal read it."""

from probity.engine.naming.types import Candidate, NameAnswer
from probity.rulebook.naming import Feature, NamingRule
from probity.terms import Text

VERDICT_WORDS = {
    "accept": Text("可采纳（仅限中性和有利记录）", "may be accepted (neutral and favourable records only)"),
    "review": Text("须人工复核", "a person must look"),
    "reject": Text("无相近企业", "nobody is like it"),
}
"""Verdict → what it means, in both languages."""


def answer_json(name: str, answer: NameAnswer, rule: NamingRule) -> dict[str, object]:
    """Return everything an answer rests on: verdict, rule, and each candidate with its shares."""
    return {
        "name": name,
        "verdict": answer.verdict.value,
        "meaning": _both(VERDICT_WORDS[answer.verdict.value]),
        "rule": {"key": rule.file.key, "starts_on": rule.file.starts_on, "digest": rule.file.digest},
        "candidates": [_candidate(each, rule) for each in answer.candidates],
    }


def _candidate(candidate: Candidate, rule: NamingRule) -> dict[str, object]:
    likeness = candidate.likeness
    return {
        "code": candidate.entry.code,
        "name": candidate.entry.name,
        "standing": candidate.entry.standing.value,
        "verdict": candidate.verdict.value,
        "score": likeness.score / 100,
        "features": [
            {
                "key": each.value,
                "title": _both(rule.feature_titles[each]),
                "share": likeness.shares[each] / 1000,
                "weight": rule.weights[each] / 100,
            }
            for each in Feature
        ],
        "contradictions": [
            {"key": each.value, "title": _both(rule.contradiction_titles[each])}
            for each in sorted(likeness.contradictions)
        ],
    }


def _both(text: Text) -> dict[str, str]:
    return {"zh": text.zh, "en": text.en}
