"""Registers the room with Django."""

from django.apps import AppConfig


class CasesConfig(AppConfig):
    name = "yuimaru.services.cases"
    label = "cases"
