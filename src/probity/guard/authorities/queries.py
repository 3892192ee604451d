"""Authorities: reading who somebody is and whether they may."""

from datetime import date

from django.db.models import Q

from probity.guard.authorities.models import Account, Authority, Officer, RoleGrant, Seat
from probity.guard.authorities.reach import seen, tree
from probity.guard.authorities.roles import OFFICES, SEATS
from probity.guard.authorities.rules import held, may
from probity.guard.authorities.types import PLATFORM, NotPermitted, Permission
from probity.terms import Actor, ActorKind, Grant

__all__ = [
    "account_number",
    "account_of",
    "accounts_seen",
    "actor_now",
    "actor_of",
    "allowed",
    "authority_number",
    "body_of",
    "has_accounts",
    "key_of",
    "needs_factor",
    "permit",
    "seen",
    "title_of",
    "tree",
]


def permit(
    by: Actor,
    permission: Permission,
    *,
    authority: str | None = None,
    region: str | None = None,
    sector: str | None = None,
) -> None:
    """Let the act go on.

    Without an authority the question is whether the actor holds the permission about anything at
    all; whoever then lists rows passes them through `seen`, and whoever changes one states its body.

    Raises:
        NotPermitted: when the actor does not hold the permission there.
    """
    if not allowed(by, permission, authority=authority, region=region, sector=sector):
        raise NotPermitted(permission)


def allowed(
    by: Actor,
    permission: Permission,
    *,
    authority: str | None = None,
    region: str | None = None,
    sector: str | None = None,
) -> bool:
    """Whether the actor holds a permission, in general or about a body; the same answer as `permit`."""
    if by.is_administrator:
        return True
    grants = held(by, permission)
    if authority is None or not grants or any(grant.is_unlimited for grant in grants):
        return may(by, permission, authority=authority, region=region, sector=sector)
    return may(by, permission, tree=tree(), authority=authority, region=region, sector=sector)


def actor_of(account: object, *, on: date, organisation: str = "") -> Actor:
    """Return in whose name an account acts on a day; not signed in, or without an office, it is the public.

    Args:
        account: who signed in.
        on: the legal day.
        organisation: the code in the address, of the enterprise or third party acted for; then an
            office counts for nothing, and only a seat of that organisation does.
    """
    if not isinstance(account, Account) or not account.is_active:
        return Actor.public()
    if organisation:
        return _seated(account, on, organisation)
    office = (
        Officer.objects.filter(_in_term(on), account=account)
        .filter(Q(authority__ends_on__isnull=True) | Q(authority__ends_on__gt=on))
        .select_related("authority")
        .order_by("id")
        .first()
    )
    if office is None:
        return Actor.public()
    rows = RoleGrant.objects.filter(_in_term(on), officer=office, state="granted").order_by("pk")
    grants = tuple(grant for row in rows for grant in grants_of(row))
    return Actor(ActorKind.OFFICER, f"officer:{office.pk}", office.authority.key, grants=grants)


def actor_now(key: str, *, on: date) -> Actor:
    """Return in whose name something begun under a key is done on a later day, with the roles of that day.

    Whoever left office or lost the account meanwhile is the public: what they began is refused.
    """
    kind, _, number = key.partition(":")
    if kind == "system":
        return Actor.system(number)
    if kind == "officer" and (office := Officer.objects.filter(pk=number).select_related("account").first()):
        actor = actor_of(office.account, on=on)
    elif kind == "seat" and (seat := Seat.objects.filter(pk=number).select_related("account", "organisation").first()):
        actor = actor_of(seat.account, on=on, organisation=seat.organisation.key)
    else:
        return Actor.public()
    return actor if actor.key == key else Actor.public()


