"""`yuimaru mcp`: speak the Model Context Protocol on standard input and output."""

from __future__ import annotations

import click

from yuimaru.interfaces.mcp.api import Api


@click.command()
@click.option("--municipality", "code", required=True, metavar="CODE", help="団体コード")
@click.option(
    "--address",
    metavar="URL",
    help="Of a running installation; without it the data of this machine are read / 動いているサーバーのアドレス",
)
def mcp(code: str, address: str | None) -> None:
    """Let another assistant ask a municipality's documents / ほかのAIから文書に尋ねる (MCP, stdio)。"""
    try:
        from yuimaru.interfaces.mcp.server import server
    except ModuleNotFoundError as missing:
        raise click.UsageError(
            f"{missing.name} が入っていません。./yuimaru mcp で始めてください。"
            f" / {missing.name} is not installed. Start with ./yuimaru mcp."
        ) from None
    server(Api.at(address, code) if address else _here(code)).run("stdio")


def _here(code: str) -> Api:
    from yuimaru.interfaces.cli import django

    django.setup()
    return Api.here(code)
