"""Tags of proofs: how somebody signed in, and when a session would end."""

from typing import Any

from django import template
from django.utils.translation import gettext as _

from probity.guard.authorities.queries import allowed
from probity.guard.authorities.types import Permission
from probity.guard.credentials.queries import session_limits

register = template.Library()


@register.filter
def proofs(how: str) -> str:
    """Return by which proofs a session was begun, in words."""
    words: dict[str, Any] = {
        "password": _("password"),
        "app": _("app"),
        "key": _("security key"),
        "recovery": _("recovery code"),
        "provider": _("identity provider"),
        "earlier": _("before this list existed"),
    }
    return " + ".join(str(words.get(part, part)) for part in how.split("+"))


@register.simple_tag(takes_context=True)
def may_here(context: Any, permission: str) -> bool:
    """Return whether whoever looks at the page holds a permission anywhere: what a menu offers."""
    return allowed(context["request"].actor, Permission(permission))


@register.filter
def program_word(permission: str) -> Any:
    """Return what a permission lets a program do, in words."""
    words = {
        "enterprise.read": _("read dossiers, each time for a stated purpose"),
        "evaluation.read": _("read classes with their reasons"),
        "list.read": _("look lists up"),
        "rule.read": _("read rules that are not public"),
        "batch.read": _("read how deliveries were accounted for"),
        "batch.deliver": _("deliver files"),
    }
    return words.get(str(permission), str(permission))


@register.simple_tag
def idle_seconds() -> int:
    """Return after how many seconds without use a session ends."""
    return int(session_limits().idle.total_seconds())
