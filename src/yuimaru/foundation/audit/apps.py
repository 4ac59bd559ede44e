"""Registers the room with Django."""

from django.apps import AppConfig


class AuditConfig(AppConfig):
    name = "yuimaru.foundation.audit"
    label = "audit"
