"""Disclosure: whether a record is public on a day, and until when."""

from collections.abc import Mapping
from datetime import date

from probity.rulebook.types import Publicity, RecordType
from probity.show.disclosure.types import Derivation, Disclosure, Refusal
from probity.terms import months_before


def disclosure_of(type_: RecordType, fields: Mapping[str, str], *, state: str, on: date) -> Disclosure | Refusal:
    """Return how a record is public on a day, or why it is not; the default is that it is not.

    `fields` hold days as ISO text and choices as their keys. `state` is one of standing,
    corrected, annulled, repaired, expired. First and last day are both included: a term counted
    in months runs out with the day of the same number (Civil Code, art. 201 and 202).
    """
    ground = type_.publicity
    if ground is None:
        return Refusal.NO_GROUND
    if ground.refuses_record(fields):
        return Refusal.NEVER
    starts_on = _day(fields.get(ground.starts))
    if starts_on is None:
        return Refusal.NO_START
    if starts_on > on:
        return Refusal.NOT_YET
    ends_on, derivation = last_day(ground, starts_on, fields)
    if ends_on is not None and ends_on < on:
        return Refusal.OVER
    if state != "standing":
        return Refusal.ENDED
    counted = derivation is Derivation.COUNTED
    months = ground.term_months(fields) if counted else None
    term = ground.term_reference if counted else None
    return Disclosure(
        starts_on, ends_on, derivation, months, ground.reference, term or ground.reference, ground.objection
    )


def last_day(ground: Publicity, starts_on: date, fields: Mapping[str, str]) -> tuple[date | None, Derivation]:
    """Return the last public day: the stated one, else months counted from the first, else none.

    None means as long as the record stands, which a rule must say by giving no months.
    """
    stated = _day(fields.get(ground.ends)) if ground.ends else None
    if stated is not None:
        return stated, Derivation.STATED
    months = ground.term_months(fields)
    if months is not None:
        return months_before(starts_on, -months), Derivation.COUNTED
    return None, Derivation.STANDING


def was_public(refusal: Refusal) -> bool:
    """Whether the record was public once, so that its address answers `gone` and not `unknown`."""
    return refusal in (Refusal.OVER, Refusal.ENDED)


def _day(text: str | None) -> date | None:
    try:
        return date.fromisoformat(text) if text else None
    except ValueError:
        return None
