"""Settings of a version that does not exist yet: one app and two migrations more."""

from __future__ import annotations

from yuimaru.config.settings import *  # noqa: F403
from yuimaru.config.settings import INSTALLED_APPS as _TODAY

INSTALLED_APPS = [*_TODAY, "tests.upgrade.later"]
