"""Public pages in a browser: no sign-in, no score, a small phone."""

import re
from typing import Any

import pytest

from tests.browser.conftest import City

pytestmark = pytest.mark.browser


def test_anybody_finds_an_enterprise_and_sees_no_score(visitor: Any) -> None:
    """Only what must be public is there; nobody is asked who they are."""
    visitor.goto("/")
    visitor.fill("[data-search]", "临澜")
    visitor.press("[data-search]", "Enter")
    visitor.locator("tbody a").first.click()
    visitor.wait_for_url(re.compile(r"/enterprises/[0-9A-Z]{18}/"))
    text = visitor.locator("main").inner_text().lower()
    assert "points" not in text
    assert "risk" not in text
    assert not visitor.locator(".pb-grade__tile, .pb-grade__pill").count()


def test_each_published_record_says_source_end_ground_and_objection(visitor: Any) -> None:
    """The four things a reader may ask of a record."""
    visitor.goto("/enterprises/?q=临澜")
    addresses = [link.get_attribute("href") for link in visitor.locator("tbody a").all()]
    for address in addresses:
        visitor.goto(address)
        record = visitor.locator(".pb-record").first
        if record.count():
            record.locator("summary").click()
            text = record.inner_text()
            assert all(word in text for word in ("Source", "public", "Ground", "Public from"))
            return
    pytest.fail("no enterprise of the first page has a public record")


def test_an_internal_index_system_has_no_public_page(visitor: Any) -> None:
    """The risk classification is never shown outside."""
    assert visitor.goto("/rules/index_systems/general/").status == 404


@pytest.mark.parametrize("language", ["en", "zh-hans"])
def test_public_pages_fit_a_small_phone(visitor: Any, city: City, language: str) -> None:
    """Full function at 360 px, in both languages."""
    visitor.context.add_cookies([{"name": "language", "value": language, "url": city.address}])
    visitor.set_viewport_size({"width": 360, "height": 740})
    for address in ("/", "/enterprises/?q=临澜", "/about/", "/rules/", "/rules/record_types/administrative-penalty/"):
        visitor.goto(address)
        assert visitor.evaluate("document.documentElement.scrollWidth") <= 360, address


def test_every_page_has_one_heading_landmarks_and_a_language(visitor: Any) -> None:
    """What a screen reader holds on to."""
    for address in ("/", "/enterprises/?q=临澜", "/about/", "/rules/", "/desk/login/", "/nowhere/"):
        visitor.goto(address)
        assert visitor.locator("h1").count() == 1, address
        assert visitor.locator("main").count() == 1, address
        assert visitor.locator("html").get_attribute("lang") in ("en", "zh-CN"), address
