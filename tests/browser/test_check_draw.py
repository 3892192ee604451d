"""Check a draw in a browser: offline, by keyboard, in both languages, and as the stand-alone checker judges."""

import json
import subprocess
import sys
from pathlib import Path
from typing import Any

import pytest

from tests.browser.conftest import City
from tests.house.source import ROOT
from tests.unit.engine.drawing.made import made, tampered, vector

pytestmark = pytest.mark.browser

HOSTILE = {
    "twice": json.dumps(vector(is_blind=False)).replace('"drawn": {', '"drawn": {"S1": [], ', 1),
    "mark": "\ufeff" + json.dumps(vector(is_blind=False)),
    "deep": "[" * 100_000,
    "empty": "",
    "nan": '{"version": NaN}',
    "null": "null",
}
STEPS = {"read": "1.", "plan": "2.", "frame": "3.", "secret": "4.", "seed": "5.", "lists": "7."}


def drop(page: Any, text: str) -> str:
    """Give the page a bundle and return the verdict it shows."""
    page.set_input_files(
        "#bundle", {"name": "bundle.json", "mimeType": "application/json", "buffer": text.encode("utf-8")}
    )
    shown = page.locator("[data-verdict]:focus")
    shown.wait_for(timeout=20_000)
    return str(shown.get_attribute("data-verdict"))


def checker(folder: Path, text: str) -> int:
    """Return what the stand-alone checker says of the same text."""
    path = folder / "bundle.json"
    path.write_text(text, encoding="utf-8")
    return subprocess.run(
        [sys.executable, "-I", ROOT / "tools/check_draw.py", path], stdout=subprocess.DEVNULL
    ).returncode


def test_it_judges_as_the_stand_alone_checker_without_a_network(visitor: Any, tmp_path: Path) -> None:
    """Good bundles and forty tampered ones: the same verdict, at the same step, with the network cut."""
    visitor.goto("/check-draw/")
    visitor.context.set_offline(True)
    for text in [json.dumps(made(seed, is_blind=bool(seed % 2), is_open=seed % 4 > 1)) for seed in range(8)] + [
        json.dumps(vector(is_blind=blind)) for blind in (False, True)
    ]:
        assert (drop(visitor, text), checker(tmp_path, text)) == ("holds", 0)
        assert visitor.locator('[data-state="equal"]:visible').count() == 7
    judged = 0
    for blind in (False, True):
        for name, step, bundle in tampered(is_blind=blind):
            text = json.dumps(bundle)
            assert (drop(visitor, text), checker(tmp_path, text)) == ("differs", 1), name
            failed = visitor.locator("li[data-step]", has=visitor.locator('[data-state="differs"]:visible'))
            assert failed.locator("h3").inner_text().startswith(STEPS[step]), (name, failed.inner_text())
            judged += 1
    for name, text in HOSTILE.items():
        assert (drop(visitor, text), checker(tmp_path, text)) == ("differs", 1), name
    visitor.context.set_offline(False)
    assert judged >= 40


def test_what_is_drawn_is_shown_with_the_hash_to_compare(visitor: Any) -> None:
    """The whole plan hash, and each stratum in a table."""
    visitor.goto("/check-draw/")
    drop(visitor, json.dumps(vector(is_blind=False)))
    said = visitor.locator("[data-verdict=holds]").inner_text()
    assert "0cb40412fbf1c288f6bd1d68851a70e824663166bcb7f7b2b43ad2f1cf00badc" in said and "3 drawn of 10" in said
    assert "91330000TEST000001" in visitor.locator("[data-drawn]").inner_text()


def test_a_name_from_the_file_is_text_and_never_markup(visitor: Any) -> None:
    """A bundle is somebody else's file."""
    visitor.goto("/check-draw/")
    bundle = made(2)
    text = json.dumps(bundle).replace("LL-2026-002", "<img src=x onerror=alert(1)>")
    drop(visitor, text)
    assert visitor.locator("main img").count() == 0


def test_the_checker_for_download_is_the_checker(visitor: Any) -> None:
    """The file offered is the one in the repository, to the byte."""
    visitor.goto("/check-draw/")
    with visitor.expect_download() as started:
        visitor.click("a[download]")
    assert started.value.suggested_filename == "check_draw.py"
    assert Path(started.value.path()).read_bytes() == (ROOT / "tools/check_draw.py").read_bytes()


def test_by_keyboard(visitor: Any) -> None:
    """The file field is reached by Tab and has a name; the verdict takes the focus."""
    visitor.goto("/check-draw/")
    visitor.focus("main")
    for _ in range(3):
        visitor.keyboard.press("Tab")
        if visitor.evaluate("document.activeElement.id") == "bundle":
            break
    assert visitor.evaluate("document.activeElement.id") == "bundle"
    assert "drop it here" in visitor.locator("label[for=bundle]").inner_text()
    assert drop(visitor, json.dumps(vector(is_blind=True))) == "holds"


@pytest.mark.parametrize("language", ["en", "zh-hans"])
def test_it_fits_a_small_phone_in_both_languages(visitor: Any, city: City, language: str) -> None:
    """Full function at 360 px, before and after a check."""
    visitor.context.add_cookies([{"name": "language", "value": language, "url": city.address}])
    visitor.set_viewport_size({"width": 360, "height": 740})
    visitor.goto("/check-draw/")
    assert visitor.evaluate("document.documentElement.scrollWidth") <= 360
    drop(visitor, json.dumps(vector(is_blind=True)))
    assert visitor.evaluate("document.documentElement.scrollWidth") <= 360
    assert "{" not in visitor.locator("main").inner_text()
