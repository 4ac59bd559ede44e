"""Registers the room with Django."""

from django.apps import AppConfig


class NoticesConfig(AppConfig):
    name = "yuimaru.foundation.notices"
    label = "notices"
