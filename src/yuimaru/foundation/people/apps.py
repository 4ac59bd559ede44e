"""Registers the room with Django."""

from django.apps import AppConfig


class PeopleConfig(AppConfig):
    name = "yuimaru.foundation.people"
    label = "people"
