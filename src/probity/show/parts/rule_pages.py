"""Rule pages: a rule as its reader sees it, with its articles and numbers."""

from collections import Counter
from dataclasses import dataclass
from datetime import date
from typing import Any

from django.utils.translation import get_language
from django.utils.translation import gettext as _

from probity.guard.procedures.queries import lawbook
from probity.rulebook.index_systems import Indicator, PerAmount, PerChoice, PerMonth, PerOccurrence, Stated
from probity.rulebook.types import RuleFile
from probity.show.parts.templatetags.probity import brief_points, ten_thousand
from probity.terms import LegalReference, Text

FAR = date.max
"""Titles of choices are taken from the newest edition of a record type."""

KINDS = ("instruments", "record_types", "index_systems")
"""The kinds of rules that have a page, in the order of the list."""


@dataclass(frozen=True, slots=True)
class RuleHeading:
    """One rule in a list: where it stands and what it is called."""

    file: RuleFile
    title: Text


def headings(on: date) -> dict[str, list[RuleHeading]]:
    """Return kind → rules of a day with their titles, in the order of their keys."""
    found: dict[str, list[RuleHeading]] = {}
    seen = Counter((file.kind, file.key) for file in lawbook().files())
    for kind, key in sorted(seen):
        if kind in KINDS:
            try:
                file, rule = lawbook().file(kind, key, on), rule_of(kind, key, on)
            except KeyError:
                continue
            found.setdefault(kind, []).append(RuleHeading(file, rule.title))
    return found


def rule_of(kind: str, key: str, on: date) -> Any:
    """Return an instrument, record type or index system as it stands on a day.

    Raises:
        KeyError: when there is none, or no page for its kind.
    """
    if kind == "instruments":
        return lawbook().instrument(key, on)
    if kind == "record_types":
        return lawbook().record_type(key, on)
    if kind == "index_systems":
        return lawbook().index_system(key, on)
    raise KeyError(f"rules of kind {kind!r} have no page")


def rule_context(kind: str, key: str, on: date) -> dict[str, Any]:
    """Return what the page of one rule shows: the rule, its file, its editions, what it cites.

    Raises:
        KeyError: when there is none.
    """
    rule = rule_of(kind, key, on)
    editions = sorted({file.starts_on for file in lawbook().files() if (file.kind, file.key) == (kind, key)})
    shown: dict[str, Any] = {
        "kind": kind,
        "rule": rule,
        "file": lawbook().file(kind, key, on),
        "editions": editions,
        "on": on,
    }
    stated = getattr(rule, "notes", None)
    shown["notes"] = (stated,) if isinstance(stated, Text) else tuple(stated or ())
    if kind == "index_systems":
        shown["indicators"] = {part.key: indicator_words(part) for part in rule.indicators}
        shown["cited"] = cited(set(rule.references()))
    if kind == "record_types":
        references = {field.reference for field in rule.fields.values()} | {rule.reference}
        shown["cited"] = cited(references | ({rule.publicity.reference} if rule.publicity else set()))
    return shown


def cited(references: set[LegalReference]) -> list[tuple[LegalReference, Text, Text | None]]:
    """Return each reference with the title of its instrument and the words of its article, if quoted."""
    found = []
    for reference in sorted(references):
        try:
            instrument = lawbook().instrument(reference.instrument)
        except KeyError:
            continue
        found.append((reference, instrument.title, instrument.articles.get(reference.article)))
    return found


def indicator_words(indicator: Indicator) -> list[str]:
    """Return what an indicator counts and is worth, as short sentences of the page's language."""
    selection, tariff = indicator.selection, indicator.tariff
    words = []
    if selection.months is not None:
        words.append(_("looks back %(n)s months") % {"n": selection.months})
    if selection.standing:
        words.append(_("counts while it stands"))
    verb = _("takes") if indicator.sign < 0 else _("adds")
    if isinstance(tariff, PerOccurrence):
        words.append(_("%(verb)s %(points)s each time") % {"verb": verb, "points": brief_points(tariff.points)})
    elif isinstance(tariff, PerMonth):
        words.append(
            _("%(verb)s %(points)s for each month begun") % {"verb": verb, "points": brief_points(tariff.points)}
        )
    elif isinstance(tariff, PerChoice):
        steps = " · ".join(f"{title} {brief_points(worth)}" for title, worth in _choices(indicator, tariff))
        words.append(_("%(verb)s by kind: %(steps)s") % {"verb": verb, "steps": steps})
    elif isinstance(tariff, PerAmount):
        steps = " · ".join(f"≥ {ten_thousand(step.starts_at)}: {brief_points(step.points)}" for step in tariff.steps)
        words.append(_("%(verb)s by amount (10,000 yuan): %(steps)s") % {"verb": verb, "steps": steps})
    elif isinstance(tariff, Stated):
        spans = {"verb": verb, "least": brief_points(tariff.least), "most": brief_points(tariff.most)}
        words.append(_("%(verb)s what the record states, %(least)s to %(most)s") % spans)
    if indicator.at_most is not None:
        words.append(_("at most %(points)s in all") % {"points": brief_points(indicator.at_most)})
    if indicator.at_least is not None:
        words.append(_("at least %(points)s once it counts") % {"points": brief_points(indicator.at_least)})
    return words


def _choices(indicator: Indicator, tariff: PerChoice) -> list[tuple[str, int]]:
    """Return each choice a tariff names, by its title in the page's language, and what it is worth."""
    titles: dict[str, str] = {}
    language = get_language() or "zh"
    for key in indicator.selection.counts:
        type_ = lawbook().record_types(FAR).get(key)
        field = type_ and getattr(type_, tariff.slot.value)
        if type_ and field:
            titles |= {choice: title.of(language) for choice, title in type_.fields[field].choices.items()}
    named = [(titles.get(choice, choice), worth) for choice, worth in tariff.points.items()]
    return [*named, (_("others"), tariff.others)] if tariff.others else named
