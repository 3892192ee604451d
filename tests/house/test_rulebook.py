"""The shipped rulebook: it reads, cites, speaks both languages, keeps its word."""

import csv
import re
from collections.abc import Iterator
from datetime import date
from functools import cache

import pytest
import yaml

from probity.rulebook import Rulebook, shipped
from probity.rulebook.freezing import lines_to_freeze, read_frozen
from probity.rulebook.layers import FROZEN
from probity.rulebook.types import Publicity, RecordType, Stage
from tests.house.source import ROOT

_NUMBER = re.compile(r"-?\d+(?:\.\d+)?\Z")
_PERSON = re.compile(r"法定代表人|负责人|经营者|自然人|身份证|证件号|姓名|联系人|电话|legal.?rep|person|operator")
_CHINESE = re.compile(r"[\u4e00-\u9fff]")
_CITED = ("record_types", "index_systems", "lists", "measures", "decision_rules", "readings")
_REF = ROOT.parent / "shared" / "data" / "ref"
_BEIJING_LISTS = {"abnormal-list-entry", "red-list-entry", "watch-list-entry", "key-supervision-entry", "recognition"}


@cache
def rulebook() -> Rulebook:
    """Return the shipped rulebook; a fault in it fails every test here, with its place."""
    return Rulebook.read([shipped()])


def meanings() -> dict[str, str]:
    """Return the shipped files that hold meaning."""
    return {path: text for path, text in shipped().items() if path != FROZEN and not path.endswith(".text.yaml")}


def both(value: object) -> Iterator[dict[str, str]]:
    """Yield every text in two languages."""
    if isinstance(value, dict) and set(value) == {"zh", "en"}:
        yield value
    elif isinstance(value, dict):
        for inner in value.values():
            yield from both(inner)


def uncited(value: object, path: str, instrument: str = "", article: str = "") -> Iterator[str]:
    """Yield the places of numbers no article stands above."""
    if isinstance(value, dict):
        instrument, article = value.get("instrument", instrument), value.get("article", article)
        for key, inner in value.items():
            if key not in ("instrument", "article"):
                yield from uncited(inner, f"{path}.{key}", instrument, article)
    elif isinstance(value, list):
        for inner in value:
            yield from uncited(inner, path, instrument, article)
    elif _NUMBER.match(str(value)) and not (instrument and article):
        yield path


def editions() -> list[RecordType]:
    """Return every edition of every record type."""
    files = [file for file in rulebook().files() if file.kind == "record_types"]
    return [rulebook().record_type(file.key, file.starts_on) for file in files]


def test_the_shipped_rulebook_reads_without_fault() -> None:
    """Every file, every citation, every label, every frozen digest."""
    assert len(rulebook().files()) > 40 and len(rulebook().digest) == 64


def test_every_number_of_a_rule_has_an_instrument_and_an_article_above_it() -> None:
    """No threshold, weight or term without its source in law."""
    found = [
        place
        for path, text in meanings().items()
        if path.startswith(_CITED)
        for place in uncited(yaml.load(text, Loader=yaml.BaseLoader), path)
    ]
    assert found == []


def test_the_search_for_numbers_without_a_source_can_find_one() -> None:
    """Otherwise the test above would prove nothing."""
    assert list(uncited({"a": {"months": "3"}, "b": {"instrument": "x", "article": "y", "n": "1"}}, "p")) == [
        "p.a.months"
    ]


def test_every_rule_has_its_text_in_both_languages() -> None:
    """The reader refuses a missing one; here the Chinese is Chinese and the English is not."""
    texts = shipped()
    for path in meanings():
        if path.startswith("sources/") or "repealed:" in texts[path]:
            continue
        pairs = list(both(yaml.load(texts[path.removesuffix(".yaml") + ".text.yaml"], Loader=yaml.CSafeLoader)))
        assert pairs, path
        for pair in pairs:
            assert _CHINESE.search(pair["zh"]) and not _CHINESE.search(pair["en"]), f"{path}: {pair}"


def test_what_is_in_force_is_frozen() -> None:
    """`python tools/freeze.py` after adding a rule; the last frozen day is the yardstick."""
    frozen, faults = read_frozen(FROZEN, shipped()[FROZEN])
    through = max(day for _, _, day in frozen)
    assert faults == []
    assert lines_to_freeze(frozen, rulebook().files(), through) == []


def test_no_field_of_any_record_type_is_about_a_person() -> None:
    """Enterprises only: no column for people can even be asked for."""
    for record_type in editions():
        for field in record_type.fields.values():
            assert not _PERSON.search(f"{field.key} {field.title.zh}"), f"{record_type.key}.{field.key}"


def test_every_field_of_every_record_type_cites_an_article() -> None:
    """A field without a source in law is not collected."""
    for record_type in editions():
        for field in record_type.fields.values():
            assert field.reference.article in rulebook().instrument(field.reference.instrument).articles


