"""Matters: the approval clerk's page, one answer in a line with its basis."""

from typing import Any

from django.http import HttpResponse
from django.utils.translation import get_language
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from probity.act.measures import queries as measures
from probity.guard.authorities.types import Permission
from probity.guard.procedures.queries import lawbook
from probity.guard.trail.types import PurposeMissing
from probity.know.registry import queries as registry
from probity.show.desk.frame import page
from probity.show.parts.access import requires
from probity.show.parts.asked import Asked
from probity.show.parts.purposes import keep_reading
from probity.terms import CreditCode, NotACode

ICONS = {"proceed": "check", "commitment": "pencil", "hold": "ban"}


@require_safe
@requires(Permission.MEASURE_READ)
def matter(request: Asked) -> HttpResponse:
    """Show the form, or the answer to the matter it states; each answer is kept with the case it was asked for."""
    scenarios = lawbook().scenarios(request.today)
    typed = {name: request.GET.get(name, "").strip() for name in ("code", "scenario", "case")}
    shown: dict[str, Any] = {"scenarios": scenarios, "typed": typed, "wrong": {}}
    if not any(typed.values()):
        return page(request, "matter.html", "matter", **shown)
    shown["wrong"] = wrong = _wrong(typed, scenarios)
    if not wrong:
        try:
            shown |= _answered(request, typed)
        except PurposeMissing as missing:
            wrong["case"] = missing.text.of(get_language() or "zh")
    return page(request, "matter.html", "matter", status=400 if wrong else 200, **shown)


def _wrong(typed: dict[str, str], scenarios: Any) -> dict[str, str]:
    wrong = {}
    try:
        CreditCode("".join(typed["code"].split()).upper())
    except NotACode as fault:
        wrong["code"] = fault.text.of(get_language() or "zh")
    if typed["scenario"] not in scenarios:
        wrong["scenario"] = _("Choose the matter.")
    if not typed["case"]:
        wrong["case"] = _("State the number of the matter: the answer is kept with it.")
    return wrong


def _answered(request: Asked, typed: dict[str, str]) -> dict[str, Any]:
    code = "".join(typed["code"].split()).upper()
    keep_reading(request, code, f"case:{typed['case']}", what="desk.matter")
    told, found = measures.matter(
        code, scenario=typed["scenario"], as_of=request.today, known_at=None, by=request.actor, at=request.at
    )
    known = registry.by_codes([code])
    names = registry.enterprises(known.values())
    return {
        "told": told,
        "found": found,
        "code": code,
        "named": next(iter(names.values()), None),
        "is_unknown": not measures.stands(told.verdict, found.coverage),
        "said": measures.VERDICTS[told.verdict],
        "icon_of_answer": ICONS[told.verdict.value],
        "stale": [one for one in found.coverage if one.is_stale],
        "carried": [one for one in found.coverage if one.is_carried],
    }
