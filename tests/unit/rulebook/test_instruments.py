"""Instruments: every citation leads to an article of an instrument in force."""

from datetime import date

from probity.rulebook import Rulebook
from probity.rulebook.types import InstrumentKind
from tests.unit.rulebook.small import faults, layer, spoilt


def test_an_instrument_knows_its_articles_in_both_languages() -> None:
    instrument = Rulebook.read([layer()]).instrument("measure")
    assert instrument.kind is InstrumentKind.RULE and instrument.in_force_on == date(2020, 1, 1)
    assert instrument.articles["art. 2"].zh == "公示" and instrument.issuer.en == "City government"


def test_an_instrument_without_articles_may_be_cited_by_any() -> None:
    texts = spoilt("instrument", "articles: [art. 1, art. 2]\n", "")
    path = "instruments/measure/2020-01-01.text.yaml"
    texts[path] = "".join(line for line in texts[path].splitlines(keepends=True) if "art." not in line)
    assert faults(texts) == []


def test_a_citation_deep_in_a_rule_is_followed_too() -> None:
    (fault,) = faults(
        spoilt("penalty", "  fine: {form: money, article: art. 1}", "  fine: {form: money, article: art. 7}")
    )
    assert fault.line == 14 and "lists no article 'art. 7'" in fault.reason.en
    (fault,) = faults(spoilt("penalty", "  fine: {form: money,", "  fine: {form: money, instrument: rumour,"))
    assert fault.line == 14 and "'rumour' is not in the rulebook" in fault.reason.en
