"""Checking: the page on which anybody recomputes a draw in their own browser."""

from django.http import HttpResponse
from django.shortcuts import render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from probity.show.parts.asked import Asked


@require_safe
def check_draw(request: Asked) -> HttpResponse:
    """Show the page; the file never leaves the browser, so there is nothing here to compute."""
    shown = {"room": "check_draw", "steps": list(_steps()), "reasons": list(_reasons())}
    return render(request, "public/check_draw.html", shown)


def _steps() -> list[dict[str, str]]:
    """Return the steps in order: what each proves, and how its value is shown (places in braces are filled)."""
    return [
        {"key": "read", "title": _("The file is a bundle"), "says": _("{version}, {bytes} bytes")},
        {
            "key": "plan",
            "title": _("The plan is complete and in its form"),
            "says": _("SHA-256 of the plan → {hash}"),
        },
        {
            "key": "frame",
            "title": _("Nobody was added, dropped or given another rate"),
            "says": _("Merkle root over {units} lines → {hash}"),
        },
        {
            "key": "secret",
            "title": _("The office kept its secret"),
            "says": _("SHA-256 of the opened secret → {hash}"),
            "without": _("an open draw: there is no secret"),
        },
        {
            "key": "seed",
            "title": _("The seed comes from the named sources"),
            "says": _("{sources} → {hash}"),
        },
        {
            "key": "ranks",
            "title": _("Every ticket and rank, in exact integers"),
            "says": _("{units} tickets under the key {hash}"),
        },
        {
            "key": "lists",
            "title": _("The published list is the computed one"),
            "says": _("{drawn} drawn of {units}, and the reserve, in order"),
        },
    ]


def _reasons() -> list[dict[str, str]]:
    """Return why a step may fail; the keys are those of the script."""
    said = {
        "read-large": _("The file is too large for a browser; use the stand-alone checker."),
        "read-json": _("The file is not JSON in UTF-8."),
        "read-twice": _("A key stands twice in the file: two readers could read two bundles."),
        "read-shape": _("The file has not the keys and kinds of values of a bundle."),
        "plan-text": _("The text of the plan is not in its form, or of another version."),
        "plan-order": _("The strata of the plan are not sorted."),
        "frame-line": _("A line of the frame is not in its form."),
        "frame-order": _("The lines of the frame are not sorted, or one stands twice."),
        "frame-units": _("Frame and plan differ in their strata or their numbers of units."),
        "frame-rates": _("The rates of a stratum do not add up to what it takes."),
        "frame-hash": _("The hash of the frame is not the one in the plan."),
        "frame-salts": _("The salts do not belong to the lines."),
        "frame-root": _("The Merkle root is not the one in the plan: a line or a salt was changed."),
        "secret-differs": _("The secret is not the one the plan committed to, or is missing."),
        "seed-missing": _("A source of the seed is missing."),
        "seed-other": _("A source is not the one the plan names."),
        "lists-drawn": _("Somebody is listed as drawn who was not, or in another order."),
        "lists-reserve": _("The reserve is not the one that follows."),
        "lists-strata": _("The lists have a stratum too many."),
        "failed": _("The browser could not finish; use the stand-alone checker."),
    }
    return [{"key": key, "says": says} for key, says in said.items()]
