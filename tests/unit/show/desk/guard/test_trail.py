"""Trail on the desk: the overseer reads and takes it away; what is about a thing hangs on its page."""

from datetime import timedelta
from pathlib import Path

import pytest
from django.test import Client

from probity.guard.trail.actions import acting, seal
from probity.guard.trail.queries import chosen_entries, public_key
from probity.know.registry.actions import rename
from probity.terms import Actor, ActorKind, CreditCode
from probity.wiring import clock
from tests.unit.know.delivered import DAY, PENALTIES, code, penalty, take_in
from tests.unit.show.desk.officers import signed_in
from tools.check_trail import Wrong, verdict

BY = Actor.system("test")


@pytest.fixture
def done(database: str, tmp_path: Path) -> int:
    """A delivery taken in and an enterprise renamed, all sealed; returns the number of the batch."""
    batch = take_in(tmp_path, PENALTIES, [penalty(1)])
    rename(code=CreditCode(code(1)), name="新名称有限公司", from_day=DAY, source="register", by=BY, at=clock.now())
    seal(at=clock.now())
    return batch.id


def shown(client: Client, address: str, **query: str) -> str:
    answer = client.get(address, query)
    assert answer.status_code == 200, answer.status_code
    return answer.content.decode()


@pytest.mark.parametrize("role", ["auditor", "audit_administrator"])
def test_the_overseer_reads_the_trail(done: int, role: str) -> None:
    """What, who, about what, and what it changed; how far it is sealed."""
    page = shown(signed_in(role), "/desk/trail/", act="enterprise.renamed")
    assert "Enterprise renamed" in page and f"enterprise:{code(1)}" in page
    assert "<ins>新名称有限公司</ins>" in page and "sealed as" in page


@pytest.mark.parametrize("role", ["credit_officer", "inspector", "system_administrator", "security_administrator"])
@pytest.mark.parametrize("address", ["/desk/trail/", "/desk/trail/trail.jsonl", "/desk/trail/readings/"])
def test_nobody_else_does(database: str, role: str, address: str) -> None:
    """Nor finds it in the menu."""
    client = signed_in(role)
    assert client.get(address).status_code == 403
    assert 'href="/desk/trail/"' not in shown(client, "/desk/account/")


def test_the_trail_is_filtered_and_paged(done: int) -> None:
    """By person, kind, thing and day; what does not fit says so."""
    for number in range(60):
        with acting("test.done", by=Actor(ActorKind.OFFICER, "officer:99"), at=clock.now()) as act:
            act.note(f"thing:{number}")
    auditor = signed_in("auditor")
    page = shown(auditor, "/desk/trail/", actor="officer:99")
    assert page.count('class="pb-act"') == 50 and "60 in all" in page
    assert shown(auditor, "/desk/trail/", actor="officer:99", page="2").count('class="pb-act"') == 10
    assert shown(auditor, "/desk/trail/", about="thing:7").count('class="pb-act"') == 1
    assert "No act fits these filters." in shown(auditor, "/desk/trail/", actor="officer:98")
    today = clock.today()
    assert "thing:7" in shown(auditor, "/desk/trail/", about="thing:7", since=str(today), until=str(today))
    assert "No act fits" in shown(auditor, "/desk/trail/", about="thing:7", until=str(today - timedelta(days=1)))


def test_the_overseer_takes_it_away_and_a_changed_byte_is_named(done: int) -> None:
    """The whole way: download, change one byte, and the checker names the row."""
    answer = signed_in("auditor").get("/desk/trail/trail.jsonl")
    content = b"".join(answer.streaming_content)  # type: ignore[attr-defined]
    assert ".jsonl" in answer["Content-Disposition"]
    lines = content.splitlines(keepends=True)
    assert verdict(lines, key=public_key()).startswith("In order: rows 1 to ")
    place = next(place for place, line in enumerate(lines) if "新名称".encode() in line)
    number = chosen_entries(act="enterprise.renamed").get()
    changed = [*lines[:place], lines[place].replace("新名称".encode(), "新名秱".encode()), *lines[place + 1 :]]
    with pytest.raises(Wrong, match=rf"number {place} of the chain \(entry {number.pk}\)"):
        verdict(changed, key=public_key())


def test_a_span_without_acts_is_told_so(done: int) -> None:
    """In the frame of the desk, with a way on."""
    answer = signed_in("auditor").get("/desk/trail/trail.jsonl", {"since": "2099-01-01"})
    assert answer.status_code == 404 and "Nothing of that span is sealed yet." in answer.content.decode()


def test_what_was_done_hangs_on_the_page_of_the_thing(done: int) -> None:
    """On the delivery, the enterprise and the record."""
    officer = signed_in("credit_officer")
    officer.post("/desk/purpose/", {"subject": code(1), "next": "/", "kind": "supervision", "words": "年度核查"})
    assert "Enterprise renamed" in shown(officer, f"/desk/enterprises/{code(1)}/")
    assert "What was done" in shown(officer, f"/desk/deliveries/{done}/")


def test_acts_of_another_body_do_not_hang_there(done: int) -> None:
    """Two departments do not see each other's acts; the platform's own are everybody's."""
    other = Actor(ActorKind.OFFICER, "officer:99", "linlan-tax")
    with acting("enterprise.noted", by=other, at=clock.now()) as act:
        act.note(f"enterprise:{code(1)}", remark="内部意见")
    officer = signed_in("credit_officer")
    officer.post("/desk/purpose/", {"subject": code(1), "next": "/", "kind": "supervision", "words": "年度核查"})
    page = shown(officer, f"/desk/enterprises/{code(1)}/")
    assert "Enterprise renamed" in page and "内部意见" not in page


def test_the_overseer_sees_readings_at_once(done: int) -> None:
    """With officer, purpose and what was opened."""
    officer = signed_in("credit_officer")
    officer.post("/desk/purpose/", {"subject": code(1), "next": "/", "kind": "lead", "words": "线索 2026-7"})
    officer.get(f"/desk/enterprises/{code(1)}/names/")
    auditor = signed_in("auditor", name="auditor")
    page = shown(auditor, "/desk/trail/readings/", subject=code(1))
    assert "线索 2026-7" in page and "Verifying a lead" in page and "names" in page
    assert "No reading fits these filters." in shown(auditor, "/desk/trail/readings/", purpose="audit")
