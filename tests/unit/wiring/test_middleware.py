"""Middleware: a request carries its moment, its legal day and its actor; views ask no clock."""

from datetime import UTC

from django.contrib.auth.models import AnonymousUser
from django.http import HttpRequest, HttpResponse

from probity.terms import Actor, shanghai_day
from probity.wiring.middleware import moment_and_actor


def test_a_request_knows_when_and_in_whose_name_it_is_made() -> None:
    """Who did not sign in is the public."""
    request = HttpRequest()
    request.user = AnonymousUser()
    seen: list[HttpRequest] = []

    def answer(asked: HttpRequest) -> HttpResponse:
        seen.append(asked)
        return HttpResponse("answered")

    assert moment_and_actor(answer)(request).content == b"answered"
    (asked,) = seen
    assert asked.at.tzinfo is UTC
    assert asked.today == shanghai_day(asked.at)
    assert asked.actor == Actor.public()
