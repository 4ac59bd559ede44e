"""Registers the room with Django."""

from django.apps import AppConfig


class TenancyConfig(AppConfig):
    name = "yuimaru.foundation.tenancy"
    label = "tenancy"
