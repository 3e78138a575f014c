"""The settings of the program, with what makes tests quick, strict and harmless.

Nothing here may change what a page does; it only replaces slow or lasting things by quick and passing ones.
"""

import os
from pathlib import Path

_SCRATCH = Path(__file__).resolve().parent.parent / "build" / "tests"
os.environ["BANSOU_DATA_DIR"] = str(_SCRATCH)
os.environ["BANSOU_STATIC_DIR"] = str(_SCRATCH / "static")
os.environ["SECRET_KEY"] = "tests-" + "k" * 50
for _name in ("BANSOU_BASE_URL", "BANSOU_PORT", "ALLOWED_HOSTS", "EMAIL_HOST"):
    os.environ.pop(_name, None)

from bansou.config.settings import *  # noqa: E402, F403
from bansou.config.settings import DATABASES, STORAGES  # noqa: E402

# A slow hash protects people; here it would only slow every sign-in.
PASSWORD_HASHERS = ["django.contrib.auth.hashers.MD5PasswordHasher"]
# The names of static files come from the folder itself: nothing has to be collected before a test.
STORAGES = STORAGES | {
    "staticfiles": {"BACKEND": "django.contrib.staticfiles.storage.StaticFilesStorage"},
}
WHITENOISE_AUTOREFRESH = True
# No worker runs beside the tests.
TASKS = {"default": {"BACKEND": "django_tasks.backends.immediate.ImmediateBackend"}}
(_SCRATCH / "static").mkdir(parents=True, exist_ok=True)

if DATABASES["default"]["ENGINE"] == "django.db.backends.sqlite3":
    # A file, so that requests of a browser have connections of their own; nothing in it is worth a sync.
    DATABASES["default"]["TEST"] = {"NAME": str(_SCRATCH / f"{os.getpid()}.sqlite3")}
    _options = DATABASES["default"]["OPTIONS"]
    _options["init_command"] = f"{_options['init_command']} PRAGMA synchronous=OFF;"
