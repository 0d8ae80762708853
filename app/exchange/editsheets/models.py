"""Tables of edit sheets: who took which cases away, and what each row said on coming back."""

from datetime import datetime
from typing import ClassVar

from sqlalchemy import Text, UniqueConstraint
from sqlmodel import Field

from app.cases.register.models import CaseLinked
from app.db.tables import ContractScoped, Row, Utc


class EditSheet(ContractScoped, Row, table=True):
    """One list of cases that somebody took away to correct."""

    __tablename__ = "edit_sheets"

    id: int | None = Field(default=None, primary_key=True)
    made_by: int | None = Field(
        default=None, foreign_key="users.id", index=True, ondelete="RESTRICT"
    )
    made_at: datetime = Field(sa_type=Utc)
    # The filter of the list of cases, as it stands in an address.
    filter: str = Field(default="", max_length=500)
    cases: int
    returned_at: datetime | None = Field(default=None, sa_type=Utc)


class EditSheetRow(CaseLinked, Row, table=True):
    """One case of a sheet: its facts as they were given out, and as they came back."""

    __tablename__ = "edit_sheet_rows"
    __table_args__ = (UniqueConstraint("sheet_id", "case_id"),)
    in_trail: ClassVar[bool] = False
    moves_with_case: ClassVar[bool] = True

    id: int | None = Field(default=None, primary_key=True)
    sheet_id: int = Field(foreign_key="edit_sheets.id", ondelete="RESTRICT")
    place: int
    version_given: int
    reference: str = Field(max_length=40)
    facts: str = Field(sa_type=Text)
    # The line that came back with something changed, what it says, or why it was refused.
    line: int | None = None
    returned: str = Field(default="", sa_type=Text)
    problem: str = Field(default="", max_length=300)
    applied_at: datetime | None = Field(default=None, sa_type=Utc)
