"""Registers the room with Django."""

from django.apps import AppConfig


class CatalogueConfig(AppConfig):
    name = "yuimaru.services.catalogue"
    label = "catalogue"
