"""Public: where it stands among the rooms."""

from django.apps import AppConfig


class PublicConfig(AppConfig):
    """The room whose templates and addresses make up `public`."""

    name = "probity.show.public"
    label = "public"
