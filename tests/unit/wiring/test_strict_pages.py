"""Strict pages: wherever a link leads, no script or style stands inside a page, and the headers say so."""

import re
from html.parser import HTMLParser
from pathlib import Path
from urllib.parse import urljoin, urlsplit

import pytest
from django.conf import settings
from django.test import Client, override_settings

from tests.unit.know.delivered import AT, BY, DAY, PENALTIES, SERIOUS, later, listed, penalty, take_in
from tests.unit.show.desk.signed_in import officer

MOST_PAGES = 250


class Page(HTMLParser):
    """What a policy without `unsafe-inline` would refuse on a page, and where its links lead."""

    def __init__(self) -> None:
        """Begin with nothing found."""
        super().__init__()
        self.links: list[str] = []
        self.faults: list[str] = []

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        """Look at one element."""
        stated = dict(attrs)
        if tag == "style" or (tag == "script" and "src" not in stated and stated.get("type") != "application/json"):
            self.faults.append(f"<{tag}> with content")
        self.faults += [f"{tag} {name}" for name in stated if name == "style" or name.startswith("on")]
        for name in ("href", "src", "action"):
            target = stated.get(name) or ""
            if target.strip().lower().startswith(("javascript:", "http:", "https:", "//")):
                self.faults.append(f"{tag} {name}={target}")
        if tag == "a" and stated.get("href"):
            self.links.append(stated["href"] or "")


@pytest.fixture
def city(database: str, tmp_path: Path) -> None:
    """Deliveries, quarantine, endings and a run: every kind of page has something to show."""
    from probity.judge.evaluation.actions import run

    rows = [penalty(1), penalty(2, of=2, 处罚决定日期="三月"), penalty(3, 统一社会信用代码=""), penalty(4, of=3)]
    take_in(tmp_path, PENALTIES, rows)
    take_in(tmp_path, SERIOUS, [listed(1), listed(2, of=2)])
    take_in(tmp_path, SERIOUS, [listed(1)], at=later(days=1))
    run(system="general", as_of=DAY, by=BY, at=AT)


def crawl(client: Client, start: str) -> tuple[dict[str, str], dict[str, list[str]]]:
    """Follow every link of one's own site; return path → policy, and path → faults."""
    waiting, seen = [start], {start}
    policies: dict[str, str] = {}
    faults: dict[str, list[str]] = {}
    shapes: dict[str, int] = {}
    while waiting and len(policies) < MOST_PAGES:
        address = waiting.pop(0)
        answer = client.get(address)
        assert answer.status_code < 500, address
        if "text/html" not in answer.headers.get("Content-Type", "") or answer.status_code in (301, 302):
            continue
        page = Page()
        page.feed(answer.content.decode())
        policies[address] = answer.headers.get("Content-Security-Policy", "")
        if page.faults:
            faults[address] = page.faults
        for link in page.links:
            target = urlsplit(urljoin(address, link))
            path = target.path + (f"?{target.query}" if target.query else "")
            shape = re.sub(r"\d+|=[^&]*", "*", path)  # three of each shape are enough
            if target.path.startswith("/static/") or path in seen or shapes.get(shape, 0) >= 3:
                continue
            shapes[shape] = shapes.get(shape, 0) + 1
            seen.add(path)
            waiting.append(path)
    return policies, faults


@pytest.mark.parametrize("face", ["desk", "public"])
def test_no_page_holds_a_script_or_a_style_of_its_own(city: None, face: str) -> None:
    """Every page reached by links, with a policy that allows neither."""
    client = officer() if face == "desk" else Client()
    policies, faults = crawl(client, "/desk/" if face == "desk" else "/")
    assert len(policies) >= (40 if face == "desk" else 8), sorted(policies)
    assert faults == {}
    for address, policy in policies.items():
        assert "default-src 'self'" in policy and "script-src 'self'" in policy, address
        assert "unsafe" not in policy and "*" not in policy, address


def test_error_pages_are_as_strict(city: None) -> None:
    """What is refused is refused in the same frame under the same policy."""
    for address in ("/nothing/", "/desk/records/999999/", "/desk/enterprises/?q=" + "x" * 300):
        answer = officer(name=f"o{len(address)}").get(address)
        page = Page()
        page.feed(answer.content.decode())
        assert page.faults == []
        assert "script-src 'self'" in answer.headers["Content-Security-Policy"]


def test_the_fault_finder_finds_faults() -> None:
    """The crawl can fail."""
    page = Page()
    page.feed('<p style="x" onclick="y"><script>1</script><style></style><a href="javascript:1">z</a>')
    assert len(page.faults) == 5


def test_behind_https_cookies_and_browsers_are_told(city: None) -> None:
    """A proxy that ends https says so in its header; then the browser never goes back to http."""
    with override_settings(
        SECURE_PROXY_SSL_HEADER=("HTTP_X_FORWARDED_PROTO", "https"),
        SECURE_HSTS_SECONDS=31_536_000,
        SESSION_COOKIE_SECURE=True,
        CSRF_COOKIE_SECURE=True,
    ):
        answer = Client().get("/desk/login/", headers={"x-forwarded-proto": "https"})
        assert answer.headers["Strict-Transport-Security"].startswith("max-age=31536000")
        cookie = answer.cookies["csrftoken"]
        assert cookie["secure"] and cookie["httponly"] and cookie["samesite"] == "Lax"
        assert "Strict-Transport-Security" not in Client().get("/desk/login/").headers


def test_a_form_without_its_token_is_refused(city: None) -> None:
    """Another site cannot send it in an officer's name."""
    strict = Client(enforce_csrf_checks=True)
    strict.cookies = officer().cookies
    assert strict.post("/desk/quarantine/settle/", {"act": "reject", "all": "yes"}).status_code == 403
    assert settings.SESSION_COOKIE_HTTPONLY
