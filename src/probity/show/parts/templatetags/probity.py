"""Tags: money, points, days, digests, icons, states and grades on a page."""

import re
from collections.abc import Mapping
from datetime import date, datetime
from typing import Any

from django import template
from django.templatetags.static import static
from django.utils.html import format_html
from django.utils.safestring import SafeString
from django.utils.translation import get_language

from probity.guard.procedures.queries import lawbook
from probity.rulebook.index_systems import IndexSystem
from probity.show.parts import words
from probity.terms import SHANGHAI, LegalReference, Text, show_points

register = template.Library()

LONGEST_ARTICLE = 40
"""A part of a law whose words are longer goes by its key in a table."""


@register.filter
def of(text: Text | str | None) -> str:
    """Return a text in the language of the page."""
    return text.of(get_language() or "zh") if isinstance(text, Text) else str(text or "")


_ARTICLE = re.compile(r"art\. (\w+)(?: \((\w+)\))?\Z")


@register.filter
def article(reference: LegalReference) -> str:
    """Show an article as the language of the page writes it: `art. 9 (2)`, `第9条第2款`.

    Where a rule names a part by its content, Chinese shows the words of that part.
    """
    if not (get_language() or "zh").startswith("zh"):
        return reference.article
    numbered = _ARTICLE.match(reference.article)
    if numbered:
        return f"第{numbered[1]}条" + (f"第{numbered[2]}款" if numbered[2] else "")
    try:
        words_of_it = lawbook().instrument(reference.instrument).articles.get(reference.article)
    except KeyError:
        return reference.article
    return words_of_it.zh if words_of_it and len(words_of_it.zh) <= LONGEST_ARTICLE else reference.article


@register.filter
def instrument_title(reference: LegalReference) -> str:
    """Return the title of the instrument a reference names, or its key where there is none."""
    try:
        return of(lawbook().instrument(reference.instrument).title)
    except KeyError:
        return reference.instrument


@register.filter
def points(hundredths: int | None) -> str:
    """Show hundredths with both decimals, so that a column lines up: `73.00`, `−2.50`."""
    if hundredths is None:
        return "–"
    whole, part = divmod(abs(hundredths), 100)
    return f"{'−' if hundredths < 0 else ''}{whole:,}.{part:02d}"


@register.filter
def signed_points(hundredths: int) -> str:
    """Show what was added with its plus sign, what was taken with a true minus."""
    return f"+{points(hundredths)}" if hundredths > 0 else points(hundredths)


@register.filter
def brief_points(hundredths: int) -> str:
    """Show hundredths without needless zeros: `73`, `−2.5`."""
    return show_points(hundredths)


@register.filter
def ten_thousand(fen: int | None) -> str:
    """Show fen as 万元: two decimals at least, six at most, never rounded away."""
    if fen is None:
        return "–"
    whole, part = divmod(abs(fen), 1_000_000)
    shown = f"{part:06d}".rstrip("0").ljust(2, "0")
    return f"{'−' if fen < 0 else ''}{whole:,}.{shown}"


@register.filter
def money(fen: int | None) -> str:
    """Show fen in running text: `1.20 万元（12,000 元）` or `¥12,000`."""
    if fen is None:
        return "–"
    whole, part = divmod(abs(fen), 100)
    plain = f"{'−' if fen < 0 else ''}{whole:,}" + (f".{part:02d}" if part else "")
    if not (get_language() or "zh").startswith("zh"):
        return f"¥{plain}"
    return f"{ten_thousand(fen)} 万元（{plain} 元）"


@register.filter
def day(value: date | datetime | None) -> str:
    """Show a legal day, as `2026-11-16`; a moment shows its day in Shanghai."""
    if isinstance(value, datetime):
        value = value.astimezone(SHANGHAI).date()
    return value.isoformat() if value else "–"


@register.filter
def moment(value: datetime | None) -> str:
    """Show a moment in Shanghai, to the minute."""
    return value.astimezone(SHANGHAI).strftime("%Y-%m-%d %H:%M") if value else "–"


@register.filter
def number(value: int | None) -> str:
    """Show a count with commas."""
    return "–" if value is None else f"{value:,}"


@register.filter
def file_size(octets: int) -> str:
    """Show the size of a file in the unit that keeps it short."""
    for unit, size in (("GB", 2**30), ("MB", 2**20), ("KB", 2**10)):
        if octets >= size:
            return f"{octets / size:.1f} {unit}"
    return f"{octets} B"


@register.filter
def shortened(digest: str | None) -> str:
    """Shorten a digest in the middle: `4be1 92c7 … 0d5f`."""
    if not digest or len(digest) <= 16:
        return digest or "–"
    return f"{digest[:4]} {digest[4:8]} … {digest[-4:]}"


