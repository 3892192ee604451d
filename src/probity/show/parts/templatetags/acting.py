"""Acting: the words of lists and measures in templates."""

from typing import Any

from django import template
from django.utils.translation import gettext_lazy as _

from probity.show.parts.words import StateWord

register = template.Library()

LIST_KINDS = {
    "serious": _("serious dishonesty"),
    "abnormal": _("abnormal operation, no black list"),
    "ban": _("ban for a term"),
    "red": _("honesty rewarded"),
}
ARRIVALS = {"decided": _("decided here"), "received": _("received from the deciding body")}
EXITS = {
    "correction": _("correction of an error"),
    "annulment": _("annulment of the decision"),
    "repair": _("repair"),
    "expiry": _("end of the term"),
}
USES = {
    "active": StateWord(_("in use"), "check", "green"),
    "contested": StateWord(_("contested"), "scale", "violet"),
    "suspended": StateWord(_("suspended"), "hourglass", "violet"),
    "incomplete": StateWord(_("incomplete, supports nothing"), "alert-triangle", "amber"),
    "lapsed": StateWord(_("lapsed"), "circle-minus"),
    "off": StateWord(_("the list is off"), "ban"),
}


@register.filter
def list_kind_word(kind: Any) -> Any:
    """Return the kind of a list in words."""
    return LIST_KINDS[str(kind)]


@register.filter
def arrival_word(arrival: Any) -> Any:
    """Return how entries come, in words."""
    return ARRIVALS[str(arrival)]


@register.filter
def exit_word(kind: Any) -> Any:
    """Return a way out of a list in words."""
    return EXITS[str(kind)]


@register.inclusion_tag("parts/chip.html")
def use_chip(use: Any) -> dict[str, Any]:
    """Show how an entry may be used, as a chip with its icon."""
    return {"chip": USES[str(use)]}
