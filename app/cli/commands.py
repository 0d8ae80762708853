"""The commands of `python3 -m app`, each a thin call into the rooms below."""

import typer

from app.cli import contract, lists, returns, serving, upkeep, users

commands = typer.Typer(
    no_args_is_help=True,
    add_completion=False,
    pretty_exceptions_enable=False,
    help="Clearway: a contract that clears a backlog of social work assessments, end to end.",
)
audit = typer.Typer(no_args_is_help=True, help="The trail of everything that was done.")
data = typer.Typer(no_args_is_help=True, help="A contract's data: returned, read back, erased.")
people = typer.Typer(no_args_is_help=True, help="The people who can sign in.")

commands.command()(serving.demo)
commands.command()(serving.serve)
commands.command()(upkeep.migrate)
commands.command("contract")(contract.set_up_contract)
commands.command("import")(lists.import_list)
commands.command("export")(lists.export_list)
commands.add_typer(audit, name="audit")
audit.command()(upkeep.verify)
commands.add_typer(data, name="return")
data.command()(returns.write)
data.command()(returns.read)
data.command()(returns.erase)
commands.add_typer(people, name="user")
people.command("add-administrator")(users.add_an_administrator)
commands.command()(upkeep.counters)
commands.command()(upkeep.owners)
commands.command()(upkeep.digests)
commands.command()(upkeep.quality)
commands.command()(upkeep.measures)
commands.command()(upkeep.money)
commands.command(
    context_settings={"allow_extra_args": True, "ignore_unknown_options": True},
    add_help_option=False,
)(upkeep.bench)
