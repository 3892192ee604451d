"""Ground of the browser tests: a served city of their own."""

import os
import re
import socket
import subprocess
import sys
import time
import urllib.request
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import pytest

from tests.house.source import ROOT

CHROMIUM = "/usr/bin/chromium"
FLAGS = [
    "--no-sandbox",
    "--disable-gpu",
    "--disable-quic",
    "--no-first-run",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
]
PASSWORD = "lantern-over-water-7"

PREPARE = f"""
from datetime import date
from pathlib import Path
import django
django.setup()
from django.core.management import call_command
call_command("migrate", verbosity=0)
from probity.guard.authorities.actions import appoint_first, change_password, establish
from probity.guard.authorities.models import Account
from probity.know.records.actions import Manner, deliver
from probity.terms import Actor, Text
from probity.wiring import clock
by, at = Actor.system("terminal"), clock.now()
files = sorted(Path("example_city/files").iterdir())
for part in ("market-registrations", "market-penalties", "transport-licences"):
    file = next(file for file in files if part in file.name)
    print(deliver(file, feed="linlan-" + part.split("-")[0], manner=Manner(by=by, at=clock.now(), despite_expectation=True)).file_name)
establish(key="linlan-desk", title=Text("临澜市信用中心", "Linlan Credit Centre"), by=by, at=at)
appoint_first(name="officer", password="given-by-someone-1", authority="linlan-desk", role="credit_officer", by=by, at=at, on=date(2020, 1, 1))
change_password(account=Account.objects.get(username="officer").pk, password="{PASSWORD}", by=by, at=at)
"""


@dataclass(frozen=True)
class City:
    """A served installation: where it answers, and who may sign in."""

    address: str
    account: str = "officer"
    password: str = PASSWORD


@pytest.fixture(scope="session")
def city(tmp_path_factory: pytest.TempPathFactory) -> Iterator[City]:
    """Deliver three real-format files into an empty home, then serve it on a free port."""
    if not Path(CHROMIUM).exists():
        pytest.skip("no Chromium on this machine")
    home = tmp_path_factory.mktemp("city")
    settings = {
        "PROBITY_HOME": str(home),
        "DATABASE_URL": "",
        "DJANGO_SETTINGS_MODULE": "probity.wiring.settings",
        "PYTHONPATH": str(ROOT / "src"),
    }
    environment = {**os.environ, **settings}
    subprocess.run([sys.executable, "-c", PREPARE], cwd=ROOT, env=environment, check=True, timeout=240)
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        port = probe.getsockname()[1]
    serve = "import sys; from probity.wiring.commands import main; sys.exit(main(sys.argv[1:]))"
    server = subprocess.Popen([sys.executable, "-c", serve, "serve", "--port", str(port)], cwd=ROOT, env=environment)
    address = f"http://127.0.0.1:{port}"
    try:
        _wait_for(address)
        yield City(address)
    finally:
        server.terminate()
        server.wait(timeout=20)


def _wait_for(address: str) -> None:
    for _ in range(150):
        try:
            urllib.request.urlopen(address, timeout=2).close()
            return
        except OSError:
            time.sleep(0.2)
    raise TimeoutError(f"nothing answers at {address}")


@pytest.fixture(scope="session")
def chromium(city: City) -> Iterator[Any]:
    """One browser for all tests."""
    from playwright.sync_api import sync_playwright

    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=CHROMIUM, args=FLAGS)
        yield browser
        browser.close()


@pytest.fixture
def visitor(chromium: Any, city: City) -> Iterator[Any]:
    """A page in English of somebody who did not sign in; what the console refuses fails the test."""
    context = chromium.new_context(base_url=city.address, viewport={"width": 1440, "height": 900})
    context.add_cookies([{"name": "language", "value": "en", "url": city.address}])
    page = context.new_page()
    refused: list[str] = []
    page.on("console", lambda message: refused.append(message.text) if "Content Security" in message.text else None)
    page.on("pageerror", lambda error: refused.append(str(error)))
    yield page
    context.close()
    assert refused == []


@pytest.fixture
def officer(visitor: Any, city: City) -> Any:
    """The same page, signed in."""
    visitor.goto("/desk/login/")
    visitor.fill("#account", city.account)
    visitor.fill("#password", city.password)
    visitor.press("#password", "Enter")
    visitor.wait_for_url(re.compile("/desk/$"))
    return visitor
