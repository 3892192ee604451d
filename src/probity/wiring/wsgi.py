"""WSGI: the door through which a web server enters."""

import os

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "probity.wiring.settings")

from django.core.wsgi import get_wsgi_application

application = get_wsgi_application()

from probity.wiring.stamping import stamp_versions

stamp_versions()
