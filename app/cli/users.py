"""The command that lets a first administrator in."""

from typing import Annotated

import typer

from app.accounts.users.service import add_administrator
from app.cli.database import present
from app.cli.screen import screen
from app.contract.everywhere import everywhere
from app.contract.queries import list_lots
from app.settings import Settings


def add_an_administrator(
    email: Annotated[str, typer.Option(help="The address they sign in with.")],
    name: Annotated[str, typer.Option(help="Their name.")],
) -> None:
    """Add an administrator for every lot, or give a known one a new link; prints the link once."""
    with present() as database, database.work(everywhere(database)) as uow:
        lots = {lot.id: lot.contract_id for lot in list_lots(uow) if lot.id is not None}
        invited = add_administrator(uow, email, name, lots)
    screen.print("Open this link within 72 hours to choose a password; it works once:")
    screen.print(f"{Settings().origin}{invited.path}", markup=False, soft_wrap=True)
