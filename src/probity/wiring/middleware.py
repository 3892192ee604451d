"""Middleware: the moment of a request and in whose name it is made."""

from collections.abc import Callable

from django.http import HttpRequest, HttpResponse

from probity.guard.authorities.queries import actor_of
from probity.terms import shanghai_day
from probity.wiring import clock

Answer = Callable[[HttpRequest], HttpResponse]


def moment_and_actor(answer: Answer) -> Answer:
    """Give each request `at` (UTC), `today` (the legal day) and `actor`; views ask no clock."""

    def middleware(request: HttpRequest) -> HttpResponse:
        request.at = clock.now()  # type: ignore[attr-defined]
        request.today = shanghai_day(request.at)  # type: ignore[attr-defined]
        request.actor = actor_of(request.user, on=request.today)  # type: ignore[attr-defined]
        return answer(request)

    return middleware
