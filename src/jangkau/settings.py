"""Django's settings. Whatever differs between installations comes from the environment.

JANGKAU_DATA (folder of everything kept, default ./data), DATABASE_URL (default SQLite in that folder),
JANGKAU_SECRET_KEY (default: made once and kept in that folder), JANGKAU_ALLOWED_HOSTS (comma separated, default
this machine only), JANGKAU_HTTPS (1 behind TLS: secure cookies and HSTS); all are listed in
docs/panduan/pemasangan.md.
"""

import secrets
from pathlib import Path
from urllib.parse import urlsplit

import environ
from csp.constants import NONCE, NONE, SELF

env = environ.Env()
PACKAGE = Path(__file__).resolve().parent
DATA = Path(env.str("JANGKAU_DATA", "data")).resolve()


def _secret_key() -> str:
    """The secret of this installation, made once where the environment gives none."""
    file = DATA / "secret-key"
    if not file.is_file():
        DATA.mkdir(parents=True, exist_ok=True)
        file.touch(mode=0o600)
        file.write_text(secrets.token_urlsafe(50))
    return file.read_text()


SECRET_KEY = env.str("JANGKAU_SECRET_KEY", "") or _secret_key()
ALLOWED_HOSTS = env.list("JANGKAU_ALLOWED_HOSTS", default=["localhost", "127.0.0.1", "[::1]"])
DEBUG = False
HTTPS = env.bool("JANGKAU_HTTPS", default=False)

INSTALLED_APPS = [
    "django.contrib.auth",
    "django.contrib.contenttypes",
    "django.contrib.messages",
    "django.contrib.sessions",
    "allauth",
    "allauth.account",
    "allauth.mfa",
    "allauth.socialaccount",
    "allauth.socialaccount.providers.openid_connect",
    "axes",
    "csp",
    "django_htmx",
    "django_tasks",
    "django_tasks_db",
    "rules",
    "jangkau.apps.accounts",
    "jangkau.apps.audit",
    "jangkau.apps.jobs",
    "jangkau.apps.regions",
    "jangkau.apps.access",
    "jangkau.apps.registry",
    "jangkau.apps.intake",
    "jangkau.apps.monitoring",
    "jangkau.apps.surveys",
    "jangkau.apps.opendata",
    "jangkau.apps.linkage",
    "jangkau.apps.planning",
    "jangkau.apps.notices",
    "jangkau.apps.proofs",
    "jangkau.apps.enrolment",
    "jangkau.apps.reconciliation",
    "jangkau.apps.claims",
    "jangkau.apps.people",
    "jangkau.apps.scorecards",
    "jangkau.apps.reports",
    "jangkau.apps.field",
    "jangkau.apps.impact",
    "jangkau.apps.partners",
    "jangkau.apps.outreach",
    "jangkau.apps.portal",
    "jangkau.apps.requests",
    "jangkau.web",
]

MIDDLEWARE = [
    "jangkau.web.proxy.client_address",
    "django.middleware.security.SecurityMiddleware",
    "jangkau.web.middleware.permissions_policy",
    "jangkau.apps.portal.kept.keep_pages",
    "whitenoise.middleware.WhiteNoiseMiddleware",
    "django.middleware.gzip.GZipMiddleware",
    "csp.middleware.CSPMiddleware",
    "django.contrib.sessions.middleware.SessionMiddleware",
    "django.middleware.locale.LocaleMiddleware",
    "django.middleware.common.CommonMiddleware",
    "django.middleware.csrf.CsrfViewMiddleware",
    "django.contrib.auth.middleware.AuthenticationMiddleware",
    "django.contrib.messages.middleware.MessageMiddleware",
    "django.middleware.clickjacking.XFrameOptionsMiddleware",
    "django_htmx.middleware.HtmxMiddleware",
    "allauth.account.middleware.AccountMiddleware",
    "jangkau.apps.audit.middleware.remember_origin",
    "jangkau.apps.access.middleware.demand_second_factor",
    "jangkau.web.counts.count_anew",
    "jangkau.web.middleware.problems_as_pages",
    "axes.middleware.AxesMiddleware",
]

