"""Registers the room with Django."""

from django.apps import AppConfig


class DeskConfig(AppConfig):
    name = "yuimaru.interfaces.desk"
    label = "desk"
