"""Authorities: reading who somebody is and whether they may."""

from datetime import date

from django.db.models import Q

from probity.guard.authorities.models import Account, Authority, Officer
from probity.guard.authorities.rules import may
from probity.guard.authorities.types import NotPermitted, Permission
from probity.terms import Actor, ActorKind


def permit(by: Actor, permission: Permission) -> None:
    """Let the act go on.

    Raises:
        NotPermitted: when the actor does not hold the permission.
    """
    if not may(by, permission):
        raise NotPermitted(permission)


def actor_of(account: object, *, on: date) -> Actor:
    """Return in whose name an account acts on a day; not signed in, or without an office, it is the public."""
    if not isinstance(account, Account) or not account.is_active:
        return Actor.public()
    in_office = Q(starts_on__lte=on) & (Q(ends_on__isnull=True) | Q(ends_on__gt=on))
    office = Officer.objects.filter(in_office, account=account).select_related("authority").order_by("id").first()
    if office is None:
        return Actor.public()
    return Actor(ActorKind.OFFICER, f"officer:{office.pk}", office.authority.key, office.is_administrator)


def authority_number(key: str) -> int:
    """Return the surrogate number of an authority.

    Raises:
        LookupError: when no authority has the key.
    """
    found = Authority.objects.filter(key=key).values_list("pk", flat=True).first()
    if found is None:
        raise LookupError(f"no authority {key!r}")
    return int(found)


def title_of(key: str) -> tuple[str, str]:
    """Return the Chinese and English title of an authority, or its key twice when unknown."""
    found = Authority.objects.filter(key=key).values_list("title_zh", "title_en").first()
    return found or (key, key)


def has_accounts() -> bool:
    """Whether anybody can sign in yet."""
    return Account.objects.exists()


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


def account_names(text: str = "") -> dict[int, tuple[str, bool]]:
    """Return account → (name, whether it is active), of those whose name contains a text, by name."""
    rows = Account.objects.filter(username__icontains=text) if text else Account.objects.all()
    return {
        pk: (name, is_active)
        for pk, name, is_active in rows.order_by("username").values_list("pk", "username", "is_active")
    }