ROOT_URLCONF = "jangkau.urls"
WSGI_APPLICATION = "jangkau.wsgi.application"
TEMPLATES = [
    {
        "BACKEND": "django.template.backends.django.DjangoTemplates",
        "DIRS": [PACKAGE / "web" / "templates"],
        "APP_DIRS": True,
        "OPTIONS": {
            "context_processors": [
                "django.template.context_processors.request",
                "django.contrib.auth.context_processors.auth",
                "django.contrib.messages.context_processors.messages",
                "csp.context_processors.nonce",
                "jangkau.web.context.frame",
            ],
            "builtins": ["django.templatetags.i18n", "jangkau.web.templatetags.jangkau"],
        },
    }
]

DATABASES = {"default": env.db_url("DATABASE_URL", default=f"sqlite:///{DATA / 'jangkau.sqlite3'}")}
if DATABASES["default"]["ENGINE"].endswith("sqlite3"):
    # A writer takes its lock at BEGIN, so two writers wait for each other instead of failing half way.
    DATABASES["default"]["OPTIONS"] = {
        "transaction_mode": "IMMEDIATE",
        "timeout": 20,
        "init_command": "PRAGMA journal_mode=WAL; PRAGMA synchronous=NORMAL; PRAGMA cache_size=-64000;",
    }
else:
    DATABASES["default"]["CONN_HEALTH_CHECKS"] = True
    DATABASES["default"].setdefault("CONN_MAX_AGE", 60)
# Shared by all processes of the machine, and locked by none: attempts, and counts that are shown for a minute.
CACHES = {
    "default": {
        "BACKEND": "django.core.cache.backends.filebased.FileBasedCache",
        "LOCATION": str(DATA / "singgahan"),
        "OPTIONS": {"MAX_ENTRIES": 5_000},
    }
}
CHECKS_A_DAY, CHECKS_AN_HOUR = 5, 600  # questions of cover that one place, and all together, may ask
REQUESTS_A_DAY, REQUESTS_AN_HOUR = 10, 300  # requests that one place, and all together, may send
RECEIPTS_A_DAY, RECEIPTS_AN_HOUR = 30, 1_000  # receipts that one place, and all together, may look up
PORTAL_SECONDS = 5  # how often a process looks whether the public's pages that it keeps still hold; 0 keeps none
COUNTS_SECONDS = 60  # how old the counts of menu and home may be for whoever has written nothing since
DEFAULT_AUTO_FIELD = "django.db.models.BigAutoField"

