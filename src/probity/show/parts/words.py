"""Words: the one word, icon and colour of each state, wherever it is shown."""

from dataclasses import dataclass
from typing import Any

from django.utils.translation import gettext_lazy as _

from probity.rulebook.types import Bearing, Stage
from probity.terms import Family, Status


@dataclass(frozen=True, slots=True)
class StateWord:
    """How one state is shown: a word (translated when shown), an icon, a colour."""

    word: Any
    icon: str
    colour: str = ""  # green | amber | red | violet | blue | empty for slate


STATES = {
    "standing": StateWord(_("standing"), "check", "green"),
    "corrected": StateWord(_("corrected"), "pencil"),
    "annulled": StateWord(_("annulled"), "ban"),
    "repaired": StateWord(_("repaired"), "shield-check"),
    "expired": StateWord(_("expired"), "clock"),
    "receiving": StateWord(_("being received"), "hourglass", "amber"),
    "closed": StateWord(_("taken in"), "check", "green"),
    "held": StateWord(_("held whole"), "alert-triangle", "red"),
    "abandoned": StateWord(_("stopped half-way"), "ban"),
    "waiting": StateWord(_("waiting"), "filter-exclamation", "amber"),
    "released": StateWord(_("released"), "check", "green"),
    "rejected": StateWord(_("rejected"), "ban"),
    "returned": StateWord(_("returned to source"), "arrow-back-up", "violet"),
    "ended": StateWord(_("ended"), "clock"),
    "kept": StateWord(_("kept standing"), "check", "green"),
    "running": StateWord(_("under way"), "hourglass", "amber"),
    "finished": StateWord(_("finished"), "check", "green"),
}

STAGES = {
    Stage.BEFORE: (_("Before"), _("admission, promises")),
    Stage.DURING: (_("During"), _("visits, monitoring")),
    Stage.AFTER: (_("After"), _("decisions, repair")),
}

BEARINGS = {
    Bearing.ADVERSE: _("adverse"),
    Bearing.NEUTRAL: _("neutral"),
    Bearing.FAVOURABLE: _("favourable"),
}

FAMILIES = {
    Family.RISK: _("Risk classification"),
    Family.PUBLIC_CREDIT: _("Public credit evaluation"),
    Family.SECTOR: _("Sector evaluation"),
    Family.MARKET: _("Market rating"),
}

STATUSES = {
    Status.ILLUSTRATION: _("illustration"),
    Status.TRIAL: _("trial"),
    Status.IN_FORCE: _("in force"),
}

CONTRIBUTIONS = {
    "start": _("Same for every enterprise"),
    "record": _("Record"),
    "absence": _("Nothing on record"),
    "cap": _("Held at the most"),
    "floor": _("Held at the least"),
    "rounding": _("Rounding"),
    "restore": _("Given back"),
}

PROBLEMS = {
    "CODE": _("code check"),
    "CODE_CUT": _("code cut off"),
    "MISSING": _("value missing"),
    "DATE": _("way of writing the day"),
    "FUTURE": _("day in the future"),
    "AMOUNT": _("amount"),
    "CHOICE": _("not among the choices"),
    "LENGTH": _("too long"),
    "PERSON": _("natural person"),
    "CONFLICT": _("same fact, other content"),
    "FORM": _("form of the row"),
    "ROUTE": _("kind of record unknown"),
    "held": _("held whole"),
}

IDENTITIES = {
    "credit_code": _("Credit code"),
    "registration_number": _("Registration number"),
    "organisation_code": _("Organisation code"),
    "tax_number": _("Tax number"),
    "institution_number": _("Institution number"),
    "association_number": _("Association number"),
}

EXITS = {
    "correction": _("Correction"),
    "annulment": _("Annulment"),
    "repair": _("Repair"),
    "expiry": _("Expiry"),
}
"""The four exits of a fact, which never mix."""

HOW = {
    "credit_code": _("by its credit code"),
    "registration_number": _("by its registration number"),
    "organisation_code": _("by its organisation code"),
    "tax_number": _("by its tax number"),
    "institution_number": _("by its institution number"),
    "association_number": _("by its association number"),
    "unmatched": _("names no enterprise by a code"),
    "stated_elsewhere": _("another source stated the same fact: counted there, once"),
    "withdrawn": _("withdrawn by its source"),
}
"""How it was found whose a record is."""

PERSONS = {"officer": _("officer %(n)s"), "key": _("machine %(n)s"), "system": _("the platform itself (%(n)s)")}
"""Kind of actor → how one is named where no name may be shown."""
