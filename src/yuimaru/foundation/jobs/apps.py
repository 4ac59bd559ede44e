"""Registers the room with Django."""

from django.apps import AppConfig


class JobsConfig(AppConfig):
    name = "yuimaru.foundation.jobs"
    label = "jobs"