AUTH_USER_MODEL = "accounts.User"
AUTHENTICATION_BACKENDS = [
    "axes.backends.AxesStandaloneBackend",
    "rules.permissions.ObjectPermissionBackend",
    "allauth.account.auth_backends.AuthenticationBackend",
]
AUTH_PASSWORD_VALIDATORS = [
    {"NAME": "django.contrib.auth.password_validation.UserAttributeSimilarityValidator"},
    {"NAME": "django.contrib.auth.password_validation.MinimumLengthValidator", "OPTIONS": {"min_length": 10}},
    {"NAME": "django.contrib.auth.password_validation.CommonPasswordValidator"},
]
LOGIN_URL = "account_login"
LOGIN_REDIRECT_URL = "home"
ACCOUNT_LOGOUT_REDIRECT_URL = "account_login"
ACCOUNT_ADAPTER = "jangkau.apps.accounts.adapters.ClosedSignup"
ACCOUNT_LOGIN_METHODS = {"username"}
ACCOUNT_SIGNUP_FIELDS = ["username*", "password1*"]
ACCOUNT_EMAIL_VERIFICATION = "none"
ACCOUNT_SESSION_REMEMBER = False
# Sign-in with office accounts (OpenID Connect), where JANGKAU_OIDC_URL names the provider's issuer.
OIDC_URL = env.str("JANGKAU_OIDC_URL", "")
JANGKAU_OIDC_MATCH_USERNAME = env.bool("JANGKAU_OIDC_MATCH_USERNAME", default=False)
_OFFICE = {
    "provider_id": "kantor",
    "name": env.str("JANGKAU_OIDC_NAME", "akun kantor"),
    "client_id": env.str("JANGKAU_OIDC_CLIENT_ID", ""),
    "secret": env.str("JANGKAU_OIDC_CLIENT_SECRET", ""),
    "settings": {"server_url": OIDC_URL, "oauth_pkce_enabled": True},
}
SOCIALACCOUNT_PROVIDERS = {"openid_connect": {"APPS": [_OFFICE] if OIDC_URL else []}}
SOCIALACCOUNT_ADAPTER = "jangkau.apps.access.office.OfficeAccounts"
MFA_SUPPORTED_TYPES = ["totp", "webauthn", "recovery_codes"]
MFA_PASSKEY_LOGIN_ENABLED = True
MFA_TOTP_ISSUER = "Jangkau"
MFA_WEBAUTHN_ALLOW_INSECURE_ORIGIN = not HTTPS
AXES_FAILURE_LIMIT = 5
AXES_COOLOFF_TIME = 0.25  # hours
AXES_LOCKOUT_PARAMETERS = [["username", "ip_address"]]
AXES_LOCKOUT_TEMPLATE = "account/lockout.html"
AXES_USERNAME_CALLABLE = "jangkau.apps.accounts.adapters.username_tried"
AXES_VERBOSE = False
AXES_RESET_ON_SUCCESS = AXES_DISABLE_ACCESS_LOG = True  # the audit log has them
# Wrong passwords for one name are counted by axes; this one slows down whoever tries many names from one address.
ACCOUNT_RATE_LIMITS = {"login_failed": "30/5m/ip"}

# Role names, comma separated, that must have a second factor: admin,pengelola
JANGKAU_MFA_ROLES = frozenset(env.list("JANGKAU_MFA_ROLES", default=[]))
# Addresses or networks of proxies in front, comma separated ("unix" for a socket); without one no header is believed.
JANGKAU_TRUSTED_PROXIES = env.list("JANGKAU_TRUSTED_PROXIES", default=[])
SESSION_COOKIE_AGE = 12 * 3600
SESSION_COOKIE_SECURE = CSRF_COOKIE_SECURE = SECURE_SSL_REDIRECT = HTTPS
SECURE_HSTS_SECONDS = 31_536_000 if HTTPS else 0
SECURE_PROXY_SSL_HEADER = ("HTTP_X_FORWARDED_PROTO", "https") if HTTPS else None
CSRF_TRUSTED_ORIGINS = [f"https://{host}" for host in ALLOWED_HOSTS if HTTPS]
SECURE_REFERRER_POLICY = "same-origin"
X_FRAME_OPTIONS = "DENY"
CSRF_FAILURE_VIEW = "jangkau.web.errors.unreadable"
CSRF_COOKIE_HTTPONLY = True
CONTENT_SECURITY_POLICY = {
    "DIRECTIVES": {
        "default-src": [SELF],
        "script-src": [SELF, NONCE],
        "style-src": [SELF, NONCE],
        "img-src": [SELF, "data:"],
        "font-src": [SELF],
        "object-src": [NONE],
        "base-uri": [SELF],
        "form-action": [SELF, *([f"{urlsplit(OIDC_URL).scheme}://{urlsplit(OIDC_URL).netloc}"] if OIDC_URL else [])],
        "frame-ancestors": [NONE],
    }
}
DATA_UPLOAD_MAX_NUMBER_FIELDS = 5_000
DATA_UPLOAD_MAX_NUMBER_FILES = 500
DATA_UPLOAD_MAX_MEMORY_SIZE = 20 * 2**20
FILE_UPLOAD_PERMISSIONS = 0o600
JANGKAU_SMALL_CELLS = env.int("JANGKAU_SMALL_CELLS", default=5)  # counts of people below it are shown as "< 5"
JANGKAU_REVEALS_PER_HOUR = env.int("JANGKAU_REVEALS_PER_HOUR", default=30)
JANGKAU_MAX_FILE_BYTES = env.int("JANGKAU_MAX_FILE_BYTES", default=600 * 2**20)

