"""Answers: what each command says to machines, and that it says something to people."""

import json
from datetime import date
from pathlib import Path
from typing import Any

import pytest

from probity.wiring.commands import main
from tests.unit.know.delivered import DAY, PENALTIES, SERIOUS, code, listed, penalty, take_in, written

AS_OF = DAY.isoformat()


def asked(capsys: pytest.CaptureFixture[str], *arguments: object) -> Any:
    """Run a command and return what it says as JSON."""
    assert main([*map(str, arguments), "--json"]) == 0
    return json.loads(capsys.readouterr().out)


@pytest.fixture
def delivered(database: str, tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> Path:
    """A file taken in: two decisions and a row nobody can read."""
    take_in(tmp_path, PENALTIES, [penalty(1), penalty(2, of=2), penalty(3, 处罚决定日期="?")])
    return tmp_path


def test_delivering_answers_with_the_accounting(database: str, tmp_path: Path, capsys) -> None:
    """One file one object, several files a list; a refused one exits with 2 and stops nothing."""
    good = written(tmp_path, [penalty(n) for n in (1, 2, 3)], "good.csv")
    line = asked(capsys, "deliver", PENALTIES, good)
    counts = ("received", "accepted", "unchanged", "superseding", "quarantined", "balances", "state")
    assert [line[key] for key in counts] == [3, 3, 0, 0, {}, True, "closed"]
    bad = written(tmp_path, [{"甲": "乙"}], "bad.csv")
    assert main(["deliver", PENALTIES, str(bad), str(good), str(tmp_path / "none.csv"), "--json"]) == 2
    said = capsys.readouterr()
    refused, again, missing = json.loads(said.out)
    assert refused["file"] == "bad.csv"
    assert refused["refused"]["zh"] != refused["refused"]["en"]
    assert (again["unchanged"], again["time"]) == (3, 2)
    assert missing["file"] == "none.csv"
    assert "Traceback" not in said.err


def test_deliveries_are_listed(delivered: Path, capsys) -> None:
    """With the page and the whole."""
    page = asked(capsys, "deliveries")
    assert (page["total"], page["pages"], page["batches"][0]["quarantined"]) == (1, 1, {"DATE": 1})
    assert asked(capsys, "deliveries", "--source", "linlan-tax")["total"] == 0


def test_the_quarantine_is_listed_and_settled(delivered: Path, capsys) -> None:
    """A mended row comes in; the second try is refused."""
    (row,) = asked(capsys, "quarantine")["rows"]
    assert (row["code"], row["mendable"], row["problems"][0]["column"]) == ("DATE", True, "处罚决定日期")
    release = ("quarantine", "--release", row["id"], "--set", "处罚决定日期=2026-03-30")
    assert asked(capsys, *release) == {"row": row["id"], "state": "released"}
    assert main([*map(str, release)]) == 2
    assert asked(capsys, "quarantine")["total"] == 0
    assert asked(capsys, "quarantine", "--state", "all")["total"] == 1


@pytest.mark.parametrize(("option", "state"), [("--reject", "rejected"), ("--give-back", "returned")])
def test_a_row_is_left_out_or_returned(delivered: Path, capsys, option: str, state: str) -> None:
    """With a reason."""
    (row,) = asked(capsys, "quarantine")["rows"]
    assert asked(capsys, "quarantine", option, row["id"], "--reason", "重复")["state"] == state


def test_everyone_is_judged_and_one_explained(delivered: Path, capsys) -> None:
    """What `evaluate` counts, `why` explains."""
    line = asked(capsys, "evaluate", "--system", "general", "--as-of", AS_OF)
    assert (line["enterprises"], sum(line["grades"].values()), len(line["result_digest"])) == (2, 2, 64)
    told = asked(capsys, "why", code(1).lower(), "--as-of", AS_OF)
    assert sum(row["points"] for row in told["contributions"]) == told["score"]
    assert any(row["record"] for row in told["contributions"])
    assert told["legal_effect"] is False


def test_a_dossier_is_shown(delivered: Path, capsys) -> None:
    """As of a day, as known at a moment."""
    shown = asked(capsys, "dossier", code(1), "--as-of", AS_OF)
    assert [line["type"] for line in shown["lines"]] == ["administrative-penalty"]
    assert asked(capsys, "dossier", code(1), "--as-of", "2026-01-01")["lines"] == []
    assert asked(capsys, "dossier", code(1), "--as-of", AS_OF, "--known-at", "2020-01-01")["lines"] == []


def test_the_mirror_is_rebuilt_and_verified(delivered: Path, capsys) -> None:
    """Both report the same rows."""
    assert asked(capsys, "frames", "rebuild")["rows"] == 2
    assert asked(capsys, "frames", "verify")["is_equal"]


def test_a_rule_is_printed_with_its_digest(database: str, capsys) -> None:
    """As it stands in its file."""
    rule = asked(capsys, "rule", "index_systems/general", "--on", AS_OF)
    assert (rule["kind"], rule["key"], len(rule["digest"])) == ("index_systems", "general", 64)
    assert "instrument:" in rule["meaning"]


def test_classes_are_imported_row_by_row(database: str, tmp_path: Path, capsys) -> None:
    """A refused row says why in both languages and stops nothing."""
    place = tmp_path / "classes.csv"
    place.write_text("code,name\nC1391,淀粉及淀粉制品制造,Starch\n13,农副食品\n9999,无此大类\nx,甲\n1392,\n", "utf-8")
    answer = asked(capsys, "industries", "import", place)
    assert answer["added"] == 1
    assert [row["row"] for row in answer["refused"]] == [4, 5, 6]
    assert all(row["zh"] != row["en"] for row in answer["refused"])


@pytest.mark.parametrize(
    "arguments",
    [
        ["deliveries"],
        ["quarantine"],
        ["evaluate", "--system", "general", "--as-of", AS_OF],
        ["why", code(1), "--as-of", AS_OF],
        ["dossier", code(1), "--as-of", AS_OF],
        ["frames", "verify"],
        ["rule", "general"],
        ["migrate"],
    ],
    ids=lambda arguments: arguments[0],
)
@pytest.mark.parametrize("tongue", ["zh", "en"])
def test_people_are_answered_in_their_language(
    delivered: Path, capsys, monkeypatch: pytest.MonkeyPatch, arguments: list[str], tongue: str
) -> None:
    """Without --json there is a table or a sentence."""
    monkeypatch.setenv("PROBITY_LANGUAGE", tongue)
    assert main(arguments) == 0
    assert capsys.readouterr().out.strip()


@pytest.mark.parametrize(
    "arguments",
    [
        ["why", code(9)],
        ["why", code(1), "--system", "none"],
        ["dossier", code(9)],
        ["evaluate", "--system", "none"],
        ["rule", "none"],
        ["quarantine", "--reject", "7"],
        ["load", "nowhere"],
        ["industries", "import", "nowhere.csv"],
    ],
    ids=" ".join,
)
def test_what_is_not_there_is_refused_with_2(delivered: Path, capsys, arguments: list[str]) -> None:
    """A sentence, not a traceback."""
    assert main(arguments) == 2
    said = capsys.readouterr()
    assert said.err.strip()
    assert "Traceback" not in said.err


def test_a_day_is_read_as_a_legal_day() -> None:
    """The option of every command."""
    from probity.wiring.commands.printing import day_of

    assert day_of(AS_OF) == date(2026, 6, 30)


def test_a_lookup_names_the_list_and_says_when_it_does_not_know(database: str, tmp_path: Path, capsys) -> None:
    """Exit status 1: a clean answer cannot be given, because the list is stale by then."""
    take_in(tmp_path, SERIOUS, [listed(1)])
    found = asked(capsys, "lookup", code(1), "--as-of", AS_OF)
    assert (found["conclusion"], found["entries"][0]["list"]) == ("listed", "serious-violation")
    clean = asked(capsys, "lookup", code(2), code(3), "--as-of", AS_OF)
    assert [one["conclusion"] for one in clean] == ["clean", "clean"]
    assert main(["lookup", code(2)]) == 1 and "stale" in capsys.readouterr().out
    assert main(["lookup", "91"]) == 2
