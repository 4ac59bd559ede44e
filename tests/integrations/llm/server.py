"""The model server of the proofs, for tests that ask it from this process."""

import importlib

from yuimaru.demo.proofs.model_server import OUTAGES, Model, model, says

__all__ = ["OUTAGES", "Model", "model", "says"]

importlib.import_module("openai")  # takes seconds on a slow machine, which the first question would pay for