@register.filter
def share_of(part: int, whole: int) -> str:
    """Show a share in per cent with one decimal; nothing of nothing is a dash."""
    return f"{100 * part / whole:.1f}%" if whole else "–"


@register.filter
def entry(mapping: Mapping[str, Any], key: str) -> Any:
    """Return what a mapping holds under a key, or nothing."""
    return mapping.get(key, "")


@register.simple_tag
def icon(name: str, extra: str = "") -> SafeString:
    """Draw an icon of the sprite; it is for the eye, the word stands beside it."""
    sprite = static("probity/vendor/tabler-icons/icons.svg")
    return format_html('<svg class="pb-i {}" aria-hidden="true"><use href="{}#{}"/></svg>', extra, sprite, name)


@register.simple_tag
def sprite() -> str:
    """Return the address of the sprite, for icons drawn inside a chart."""
    return static("probity/vendor/tabler-icons/icons.svg")


@register.inclusion_tag("parts/chip.html")
def state_chip(state: str) -> dict[str, Any]:
    """Show a state by its one word, icon and colour."""
    return {"chip": words.STATES.get(state, words.StateWord(state, "info-circle"))}


@register.inclusion_tag("parts/grade.html")
def grade_mark(system: IndexSystem, grade: str, size: str = "") -> dict[str, Any]:
    """Show a grade in the shape of its family; letters of two families never look alike."""
    bands = [band for band in system.bands if not band.by_rule]
    place = next((number for number, band in enumerate(bands, 1) if band.grade == grade), 0)
    label = next((band.label for band in system.bands if band.grade == grade), grade)
    family = words.FAMILIES[system.family]
    steps = [(18 * number, number + 1 == place) for number in range(len(bands))]
    shown = {"family": system.family.value, "family_word": family, "grade": grade, "label": label, "size": size}
    return shown | {"place": place, "count": len(bands), "steps": steps, "width": 18 * len(bands) - 4}


@register.filter
def problem_word(code: str) -> Any:
    """Return what a problem code means, in words."""
    return words.PROBLEMS.get(code, code)


@register.filter
def stage_word(stage: Any) -> Any:
    """Return the name of a lane."""
    return words.STAGES[stage][0]


@register.filter
def stage_about(stage: Any) -> Any:
    """Return what belongs to a lane."""
    return words.STAGES[stage][1]


@register.filter
def bearing_word(bearing: Any) -> Any:
    """Return what a record says of the enterprise, in a word."""
    return words.BEARINGS[bearing]


@register.filter
def family_word(family: Any) -> Any:
    """Return the name of a family of evaluations."""
    return words.FAMILIES[family]


@register.filter
def status_word(status: Any) -> Any:
    """Return how far a rule may reach, in words."""
    return words.STATUSES[status]


@register.filter
def contribution_word(kind: Any) -> Any:
    """Return why a contribution is there, where no indicator says it."""
    return words.CONTRIBUTIONS[str(kind)]


@register.filter
def identity_word(kind: str) -> Any:
    """Return the name of one of the six kinds of codes."""
    return words.IDENTITIES.get(kind, kind)


@register.inclusion_tag("parts/heading.html", takes_context=True)
def heading(context: Any, arrangement: Any, key: str) -> dict[str, Any]:
    """Draw the head of a column of an arranged list, by which it may be sorted."""
    return {"heading": arrangement.heading(key), "request": context["request"]}


@register.filter
def exit_word(kind: str) -> Any:
    """Return the name of one of the four exits of a fact."""
    return words.EXITS.get(kind, kind)


@register.filter
def how_word(how: str) -> Any:
    """Return how it was found whose a record is, in words."""
    return words.HOW.get(how, how)


@register.filter
def person_word(key: str) -> str:
    """Return in whose name something was done, from the key of an actor: `officer:7`."""
    kind, _, number = key.partition(":")
    return str(words.PERSONS[kind]) % {"n": number} if kind in words.PERSONS else key


@register.filter
def day_text(value: Any) -> str:
    """Return a day for a field of a form: what was typed stays as it was typed."""
    return value if isinstance(value, str) else day(value)


@register.simple_tag
def page_numbers(page: Any) -> list[int | None]:
    """Return the page numbers to offer; None is a gap."""
    near = {1, page.last, page.number - 1, page.number, page.number + 1}
    found: list[int | None] = []
    for candidate in sorted(number for number in near if 1 <= number <= page.last):
        if found and found[-1] is not None and candidate - found[-1] > 1:
            found.append(None)
        found.append(candidate)
    return found
