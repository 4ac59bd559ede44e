"""Starting Django for a command: settings, translations, and a database that is up to date."""

from __future__ import annotations

import fcntl
import os
from pathlib import Path

from yuimaru.interfaces.cli import preparation


def configure() -> None:
    """Make Django ready and leave the data as it is."""
    name_settings()
    import django

    django.setup()


def name_settings() -> None:
    """Say where the settings stand; enough for a command that only reads them."""
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "yuimaru.config.settings")


def setup(*, anew: bool = False) -> None:
    """Make Django ready and bring the database up to date; several processes at once do it one by one.

    `anew` goes through migrations and grants even when nothing seems to be missing.

    :raises click.UsageError: the database does not answer, is not prepared, belongs to a later version, or would
        not keep towns apart.
    """
    name_settings()
    from django.conf import settings

    with (settings.VAR / "prepare.lock").open("w") as lock:
        fcntl.flock(lock, fcntl.LOCK_EX)
        # Before Django reads them: what it finds missing then stays missing in this process and in all forked from it.
        compile_translations(Path(settings.ROOT))
        configure()
        preparation.prepare(anew=anew)
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
