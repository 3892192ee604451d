"""Desk in a browser: sign-in, search, dossier, quarantine, keys alone."""

import re
from typing import Any

import pytest

from tests.browser.conftest import City, open_dossier, state_purpose

pytestmark = pytest.mark.browser


def first_code(page: Any) -> str:
    """Return the credit code in the first row of the list of enterprises."""
    page.goto("/desk/enterprises/")
    return str(page.locator("tbody .pb-code").first.inner_text())


def test_a_wrong_password_keeps_the_account_and_says_so_apart_from_the_field(visitor: Any, city: City) -> None:
    """What was typed stays, except the password; the right one leads to where one wanted to go."""
    visitor.goto("/desk/quarantine/")
    assert "/desk/login/" in visitor.url
    visitor.fill("#account", city.account)
    visitor.fill("#password", "not this one")
    visitor.press("#password", "Enter")
    assert "Account or password is not right." in visitor.locator("[role=alert]").inner_text()
    assert visitor.input_value("#account") == city.account
    assert visitor.input_value("#password") == ""
    visitor.fill("#password", city.password)
    visitor.press("#password", "Enter")
    visitor.wait_for_url(re.compile("/desk/quarantine/$"))


def test_a_search_by_name_and_by_code_finds_the_enterprise(officer: Any) -> None:
    """A part of a name lists, a whole code opens."""
    code = first_code(officer)
    name = officer.locator("tbody th a").first.inner_text()
    officer.fill("#pb-find", name[3:7])
    officer.press("#pb-find", "Enter")
    assert officer.locator("tbody tr").count() >= 1
    officer.fill("#pb-find", code)
    officer.press("#pb-find", "Enter")
    officer.wait_for_url(re.compile("/desk/purpose/"))
    state_purpose(officer)
    assert officer.url.endswith(f"/desk/enterprises/{code}/")
    assert officer.locator("h1").inner_text() == name


def test_a_dossier_shows_lanes_rows_and_a_score_that_adds_up(officer: Any) -> None:
    """The running sum of the last row is the score, and each record opens."""
    officer.goto("/desk/quarantine/")
    code = first_code(officer)
    open_dossier(officer, code)
    assert officer.locator("svg[role=img] > svg .pb-strong").count() == 3
    assert "Trial calculation, no legal effect." in officer.locator("body").inner_text()
    points = officer.locator("table.pb-table--stays tbody tr:not(.pb-row--total)")
    shown = [points.nth(row).locator(".pb-num b").inner_text() for row in range(points.count())]
    total = officer.locator("table.pb-table--stays .pb-row--total .pb-num").inner_text()
    added = sum(round(float(text.replace("−", "-").replace("+", "").replace(",", "")) * 100) for text in shown)
    assert added == round(float(total.replace("−", "-").replace(",", "")) * 100)
    officer.locator("#pb-rows tbody a").first.click()
    assert "What was stated" in officer.locator("main").inner_text()


def test_the_page_and_its_json_give_the_same_score(officer: Any) -> None:
    """The machine's answer stands at the same address."""
    code = first_code(officer)
    open_dossier(officer, code)
    shown = officer.locator(".pb-answer__score").inner_text()
    link = officer.locator(".pb-card__foot a", has_text="JSON").get_attribute("href")
    answer = officer.request.get(officer.url.split("/desk/")[0] + link).json()
    assert f"{answer['score'] / 100:.2f}" == shown
    assert sum(line["points"] for line in answer["contributions"]) == answer["score"]


def test_another_day_is_asked_for_and_said(officer: Any) -> None:
    """The page says when it does not show today."""
    code = first_code(officer)
    open_dossier(officer, code)
    officer.click("summary:has-text('See another day')")
    officer.fill("#as_of", "2020-01-01")
    officer.click("button:has-text('Show that day')")
    assert "as_of=2020-01-01" in officer.url
    assert officer.locator(".pb-band--amber", has_text="not today").is_visible()


