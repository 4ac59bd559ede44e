"""The kata language: one package of form, decisions, workflow, notices, guidance and examples.

Authored as YAML, checked by the models here, published as canonical JSON with a SHA-256.
Nothing in this room knows Django, a database or a clock: today is always an argument.
"""
