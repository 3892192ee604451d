"""Settings: one flat file; each that an operator may set has a sentence above it."""

import secrets
from pathlib import Path

import environ

from probity.wiring.event_lines import logging_settings

env = environ.Env()

# Where local files live (database, frames, secret). Change it to keep a city's state elsewhere.
PROBITY_HOME = Path(env.str("PROBITY_HOME", default="var")).resolve()

# The database. SQLite by default; `postgres://user:password@host/name` for production.
DATABASE_URL = env.str("DATABASE_URL", default="")

# Signs sessions and forms. Made once and kept in PROBITY_HOME when not set.
_secret = env.str("PROBITY_SECRET_KEY", default="")

# Shows error details in the browser. For developers only.
DEBUG = env.bool("PROBITY_DEBUG", default=False)

# The names under which the server may be addressed, separated by commas.
ALLOWED_HOSTS = env.list("PROBITY_HOSTS", default=["localhost", "127.0.0.1", "[::1]"])

# Whether the site is reached by https only; then cookies are never sent without it.
HTTPS = env.bool("PROBITY_HTTPS", default=False)

# How events are written to standard error: `text` for a person, `json` for a collector. Neither names a person.
PROBITY_LOGS = env.str("PROBITY_LOGS", default="text")

# The largest delivered file, in megabytes.
PROBITY_LARGEST_FILE_MB = env.int("PROBITY_LARGEST_FILE_MB", default=512)

# How many times a password or a second factor may be tried under one name before it has to wait.
PROBITY_TRIES_A_NAME = env.int("PROBITY_TRIES_A_NAME", default=5)

# How many failures from one address before it has to wait; an office may share one address.
PROBITY_TRIES_AN_ADDRESS = env.int("PROBITY_TRIES_AN_ADDRESS", default=50)

# For how many minutes it has to wait; a security administrator opens an account's lock earlier.
PROBITY_LOCK_MINUTES = env.int("PROBITY_LOCK_MINUTES", default=15)

# After how many minutes without use a session ends.
PROBITY_IDLE_MINUTES = env.int("PROBITY_IDLE_MINUTES", default=60)

# After how many hours a session ends in any case.
PROBITY_SESSION_HOURS = env.int("PROBITY_SESSION_HOURS", default=8)

# For how many minutes a proof serves for sensitive acts, before password or factor is asked again.
PROBITY_ASK_AGAIN_MINUTES = env.int("PROBITY_ASK_AGAIN_MINUTES", default=10)

# Whether administrators must have a second factor before they can do anything; by default where https is set.
PROBITY_REQUIRE_SECOND_FACTOR = env.bool("PROBITY_REQUIRE_SECOND_FACTOR", default=None)
if PROBITY_REQUIRE_SECOND_FACTOR is None:
    PROBITY_REQUIRE_SECOND_FACTOR = HTTPS

# How many proxies of ours stand in front and add to X-Forwarded-For; with 0 the header is not believed.
PROBITY_PROXIES = env.int("PROBITY_PROXIES", default=0)

# The address of your office's identity provider (OpenID Connect), such as https://id.example.gov.cn; empty for none.
PROBITY_PROVIDER = env.str("PROBITY_PROVIDER", default="")

# Under which name this installation is registered there.
PROBITY_PROVIDER_CLIENT = env.str("PROBITY_PROVIDER_CLIENT", default="")

# The secret it was given there; empty for a public client, which is safe by PKCE alone.
PROBITY_PROVIDER_SECRET = env.str("PROBITY_PROVIDER_SECRET", default="")

# What the button says, in Chinese and English, separated by a bar.
PROBITY_PROVIDER_TITLE = env.str("PROBITY_PROVIDER_TITLE", default="政务统一认证|Government sign-in")


# The lists that must be here and fresh before anybody is called clean, by their keys, separated by commas.
PROBITY_LISTS_REQUIRED = env.list("PROBITY_LISTS_REQUIRED", default=[])


# Folder into which signed heads of the trail are exported, best on another machine. In PROBITY_HOME when not set.
PROBITY_HEADS = env.str("PROBITY_HEADS", default="")

# For how many days at most a supplier's account is let in.
PROBITY_SUPPLIER_DAYS = env.int("PROBITY_SUPPLIER_DAYS", default=7)

# For how many days an invitation to act for an enterprise holds.
PROBITY_INVITATION_DAYS = env.int("PROBITY_INVITATION_DAYS", default=14)


def _kept_secret() -> str:
    place = PROBITY_HOME / "secret"
    if not place.exists():
        PROBITY_HOME.mkdir(parents=True, exist_ok=True)
        place.write_text(secrets.token_urlsafe(48))
        place.chmod(0o600)
    return place.read_text().strip()


SECRET_KEY = _secret or _kept_secret()

if DATABASE_URL:
    DATABASES = {"default": env.db_url_config(DATABASE_URL)}
    DATABASES["default"]["CONN_MAX_AGE"] = 60
else:
    DATABASES = {"default": {"ENGINE": "django.db.backends.sqlite3", "NAME": str(PROBITY_HOME / "probity.sqlite3")}}
