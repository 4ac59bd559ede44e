"""Registers the room with Django."""

from django.apps import AppConfig


class KnowledgeConfig(AppConfig):
    name = "yuimaru.services.knowledge"
    label = "knowledge"
