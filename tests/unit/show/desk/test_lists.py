"""Lists: what a person keeps of a list is theirs alone, and the list obeys its address."""

import io
from pathlib import Path

import pytest
from django.test import Client
from python_calamine import CalamineWorkbook

from probity.show.desk.actions import MOST_VIEWS, ViewNotKept, keep_view
from probity.show.desk.lists import LISTS
from probity.show.desk.models import SavedView
from probity.show.desk.queries import views_of
from tests.unit.know.delivered import AT, BY, PENALTIES, penalty, take_in
from tests.unit.show.desk.signed_in import officer


@pytest.fixture
def desk(database: str, tmp_path: Path) -> Client:
    """An officer's client on three deliveries with rows in quarantine and records of nobody."""
    for name, of in (("b.csv", 1), ("a.csv", 4), ("c.csv", 7)):
        rows = [penalty(of, of=of), penalty(of + 1, of=of, 处罚决定日期="三月"), penalty(of + 2, 统一社会信用代码="")]
        take_in(tmp_path, PENALTIES, rows, name=name)
    return officer()


@pytest.mark.parametrize("name", LISTS)
def test_every_list_has_heads_that_sort_views_columns_and_a_sheet(desk: Client, name: str) -> None:
    """Whichever list: the tools stand on it, and the spreadsheet opens."""
    page = desk.get(f"/desk/{name}/").content.decode()
    assert "Keep this view" in page and "Columns that you see in this list" in page
    answer = desk.get(f"/desk/{name}/?as=xlsx")
    assert answer.status_code == 200
    assert CalamineWorkbook.from_filelike(io.BytesIO(answer.content)).get_sheet_by_index(0).to_python()


def test_a_head_turns_the_list_round(desk: Client) -> None:
    """By file name, either way; the page and its sheet agree."""
    page = desk.get("/desk/deliveries/?order=file").content.decode()
    assert [page.index(name) for name in ("a.csv", "b.csv", "c.csv")] == sorted(
        page.index(n) for n in ("a.csv", "b.csv", "c.csv")
    )
    assert 'aria-sort="ascending"' in page
    sheet = desk.get("/desk/deliveries/?order=-file&as=xlsx").content
    rows = CalamineWorkbook.from_filelike(io.BytesIO(sheet)).get_sheet_by_index(0).to_python()
    assert [row[1][:5] for row in rows[2:]] == ["c.csv", "b.csv", "a.csv"]


def test_the_columns_a_person_chose_stay_chosen_for_them_only(desk: Client) -> None:
    """Another account sees the whole list."""
    answer = desk.post(
        "/desk/lists/deliveries/", {"act": "columns", "column": ["file", "received"], "query": "state=closed"}
    )
    assert answer.headers["Location"] == "/desk/deliveries/?state=closed"
    mine = desk.get("/desk/deliveries/").content.decode()
    assert 'data-label="Received"' in mine and 'data-label="Unchanged"' not in mine
    theirs = officer(name="other").get("/desk/deliveries/").content.decode()
    assert 'data-label="Unchanged"' in theirs


def test_a_view_is_kept_found_again_and_dropped(desk: Client) -> None:
    """It is an address under a name, marked while it is what one sees."""
    desk.post(
        "/desk/lists/deliveries/", {"act": "keep", "name": " Small ones ", "query": "order=received&state=closed"}
    )
    page = desk.get("/desk/deliveries/?order=received&state=closed").content.decode()
    assert 'aria-current="true">Small ones</a>' in page
    assert "Small ones" not in desk.get("/desk/runs/").content.decode()
    desk.post("/desk/lists/deliveries/", {"act": "drop", "name": "Small ones", "query": ""})
    assert not SavedView.objects.exists()
    assert desk.post("/desk/lists/nothing/", {"act": "drop"}).status_code == 404


def test_views_have_a_bound_and_one_name_is_one_view(desk: Client) -> None:
    """The thirty-first is refused with a sentence; an old name may always be written over."""
    account = int(desk.session["_auth_user_id"])
    for number in range(MOST_VIEWS):
        keep_view(account=account, list_="runs", name=str(number), query="", by=BY, at=AT)
    with pytest.raises(ViewNotKept) as refusal:
        keep_view(account=account, list_="runs", name="one more", query="", by=BY, at=AT)
    assert refusal.value.text.zh
    keep_view(account=account, list_="runs", name="0", query="order=run", by=BY, at=AT)
    assert dict(views_of(account, "runs"))["0"] == "order=run"
    with pytest.raises(ViewNotKept):
        keep_view(account=account, list_="runs", name="0", query="q=" + "x" * 3000, by=BY, at=AT)


def test_who_did_not_sign_in_keeps_nothing(database: str) -> None:
    """Led to the sign-in; nothing is written."""
    assert Client().post("/desk/lists/runs/", {"act": "keep", "name": "x"}).status_code == 302
    assert not SavedView.objects.exists()
