"""Parts: where it stands among the rooms."""

from django.apps import AppConfig


class PartsConfig(AppConfig):
    """The room whose templates and addresses make up `parts`."""

    name = "probity.show.parts"
    label = "parts"
