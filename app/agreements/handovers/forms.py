"""The forms of a handover: the checklist, the request, and the council's answers to it."""

from pydantic import Field

from app.agreements.checklists.rules import Checklist
from app.agreements.handovers.rules import Audit, Grade, Mending, RejectReason
from app.web.fields import Day, Form, Line, Note, RowId, Short


class ChecklistForm(Form):
    chronology_current_on: Day | None = Field(
        default=None, title="Chronology brought up to date on"
    )
    family_told_on: Day | None = Field(default=None, title="Family told on")
    genogram_current_on: Day | None = Field(default=None, title="Genogram brought up to date on")
    joint_visit_made_on: Day | None = Field(
        default=None, title="Joint visit with the receiving team on"
    )
    recordings_finalised_on: Day | None = Field(default=None, title="Recordings finalised on")
    split_reason: Short = Field(default="", title="Why the children are not handed over together")

    @property
    def checklist(self) -> Checklist:
        return Checklist(**self.model_dump(exclude={"split_reason"}))


class AuditForm(Form):
    record: Grade = Field(title="Record")
    voice: Grade = Field(title="Child’s voice")
    risk: Grade = Field(title="Risk")
    plan: Grade = Field(title="Plan")
    note: Short = Field(default="", title="What must be mended")
    owner_id: RowId | None = Field(default=None, title="Who mends it")
    due_on: Day | None = Field(default=None, title="Mended by")

    @property
    def audit(self) -> Audit:
        return Audit(**self.model_dump(exclude={"owner_id", "due_on"}))

    @property
    def mending(self) -> Mending | None:
        if self.owner_id is None or self.due_on is None:
            return None
        return Mending(self.owner_id, self.due_on)


class RequestForm(Form):
    asked_of: Line = Field(title="Person asked")


class AcceptForm(Form):
    receiving_worker: Line = Field(title="Receiving worker")


class AskForm(Form):
    question: Note = Field(title="Question")


class AnswerForm(Form):
    answer: Note = Field(title="Answer")


class RejectForm(Form):
    reject_reason: RejectReason = Field(title="Reason")
    reject_note: Short = Field(default="", title="What would have to change")
