"""Registry: the verbs that register enterprises, their codes and their names."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime

from probity.guard.authorities.queries import permit
from probity.guard.authorities.types import Permission
from probity.guard.trail.actions import acting
from probity.guard.trail.queries import rows_digest
from probity.guard.trail.tables import fill, writing
from probity.know.registry.models import Enterprise, EnterpriseName, Identity, IndustryClass
from probity.know.registry.queries import by_codes
from probity.know.registry.rules import name_stated
from probity.terms import Actor, CreditCode, Unknown


@dataclass(frozen=True, slots=True)
class StatedEnterprise:
    """What one delivered row says of who it is about, beside its credit code."""

    name: str
    is_registration: bool
    others: tuple[tuple[str, str], ...] = ()  # (kind, code) of older codes stated in the same row


def register_stated(*, stated: Mapping[str, Sequence[StatedEnterprise]], source: str, at: datetime) -> dict[str, int]:
    """Return credit code → enterprise for all of `stated`, registering unknown ones provisionally.

    `stated` holds, for each code, what its rows say in their order. Called inside the transaction
    that writes a chunk of a batch; the batch's own trail entry covers it. Names and older codes
    not heard before are kept beside the enterprise.
    """
    with writing():
        known = by_codes(stated.keys())
        unknown = [code for code in stated if code not in known]
        named = {code: name_stated([(one.name, one.is_registration) for one in stated[code]]) for code in stated}
        fill(
            Enterprise,
            ("code", "name", "is_provisional", "known_at"),
            ((code, named[code][0][:300], not named[code][1], at) for code in unknown),
            skip_known=True,
        )
        _call_known({known[code]: named[code] for code in known if named[code][0]})
        known.update(by_codes(unknown))
        heard = [("credit_code", code, known[code]) for code in unknown]
        heard += [(kind, code, known[key]) for key, said in stated.items() for one in said for kind, code in one.others]
        fill(
            Identity,
            ("enterprise_id", "kind", "code", "source", "evidence", "known_at"),
            ((number, kind, code, source, "", at) for kind, code, number in dict.fromkeys(heard)),
            skip_known=True,
        )
        names = ((known[key], one.name[:300], one.is_registration) for key, said in stated.items() for one in said)
        fill(
            EnterpriseName,
            ("enterprise_id", "name", "is_registered", "source", "known_at"),
            ((*name, source, at) for name in dict.fromkeys(names) if name[1]),
            skip_known=True,
        )
    return known


def _call_known(named: Mapping[int, tuple[str, bool]]) -> None:
    """Call enterprises known before by what a registration states, or by the first name heard at all."""
    registered = [number for number, (_, is_registration) in named.items() if is_registration]
    rows = list(Enterprise.objects.filter(pk__in=registered)) if registered else []
    if Enterprise.objects.filter(name="").exists():
        others = [number for number in named if not named[number][1]]
        rows += Enterprise.objects.filter(name="", pk__in=others)
    differing = []
    for found in rows:
        name, is_registration = named[found.pk]
        if (found.name, found.is_provisional) != (name[:300], not is_registration):
            found.name, found.is_provisional = name[:300], not is_registration
            differing.append(found)
    Enterprise.objects.bulk_update(differing, ["name", "is_provisional"], batch_size=250)


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
            raise Unknown(f"没有代码为 {code} 的企业", f"no enterprise goes by {code}")
        act.note(f"enterprise:{code}", from_day=from_day.isoformat(), source=source)
        act.changed(
            {"name": found.name, "is_provisional": found.is_provisional}, {"name": name, "is_provisional": False}
        )
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
            missing = code if code not in numbers else parent
            raise Unknown(f"没有代码为 {missing} 的企业", f"no enterprise goes by {missing}")
        branch = Enterprise.objects.filter(pk=numbers[code])
        act.note(f"enterprise:{code}")
        act.changed({"parent": branch.values_list("parent__code", flat=True).get()}, {"parent": parent})
        branch.update(parent_id=numbers[parent])


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
        act.note(f"industries:{edition}", classes=len(classes), sha256=rows_digest(classes))
