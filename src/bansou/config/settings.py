"""Settings. Every value that a person may set is an environment variable named in docs/operations.md."""

import os
import secrets
from pathlib import Path
from typing import Any
from urllib.parse import parse_qsl, unquote, urlparse

from csp.constants import NONE, SELF


def env(name: str, default: str = "") -> str:
    return os.environ.get(name, default)


def env_on(name: str, default: bool) -> bool:
    return env(name, "1" if default else "0").lower() in {"1", "true", "yes", "on"}


PACKAGE = Path(__file__).resolve().parent.parent
DATA_DIR = Path(env("BANSOU_DATA_DIR", str(Path.cwd() / "var"))).resolve()
BASE_URL = env("BANSOU_BASE_URL", f"http://127.0.0.1:{env('BANSOU_PORT', '8000')}")
HTTPS = BASE_URL.startswith("https://")
DEBUG = False


def _secret_key() -> str:
    """The key of the environment, or one made once and kept beside the records."""
    if given := env("SECRET_KEY"):
        return given
    DATA_DIR.mkdir(parents=True, exist_ok=True)
    kept = DATA_DIR / "secret-key"
    if not kept.exists():
        kept.touch(mode=0o600)
        kept.write_text(secrets.token_urlsafe(48))
    return kept.read_text().strip()


SECRET_KEY = _secret_key()

ALLOWED_HOSTS = [h for h in env("ALLOWED_HOSTS").split(",") if h] or [
    "127.0.0.1",
    "localhost",
    "[::1]",
    urlparse(BASE_URL).hostname or "localhost",
]
CSRF_TRUSTED_ORIGINS = [BASE_URL]

INSTALLED_APPS = [
    "django.contrib.auth",
    "django.contrib.contenttypes",
    "django.contrib.sessions",
    "django.contrib.messages",
    "django.contrib.staticfiles",
    "django_htmx",
    "django_tasks",
    "django_tasks_db",
    "allauth",
    "allauth.account",
    "allauth.mfa",
    "csp",
    "bansou.infra.submissions",
    "bansou.ui",
    "bansou.apps.audit",
    "bansou.apps.accounts",
    "bansou.apps.organisations",
    "bansou.apps.businesses",
    "bansou.apps.engagements",
    "bansou.apps.dialogues",
    "bansou.apps.sheets",
    "bansou.web",
]

MIDDLEWARE = [
    "django.middleware.security.SecurityMiddleware",
    "whitenoise.middleware.WhiteNoiseMiddleware",
    "bansou.config.middleware.BodyLimit",
    "csp.middleware.CSPMiddleware",
    "bansou.config.middleware.NeverCacheRecords",
    "django.contrib.sessions.middleware.SessionMiddleware",
    "django.middleware.common.CommonMiddleware",
    "django.middleware.csrf.CsrfViewMiddleware",
    "django.contrib.auth.middleware.AuthenticationMiddleware",
    "django.contrib.messages.middleware.MessageMiddleware",
    "django.middleware.clickjacking.XFrameOptionsMiddleware",
    "django_htmx.middleware.HtmxMiddleware",
    "allauth.account.middleware.AccountMiddleware",
    "bansou.config.middleware.Doors",
    "bansou.infra.submissions.middleware.SubmitOnce",
]

ROOT_URLCONF = "bansou.config.urls"
WSGI_APPLICATION = "bansou.config.wsgi.application"

TEMPLATES: list[dict[str, Any]] = [
    {
        "BACKEND": "django.template.backends.django.DjangoTemplates",
        "DIRS": [PACKAGE / "web" / "templates"],
        "APP_DIRS": True,
        "OPTIONS": {
            "context_processors": [
                "django.template.context_processors.request",
                "django.contrib.auth.context_processors.auth",
                "django.contrib.messages.context_processors.messages",
                "bansou.config.context.frame",
            ],
            "builtins": ["bansou.ui.templatetags.ui", "bansou.ui.templatetags.pictures"],
        },
    }
]


def _database(url: str) -> dict[str, Any]:
    """DATABASE_URL as Django wants it; an empty one means the embedded database."""
    if not url:
        return {
            "ENGINE": "django.db.backends.sqlite3",
            "NAME": DATA_DIR / "bansou.sqlite3",
            "OPTIONS": {
                "timeout": 20,
                "transaction_mode": "IMMEDIATE",
                "init_command": "PRAGMA journal_mode=WAL; PRAGMA synchronous=FULL; PRAGMA cache_size=-8000;",
            },
        }
    parts = urlparse(url)
    if parts.scheme not in {"postgres", "postgresql"}:
        raise ValueError("DATABASE_URL must begin with postgres://")
    query = dict(parse_qsl(parts.query))
    return {
        "ENGINE": "django.db.backends.postgresql",
        "NAME": unquote(parts.path.lstrip("/")),
        "USER": unquote(parts.username or ""),
        "PASSWORD": unquote(parts.password or ""),
        "HOST": query.pop("host", parts.hostname or ""),
        "PORT": str(parts.port or ""),
        "CONN_MAX_AGE": 60,
        "CONN_HEALTH_CHECKS": True,
        "OPTIONS": query,
    }


