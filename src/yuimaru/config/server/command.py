"""`yuimaru serve`: the server without the demo world."""

from __future__ import annotations

import socket

import click

from yuimaru.config import env
from yuimaru.config.server.supervisor import AlreadyRunning, DidNotStart, Supervisor, only_server
from yuimaru.interfaces.cli import django

DEFAULT_PORT = 8000


def free_port() -> int:
    """A port that nobody listens on just now."""
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        number: int = probe.getsockname()[1]
    return number


def require_free(port: int) -> None:
    """Refuse a port that somebody else uses."""
    with socket.socket() as probe:
        probe.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        try:
            probe.bind(("127.0.0.1", port))
        except OSError:
            raise click.UsageError(
                f"ポート {port} は使われています。--port で別の番号を指定してください。 / "
                f"Port {port} is in use: choose another one with --port."
            ) from None


@click.command()
@click.option("--port", default=DEFAULT_PORT, show_default=True)
def serve(port: int) -> None:
    """Serve what is in the data folder on 127.0.0.1 / データフォルダの内容で動かす。"""
    django.setup()
    env.begin_again_without_owner("serve", "--port", str(port))
    from django.conf import settings

    require_free(port)
    try:
        with only_server(settings.VAR):
            Supervisor(port).run(lambda address: click.echo(f"ready {address}"))
    except AlreadyRunning:
        raise click.UsageError(
            f"このデータフォルダのサーバはすでに動いています（{settings.VAR}）。 / "
            "A server already runs on this data folder."
        ) from None
    except DidNotStart:
        raise click.ClickException("サーバが応答しませんでした。 / The server did not answer.") from None
