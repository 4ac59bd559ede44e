"""Django app `look`."""

from django.apps import AppConfig


class LookConfig(AppConfig):
    name = "yuimaru.interfaces.look"
    label = "look"
