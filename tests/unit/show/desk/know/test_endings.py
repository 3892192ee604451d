"""Endings at the desk: chosen or all that wait, one reason, one act; nothing typed is lost."""

from pathlib import Path

import pytest
from django.test import Client

from probity.know.records.models import ProposedEnding, RecordEvent
from tests.unit.know.delivered import SERIOUS, later, listed, record_of, take_in
from tests.unit.show.desk.signed_in import officer


@pytest.fixture
def desk(database: str, tmp_path: Path) -> Client:
    """An officer's client on a list that lost four of its five rows."""
    take_in(tmp_path, SERIOUS, [listed(number, of=number) for number in range(1, 6)])
    take_in(tmp_path, SERIOUS, [listed(1)], at=later(days=1))
    return officer()


def test_the_chosen_are_ended_for_one_reason(desk: Client) -> None:
    """And the record's own page tells which exit, since when, why and by whom."""
    chosen = list(ProposedEnding.objects.order_by("pk").values_list("pk", flat=True))[:2]
    form = {"act": "end", "ending": chosen, "reason": "名单移出", "effective_on": "2026-07-01", "query": ""}
    page = desk.post("/desk/endings/settle/", form, follow=True).content.decode()
    assert "2 records were ended." in page and "2 records waiting" in page
    shown = desk.get(f"/desk/records/{record_of(2).pk}/?as_of=2026-07-02").content.decode()
    for said in ("Expiry", "2026-07-01", "名单移出", "officer", "by its credit code"):
        assert said in shown
    again = desk.post("/desk/endings/settle/", form, follow=True).content.decode()
    assert "2 were decided by somebody else meanwhile." in again
    assert RecordEvent.objects.count() == 2


def test_all_that_wait_are_kept_standing(desk: Client) -> None:
    """Without choosing one by one; no record ends."""
    form = {"act": "keep", "all": "yes", "reason": "来源漏报", "query": ""}
    page = desk.post("/desk/endings/settle/", form, follow=True).content.decode()
    assert "4 records were kept standing." in page and "Nothing waits to be ended" in page
    assert not RecordEvent.objects.exists()


@pytest.mark.parametrize(
    ("form", "said"),
    [
        ({"act": "end", "reason": "缺选"}, "Choose at least one row first."),
        ({"act": "end", "all": "yes", "reason": " "}, "Write the reason"),
        ({"act": "end", "all": "yes", "reason": "理由", "effective_on": "七月"}, "The day could not be read"),
        ({"act": "forget", "all": "yes", "reason": "理由"}, "Choose at least one row first."),
    ],
)
def test_a_form_that_cannot_be_followed_is_shown_again(desk: Client, form: dict[str, str], said: str) -> None:
    """With what was typed; nothing was decided."""
    answer = desk.post("/desk/endings/settle/", form)
    assert answer.status_code == 400
    page = answer.content.decode()
    assert said in page
    assert f'value="{form["reason"].strip()}"' in page
    assert ProposedEnding.objects.filter(state="waiting").count() == 4


def test_who_may_not_end_records_may_not_settle(desk: Client) -> None:
    """A clerk sees what waits and is refused the act."""
    clerk = officer(name="clerk", role="data_clerk")
    assert clerk.get("/desk/endings/").status_code == 200
    assert clerk.post("/desk/endings/settle/", {"act": "end", "all": "yes", "reason": "x"}).status_code == 403
