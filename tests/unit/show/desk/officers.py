"""Officers: somebody signed in at the desk, in a role, asking pages without a browser."""

from datetime import date
from urllib.parse import parse_qs, urlsplit

from django.test import Client

from probity.guard.authorities.actions import appoint_first, establish
from probity.guard.authorities.models import Account
from probity.guard.credentials.actions import change_password
from probity.terms import Actor, Text
from probity.wiring import clock

BY = Actor.system("test")


def signed_in(role: str, *, name: str = "officer", authority: str = "linlan-desk") -> Client:
    """Return a client signed in as an officer of a body, in a role, in English."""
    at = clock.now()
    establish(key=authority, title=Text("临澜市信用中心", "Linlan Credit Centre"), by=BY, at=at)
    appoint_first(
        name=name, password="given-by-1-other", authority=authority, role=role, by=BY, at=at, on=date(2020, 1, 1)
    )
    account = Account.objects.get(username=name)
    change_password(account=account.pk, password="lantern-over-water-7", sign_in=None, by=BY, at=at)
    client = Client(headers={"accept-language": "en"})
    client.force_login(Account.objects.get(username=name))
    return client


def opened(client: Client, address: str) -> str:
    """Return a page of a dossier, saying for what it is read where the desk asks."""
    answer = client.get(address)
    if answer.status_code == 302 and answer["Location"].startswith("/desk/purpose/"):
        subject = parse_qs(urlsplit(answer["Location"]).query)["subject"][0]
        sent = {"subject": subject, "next": address, "kind": "supervision", "words": "年度核查"}
        answer = client.post("/desk/purpose/", sent, follow=True)
    assert answer.status_code == 200, answer.status_code
    return answer.content.decode()
