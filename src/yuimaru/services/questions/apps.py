"""Registers the room with Django."""

from django.apps import AppConfig


class QuestionsConfig(AppConfig):
    name = "yuimaru.services.questions"
    label = "questions"
