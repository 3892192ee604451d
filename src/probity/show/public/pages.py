"""Public pages: finding an enterprise and reading its published records."""

from collections.abc import Iterator
from typing import Any

from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.http import require_safe

from probity.guard.procedures.queries import lawbook
from probity.know.registry.types import EnterpriseLine
from probity.rulebook.index_systems import Publication
from probity.rulebook.types import RecordType
from probity.show.disclosure import queries as disclosure
from probity.show.disclosure.types import NoLongerPublic, PublicLine
from probity.show.parts.asked import Asked
from probity.show.parts.errors import refused
from probity.show.parts.questions import read_day
from probity.show.parts.regions import region_title
from probity.show.parts.rule_pages import cited, headings, rule_context
from probity.show.parts.stating import headline, stated_fields, without_repeats


@require_safe
def home(request: Asked) -> HttpResponse:
    """Show the search and what one will find."""
    return render(
        request, "public/home.html", {"room": "home", "types": list(disclosure.published_types(request.today))}
    )


@require_safe
def enterprises(request: Asked) -> HttpResponse:
    """Find enterprises by name or code; a full code opens its page."""
    searched = request.GET.get("q", "").strip()[:100]
    text = request.GET.get("page", "1")
    number = int(text) if text.isascii() and text.isdigit() and len(text) < 7 else 1
    found = disclosure.public_search(searched, page=number)
    if found.total == 1 and found.lines[0].code == searched.upper():
        return redirect("public:enterprise", code=found.lines[0].code)
    lines = [(line, region_title(line)) for line in found.lines]
    shown = {"room": "enterprises", "found": found, "lines": lines, "searched": searched, "is_short": len(searched) < 2}
    return render(request, "public/enterprises.html", shown)


@require_safe
def enterprise(request: Asked, code: str) -> HttpResponse:
    """Show the published records of an enterprise, each with source, end and ground."""
    try:
        dossier = disclosure.public_dossier(code, on=request.today)
    except LookupError as missing:
        raise Http404(str(missing)) from missing
    shown = _identity(request, dossier.enterprise) | {
        "dossier": dossier,
        "groups": list(_groups(request, dossier.lines)),
    }
    return render(request, "public/enterprise.html", shown)


@require_safe
def record(request: Asked, code: str, number: int) -> HttpResponse:
    """Show one published record; one whose publicity is over answers so, and says nothing more."""
    try:
        line = disclosure.public_line(code, number, on=request.today)
    except NoLongerPublic:
        return refused(request, 410)
    except LookupError as missing:
        raise Http404(str(missing)) from missing
    enterprise_line = disclosure.public_dossier(code, on=request.today).enterprise
    group = next(_groups(request, (line,)))
    return render(request, "public/record.html", _identity(request, enterprise_line) | {"group": group})


@require_safe
def rules(request: Asked) -> HttpResponse:
    """List the laws cited, the catalogue of records, and the index systems that are public."""
    shown = headings(request.today)
    systems = lawbook().index_systems(request.today)
    shown["index_systems"] = [
        heading
        for heading in shown.get("index_systems", [])
        if systems[heading.file.key].publication is Publication.PUBLIC
    ]
    return render(request, "public/rules.html", {"room": "rules", "headings": shown, "digest": lawbook().digest})


@require_safe
def rule(request: Asked, kind: str, key: str) -> HttpResponse:
    """Show one rule; an index system that is not public has no page here."""
    on = read_day(request.GET.get("on", "")) or request.today
    try:
        shown = rule_context(kind, key, on)
    except KeyError as missing:
        raise Http404(str(missing)) from missing
    if kind == "index_systems" and shown["rule"].publication is not Publication.PUBLIC:
        raise Http404("not a public rule")
    return render(request, "public/rule.html", {"room": "rules"} | shown)


@require_safe
def about(request: Asked) -> HttpResponse:
    """Say where the data come from, what is shown and for how long, and how to object."""
    types = list(disclosure.published_types(request.today))
    shown = {"room": "about", "sources": lawbook().sources.values(), "types": types, "digest": lawbook().digest}
    return render(request, "public/about.html", shown)


def _identity(request: Asked, enterprise_line: EnterpriseLine) -> dict[str, Any]:
    searched = request.GET.get("q", "") or enterprise_line.code
    return {
        "room": "enterprises",
        "enterprise": enterprise_line,
        "region_title": region_title(enterprise_line),
        "searched": searched,
    }


def _groups(request: Asked, lines: tuple[PublicLine, ...]) -> Iterator[dict[str, Any]]:
    """Yield the records by type in the order of the catalogue, each with its fields and its ground."""
    for type_ in disclosure.published_types(request.today):
        mine = [_shown(type_, line) for line in lines if line.type == type_.key]
        if mine:
            yield {"type": type_, "lines": mine}


def _shown(type_: RecordType, line: PublicLine) -> dict[str, Any]:
    grounds = cited({line.disclosure.ground})
    named = headline(type_, line.fields)
    fields = without_repeats(stated_fields(type_, line.fields), named)
    return {"line": line, "fields": fields, "headline": named, "ground": grounds[0] if grounds else None}
