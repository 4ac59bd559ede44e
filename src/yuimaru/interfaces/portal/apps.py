"""Django app `portal`."""

from django.apps import AppConfig


class PortalConfig(AppConfig):
    name = "yuimaru.interfaces.portal"
    label = "portal"
