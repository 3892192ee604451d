"""Signing in through a real provider: joined by invitation only, with every check of the protocol."""

import re
import socket
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path
from typing import Any
from urllib.parse import parse_qs, urlsplit

import pytest
from django.test import Client

from probity.guard.credentials.actions import invite
from probity.wiring import clock
from tests.flow.provider_site import CLIENT, PASSWORD, PERSON, SECRET
from tests.house.source import ROOT
from tests.unit.guard.credentials.signing import BY, person

BACK = "http://testserver/desk/login/provider/back/"


@pytest.fixture
def issuer(tmp_path: Path, settings: Any) -> Iterator[str]:
    """A provider in a process of its own, and our settings pointing to it."""
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        port = probe.getsockname()[1]
    command = [sys.executable, "-m", "tests.flow.provider_site", str(port), BACK, str(tmp_path / "provider.sqlite3")]
    served = subprocess.Popen(command, cwd=ROOT, stdout=subprocess.PIPE, stderr=subprocess.DEVNULL, text=True)
    try:
        assert served.stdout is not None and "ready" in served.stdout.readline()
        settings.PROBITY_PROVIDER = f"http://127.0.0.1:{port}"
        settings.PROBITY_PROVIDER_CLIENT, settings.PROBITY_PROVIDER_SECRET = CLIENT, SECRET
        settings.ALLOWED_HOSTS = ["testserver"]
        yield settings.PROBITY_PROVIDER
    finally:
        served.terminate()
        served.wait(timeout=20)


def through_provider(issuer: str, address: str) -> dict[str, str]:
    """Sign in at the provider as a browser would, and return what it sends back with."""
    import requests

    browser = requests.Session()
    shown = browser.get(address, timeout=20)
    form = re.search(r'name="csrfmiddlewaretoken" value="([^"]+)"', shown.text)
    typed = {"login": PERSON, "password": PASSWORD}
    if form:
        typed["csrfmiddlewaretoken"] = form[1]
    answer = browser.post(shown.url, data=typed, allow_redirects=False, timeout=20)
    for _ in range(5):
        place = answer.headers["Location"]
        if place.startswith(BACK):
            return {name: values[0] for name, values in parse_qs(urlsplit(place).query).items()}
        answer = browser.get(issuer + place if place.startswith("/") else place, allow_redirects=False, timeout=20)
    raise AssertionError("the provider never sent the browser back")


def begin(client: Client, **form: str) -> str:
    """Begin at our page and return where the browser is sent."""
    answer = client.post("/desk/login/provider/", form)
    assert answer.status_code == 302, answer.content
    return str(answer["Location"])


def test_only_an_invitation_joins_an_account(database: str, issuer: str) -> None:
    """A stranger whom the provider knows opens nothing; invited, they are in, and next time without invitation."""
    account = person()
    client = Client()
    told = through_provider(issuer, begin(client))
    refused = client.get("/desk/login/provider/back/", told)
    assert refused.status_code == 403 and "_auth_user_id" not in client.session
    code = invite(account=account, by=BY, at=clock.now())
    assert client.get(f"/desk/login/invited/{code}/").status_code == 200
    told = through_provider(issuer, begin(client, invitation=code))
    assert client.get("/desk/login/provider/back/", told)["Location"] == "/desk/"
    assert client.session["_auth_user_id"] == str(account)
    assert client.post("/desk/logout/").status_code == 302
    again = Client()
    again.get("/desk/login/provider/back/", through_provider(issuer, begin(again)))
    assert again.session["_auth_user_id"] == str(account)
    assert Client().get(f"/desk/login/invited/{code}/").status_code == 403


def test_an_answer_serves_the_sign_in_that_asked_for_it(database: str, issuer: str) -> None:
    """Another state, another session, the same answer twice, or another nonce: each is refused."""
    account = person()
    client = Client()
    code = invite(account=account, by=BY, at=clock.now())
    told = through_provider(issuer, begin(client, invitation=code))
    assert Client().get("/desk/login/provider/back/", told).status_code == 403
    assert client.get("/desk/login/provider/back/", told | {"state": "another"}).status_code == 403
    assert client.get("/desk/login/provider/back/", told).status_code == 403  # the state was used up by the wrong one
    told = through_provider(issuer, begin(client, invitation=code))
    session = client.session
    session["provider"] = session["provider"] | {"nonce": "of-another-sign-in"}
    session.save()
    assert client.get("/desk/login/provider/back/", told).status_code == 403
    assert "_auth_user_id" not in client.session


def test_the_challenge_travels_and_the_verifier_does_not(database: str, issuer: str) -> None:
    """PKCE: who steals the code on its way cannot spend it."""
    client = Client()
    address = begin(client)
    query = parse_qs(urlsplit(address).query)
    assert query["code_challenge_method"] == ["S256"] and query["response_type"] == ["code"]
    assert client.session["provider"]["verifier"] not in address
    told = through_provider(issuer, address)
    session = client.session
    session["provider"] = session["provider"] | {"verifier": "x" * 43}
    session.save()
    assert client.get("/desk/login/provider/back/", told).status_code == 403
