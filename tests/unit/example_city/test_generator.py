"""The example city: its files are what the seed gives, and name no real person."""

import re
import zipfile
from collections import Counter
from pathlib import Path

import pytest
import yaml

from example_city.generator.city import population
from example_city.generator.codes import DISTRICTS, identity_number
from example_city.generator.dirt import HARMFUL, HARMLESS
from example_city.generator.ledger import Ledger
from example_city.generator.rows import Delivery
from example_city.generator.year import Year
from example_city.make import HOME, make
from probity.terms import CreditCode, RegistrationNumber

_MOST_BYTES = 3_000_000
_PLACEHOLDER_MOBILE = "13800000000"


@pytest.fixture(scope="module")
def made(tmp_path_factory: pytest.TempPathFactory) -> Path:
    home = tmp_path_factory.mktemp("city")
    make(home)
    return home


@pytest.fixture(scope="module")
def deliveries() -> list[Delivery]:
    return Year(population()).tell()


def content(path: Path) -> object:
    """Return the bytes of a file; of a spreadsheet its members, because compressors differ between builds."""
    if path.suffix != ".xlsx":
        return path.read_bytes()
    with zipfile.ZipFile(path) as book:
        return [(member.filename, member.date_time, book.read(member)) for member in book.infolist()]


def test_committed_files_are_exactly_what_the_seed_gives(made: Path) -> None:
    written = sorted(path.relative_to(made) for path in made.rglob("*") if path.is_file())
    kept = [HOME / "calendar.yaml", HOME / "expected.yaml", *(HOME / "files").iterdir()]
    assert written == sorted(path.relative_to(HOME) for path in kept)
    for path in written:
        assert content(made / path) == content(HOME / path), f"{path} differs: run python -m example_city.make"


def test_all_files_together_stay_small_enough_to_be_committed() -> None:
    assert sum(path.stat().st_size for path in (HOME / "files").iterdir()) < _MOST_BYTES


def test_every_enterprise_has_a_valid_code_of_a_region_that_does_not_exist() -> None:
    everyone = population()
    assert len({one.code for one in everyone}) == len(everyone) == 2000
    for one in everyone:
        assert CreditCode(one.code).region in DISTRICTS
        assert CreditCode(one.code).warnings() == ()
        if one.registration_number:
            assert RegistrationNumber(one.registration_number)


def test_a_code_is_invalid_only_where_dirt_was_planted(deliveries: list[Delivery]) -> None:
    seen = Counter[str]()
    for delivery in deliveries:
        for row in delivery.rows:
            text = str(row.cells.get(delivery.layout.code) or "")
            try:
                CreditCode(text)
            except ValueError:
                assert row.dirt, f"{text!r} in {delivery.feed} is wrong by accident"
                seen[row.dirt] += 1
            else:
                assert row.problem not in ("CODE", "CODE_CUT"), f"{text!r} is valid although spoiled"
    assert {"wrong-check-character", "exponent-for-code", "code-cut-to-fifteen-digits", "natural-person"} <= set(seen)


def test_every_kind_of_dirt_is_met_in_the_year(deliveries: list[Delivery]) -> None:
    planted = {row.dirt for delivery in deliveries for row in delivery.rows}
    assert {dirt.key for dirt in HARMFUL + HARMLESS} <= planted


def test_every_verdict_of_the_strict_door_is_met_and_each_account_balances() -> None:
    expected = yaml.safe_load((HOME / "expected.yaml").read_text(encoding="utf-8"))["deliveries"]
    total = Counter[str]()
    for account in expected:
        taken = account["accepted"] + account["unchanged"] + account["superseding"]
        assert account["received"] == taken + sum(account["quarantined"].values()), account["file"]
        total.update({key: account[key] for key in ("accepted", "unchanged", "superseding")})
        total.update(account["quarantined"])
    assert total.keys() >= {"accepted", "unchanged", "superseding", "held", "PERSON", "CODE", "CODE_CUT", "CONFLICT"}
    assert total.keys() >= {"ROUTE", "FORM"}
    assert total.keys() >= {"MISSING", "DATE", "FUTURE", "AMOUNT", "CHOICE", "LENGTH"}


def test_no_row_carries_data_that_could_be_a_person_s(deliveries: list[Delivery]) -> None:
    made_up = {identity_number(serial) for serial in range(1, 901)}
    people = {"法定代表人": {"某某"}, "CF_FR": {"某某"}, "XK_FR": {"某某"}, "检查人员": {"执法员甲、执法员乙"}}
    people |= {"法定代表人证件号码": {"******"}, "自然人证件号码": set[str](), "CF_XDR_SFZ": set[str]()}
    for delivery in deliveries:
        for row in delivery.rows:
            for header, allowed in people.items():
                assert not row.cells.get(header) or row.cells[header] in allowed
            for header, value in row.cells.items():
                text = str(value)
                assert set(re.findall(r"(?<!\d)1[3-9]\d{9}(?!\d)", text)) <= {_PLACEHOLDER_MOBILE}, header
                if header == delivery.layout.text:
                    assert set(re.findall(r"\d{17}[\dX]", text)) <= made_up


def test_a_person_s_row_names_nobody_and_carries_no_code(deliveries: list[Delivery]) -> None:
    rows = [(row, delivery) for delivery in deliveries for row in delivery.rows if row.dirt == "natural-person"]
    assert rows
    for row, delivery in rows:
        assert row.cells[delivery.layout.name] == "某某（自然人）"
        assert row.cells[delivery.layout.code] == ""


def test_few_enterprises_cause_most_penalties() -> None:
    year = Year(population())
    year.tell()
    counts = sorted(Counter(penalty.enterprise.code for penalty in year.decided).values(), reverse=True)
    assert sum(counts[:200]) > sum(counts) / 2
    assert len(counts) < 800


def test_a_resend_delivers_the_first_file_again_and_changes_nothing(deliveries: list[Delivery]) -> None:
    ledger = Ledger()
    accounts = [(delivery, ledger.account(delivery)) for delivery in deliveries]
    again = [account for delivery, account in accounts if delivery.note == "resend"]
    assert [account.accepted + account.superseding for account in again] == [0]


def test_every_step_of_the_calendar_is_in_order_and_names_a_file_that_exists() -> None:
    calendar = yaml.safe_load((HOME / "calendar.yaml").read_text(encoding="utf-8"))["steps"]
    moments = [str(step["at"]) for step in calendar]
    assert moments == sorted(moments)
    assert all((HOME / step["file"]).is_file() for step in calendar if "file" in step)
    verbs = {verb for step in calendar for verb in step} - {"at", "file"}
    assert verbs == {"deliver", "branch", "rename", "repair", "annul", "expire"}