if DATABASES["default"]["ENGINE"].endswith("sqlite3"):
    # IMMEDIATE: a writer waits at its start instead of failing in its middle.
    DATABASES["default"]["OPTIONS"] = {
        "transaction_mode": "IMMEDIATE",
        "timeout": 30,
        "init_command": "PRAGMA journal_mode=WAL; PRAGMA synchronous=NORMAL; PRAGMA recursive_triggers=ON; "
        "PRAGMA foreign_keys=ON; PRAGMA cache_size=-64000;",
    }

INSTALLED_APPS = [
    "django.contrib.auth",
    "django.contrib.contenttypes",
    "django.contrib.sessions",
    "django.contrib.messages",
    "django.contrib.staticfiles",
    "probity.guard.trail.apps.TrailConfig",
    "probity.guard.authorities.apps.AuthoritiesConfig",
    "probity.guard.procedures.apps.ProceduresConfig",
    "probity.guard.credentials.apps.CredentialsConfig",
    "probity.know.registry.apps.RegistryConfig",
    "probity.know.sources.apps.SourcesConfig",
    "probity.know.records.apps.RecordsConfig",
    "probity.judge.evaluation.apps.EvaluationConfig",
    "probity.act.lists.apps.ListsConfig",
    "probity.act.measures.apps.MeasuresConfig",
    "probity.show.parts.apps.PartsConfig",
    "probity.show.public.apps.PublicConfig",
    "probity.show.desk.apps.DeskConfig",
    "probity.show.api.apps.ApiConfig",
]
MIDDLEWARE = [
    "django.middleware.security.SecurityMiddleware",
    "whitenoise.middleware.WhiteNoiseMiddleware",
    "csp.middleware.CSPMiddleware",
    "probity.show.api.problems.in_both_languages",
    "django.contrib.sessions.middleware.SessionMiddleware",
    "django.middleware.locale.LocaleMiddleware",
    "django.middleware.common.CommonMiddleware",
    "django.middleware.csrf.CsrfViewMiddleware",
    "django.contrib.auth.middleware.AuthenticationMiddleware",
    "probity.wiring.middleware.moment_and_actor",
    "django.contrib.messages.middleware.MessageMiddleware",
    "django.middleware.clickjacking.XFrameOptionsMiddleware",
]
ROOT_URLCONF = "probity.wiring.urls"
CSRF_FAILURE_VIEW = "probity.show.parts.errors.form_expired"
WSGI_APPLICATION = "probity.wiring.wsgi.application"
AUTH_USER_MODEL = "authorities.Account"
AUTH_PASSWORD_VALIDATORS = [
    {"NAME": "django.contrib.auth.password_validation.MinimumLengthValidator", "OPTIONS": {"min_length": 10}},
    {"NAME": "django.contrib.auth.password_validation.CommonPasswordValidator"},
]
TEMPLATES = [
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
]

LANGUAGE_CODE = "zh-hans"
LANGUAGES = [("zh-hans", "中文"), ("en", "English")]
LOCALE_PATHS = [Path(__file__).parent.parent / "show" / "locale"]
LANGUAGE_COOKIE_NAME = "language"
USE_TZ = True
TIME_ZONE = "Asia/Shanghai"

STATIC_URL = "/static/"
STATIC_ROOT = PROBITY_HOME / "static"
WHITENOISE_USE_FINDERS = True
LOGIN_URL = "/desk/login/"
LOGIN_REDIRECT_URL = "/desk/"
LOGOUT_REDIRECT_URL = "/"
DATA_UPLOAD_MAX_MEMORY_SIZE = 10 * 2**20
SESSION_COOKIE_SECURE = CSRF_COOKIE_SECURE = HTTPS
SESSION_COOKIE_AGE = PROBITY_SESSION_HOURS * 3600
SESSION_COOKIE_HTTPONLY = CSRF_COOKIE_HTTPONLY = True
SESSION_COOKIE_SAMESITE = CSRF_COOKIE_SAMESITE = "Lax"
if HTTPS:
    # The proxy that ends https must set this header itself and drop the visitor's; without it every form is refused.
    SECURE_PROXY_SSL_HEADER = ("HTTP_X_FORWARDED_PROTO", "https")
    SECURE_HSTS_SECONDS = 365 * 86400
    SECURE_HSTS_INCLUDE_SUBDOMAINS = False
SECURE_CONTENT_TYPE_NOSNIFF = True
LOGGING = logging_settings(PROBITY_LOGS)
SECURE_REFERRER_POLICY = "same-origin"
X_FRAME_OPTIONS = "DENY"
DEFAULT_AUTO_FIELD = "django.db.models.BigAutoField"
CONTENT_SECURITY_POLICY = {
    "DIRECTIVES": {
        "default-src": ["'self'"],
        "img-src": ["'self'", "data:"],
        "script-src": ["'self'"],
        "style-src": ["'self'"],
        "object-src": ["'none'"],
        "base-uri": ["'none'"],
        "frame-ancestors": ["'none'"],
        # A form that begins or ends a provider's session is answered by a redirection to it.
        "form-action": ["'self'", *(["/".join(PROBITY_PROVIDER.split("/")[:3])] if PROBITY_PROVIDER else [])],
    }
}
SILENCED_SYSTEM_CHECKS = ["security.W004", "security.W008"]  # https is ended by the operator's proxy