def test_nothing_is_shown_without_a_ground_and_risk_never() -> None:
    """Default closed: what is public is this list, and a change of it is meant."""
    public = {record_type.key for record_type in editions() if record_type.publicity}
    assert public == {
        "administrative-licence", "administrative-penalty", "inspection-result", "abnormal-list-entry",
        "serious-list-entry", "registration",
    }  # fmt: skip


@pytest.mark.parametrize("day", [date(2019, 1, 1), date(2022, 1, 1), date(2026, 5, 1)])
def test_warnings_summary_penalties_and_no_penalty_are_never_shown(day: date) -> None:
    """DOMAIN 17.11, in every edition."""
    publicity = rulebook().record_type("administrative-penalty", day).publicity
    assert publicity is not None
    for category in ("warning", "no-penalty", "summary"):
        assert publicity.refuses_record({"category": category})
    assert publicity.refuses_record({"category": "fine", "procedure": "summary"})
    assert not publicity.refuses_record({"category": "fine", "procedure": "ordinary"})


def test_terms_of_publicity_follow_the_rule_of_the_day() -> None:
    """DOMAIN 10.4: three years under Order 45, by severity under Order 36, the shortest where nobody says."""

    def term(day: date, **stated: str) -> int | None:
        publicity: Publicity | None = rulebook().record_type("administrative-penalty", day).publicity
        assert publicity is not None
        return publicity.term_months(stated)

    assert term(date(2022, 1, 1), category="fine") == 36
    assert term(date(2022, 1, 1), category="criticism") == 3
    assert [term(date(2026, 5, 1), severity=weight) for weight in ("minor", "ordinary", "serious", "unstated")] == [
        3, 12, 36, 3,
    ]  # fmt: skip
    assert term(date(2026, 5, 1)) == 3


def test_lists_published_without_dates_may_take_the_day_of_delivery() -> None:
    """But a list of serious dishonesty may not: it takes a dated decision."""
    day = date(2026, 5, 1)
    assert all(rulebook().record_type(key, day).undated == "delivery_day" for key in _BEIJING_LISTS)
    assert rulebook().record_type("serious-list-entry", day).undated == "refused"


def test_the_lanes_of_the_timeline_are_all_used() -> None:
    """Before, during and after: each lane of a dossier has something to show."""
    assert {record_type.stage for record_type in editions()} == set(Stage)


def test_the_calendar_covers_every_year_it_promises() -> None:
    """2015 to 2026, each with its notice; and the swaps of one known spring."""
    calendar = rulebook().calendar
    assert calendar.years >= set(range(2015, 2027))
    assert calendar.is_working_day(date(2025, 1, 26)) and not calendar.is_working_day(date(2025, 10, 8))


def test_industries_are_twenty_sections_and_ninety_seven_divisions() -> None:
    """GB/T 4754-2017 as published."""
    assert all(rulebook().industry(letter, "2017") for letter in "ABCDEFGHIJKLMNOPQRST")
    assert all(rulebook().industry(f"{number:02d}", "2017") for number in range(1, 98))
    assert rulebook().industry("98", "2017") is None


@pytest.mark.real
def test_holidays_agree_with_an_independent_table() -> None:
    """Two sources of the notices, day by day."""
    if not _REF.is_dir():
        pytest.skip("the table of holidays is not on this machine")
    with (_REF / "cn_holidays_2015_2027.csv").open(encoding="utf-8") as rows:
        stated = {date.fromisoformat(row["date"]): row["is_off_day"] == "True" for row in csv.DictReader(rows)}
    known = {day: off for day, off in stated.items() if rulebook().calendar.is_certain(day)}
    assert len(known) > 300
    assert [day for day, off in known.items() if rulebook().calendar.is_working_day(day) == off] == []


@pytest.mark.real
def test_regions_agree_with_an_independent_table() -> None:
    """Every place of the table has our name today, but for zones of statistics and grouping rows."""
    if not _REF.is_dir():
        pytest.skip("the table of regions is not on this machine")
    unlike = []
    for name, zeros in (("provinces", "0000"), ("cities", "00"), ("areas", "")):
        with (_REF / f"{name}.csv").open(encoding="utf-8") as rows:
            for row in csv.DictReader(rows):
                region = rulebook().region(row["code"] + zeros, date(2025, 1, 1))
                if region is None or region.title.zh != row["name"]:
                    unlike.append(row["code"] + zeros)
    outside = {code for code in unlike if code[4:] > "50"} | {"460321", "460322", "460323", "620201"}
    assert set(unlike) - outside == set()


@pytest.mark.real
def test_industries_agree_with_an_independent_table() -> None:
    """Names written from the standard, compared; the table cuts one long name short."""
    if not _REF.is_dir():
        pytest.skip("the table of industries is not on this machine")
    with (_REF / "gbt4754_2017.csv").open(encoding="utf-8") as rows:
        listed = [row for row in csv.DictReader(rows) if int(row["level"]) <= 2]
    found = {row["code"]: rulebook().industry(row["code"], "2017") for row in listed}
    unlike = [row["code"] for row in listed if not (i := found[row["code"]]) or not i.title.zh.startswith(row["name"])]
    assert len(listed) == 117 and unlike == []
