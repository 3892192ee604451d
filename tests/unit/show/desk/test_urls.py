"""Addresses of the desk: each declares its permission, and the default is no."""

import pytest
from django.urls import URLPattern

from probity.guard.authorities.types import Permission
from probity.show.desk.urls import urlpatterns

OPEN = {"login", "second", "with_key", "provider", "provider_back", "invited", "logout"}
"""Signing in needs no permission, and signing out asks for none."""

SIGNED_IN = {
    "password",
    "appearance",
    "factors",
    "add_app",
    "add_key",
    "codes",
    "remove_factor",
    "sessions",
    "end_session",
    "stay",
}
"""One's own account: a sign-in is enough."""


@pytest.mark.parametrize("pattern", urlpatterns, ids=lambda pattern: pattern.name)
def test_every_address_declares_its_permission(pattern: URLPattern) -> None:
    """A view somebody forgot to guard is found here."""
    if pattern.name in OPEN:
        assert not hasattr(pattern.callback, "permission")
    elif pattern.name in SIGNED_IN:
        assert pattern.callback.permission is None
    else:
        assert isinstance(pattern.callback.permission, Permission)
