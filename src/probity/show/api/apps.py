"""API: where it stands among the rooms."""

from django.apps import AppConfig


class ApiConfig(AppConfig):
    """The room whose routers answer at /v1."""

    name = "probity.show.api"
    label = "api"
