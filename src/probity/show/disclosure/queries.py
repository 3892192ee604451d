"""Disclosure: reading what anybody may see of an enterprise."""

from collections.abc import Iterator
from datetime import date

from probity.guard.procedures.queries import latest_revision, lawbook
from probity.know.dossiers.queries import lines_of
from probity.know.dossiers.types import DossierLine
from probity.know.registry import queries as registry
from probity.know.registry.types import EnterpriseLine, Page
from probity.rulebook.types import RecordType
from probity.show.disclosure.rules import disclosure_of, was_public
from probity.show.disclosure.types import NoLongerPublic, PublicDossier, PublicLine, Refusal


def public_search(text: str, *, page: int = 1) -> Page[EnterpriseLine]:
    """Return enterprises that anybody may find: by name, or sole traders by exact code only."""
    return registry.public_search(text, page=page)


def public_dossier(code: str, *, on: date) -> PublicDossier:
    """Return the published records of an enterprise on a day, newest first.

    Raises:
        LookupError: when no enterprise goes by the code.
    """
    enterprise = registry.enterprise(code)
    revision = latest_revision()
    lines = lines_of(enterprise.number, as_of=on, revision=revision)
    shown = tuple(public for line in lines if isinstance(public := _public(line, on), PublicLine))
    published = tuple(type_.title for type_ in published_types(on))
    return PublicDossier(enterprise, shown, on, revision, published)


def public_line(code: str, record: int, *, on: date) -> PublicLine:
    """Return one published record of an enterprise.

    Raises:
        NoLongerPublic: when its publicity ended or was lifted.
        LookupError: when it is not public and never was, or does not exist: both look the same.
    """
    enterprise = registry.enterprise(code)
    for line in lines_of(enterprise.number, as_of=on, revision=latest_revision()):
        if line.record == record:
            found = _public(line, on)
            if isinstance(found, PublicLine):
                return found
            if was_public(found):
                raise NoLongerPublic(f"record {record} is no longer public")
    raise LookupError(f"no public record {record}")


def published_types(on: date) -> Iterator[RecordType]:
    """Yield the record types that a law makes public, in the catalogue of a day."""
    for type_ in lawbook().record_types(on).values():
        if type_.publicity is not None:
            yield type_


def _public(line: DossierLine, on: date) -> PublicLine | Refusal:
    # Today's catalogue decides, not that of the delivery: a law that ends publicity ends it for all.
    type_ = lawbook().record_types(on).get(line.type)
    if type_ is None:
        return Refusal.NO_GROUND
    found = disclosure_of(type_, line.fields, state=line.state, on=on)
    if isinstance(found, Refusal):
        return found
    return PublicLine(
        record=line.record,
        type=line.type,
        title=line.title,
        stage=line.stage,
        day=line.day,
        source_title=line.source_title,
        fields=line.fields,
        labels=line.labels,
        reference=line.reference,
        known_at=line.known_at,
        disclosure=found,
    )
