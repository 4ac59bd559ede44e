"""Django app `api`."""

from django.apps import AppConfig


class ApiConfig(AppConfig):
    name = "yuimaru.interfaces.api"
    label = "api"