DATABASES = {"default": _database(env("DATABASE_URL"))}
DEFAULT_AUTO_FIELD = "django.db.models.BigAutoField"
# Rate limits have to be counted in one place by all workers.
CACHES = {
    "default": {"BACKEND": "django.core.cache.backends.db.DatabaseCache", "LOCATION": "shared_cache"},
}
TASKS = {"default": {"BACKEND": "django_tasks_db.DatabaseBackend"}}

LANGUAGE_CODE = "ja"
TIME_ZONE = "Asia/Tokyo"
USE_I18N = True
USE_TZ = True
FORMAT_MODULE_PATH = ["bansou.config.formats"]

STATIC_URL = "/static/"
STATIC_ROOT = Path(env("BANSOU_STATIC_DIR", str(DATA_DIR / "static")))
STORAGES = {
    "default": {"BACKEND": "django.core.files.storage.InMemoryStorage"},
    "staticfiles": {"BACKEND": "whitenoise.storage.CompressedManifestStaticFilesStorage"},
}
WHITENOISE_MAX_AGE = 3600

# People
AUTH_USER_MODEL = "accounts.Account"
AUTHENTICATION_BACKENDS = ["allauth.account.auth_backends.AuthenticationBackend"]
PASSWORD_HASHERS = ["django.contrib.auth.hashers.ScryptPasswordHasher"]
AUTH_PASSWORD_VALIDATORS = [
    {"NAME": "django.contrib.auth.password_validation.UserAttributeSimilarityValidator"},
    {
        "NAME": "django.contrib.auth.password_validation.MinimumLengthValidator",
        "OPTIONS": {"min_length": 10},
    },
    {"NAME": "django.contrib.auth.password_validation.CommonPasswordValidator"},
]
LOGIN_URL = "account_login"
LOGIN_REDIRECT_URL = "home"
ACCOUNT_LOGOUT_REDIRECT_URL = "account_login"
ACCOUNT_ADAPTER = "bansou.config.allauth.InvitedOnly"
ACCOUNT_USER_MODEL_USERNAME_FIELD = None
ACCOUNT_LOGIN_METHODS = {"email"}
ACCOUNT_SIGNUP_FIELDS = ["email*", "password1*", "password2*"]
# The link of an invitation has proved the address already.
ACCOUNT_EMAIL_VERIFICATION = "none"
ACCOUNT_EMAIL_NOTIFICATIONS = True
ACCOUNT_USER_DISPLAY = "bansou.config.allauth.display_name"
ACCOUNT_SESSION_REMEMBER = False
ACCOUNT_DEFAULT_HTTP_PROTOCOL = "https" if HTTPS else "http"
ACCOUNT_EMAIL_SUBJECT_PREFIX = "[Bansō] "
ACCOUNT_FORMS = {
    "login": "bansou.web.account.forms.SignInForm",
    "change_password": "bansou.web.account.forms.ChangePasswordForm",
    "set_password": "bansou.web.account.forms.SetPasswordForm",
    "reset_password": "bansou.web.account.forms.ForgottenPasswordForm",
    "reset_password_from_key": "bansou.web.account.forms.NewPasswordForm",
    "reauthenticate": "bansou.web.account.forms.ConfirmPasswordForm",
}
# Wrong passwords: 5 in 5 minutes for one address, 10 in a minute from one place, which may be a whole office.
ACCOUNT_RATE_LIMITS = {"login_failed": "10/m/ip,5/5m/key", "login": "60/m/ip"}
ALLAUTH_TRUSTED_PROXY_COUNT = 1 if env_on("BANSOU_BEHIND_PROXY", False) else 0
MFA_ADAPTER = "bansou.config.allauth.SecondProof"
MFA_FORMS = {
    "authenticate": "bansou.web.account.forms.CodeForm",
    "reauthenticate": "bansou.web.account.forms.ConfirmCodeForm",
    "activate_totp": "bansou.web.account.forms.ActivateAppForm",
    "add_webauthn": "bansou.web.account.forms.AddPasskeyForm",
    "edit_webauthn": "bansou.web.account.forms.RenamePasskeyForm",
    "authenticate_webauthn": "bansou.web.account.forms.PasskeyForm",
    "reauthenticate_webauthn": "bansou.web.account.forms.ConfirmPasskeyForm",
    "login_webauthn": "bansou.web.account.forms.PasskeySignInForm",
}
MFA_ALLOW_UNVERIFIED_EMAIL = True
# A code is good for half a minute longer on both sides: clocks differ, and fingers are slow.
MFA_TOTP_TOLERANCE = 1
MFA_SUPPORTED_TYPES = ["totp", "webauthn", "recovery_codes"]
MFA_PASSKEY_LOGIN_ENABLED = True
MFA_TOTP_ISSUER = "Bansō"
# A passkey needs a secure origin; browsers count loopback as one.
MFA_WEBAUTHN_ALLOW_INSECURE_ORIGIN = not HTTPS

