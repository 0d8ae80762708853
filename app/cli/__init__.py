"""The commands of `python3 -m app`, of which the demo starts without the rooms of the others."""

import sys

import typer

from app.cli import serving
from app.cli.screen import complaints
from app.kernel.errors import DomainError


def main(arguments: list[str]) -> None:
    """Run one command; a refusal is one sentence and exit 2."""
    try:
        run(arguments)
    except DomainError as refusal:
        complaints.print(refusal.sentence, markup=False)
        sys.exit(2)


def run(arguments: list[str]) -> None:
    if arguments[:1] == ["demo"]:
        alone = typer.Typer(add_completion=False, pretty_exceptions_enable=False)
        alone.command()(serving.demo)
        alone(arguments[1:], prog_name="python3 -m app demo")
    else:
        from app.cli.commands import commands  # noqa: PLC0415 - their rooms take two seconds

        commands(arguments, prog_name="python3 -m app")
