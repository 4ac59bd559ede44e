"""Django settings of every process: one file, read from top to bottom."""

from __future__ import annotations

from typing import Any

from django.utils.translation import gettext_lazy as _

from yuimaru.config import databases, env, wiring

ROOT = env.ROOT
VAR = env.var_folder()
SECRET_KEY = env.secret_key(VAR)
DEBUG = env.debug()
ALLOWED_HOSTS = env.allowed_hosts()

# Our pages come first: their templates stand before those of the libraries.
INSTALLED_APPS = [
    "yuimaru.interfaces.look",
    "yuimaru.interfaces.portal",
    "yuimaru.interfaces.desk",
    "yuimaru.interfaces.api",
    "django.contrib.auth",
    "django.contrib.contenttypes",
    "django.contrib.sessions",
    "django.contrib.messages",
    "django.contrib.staticfiles",
    "allauth",
    "allauth.account",
    "axes",
    "yuimaru.foundation.audit",
    "yuimaru.foundation.keys",
    "yuimaru.foundation.tenancy",
    "yuimaru.foundation.people",
    "yuimaru.foundation.jobs",
    "yuimaru.foundation.files",
    "yuimaru.foundation.notices",
    "yuimaru.services.knowledge",
    "yuimaru.services.questions",
    "yuimaru.services.catalogue",
    "yuimaru.services.procedures",
    "yuimaru.services.protections",
    "yuimaru.services.cases",
]

MIDDLEWARE = [
    "django.middleware.security.SecurityMiddleware",
    "csp.middleware.CSPMiddleware",
    "yuimaru.interfaces.look.middleware.PrivateByDefaultMiddleware",
    "yuimaru.interfaces.api.middleware.NeverAPageMiddleware",
    "django.contrib.sessions.middleware.SessionMiddleware",
    "yuimaru.interfaces.look.preferences.PreferencesMiddleware",
    "yuimaru.interfaces.look.middleware.ReadableMiddleware",
    "django.middleware.common.CommonMiddleware",
    "django.middleware.csrf.CsrfViewMiddleware",
    "django.contrib.auth.middleware.AuthenticationMiddleware",
    "django.contrib.messages.middleware.MessageMiddleware",
    "allauth.account.middleware.AccountMiddleware",
    "yuimaru.interfaces.look.middleware.RefusalMiddleware",
    "axes.middleware.AxesMiddleware",
]

ROOT_URLCONF = "yuimaru.config.urls"
WSGI_APPLICATION = "yuimaru.config.wsgi.application"
DEFAULT_AUTO_FIELD = "django.db.models.BigAutoField"

TEMPLATES: list[dict[str, Any]] = [
    {
        "BACKEND": "django.template.backends.django.DjangoTemplates",
        "APP_DIRS": True,
        "OPTIONS": {
            "context_processors": [
                "django.template.context_processors.request",
                "django.template.context_processors.i18n",
                "django.contrib.auth.context_processors.auth",
                "django.contrib.messages.context_processors.messages",
            ],
        },
    }
]

DATABASES = databases.chosen(VAR)

AUTH_USER_MODEL = "people.User"
AUTHENTICATION_BACKENDS = [
    "axes.backends.AxesStandaloneBackend",
    "allauth.account.auth_backends.AuthenticationBackend",
]
PASSWORD_HASHERS = [
    "django.contrib.auth.hashers.ScryptPasswordHasher",
    "django.contrib.auth.hashers.PBKDF2PasswordHasher",
]
AUTH_PASSWORD_VALIDATORS = [
    {"NAME": "django.contrib.auth.password_validation.UserAttributeSimilarityValidator"},
    {"NAME": "django.contrib.auth.password_validation.MinimumLengthValidator", "OPTIONS": {"min_length": 10}},
    {"NAME": "django.contrib.auth.password_validation.CommonPasswordValidator"},
]
LOGIN_URL = "/accounts/login/"
LOGIN_REDIRECT_URL = "/desk/"
ACCOUNT_LOGIN_METHODS = {"username"}
ACCOUNT_SIGNUP_FIELDS = ["username*", "password1*", "password2*"]
ACCOUNT_ADAPTER = "yuimaru.interfaces.look.accounts.ClosedAdapter"
ACCOUNT_EMAIL_VERIFICATION = "none"
ACCOUNT_USER_MODEL_USERNAME_FIELD = "login"
ACCOUNT_USER_MODEL_EMAIL_FIELD = "email"
ACCOUNT_LOGOUT_REDIRECT_URL = "/"
ACCOUNT_SESSION_REMEMBER = False
# axes locks; allauth's own limiter would need a shared cache to mean anything over several processes.
ACCOUNT_RATE_LIMITS = False
AXES_FAILURE_LIMIT = 5
AXES_COOLOFF_TIME = 0.25
AXES_LOCKOUT_PARAMETERS = [["username", "ip_address"]]
AXES_USERNAME_FORM_FIELD = "username"  # what allauth passes on, whatever the page calls its field
AXES_LOCKOUT_TEMPLATE = "look/errors/locked.html"
AXES_VERBOSE = False

