"""Tags of proofs: how somebody signed in, and when a session would end."""

from typing import Any

from django import template
from django.utils.translation import gettext as _

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


@register.simple_tag
def idle_seconds() -> int:
    """Return after how many seconds without use a session ends."""
    return int(session_limits().idle.total_seconds())
