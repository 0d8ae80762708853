"""The form of a variation or an extension."""

from pydantic import Field

from app.performance.variations.rules import Kind, Terms
from app.web.fields import Day, Form, Line, RowId, Short, Tick, Whole


class VariationForm(Form):
    """What was agreed to change."""

    kind: Kind = Field(title="Kind")
    title: Line = Field(title="What changes")
    clause: Line = Field(default="", title="Clause", max_length=40)
    agreed_on: Day = Field(title="Agreed on")
    reason: Short = Field(title="Reason")
    contract_ends_on: Day | None = Field(default=None, title="The contract then ends on")
    lot_id: RowId | None = Field(default=None, title="Lot whose target changes")
    opening_backlog: Whole | None = Field(default=None, title="Cases to clear")
    target_ends_on: Day | None = Field(default=None, title="To be cleared by")
    stays: Tick = Field(default=False, title="What is agreed for later days stays")

    @property
    def terms(self) -> Terms:
        return Terms(**self.model_dump())
