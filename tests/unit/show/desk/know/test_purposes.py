"""Purposes: no dossier is shown to an officer who did not say for what, and each reading is kept."""

from datetime import timedelta
from pathlib import Path
from typing import Any

import pytest
from django.test import Client

from probity.guard.trail.queries import readings
from probity.wiring import clock, middleware
from tests.unit.know.delivered import PENALTIES, code, penalty, take_in
from tests.unit.show.desk.officers import signed_in

CODE = code(1)
HOME = f"/desk/enterprises/{CODE}/"


@pytest.fixture
def officer(database: str, tmp_path: Path) -> Client:
    """A credit officer, and one enterprise with a penalty."""
    take_in(tmp_path, PENALTIES, [penalty(1)])
    return signed_in("credit_officer")


def state(officer: Client, **changed: str) -> Any:
    sent = {"subject": CODE, "next": HOME, "kind": "case", "words": "临市监〔2026〕118号"}
    return officer.post("/desk/purpose/", sent | changed)


PAGES = [HOME, f"{HOME}records/", f"{HOME}names/"]


@pytest.mark.parametrize("address", PAGES)
def test_each_page_of_a_dossier_asks_first(officer: Client, address: str) -> None:
    """And nothing was read by asking."""
    answer = officer.get(address)
    assert answer.status_code == 302 and answer["Location"].startswith("/desk/purpose/?subject=")
    page = officer.get(answer["Location"])
    assert page.status_code == 200 and "Handling a case" in page.content.decode()
    assert "Running the platform" not in page.content.decode()
    assert not readings().exists()


def test_a_record_of_a_dossier_asks_too(officer: Client) -> None:
    """And is kept as what it is."""
    assert officer.get("/desk/records/1/")["Location"].startswith("/desk/purpose/")
    state(officer)
    assert officer.get("/desk/records/1/").status_code == 200
    assert readings().get().what == "record:1"


def test_it_is_asked_once_a_sitting_and_each_page_is_kept(officer: Client) -> None:
    """With body, officer, purpose and page; the purpose stands on the page."""
    assert state(officer)["Location"] == HOME
    for address in (*PAGES, f"/desk/enterprises/{CODE}.json"):
        assert officer.get(address).status_code == 200
    rows = list(readings(subject=CODE).order_by("id"))
    assert [row.what for row in rows] == ["dossier", "records", "names", "dossier.json"]
    assert {(row.authority, row.purpose, row.words) for row in rows} == {("linlan-desk", "case", "临市监〔2026〕118号")}
    assert "临市监〔2026〕118号" in officer.get(HOME).content.decode()


def test_it_is_asked_again_after_the_sitting(officer: Client, monkeypatch: pytest.MonkeyPatch) -> None:
    """Thirty minutes by the rulebook."""
    state(officer)
    later = clock.now() + timedelta(minutes=29)
    monkeypatch.setattr(middleware.clock, "now", lambda: later)
    assert officer.get(HOME).status_code == 200
    after = later + timedelta(minutes=1, seconds=1)
    monkeypatch.setattr(middleware.clock, "now", lambda: after)
    assert officer.get(HOME).status_code == 302


def test_it_holds_for_one_enterprise(officer: Client, tmp_path: Path) -> None:
    """Another is asked for anew, with what was typed last as the suggestion."""
    take_in(tmp_path, PENALTIES, [penalty(2, of=2)])
    state(officer)
    answer = officer.get(f"/desk/enterprises/{code(2)}/")
    assert answer.status_code == 302
    page = officer.get(answer["Location"]).content.decode()
    assert 'value="临市监〔2026〕118号"' in page and 'value="case" required checked' in page


@pytest.mark.parametrize(
    ("typed", "said"),
    [
        ({"kind": ""}, "choose the purpose"),
        ({"kind": "operation"}, "choose the purpose"),
        ({"words": " 1 "}, "Case number: at least 4 characters"),
        ({"words": "x" * 201}, "at most 200 characters"),
    ],
)
def test_a_purpose_that_says_nothing_is_refused_and_nothing_typed_is_lost(
    officer: Client, typed: dict[str, str], said: str
) -> None:
    """The sentence stands above and beside the field."""
    answer = state(officer, **typed)
    page = answer.content.decode()
    assert answer.status_code == 400 and page.count(said) == 2
    assert f'value="{typed.get("words", "临市监〔2026〕118号")}"' in page
    assert officer.get(HOME).status_code == 302


@pytest.mark.parametrize("way", ["https://elsewhere.example/", "//elsewhere.example/", "javascript:alert(1)"])
def test_nobody_is_led_elsewhere(officer: Client, way: str) -> None:
    """The way on lies within the site."""
    assert state(officer, next=way)["Location"] == HOME


def test_a_program_is_told_what_is_missing(officer: Client) -> None:
    """In both languages, with the purposes to choose from; stated in the address it is answered."""
    for address in (f"/desk/enterprises/{CODE}.json", f"{HOME}why.json"):
        answer = officer.get(address)
        assert answer.status_code == 428 and answer.json()["refused"]["zh"]
        assert officer.get(address, {"purpose": "nonsense"}).status_code == 428
        assert officer.get(address, {"purpose": "supervision:年度核查"}).status_code == 200
    assert {row.purpose for row in readings()} == {"supervision"}


def test_what_was_not_found_was_not_read(officer: Client) -> None:
    """An unknown enterprise has no page that asks, and leaves no reading."""
    unknown = code(9)
    assert officer.get(f"/desk/purpose/?subject={unknown}").status_code == 404
    assert officer.get(f"/desk/enterprises/{unknown}.json", {"purpose": "case:1234"}).status_code == 404
    assert not readings().exists()


def test_whoever_reads_no_dossiers_is_not_asked(database: str) -> None:
    """The overseer is refused as before."""
    assert signed_in("auditor").get(HOME).status_code == 403