# Messages out of the site: JANGKAU_EMAIL_URL as smtp+tls://user:password@server:587, JANGKAU_CHANNELS more ways as
# name=module.Class, JANGKAU_SITE_URL the address that messages name.
globals().update(env.email_url("JANGKAU_EMAIL_URL", default="dummymail://"))
EMAIL_TIMEOUT = 20
_HOST = next(iter(ALLOWED_HOSTS), "").lstrip("*.") or "localhost"
DEFAULT_FROM_EMAIL = env.str("JANGKAU_EMAIL_FROM", f"jangkau@{_HOST}")
JANGKAU_SITE_URL = env.str("JANGKAU_SITE_URL", f"{'https' if HTTPS else 'http'}://{_HOST}").rstrip("/")
JANGKAU_CHANNELS = {"email": "jangkau.apps.notices.mail.Mail", **env.dict("JANGKAU_CHANNELS", default={})}

# Days within which a request of the public is answered, by what is asked, and `naik` for each desk it is raised to;
# 3 x 24 hours where UU 27/2022 (art. 30, 40) gives no more. Days after its end until a request forgets who asked.
_DAYS = {"masuk": 14, "salah": 3, "berhenti": 3, "naik": 3}
JANGKAU_REQUEST_DAYS = _DAYS | {name: int(n) for name, n in env.dict("JANGKAU_REQUEST_DAYS", default={}).items()}
JANGKAU_REQUEST_KEEP_DAYS = env.int("JANGKAU_REQUEST_KEEP_DAYS", default=365)

# Open data: the least count of people that is published, and downloads of one address in a minute.
JANGKAU_OPENDATA_THRESHOLD = env.int("JANGKAU_OPENDATA_THRESHOLD", default=5)
JANGKAU_OPENDATA_RATE = env.int("JANGKAU_OPENDATA_RATE", default=60)

NINJA_DEFAULT_THROTTLE_RATES = {
    "api": env.str("JANGKAU_API_RATE", "600/m"),
    "permits": env.str("JANGKAU_PERMIT_RATE", "60/m"),
}

LANGUAGE_CODE = "id"
LANGUAGES = [("id", "Bahasa Indonesia"), ("en", "English")]
LOCALE_PATHS = [PACKAGE / "web" / "locale"]
FORMAT_MODULE_PATH = "jangkau.web.formats"
TIME_ZONE = "Asia/Jakarta"
USE_I18N = USE_TZ = True

STATIC_URL = "static/"
STATIC_ROOT = Path(env.str("JANGKAU_STATIC", str(PACKAGE.parents[1] / "build" / "static")))
WHITENOISE_MAX_AGE = 3600
MEDIA_ROOT = DATA / "berkas"

TASKS = {"default": {"BACKEND": "django_tasks_db.DatabaseBackend", "QUEUES": ["default"]}}

# No personal data in logs: only levels, names of views and codes of problems are written by our own code, and
# Django's own records of requests carry paths, which never hold a NIK.
LOGGING = {
    "version": 1,
    "disable_existing_loggers": False,
    "formatters": {"line": {"format": "{asctime} {levelname} {name} {message}", "style": "{"}},
    "filters": {"redact": {"()": "jangkau.web.redaction.Redact"}},
    "handlers": {"console": {"class": "logging.StreamHandler", "formatter": "line", "filters": ["redact"]}},
    "root": {"handlers": ["console"], "level": "WARNING"},
    "loggers": {"jangkau": {"level": "INFO"}, "axes": {"level": "ERROR"}},
}
SILENCED_SYSTEM_CHECKS = ["axes.W006"]
