"""The forms in which the council names who takes residual cases over."""

from pydantic import Field

from app.exit.residual.rules import Receiver, Which
from app.web.fields import Form, Line, RowId


class ReceiverForm(Form):
    """Who takes one case over."""

    receiving_team_id: RowId = Field(title="Receiving team")
    person: Line = Field(title="Named person")

    @property
    def receiver(self) -> Receiver:
        return Receiver(self.receiving_team_id, self.person)


class ReceiversForm(ReceiverForm):
    """Who takes over all cases of a lot that nobody was named for."""

    which: Which = Field(title="Which cases")
