"""The answers that importing a list asks for."""

from pydantic import Field

from app.exchange.layouts import Layout
from app.web.fields import Day, Form, Line, RowId, Tick, Whole


class UploadForm(Form):
    """A file for a lot. The file itself comes beside the form; its name here carries messages."""

    lot_id: RowId = Field(title="Lot", json_schema_extra={"choice": True})
    listed_on: Day = Field(title="Day of the list")
    only: Layout | None = Field(default=None, title="Which list")
    file: Line = Field(default="", title="File")


class ColumnsForm(Form):
    """Which column, counted from 0, holds each field; a field may have none."""

    sheet_id: RowId = Field(title="Sheet")
    together: Tick = Field(default=False, title="Read the other sheets with these columns too")
    reference: Whole | None = None
    referral_on: Whole | None = None
    referral_nfa: Whole | None = None
    assessment_start_on: Whole | None = None
    child_seen: Whole | None = None
    authorised_on: Whole | None = None
    support_required: Whole | None = None
    strategy_discussion_on: Whole | None = None
    icpc_unnecessary: Whole | None = None
    icpc_on: Whole | None = None
    cin_start_on: Whole | None = None
    primary_need: Whole | None = None
    last_seen_on: Whole | None = None
    closed_on: Whole | None = None
    closure_reason: Whole | None = None
    case_status: Whole | None = None
    age: Whole | None = None
    district: Whole | None = None
    source_team: Whole | None = None
    allocated_team: Whole | None = None
    allocated_worker: Whole | None = None
    family_key: Whole | None = None
    assessment_type: Whole | None = None
    protection_plan_start_on: Whole | None = None
    protection_plan_end_on: Whole | None = None
