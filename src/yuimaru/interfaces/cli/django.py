"""Starting Django for a command: settings, translations, and a database that is up to date."""

from __future__ import annotations

import fcntl
import os
from pathlib import Path


def setup() -> None:
    """Make Django ready and bring the database up to date; several processes at once do it one by one."""
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "yuimaru.config.settings")
    import django

    django.setup()
    from django.conf import settings

    with (settings.VAR / "prepare.lock").open("w") as lock:
        fcntl.flock(lock, fcntl.LOCK_EX)
        compile_translations(Path(settings.ROOT))
        _migrate()
        _bury_again()


def compile_translations(root: Path) -> None:
    """Compile every .po whose .mo is missing or older."""
    for source in root.glob("src/yuimaru/interfaces/*/locale/*/LC_MESSAGES/*.po"):
        compiled = source.with_suffix(".mo")
        if not compiled.exists() or compiled.stat().st_mtime < source.stat().st_mtime:
            _compile(source, compiled)


def _compile(source: Path, compiled: Path) -> None:
    from babel.messages.mofile import write_mo
    from babel.messages.pofile import read_po

    with source.open("rb") as po:
        catalogue = read_po(po)
    unfinished = compiled.with_suffix(".part")
    with unfinished.open("wb") as mo:
        write_mo(mo, catalogue)
    unfinished.rename(compiled)


def _bury_again() -> None:
    """What was destroyed stays destroyed, also after a backup was restored."""
    from django.utils.timezone import now

    from yuimaru.foundation.keys import ring
    from yuimaru.foundation.keys.actions import bury_again

    if ring.buried():
        bury_again(at=now())


def _migrate() -> None:
    from django.core.management import call_command
    from django.db import connection
    from django.db.migrations.executor import MigrationExecutor

    executor = MigrationExecutor(connection)
    if executor.migration_plan(executor.loader.graph.leaf_nodes()):
        call_command("migrate", verbosity=0, interactive=False)
