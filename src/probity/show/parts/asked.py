"""Asked: a request that knows its moment, its day, and in whose name it is made."""

from datetime import date, datetime

from django.http import HttpRequest

from probity.guard.credentials.types import SignInLine
from probity.terms import Actor


class Asked(HttpRequest):
    """A request after wiring's middleware; views read it and ask no clock (only its type is used)."""

    at: datetime
    today: date
    actor: Actor
    address: str  # of the client, as far as our own proxies tell it
    sign_in: SignInLine | None
