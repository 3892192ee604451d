"""Bearers: whose key came with a request, and in whose name it asks."""

from typing import Any

from django.http import HttpRequest
from ninja.security import HttpBearer

from probity.guard.credentials.queries import bearer_of
from probity.guard.credentials.types import Bearer
from probity.show.api.allowances import Allowances
from probity.show.api.problems import Refused
from probity.terms import Text


class KeyAuth(HttpBearer):
    """A key in `Authorization: Bearer pb_…`; a session of a browser opens nothing here."""

    def __init__(self) -> None:
        """Begin with nothing set aside for any key."""
        super().__init__()
        self.allowances = Allowances()

    def authenticate(self, request: HttpRequest, token: str) -> Bearer | None:
        """Return the bearer and let the request act in its name, or None.

        Raises:
            Refused: when the key asked too often in this minute.
        """
        asked: Any = request
        found = bearer_of(token, at=asked.at)
        if found is None:
            return None
        wait = self.allowances.seconds_to_wait(found, at=asked.at)
        if wait:
            text = Text(
                f"此密钥每分钟可请求 {found.requests_a_minute} 次，请 {wait} 秒后再试",
                f"this key may ask {found.requests_a_minute} times a minute; go on in {wait} seconds",
            )
            raise Refused(429, "too_many", text, wait_seconds=wait)
        asked.actor = found.actor
        return found
