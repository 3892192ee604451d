"""Finding: the enterprises a dirty name may mean, and what may follow silently."""

from collections.abc import Mapping, Set

from probity.engine.naming.comparing import Asked, Held, character_weights, compare
from probity.engine.naming.grams import gram_keys
from probity.engine.naming.index import NameIndex
from probity.engine.naming.overlay import Overlay
from probity.engine.naming.parsing import NameParser
from probity.engine.naming.types import (
    Candidate,
    IndexedName,
    Likeness,
    MatchVerdict,
    NameAnswer,
    NameQuestion,
    NameStanding,
)
from probity.rulebook.naming import Contradiction, NamingRule

_POINT = 100
_MILLION = 1_000_000

CREDIT_CODE = "credit_code"


class Finder:
    """Answers questions from an index and the names that came after it."""

    def __init__(self, index: NameIndex, parser: NameParser, rule: NamingRule) -> None:
        """Begin with an empty overlay."""
        self.index, self.parser, self.rule = index, parser, rule
        self.overlay = Overlay(index, parser)
        self._postings = rule.postings * max(_MILLION, index.size) // _MILLION

    def find(
        self, question: NameQuestion, heads: Mapping[int, int] | None = None, ruled_out: Set[int] = frozenset()
    ) -> NameAnswer:
        """Return the candidates of a question and its verdict.

        Each stated name brings its own candidates; an enterprise counts with the name that fits
        best, so that more names never find fewer. Codes that disagree block acceptance and hide
        nothing.

        Args:
            question: what is known.
            heads: enterprise → the one it was merged into, of those that were.
            ruled_out: enterprises somebody judged to be others; they take nobody's place.
        """
        hits: dict[int, Candidate] = {}
        for name in dict.fromkeys(question.names):
            for head, candidate in self._hits(name, heads or {}, ruled_out):
                if head not in hits or _rank(candidate) < _rank(hits[head]):
                    hits[head] = candidate
        found = [self._with_codes(candidate, question.codes) for candidate in hits.values()]
        accepted = sum(each.verdict is MatchVerdict.ACCEPT for each in found)
        if accepted > 1:
            found = [
                self.doubted(each, Contradiction.SEVERAL) if each.verdict is MatchVerdict.ACCEPT else each
                for each in found
            ]
        ranked = tuple(sorted(found, key=_rank))
        return NameAnswer(ranked, ranked[0].verdict if ranked else MatchVerdict.REJECT)

    def _hits(self, name: str, heads: Mapping[int, int], ruled_out: Set[int]) -> list[tuple[int, Candidate]]:
        """Return the enterprises one name brings, at most `shown` unless more may be accepted."""
        best: dict[int, Candidate] = {}
        for candidate in self.compared(name, more=len(ruled_out)):
            head = heads.get(candidate.entry.enterprise, candidate.entry.enterprise)
            if head in ruled_out:
                continue
            if candidate.verdict is not MatchVerdict.REJECT and (
                head not in best or _rank(candidate) < _rank(best[head])
            ):
                best[head] = candidate
        ranked = sorted(best.items(), key=lambda hit: _rank(hit[1]))
        accepted = sum(candidate.verdict is MatchVerdict.ACCEPT for _, candidate in ranked)
        return ranked[: max(self.rule.shown, accepted)]

    def compared(self, name: str, *, more: int = 0) -> list[Candidate]:
        """Return every name one spelling was compared with, rejected ones too; `more` than the rule says."""
        parts = self.parser.parse(name)
        asked = Asked.of(parts, self.index)
        most = self.rule.compared + more
        places = self.index.near(parts.text, postings=self._postings, most=most)
        found = [self._compared(asked, self.index.entry(place), self.index.norm(place)) for place, _ in places]
        if len(self.overlay):
            near = self.overlay.near(parts.text, most=most)
            found += [self._compared(asked, self.overlay.entry(place), self.overlay.norm(place)) for place, _ in near]
        return found

    def against(self, name: str, entry: IndexedName) -> Candidate:
        """Return how a spelling compares with one name, found or not."""
        asked = Asked.of(self.parser.parse(name), self.index)
        keys = sorted(gram_keys(self.parser.parse(entry.name).text))
        return self._compared(asked, entry, sum(self.index.weights(keys)) if keys else 0)

    def _compared(self, asked: Asked, entry: IndexedName, norm: int) -> Candidate:
        parts = self.parser.parse(entry.name)
        held = Held(parts, gram_keys(parts.text), norm, character_weights(parts.text, self.index))
        likeness = compare(asked, held, self.rule)
        candidate = Candidate(entry, likeness, verdict_of(likeness, self.rule))
        return (
            self.doubted(candidate, Contradiction.FORMER_NAME) if entry.standing is NameStanding.FORMER else candidate
        )

    def _with_codes(self, candidate: Candidate, codes: Mapping[str, str]) -> Candidate:
        stated = codes.get(CREDIT_CODE, "")
        conflicts = stated and candidate.entry.code and stated != candidate.entry.code
        return self.doubted(candidate, Contradiction.CODES) if conflicts else candidate

    def doubted(self, candidate: Candidate, contradiction: Contradiction) -> Candidate:
        """Return a candidate with one contradiction more, and the verdict that follows."""
        found = candidate.likeness
        likeness = Likeness(found.score, found.shares, found.contradictions | {contradiction})
        return Candidate(candidate.entry, likeness, verdict_of(likeness, self.rule))


def verdict_of(likeness: Likeness, rule: NamingRule) -> MatchVerdict:
    """Return what may follow from a likeness; a contradiction the rule names is never accepted silently."""
    if likeness.score < rule.review * _POINT:
        return MatchVerdict.REJECT
    if likeness.score < rule.accept * _POINT or likeness.contradictions & rule.never_silently:
        return MatchVerdict.REVIEW
    return MatchVerdict.ACCEPT


_ORDER = {MatchVerdict.ACCEPT: 0, MatchVerdict.REVIEW: 1, MatchVerdict.REJECT: 2}


def _rank(candidate: Candidate) -> tuple[int, int, bool, int, str]:
    """Order: what may be accepted first, then the score, then the present name, then the number."""
    return (
        _ORDER[candidate.verdict],
        -candidate.likeness.score,
        candidate.entry.standing is not NameStanding.CURRENT,
        candidate.entry.enterprise,
        candidate.entry.name,
    )
