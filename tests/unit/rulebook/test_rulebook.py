"""The rulebook: what is in force on a day, and how it is asked."""

from datetime import date

import pytest

from probity.rulebook import Rulebook
from probity.rulebook.types import Bearing
from tests.unit.rulebook.small import INSTRUMENT, INSTRUMENT_TEXT, PATHS, PENALTY, PENALTY_TEXT, faults, layer, spoilt

DAY = date(2024, 1, 1)


def test_the_latest_file_not_after_the_day_is_in_force() -> None:
    reform = {
        "record_types/penalty/2024-01-01.yaml": PENALTY.replace("months: 60", "months: 36"),
        "record_types/penalty/2024-01-01.text.yaml": PENALTY_TEXT,
    }
    rulebook = Rulebook.read([layer(), reform])
    assert rulebook.record_type("penalty", date(2023, 12, 31)).retention_months == 60
    assert rulebook.record_type("penalty", DAY).retention_months == 36
    assert rulebook.file("record_types", "penalty", DAY).path.endswith("2024-01-01.yaml")


def test_a_repealed_file_ends_its_key() -> None:
    ended = {"record_types/penalty/2024-01-01.yaml": "repealed: {instrument: measure, article: art. 1}"}
    rulebook = Rulebook.read([layer(), ended])
    assert "penalty" in rulebook.record_types(date(2023, 12, 31))
    assert "penalty" not in rulebook.record_types(DAY)
    with pytest.raises(KeyError, match="is not in force on 2024-01-01"):
        rulebook.record_type("penalty", DAY)


def test_a_repealed_instrument_says_when_it_ended_and_may_not_be_cited_after() -> None:
    ended = {"instruments/measure/2023-01-01.yaml": "repealed: {instrument: later, article: end}"}
    later = {
        "instruments/later/2023-01-01.yaml": INSTRUMENT.replace("art. 1, art. 2", "end"),
        "instruments/later/2023-01-01.text.yaml": INSTRUMENT_TEXT.replace("  art. 2: {zh: 公示, en: Publicity}\n", "")
        .replace("art. 1", "end"),
    }  # fmt: skip
    assert Rulebook.read([layer(), ended, later]).instrument("measure").repealed_on == date(2023, 1, 1)
    cites = {"record_types/penalty/2024-01-01.yaml": PENALTY, "record_types/penalty/2024-01-01.text.yaml": PENALTY_TEXT}
    assert "not in force on 2024-01-01" in str(faults(layer(), ended, later, cites)[0])


def test_an_unknown_key_is_a_key_error_with_a_sentence() -> None:
    rulebook = Rulebook.read([layer()])
    with pytest.raises(KeyError, match="the record type 'award' is not in the rulebook"):
        rulebook.record_type("award", DAY)
    with pytest.raises(KeyError, match="the instrument 'law'"):
        rulebook.instrument("law")
    with pytest.raises(KeyError, match="the index system 'food'"):
        rulebook.index_system("food", DAY)


def test_the_digest_follows_the_meaning_and_not_the_texts() -> None:
    plain = Rulebook.read([layer()]).digest
    assert plain == Rulebook.read([spoilt("penalty text", "en: Penalty", "en: Fine or warning")]).digest
    assert plain != Rulebook.read([spoilt("penalty", "months: 60", "months: 61")]).digest
    assert plain != Rulebook.read([spoilt("feed", "most: 100", "most: 101")]).digest


def test_a_record_type_says_how_long_and_what_is_shown() -> None:
    publicity = Rulebook.read([layer()]).record_type("penalty", DAY).publicity
    assert publicity is not None
    assert publicity.term_months({"category": "fine"}) == 36
    assert publicity.term_months({"category": "unheard of"}) == publicity.term_months({}) == 3
    assert publicity.refuses_record({"category": "warning"}) and not publicity.refuses_record({"category": "fine"})


def test_an_exception_to_an_adverse_type_is_neutral() -> None:
    penalty = Rulebook.read([layer()]).record_type("penalty", DAY)
    assert penalty.bearing_of({"category": "no-penalty"}) is Bearing.NEUTRAL
    assert penalty.bearing_of({"category": "fine"}) is Bearing.ADVERSE


def test_a_layer_may_mend_texts_and_sources_but_not_rules() -> None:
    mended = {PATHS["penalty text"]: PENALTY_TEXT.replace("en: Penalty", "en: Mended")}
    assert Rulebook.read([layer(), mended]).record_type("penalty", DAY).title.en == "Mended"
    (fault,) = faults(layer(), {PATHS["penalty"]: PENALTY.replace("60", "61")})
    assert fault.file == PATHS["penalty"] and "may not rewrite" in fault.reason.en