def test_a_row_that_is_still_wrong_keeps_what_was_typed(officer: Any) -> None:
    """Mending checks at the same door; the refusal stands beside the field."""
    officer.goto("/desk/quarantine/?code=CODE")
    field = officer.locator("[data-mend]").first
    field.fill("91339901MA00000000")
    officer.locator("tbody button:has-text('Accept')").first.click()
    assert officer.locator("[data-alert]").is_visible()
    assert officer.locator("[data-mend]").first.input_value() == "91339901MA00000000"


def test_a_row_is_returned_to_its_source_and_the_first_count_stays(officer: Any) -> None:
    """Settling one row lowers what waits by one and changes no accounting."""
    officer.goto("/desk/deliveries/")
    link = officer.locator("td[data-label=Quarantined] a").first
    first = link.inner_text()
    link.click()
    waiting = officer.locator("[data-row]").count()
    officer.locator("[data-return]").first.click()
    assert "was returned to its source" in officer.locator("[role=status]").first.inner_text()
    assert officer.locator("[data-row]").count() == waiting - 1
    officer.goto("/desk/deliveries/")
    assert officer.locator("td[data-label=Quarantined] a").first.inner_text() == first


def test_the_waiting_rows_come_back_as_a_spreadsheet(officer: Any) -> None:
    """The bad rows go back to their source as they came, with the reason."""
    officer.goto("/desk/deliveries/")
    officer.locator("td[data-label=Quarantined] a").first.click()
    with officer.expect_download() as saved:
        officer.click("a:has-text('Download waiting rows')")
    assert saved.value.suggested_filename.endswith(".xlsx")


def test_switching_the_language_keeps_the_page(officer: Any) -> None:
    """The same page with the same filters, in the other language."""
    officer.goto("/desk/quarantine/?state=all")
    officer.click("header button[name=language]")
    assert officer.url.endswith("/desk/quarantine/?state=all")
    assert officer.locator("html").get_attribute("lang") == "zh-CN"
    assert officer.locator("h1").inner_text() == "待核区"


def test_a_search_by_keys_alone(officer: Any) -> None:
    """`/` searches, `j` goes to a row, Enter opens it, `?` tells all keys, Esc closes them."""
    officer.goto("/desk/")
    officer.keyboard.press("/")
    officer.keyboard.type("91")
    officer.keyboard.press("Escape")
    officer.keyboard.press("g")
    officer.keyboard.press("e")
    officer.wait_for_url(re.compile("/desk/enterprises/$"))
    officer.keyboard.press("?")
    assert officer.locator("#pb-keys").is_visible()
    officer.keyboard.press("Escape")
    assert not officer.locator("#pb-keys").is_visible()
    officer.keyboard.press("j")
    officer.keyboard.press("j")
    officer.keyboard.press("Enter")
    officer.wait_for_url(re.compile("/desk/purpose/"))
    officer.keyboard.press("Tab")
    assert officer.locator("h1").inner_text() == "For what is this dossier read?"


@pytest.mark.parametrize("width", [390, 768, 1024])
def test_no_page_scrolls_sideways(officer: Any, width: int) -> None:
    """Tables become rows, asides fall below, only charts scroll inside themselves."""
    code = first_code(officer)
    open_dossier(officer, code)
    officer.set_viewport_size({"width": width, "height": 844})
    for address in (
        "/desk/",
        "/desk/enterprises/",
        f"/desk/enterprises/{code}/",
        f"/desk/purpose/?subject={code}",
        "/desk/deliveries/",
        "/desk/quarantine/",
    ):
        officer.goto(address)
        assert officer.evaluate("document.documentElement.scrollWidth") <= width, address


def test_a_missing_page_has_a_way_on(officer: Any) -> None:
    """A number to quote and two ways on, in the frame of the desk."""
    answer = officer.goto("/desk/records/99999999/")
    assert answer.status == 404
    assert officer.locator(".pb-way-on a.pb-button").count() >= 2
    assert re.search(r"[0-9A-F]{4}-[0-9A-F]{4}", officer.locator(".pb-way-on__foot").inner_text())
