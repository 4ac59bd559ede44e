"""The WSGI application that waitress or granian serves."""

import os

from django.core.wsgi import get_wsgi_application
from django.db import connection

from yuimaru.foundation.tenancy.postgresql.roles import require_confined

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "yuimaru.config.settings")

application = get_wsgi_application()
require_confined(connection)
connection.close()  # each thread that answers opens its own
