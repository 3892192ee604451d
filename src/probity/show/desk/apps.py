"""Desk: where it stands among the rooms."""

from django.apps import AppConfig


class DeskConfig(AppConfig):
    """The room whose templates and addresses make up `desk`."""

    name = "probity.show.desk"
    label = "desk"
    default_auto_field = "django.db.models.BigAutoField"
