"""An identity provider of its own: a second site, run in a second process by the tests of signing in."""

import os
import sys
from wsgiref.simple_server import WSGIRequestHandler, make_server

import django
from django.conf import settings

CLIENT, SECRET = "probity-test", "a-secret-between-two-sites"
PERSON, PASSWORD = "wang", "lantern-over-water-7"


def configure(port: int, key: str) -> None:
    """Set Django up as the provider: accounts, consent skipped, one signing key."""
    settings.configure(
        SECRET_KEY="of-the-provider",
        DATABASES={"default": {"ENGINE": "django.db.backends.sqlite3", "NAME": sys.argv[3]}},
        INSTALLED_APPS=[
            "django.contrib.auth",
            "django.contrib.contenttypes",
            "django.contrib.sessions",
            "django.contrib.messages",
            "allauth",
            "allauth.account",
            "allauth.idp.oidc",
        ],
        MIDDLEWARE=[
            "django.contrib.sessions.middleware.SessionMiddleware",
            "django.middleware.common.CommonMiddleware",
            "django.contrib.auth.middleware.AuthenticationMiddleware",
            "django.contrib.messages.middleware.MessageMiddleware",
            "allauth.account.middleware.AccountMiddleware",
        ],
        TEMPLATES=[
            {
                "BACKEND": "django.template.backends.django.DjangoTemplates",
                "APP_DIRS": True,
                "OPTIONS": {
                    "context_processors": [
                        "django.template.context_processors.request",
                        "django.contrib.auth.context_processors.auth",
                        "django.contrib.messages.context_processors.messages",
                    ]
                },
            }
        ],
        AUTHENTICATION_BACKENDS=["allauth.account.auth_backends.AuthenticationBackend"],
        ACCOUNT_EMAIL_VERIFICATION="none",
        ROOT_URLCONF=__name__,
        ALLOWED_HOSTS=["127.0.0.1"],
        SESSION_COOKIE_NAME="provider_session",
        IDP_OIDC_PRIVATE_KEY=key,
        USE_TZ=True,
    )
    django.setup()


def main() -> None:
    """Serve on the port given, for the site whose callback is given."""
    from cryptography.hazmat.primitives import serialization
    from cryptography.hazmat.primitives.asymmetric import rsa

    port, back = int(sys.argv[1]), sys.argv[2]
    private = rsa.generate_private_key(public_exponent=65537, key_size=2048)
    pem = private.private_bytes(
        serialization.Encoding.PEM, serialization.PrivateFormat.PKCS8, serialization.NoEncryption()
    )
    configure(port, pem.decode())
    from django.contrib.auth.hashers import make_password
    from django.contrib.auth.models import User
    from django.core.handlers.wsgi import WSGIHandler
    from django.core.management import call_command
    from django.urls import include, path

    global urlpatterns  # noqa: PLW0603  (Django looks for it in this module)
    urlpatterns = [path("", include("allauth.idp.urls")), path("accounts/", include("allauth.account.urls"))]
    sys.modules.setdefault(__name__, sys.modules["__main__"])
    call_command("migrate", verbosity=0)
    from allauth.idp.oidc.models import Client

    User.objects.create_user(username=PERSON, email="wang@linlan.example", password=PASSWORD)
    Client.objects.create(
        id=CLIENT, name="Probity", secret=make_password(SECRET), redirect_uris=back, skip_consent=True
    )

    class Quiet(WSGIRequestHandler):
        """Says nothing of each request."""

        def log_message(self, *_: object) -> None:
            """Say nothing."""

    with make_server("127.0.0.1", port, WSGIHandler(), handler_class=Quiet) as server:
        print("ready", os.getpid(), flush=True)
        server.serve_forever()


if __name__ == "__main__":
    main()
