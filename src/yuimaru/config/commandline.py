"""The one table of commands; each is imported only when it is called, so that `kata …` never starts Django."""

from __future__ import annotations

import sys
from importlib import import_module

import click

from yuimaru.config.env import WrongSetting

COMMANDS: dict[str, tuple[str, str]] = {
    "demo": ("yuimaru.demo.command:demo", "Start the demo world in the browser / デモを始める"),
    "serve": ("yuimaru.config.server.command:serve", "Start the server / サーバを動かす"),
    "test": ("yuimaru.config.checks:test", "Lint, types, contracts and every test / すべての検査"),
    "database": ("yuimaru.interfaces.cli.database:database", "PostgreSQL / データベースの準備"),
    "municipality": ("yuimaru.interfaces.cli.municipality:municipality", "Municipalities / 団体の登録と一覧"),
    "tokens": ("yuimaru.interfaces.cli.tokens:tokens", "Tokens of other systems / 接続トークン"),
    "ask": ("yuimaru.interfaces.cli.knowledge:ask", "Ask a municipality's documents / 文書に尋ねる"),
    "mcp": ("yuimaru.interfaces.mcp.command:mcp", "For other assistants (MCP) / ほかのAIから文書に尋ねる"),
    "documents": ("yuimaru.interfaces.cli.knowledge_life:documents", "Documents / 文書の登録と一覧"),
    "questions": ("yuimaru.interfaces.cli.questions:questions", "What is asked in vain / 答えのない質問"),
    "model": ("yuimaru.interfaces.cli.model:model", "A model that words answers / 回答を言い換える生成AI"),
    "evaluate": (
        "yuimaru.interfaces.cli.evaluation:evaluate",
        "Measure search and answers / 検索と回答の評価",
    ),
    "search": ("yuimaru.interfaces.cli.search:search", "What the search works with / 検索の部品の準備"),
    "kata": ("yuimaru.interfaces.cli.kata:kata", "Check, test and run kata / 型の検査と実行"),
    "catalogue": ("yuimaru.interfaces.cli.catalogue:catalogue", "Publish and adopt kata / 型の公開と採用"),
    "case": ("yuimaru.interfaces.cli.case:case", "Running cases / 進行中の案件"),
    "audit": ("yuimaru.interfaces.cli.audit:audit", "Verify and export the log / 操作記録の検証"),
    "keys": ("yuimaru.interfaces.cli.keys:keys", "Keys of sealed data / 情報を封じる鍵"),
    "backup": ("yuimaru.interfaces.cli.backup:backup", "Copies of everything / 全体の写し"),
    "jobs": ("yuimaru.interfaces.cli.jobs:jobs", "Waiting and failed work / 処理待ちと失敗した仕事"),
    "bench": ("yuimaru.interfaces.cli.bench:bench", "Measure / 計測"),
    "prove": ("yuimaru.config.prove:prove", "Prove the promises under load / 約束の実証"),
}


class Commands(click.Group):
    """Loads a command when its name is called."""

    def list_commands(self, ctx: click.Context) -> list[str]:
        return list(COMMANDS)

    def get_command(self, ctx: click.Context, cmd_name: str) -> click.Command | None:
        if cmd_name not in COMMANDS:
            return None
        module, _, name = COMMANDS[cmd_name][0].partition(":")
        command: click.Command = getattr(import_module(module), name)
        return command

    def format_commands(self, ctx: click.Context, formatter: click.HelpFormatter) -> None:
        with formatter.section("Commands"):
            formatter.write_dl([(name, short) for name, (_, short) in COMMANDS.items()])


@click.command(cls=Commands, context_settings={"help_option_names": ["-h", "--help"]})
def cli() -> None:
    """ゆいまーる: one installation, many municipalities; what one builds, all may use."""


def main() -> None:
    """Run a command. Wrong input is one line on stderr and exit code 2, never a traceback."""
    try:
        # Without standalone mode click gives back the code of an early exit instead of raising it.
        ended = cli.main(prog_name="yuimaru", standalone_mode=False)
        sys.exit(ended if isinstance(ended, int) else 0)
    except WrongSetting as wrong:
        sys.stderr.write(f"{wrong}\n")
        sys.exit(2)
    except click.Abort:
        sys.exit(130)
    except click.ClickException as error:
        sys.stderr.write(f"{error.format_message()}\n")
        sys.exit(error.exit_code if error.exit_code == 1 else 2)