def grants_of(row: RoleGrant) -> tuple[Grant, ...]:
    """Return what a stored role lets its holder do; a role that is no longer known gives nothing."""
    role = OFFICES.get(row.role)
    if role is None:
        return ()
    limits = (row.scope, row.region, row.sector)
    parts = (
        Grant(role.key, frozenset(role.own), *limits, is_watched=role.is_watched),
        Grant(role.key, frozenset(role.of_platform), PLATFORM, with_parts=False, is_watched=role.is_watched),
        Grant(role.key, frozenset(role.everywhere), "", row.region, row.sector, is_watched=role.is_watched),
    )
    return tuple(part for part in parts if part.permissions)


def authority_number(key: str) -> int:
    """Return the surrogate number of an authority.

    Raises:
        LookupError: when no authority has the key.
    """
    found = Authority.objects.filter(key=key).values_list("pk", flat=True).first()
    if found is None:
        raise LookupError(f"no authority {key!r}")
    return int(found)


def key_of(number: int) -> str:
    """Return the key of an authority by its surrogate number.

    Raises:
        LookupError: when no authority has the number.
    """
    found = Authority.objects.filter(pk=number).values_list("key", flat=True).first()
    if found is None:
        raise LookupError(f"no authority {number}")
    return str(found)


def title_of(key: str) -> tuple[str, str]:
    """Return the Chinese and English title of an authority, or its key twice when unknown."""
    found = Authority.objects.filter(key=key).values_list("title_zh", "title_en").first()
    return found or (key, key)


def has_accounts() -> bool:
    """Whether anybody can sign in yet."""
    return Account.objects.exists()


def _in_term(on: date) -> Q:
    return Q(starts_on__lte=on) & (Q(ends_on__isnull=True) | Q(ends_on__gt=on))


def _seated(account: Account, on: date, organisation: str) -> Actor:
    seat = (
        Seat.objects.filter(_in_term(on), account=account, organisation__key=organisation)
        .filter(Q(organisation__ends_on__isnull=True) | Q(organisation__ends_on__gt=on))
        .select_related("organisation")
        .first()
    )
    role = SEATS.get(seat.role) if seat else None
    if seat is None or role is None:
        return Actor.public()
    kind = ActorKind.DELEGATE if seat.organisation.kind == "enterprise" else ActorKind.MEMBER
    grants = (Grant(role.key, frozenset(role.permissions)),)
    return Actor(kind, f"seat:{seat.pk}", grants=grants, organisation=organisation)


def account_of(number: int) -> Account:
    """Return an account by its number.

    Raises:
        LookupError: when there is none.
    """
    found = Account.objects.filter(pk=number).first()
    if found is None:
        raise LookupError(f"no account {number}")
    return found


def account_number(name: str) -> int | None:
    """Return the number of the account that goes by a name, or None."""
    return Account.objects.filter(username=name).values_list("pk", flat=True).first()


def accounts_seen(*, by: Actor, permission: Permission, text: str = "") -> dict[int, tuple[str, bool]]:
    """Return account → (name, whether it is active) of the accounts an actor looks after, by name.

    An account belongs to the bodies of its offices; one without an office only to whoever has no limit.

    Raises:
        NotPermitted: when the actor does not hold the permission.
    """
    permit(by, permission)
    rows = Account.objects.filter(username__icontains=text) if text else Account.objects.all()
    if not (by.is_administrator or any(grant.is_unlimited for grant in held(by, permission))):
        offices = seen(Officer.objects.all(), by, permission, authority="authority__key")
        rows = rows.filter(pk__in=offices.values("account_id"))
    found = rows.order_by("username").values_list("pk", "username", "is_active")
    return {pk: (name, is_active) for pk, name, is_active in found}


def needs_factor(by: Actor) -> bool:
    """Whether a role the actor holds is used with a second factor only."""
    return any(OFFICES[grant.role].needs_factor for grant in by.grants if grant.role in OFFICES)


def body_of(account: int) -> str:
    """Return the key of the body an account has its first office in, empty without an office."""
    office = Officer.objects.filter(account=account).order_by("id").values_list("authority__key", flat=True).first()
    return office or ""
