"""Registers the room with Django."""

from django.apps import AppConfig


class ProceduresConfig(AppConfig):
    name = "yuimaru.services.procedures"
    label = "procedures"
