"""Checking: the page has a sentence for every reason of the script, and offers the checker itself."""

import re

import pytest

from tests.house.source import ROOT

STATIC = ROOT / "src/probity/show/parts/static/probity"


def test_the_checker_offered_is_the_checker() -> None:
    """One file, two places, one text; after a change copy it."""
    assert (STATIC / "check_draw.py.txt").read_bytes() == (ROOT / "tools/check_draw.py").read_bytes()


@pytest.mark.usefixtures("database")
def test_every_reason_of_the_script_has_its_sentence() -> None:
    """A step that fails says why in words."""
    from django.test import Client

    script = (STATIC / "check_draw.js").read_text(encoding="utf-8")
    given = set(re.findall(r'demand\([^;]*?"(\w+)", "(\w+)"\)', script)) | set(
        re.findall(r'Unequal\("(\w+)", "(\w+)"\)', script)
    )
    page = Client().get("/check-draw/").content.decode()
    assert len(given) > 12
    assert [pair for pair in given if f'data-reason="{pair[0]}-{pair[1]}"' not in page] == []


@pytest.mark.usefixtures("database")
def test_the_page_sends_nothing() -> None:
    """No form, no request: the script has no way to send what it reads."""
    from django.test import Client

    script = (STATIC / "check_draw.js").read_text(encoding="utf-8")
    assert not re.search(r"fetch|XMLHttp|WebSocket|sendBeacon|import\(", script)
    assert "<form" not in Client().get("/check-draw/").content.decode().partition("<main")[2]
