"""The WSGI application that waitress or granian serves."""

import os

from django.core.wsgi import get_wsgi_application

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "yuimaru.config.settings")

application = get_wsgi_application()