SESSION_COOKIE_AGE = 8 * 60 * 60
SESSION_EXPIRE_AT_BROWSER_CLOSE = True
SESSION_COOKIE_SECURE = CSRF_COOKIE_SECURE = env.behind_tls()
SESSION_COOKIE_SAMESITE = CSRF_COOKIE_SAMESITE = "Lax"
CSRF_FAILURE_VIEW = "yuimaru.interfaces.look.errors.csrf_failure"
SECURE_CONTENT_TYPE_NOSNIFF = True
SECURE_REFERRER_POLICY = "same-origin"
SECURE_CROSS_ORIGIN_OPENER_POLICY = "same-origin"
X_FRAME_OPTIONS = "DENY"
CONTENT_SECURITY_POLICY = {
    "DIRECTIVES": {
        "default-src": ["'none'"],
        "style-src": ["'self'"],
        "img-src": ["'self'"],
        "font-src": ["'self'"],
        "form-action": ["'self'"],
        "frame-ancestors": ["'none'"],
        "base-uri": ["'none'"],
    }
}
DATA_UPLOAD_MAX_MEMORY_SIZE = 2 * 1024 * 1024
DATA_UPLOAD_MAX_NUMBER_FIELDS = 2000
FILE_UPLOAD_HANDLERS = ["yuimaru.interfaces.look.receiving.Receiving"]

LANGUAGE_CODE = "ja"
LANGUAGES = [("ja", _("Japanese")), ("en", _("English"))]
LANGUAGE_COOKIE_NAME = "yuimaru_language"
USE_I18N = True
USE_TZ = True
TIME_ZONE = "Asia/Tokyo"

STATIC_URL = "/static/"
STATIC_ROOT = VAR / "static"

SMTP = env.smtp_host()
EMAIL_BACKEND = (
    "django.core.mail.backends.smtp.EmailBackend"
    if SMTP
    else "django.core.mail.backends.filebased.EmailBackend"
)
EMAIL_HOST, EMAIL_PORT = SMTP or ("localhost", 25)
EMAIL_TIMEOUT = 20
POSTAL_CODES = env.postal_codes(VAR)
SEARCH_PARTS = env.search_parts()
SEARCH_READS_TWICE = env.search_reads_twice()
EMAIL_FILE_PATH = VAR / "mail"
DEFAULT_FROM_EMAIL = "yuimaru@localhost"

LOGGING = {
    "version": 1,
    "disable_existing_loggers": False,
    "formatters": {"plain": {"format": "{asctime} {levelname} {name}: {message}", "style": "{"}},
    "handlers": {"stderr": {"class": "logging.StreamHandler", "formatter": "plain"}},
    "root": {"handlers": ["stderr"], "level": "WARNING"},
    "loggers": {"yuimaru": {"level": "INFO"}},
}


ADAPTERS = wiring.ADAPTERS
REACTIONS = wiring.REACTIONS
JOB_HANDLERS = wiring.JOB_HANDLERS
DAILY_JOBS = wiring.DAILY_JOBS
EACH_MINUTE = wiring.EACH_MINUTE
STEP_KINDS = wiring.STEP_KINDS
