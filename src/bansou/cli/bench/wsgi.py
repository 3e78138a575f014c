"""The program as it is served, with the floor beside its pages."""

import os

from django.conf import settings
from django.core.wsgi import get_wsgi_application

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "bansou.config.settings")
settings.ROOT_URLCONF = "bansou.cli.bench.urls"
application = get_wsgi_application()
