"""Access: each desk view declares the one permission it needs."""

from collections.abc import Callable
from functools import wraps
from typing import Concatenate, ParamSpec

from django.conf import settings
from django.contrib.auth.views import redirect_to_login
from django.http import HttpResponse, HttpResponseRedirect
from django.urls import reverse

from probity.guard.authorities.queries import needs_factor, permit
from probity.guard.authorities.types import NotPermitted, Permission
from probity.show.parts.asked import Asked
from probity.show.parts.errors import refused

Rest = ParamSpec("Rest")
View = Callable[Concatenate[Asked, Rest], HttpResponse]


def requires(permission: Permission | None) -> Callable[[View[Rest]], View[Rest]]:
    """Return a decorator that lets only holders of `permission` in; None asks for a sign-in alone.

    The view keeps what it needs as `.permission`, so that a test can read the whole table.
    """

    def decorate(view: View[Rest]) -> View[Rest]:
        @wraps(view)
        def guarded(request: Asked, *args: Rest.args, **kwargs: Rest.kwargs) -> HttpResponse:
            if not request.user.is_authenticated:
                return redirect_to_login(request.get_full_path())
            if permission is not None and must_change_password(request):
                return HttpResponseRedirect(reverse("desk:password"))
            if permission is not None and must_add_factor(request):
                return HttpResponseRedirect(reverse("desk:factors"))
            try:
                if permission is not None:
                    permit(request.actor, permission)
                return view(request, *args, **kwargs)
            except NotPermitted as missing:
                return refused(request, 403, permission=missing.permission)

        guarded.permission = permission  # type: ignore[attr-defined]
        return guarded  # type: ignore[return-value]  # wraps hides the names of the arguments

    return decorate


def must_change_password(request: Asked) -> bool:
    """Whether the password was given by somebody else and has to be replaced; a provider's guest has none here."""
    is_by_provider = request.sign_in is not None and request.sign_in.how.startswith("provider")
    return bool(getattr(request.user, "must_change_password", False)) and not is_by_provider


def must_add_factor(request: Asked) -> bool:
    """Whether the role needs a second factor and this session was begun without one."""
    if not settings.PROBITY_REQUIRE_SECOND_FACTOR or request.session.get("has_second"):
        return False
    return needs_factor(request.actor)
