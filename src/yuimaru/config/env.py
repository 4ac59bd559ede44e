"""The only reader of the process environment; every variable is listed in docs/reference/settings.md."""

from __future__ import annotations

import os
import secrets
import sys
from pathlib import Path

ROOT = Path(__file__).resolve().parents[3]
DATABASE, OWNER = "YUIMARU_DATABASE", "YUIMARU_DATABASE_OWNER"
SEARCH = "YUIMARU_SEARCH"


class WrongSetting(ValueError):
    """A variable of the environment that cannot be used, said in both languages."""


def var_folder() -> Path:
    """The data folder: `YUIMARU_VAR`, else `var/` in the checkout. Created when missing."""
    folder = Path(os.environ.get("YUIMARU_VAR", ROOT / "var")).expanduser().resolve()
    folder.mkdir(parents=True, exist_ok=True)
    return folder


def secret_key(folder: Path) -> str:
    """The signing key of this installation, made once and kept beside the data, readable by its owner only."""
    path = folder / "keys" / "signing.key"
    path.parent.mkdir(mode=0o700, exist_ok=True)
    try:
        descriptor = os.open(path, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600)
    except FileExistsError:
        return path.read_text()
    with os.fdopen(descriptor, "w") as file:
        file.write(secrets.token_urlsafe(48))
        file.flush()
        os.fsync(file.fileno())
    return path.read_text()


def database() -> str | None:
    """`YUIMARU_DATABASE` = postgresql://ROLE:PASSWORD@HOST/NAME; None keeps everything in the data folder."""
    return _postgresql(DATABASE)


def database_owner() -> str | None:
    """`YUIMARU_DATABASE_OWNER`: the same database under the role that owns the tables, to prepare it with."""
    return _postgresql(OWNER)


def _postgresql(name: str) -> str | None:
    value = os.environ.get(name, "")
    if value and not value.startswith(("postgresql://", "postgres://")):
        raise WrongSetting(
            f"{name} は postgresql:// で始まるアドレスで指定してください。 / "
            f"{name} must be an address that begins with postgresql://."
        )
    return value or None


def without_owner() -> dict[str, str]:
    """The environment for a process that serves: it does not know the role that owns the tables."""
    return {name: value for name, value in os.environ.items() if name != OWNER}


def begin_again_without_owner(*command: str) -> None:
    """Become `yuimaru COMMAND` in an environment without the owning role, as whatever serves must be.

    Returns when no such role was named. The parts are forks of this process and inherit its first environment.
    """
    if os.environ.get(OWNER):
        os.execve(sys.executable, [sys.executable, "-m", "yuimaru", *command], without_owner())  # noqa: S606


def allowed_hosts() -> list[str]:
    """Host names this server answers to (`YUIMARU_HOSTS`, comma separated); loopback by default."""
    return os.environ.get("YUIMARU_HOSTS", "127.0.0.1,localhost,[::1]").split(",")


def smtp_host() -> tuple[str, int] | None:
    """`YUIMARU_SMTP` = host:port of the mail relay; None keeps mails as files in the data folder."""
    value = os.environ.get("YUIMARU_SMTP", "")
    if not value:
        return None
    host, _, port = value.partition(":")
    return host, int(port or 25)


def debug() -> bool:
    """`YUIMARU_DEBUG=1` shows tracebacks in the browser; never on a machine that others reach."""
    return os.environ.get("YUIMARU_DEBUG") == "1"


def behind_tls() -> bool:
    """`YUIMARU_TLS=1`: served over HTTPS, so cookies are marked secure."""
    return os.environ.get("YUIMARU_TLS") == "1"


def search_parts() -> Path | None:
    """Where the parts of the search by meaning lie; None with `YUIMARU_SEARCH=words`, which searches by words alone."""
    mode = os.environ.get(SEARCH, "full")
    if mode == "words":
        return None
    if mode not in ("full", "light"):
        raise WrongSetting(
            f"{SEARCH} は full、light、words のどれかで指定してください。 / {SEARCH} must be full, light or words."
        )
    from yuimaru.core.text.meaning import place

    return place.folder_in(cache_folder())


def search_reads_twice() -> bool:
    """Whether a question is encoded alone and with added words; with `YUIMARU_SEARCH=light` it is encoded once."""
    return os.environ.get(SEARCH, "full") == "full"


def cache_folder() -> Path:
    """`YUIMARU_CACHE`: what is set up once for all installations of a machine; by default where the system keeps caches."""
    usual = Path(os.environ.get("XDG_CACHE_HOME") or "~/.cache") / "yuimaru"
    return Path(os.environ.get("YUIMARU_CACHE") or usual).expanduser()


def postal_codes(var: Path) -> Path:
    """The postal codes made by `tools/postal_codes.py`; those of the demo towns until there are others."""
    own = var / "postal-codes.tsv"
    return own if own.is_file() else ROOT / "src" / "yuimaru" / "demo" / "postal-codes.tsv"
