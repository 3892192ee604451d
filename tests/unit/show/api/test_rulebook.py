"""Rules by the API: dated, digested, and as they stand written."""

from probity.guard.authorities.types import Permission
from probity.guard.procedures.queries import lawbook
from tests.unit.show.api.conftest import READER, Program


def test_rules_are_listed_with_their_first_day(program: Program) -> None:
    """One line a rule: the newest edition of the day."""
    status, told = program(*READER).get("rules", kind="record_types", on="2026-06-30")
    keys = [line["key"] for line in told["lines"]]
    assert status == 200 and keys == sorted(set(keys)) and told["total"] == len(keys)
    assert all(line["starts_on"] <= "2026-06-30" for line in told["lines"])


def test_a_rule_is_its_meaning_and_its_texts(program: Program) -> None:
    """A program can check the digest of what it was judged by."""
    status, told = program(*READER).get("rules/index_systems/general", on="2026-06-30")
    (file,) = [each for each in lawbook().files() if each.key == "general"]
    assert (status, told["digest"], told["starts_on"]) == (200, file.digest, file.starts_on.isoformat())
    assert told["meaning"]["dimensions"] and told["texts"]["title"]["zh"]


def test_an_index_system_that_is_not_public_has_no_address_for_everybody(program: Program) -> None:
    """Both look the same: not public, and not there."""
    outside = program(Permission.BATCH_READ)
    listed = {line["key"] for line in outside.get("rules", kind="index_systems")[1]["lines"]}
    systems = lawbook().index_systems(lawbook().files()[0].starts_on.replace(year=2026))
    for key, system in systems.items():
        is_public = system.publication.value == "public"
        assert (key in listed) is is_public
        assert outside.get(f"rules/index_systems/{key}")[0] == (200 if is_public else 404)
    assert outside.get("rules/index_systems/none")[0] == 404
