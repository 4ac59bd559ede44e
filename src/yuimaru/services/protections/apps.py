"""Registers the room with Django."""

from django.apps import AppConfig


class ProtectionsConfig(AppConfig):
    name = "yuimaru.services.protections"
    label = "protections"