# Forms of these modules ask for passwords and codes: see infra.submissions.
SECRET_FORMS = ["allauth."]

# Sessions end after a working day, and after the browser closes.
SESSION_COOKIE_AGE = int(env("BANSOU_SESSION_HOURS", "10")) * 3600
SESSION_SAVE_EVERY_REQUEST = False
SESSION_EXPIRE_AT_BROWSER_CLOSE = True
SESSION_COOKIE_HTTPONLY = True
SESSION_COOKIE_SAMESITE = "Lax"
SESSION_COOKIE_SECURE = HTTPS
CSRF_COOKIE_SECURE = HTTPS
CSRF_COOKIE_HTTPONLY = True
CSRF_COOKIE_SAMESITE = "Lax"
CSRF_FAILURE_VIEW = "bansou.web.home.views.csrf_failure"
SECURE_SSL_REDIRECT = False
SECURE_HSTS_SECONDS = 31_536_000 if HTTPS else 0
SECURE_HSTS_INCLUDE_SUBDOMAINS = HTTPS
SECURE_CONTENT_TYPE_NOSNIFF = True
SECURE_REFERRER_POLICY = "same-origin"
SECURE_CROSS_ORIGIN_OPENER_POLICY = "same-origin"
SECURE_PROXY_SSL_HEADER = (
    ("HTTP_X_FORWARDED_PROTO", "https") if env_on("BANSOU_BEHIND_PROXY", False) else None
)
X_FRAME_OPTIONS = "DENY"
# The redirect to https belongs to the proxy in front; preloading is the choice of who owns the name.
SILENCED_SYSTEM_CHECKS = ["security.W008", "security.W021"]

CONTENT_SECURITY_POLICY = {
    "DIRECTIVES": {
        "default-src": [NONE],
        "script-src": [SELF],
        "style-src": [SELF],
        "img-src": [SELF, "data:"],
        "font-src": [SELF],
        "connect-src": [SELF],
        "manifest-src": [SELF],
        "worker-src": [SELF],
        "form-action": [SELF],
        "base-uri": [NONE],
        "frame-ancestors": [NONE],
    }
}

# Uploads. The largest file a page takes has 20 MB.
LARGEST_REQUEST = 25 * 1024 * 1024
DATA_UPLOAD_MAX_MEMORY_SIZE = 5 * 1024 * 1024
FILE_UPLOAD_MAX_MEMORY_SIZE = 2 * 1024 * 1024
DATA_UPLOAD_MAX_NUMBER_FIELDS = 2000

# Mail: written to the terminal until a server is named.
EMAIL_BACKEND = f"django.core.mail.backends.{'smtp' if env('EMAIL_HOST') else 'console'}.EmailBackend"
EMAIL_HOST = env("EMAIL_HOST", "localhost")
EMAIL_PORT = int(env("EMAIL_PORT", "587"))
EMAIL_HOST_USER = env("EMAIL_HOST_USER")
EMAIL_HOST_PASSWORD = env("EMAIL_HOST_PASSWORD")
EMAIL_USE_TLS = env_on("EMAIL_USE_TLS", True)
DEFAULT_FROM_EMAIL = env("DEFAULT_FROM_EMAIL", "Bansō <noreply@localhost>")

# Demo data: fictional, once, into an empty database only.
DEMO = env_on("BANSOU_DEMO", True)

LOGGING: dict[str, Any] = {
    "version": 1,
    "disable_existing_loggers": False,
    "formatters": {"plain": {"format": "%(asctime)s %(levelname)s %(name)s %(message)s"}},
    "handlers": {"console": {"class": "logging.StreamHandler", "formatter": "plain"}},
    "root": {"handlers": ["console"], "level": env("BANSOU_LOG_LEVEL", "INFO")},
    "loggers": {"django_tasks": {"level": "WARNING"}},
}
