"""`yuimaru kata`: check, test, try out, compare, draw and export kata on the command line, without Django or a database."""

import click

from yuimaru.interfaces.cli.kata.checking import check, test
from yuimaru.interfaces.cli.kata.comparing import diff
from yuimaru.interfaces.cli.kata.drawing import bpmn, picture
from yuimaru.interfaces.cli.kata.exporting import dmn, reference, schema
from yuimaru.interfaces.cli.kata.trying import decide, evaluate


@click.group()
def kata() -> None:
    """Kata: check, test, try out, compare / 型の検査・試験・試行・比較。"""


for command in (check, test, evaluate, decide, diff, dmn, bpmn, picture, schema, reference):
    kata.add_command(command)
