"""Registry: the verbs that register enterprises, their codes and their names."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime

from probity.guard.authorities.queries import permit
from probity.guard.authorities.types import Permission
from probity.guard.trail.actions import acting
from probity.guard.trail.tables import fill, writing
from probity.know.registry.models import Enterprise, EnterpriseName, Identity, IndustryClass
from probity.know.registry.queries import by_codes
from probity.know.registry.rules import takes_name
from probity.terms import Actor, CreditCode


@dataclass(frozen=True, slots=True)
class StatedEnterprise:
    """What one delivered row says of who it is about, beside its credit code."""

    name: str
    is_registration: bool
    others: tuple[tuple[str, str], ...] = ()  # (kind, code) of older codes stated in the same row


def register_stated(*, stated: Mapping[str, StatedEnterprise], source: str, at: datetime) -> dict[str, int]:
    """Return credit code → enterprise for all of `stated`, registering unknown ones provisionally.

    Called inside the transaction that writes a chunk of a batch; the batch's own trail entry
    covers it. Names and older codes not heard before are kept beside the enterprise.
    """
    with writing():
        known = by_codes(stated.keys())
        unknown = [code for code in stated if code not in known]
        fill(
            Enterprise,
            ("code", "name", "is_provisional", "known_at"),
            ((code, stated[code].name[:300], True, at) for code in unknown),
            skip_known=True,
        )
        known.update(by_codes(unknown))
        heard = [("credit_code", code, known[code]) for code in unknown]
        heard += [(kind, code, known[key]) for key, said in stated.items() for kind, code in said.others]
        fill(
            Identity,
            ("enterprise_id", "kind", "code", "source", "evidence", "known_at"),
            ((number, kind, code, source, "", at) for kind, code, number in dict.fromkeys(heard)),
            skip_known=True,
        )
        _hear_names(stated, known, source, at)
    return known


def _hear_names(stated: Mapping[str, StatedEnterprise], known: Mapping[str, int], source: str, at: datetime) -> None:
    fill(
        EnterpriseName,
        ("enterprise_id", "name", "is_registered", "source", "known_at"),
        (
            (known[code], said.name[:300], said.is_registration, source, at)
            for code, said in stated.items()
            if said.name
        ),
        skip_known=True,
    )
    registered = {known[code]: said.name for code, said in stated.items() if said.is_registration and said.name}
    for found in Enterprise.objects.filter(pk__in=list(registered), is_provisional=True):
        if takes_name(is_provisional=found.is_provisional, is_registration=True):
            found.name, found.is_provisional = registered[found.pk][:300], False
            found.save()


def rename(*, code: CreditCode, name: str, from_day: date, source: str, by: Actor, at: datetime) -> None:
    """Give an enterprise its new registered name from a day; the earlier names stay known.

    Raises:
        LookupError: when no enterprise goes by the code.
        NotPermitted: when the actor may not change enterprises.
    """
    permit(by, Permission.ENTERPRISE_CHANGE)
    with acting("enterprise.renamed", by=by, at=at) as act:
        found = Enterprise.objects.filter(code=code).first()
        if found is None:
            raise LookupError(f"no enterprise goes by {code}")
        act.note(f"enterprise:{code}", before=found.name, after=name)
        EnterpriseName.objects.get_or_create(
            enterprise=found,
            name=name,
            is_registered=True,
            defaults={"valid_from": from_day, "source": source, "known_at": at},
        )
        found.name, found.is_provisional = name, False
        found.save()


def attach_branch(*, code: CreditCode, parent: CreditCode, by: Actor, at: datetime) -> None:
    """Say that an enterprise is a branch of another; both keep their own records.

    Raises:
        LookupError: when either code is unknown.
        ValueError: when the two are the same.
    """
    permit(by, Permission.ENTERPRISE_CHANGE)
    if code == parent:
        raise ValueError("an enterprise is not its own branch")
    with acting("enterprise.branch_attached", by=by, at=at) as act:
        numbers = by_codes([code, parent])
        if len(numbers) < 2:
            raise LookupError(f"no enterprise goes by {code if code not in numbers else parent}")
        Enterprise.objects.filter(pk=numbers[code]).update(parent_id=numbers[parent])
        act.note(f"enterprise:{code}", parent=parent)


def add_industries(*, edition: str, classes: Sequence[tuple[str, str, str]], by: Actor, at: datetime) -> None:
    """Add groups and classes (code, Chinese title, English title) to an edition; a known one takes the new title.

    Raises:
        NotPermitted: when the actor may not change the registry.
    """
    permit(by, Permission.ENTERPRISE_CHANGE)
    with acting("industries.added", by=by, at=at) as act:
        IndustryClass.objects.bulk_create(
            (IndustryClass(edition=edition, code=code, title_zh=zh, title_en=en) for code, zh, en in classes),
            update_conflicts=True,
            unique_fields=["edition", "code"],
            update_fields=["title_zh", "title_en"],
        )
        act.note(f"industries:{edition}", classes=len(classes))
