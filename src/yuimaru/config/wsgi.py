"""The WSGI application that waitress or granian serves: static files first, then pages."""

import os

from django.contrib.staticfiles.finders import AppDirectoriesFinder
from django.core.wsgi import get_wsgi_application
from django.db import connection
from servestatic import ServeStatic

from yuimaru.foundation.tenancy.postgresql.roles import require_confined

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "yuimaru.config.settings")


def _not_to_be_guessed(headers: dict[str, str], path: str, url: str) -> None:
    headers["X-Content-Type-Options"] = "nosniff"


# Around Django and not among its middleware: there it is asynchronous only, and would send every page through a
# second thread and an event loop.
application = ServeStatic(
    get_wsgi_application(), allow_all_origins=False, add_headers_function=_not_to_be_guessed
)
for path, storage in AppDirectoriesFinder().list(None):
    application.add_file_to_dictionary(f"/static/{path}", storage.path(path))
require_confined(connection)
connection.close()  # each thread that answers opens its own
