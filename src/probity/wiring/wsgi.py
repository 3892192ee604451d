"""WSGI: the door through which a web server enters."""

import os

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "probity.wiring.settings")

from django.core.handlers.wsgi import WSGIHandler
from django.core.wsgi import get_wsgi_application


def _application() -> WSGIHandler:
    """Set Django up, and only then ask for what needs it."""
    made = get_wsgi_application()
    from probity.wiring.stamping import stamp_versions

    stamp_versions()
    return made


application = _application()
