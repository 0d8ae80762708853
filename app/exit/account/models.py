"""The table of lessons, and of what could not be proved."""

from datetime import datetime

from sqlmodel import Field

from app.access.roles import Organisation
from app.db.tables import ContractScoped, Row, Utc, stored
from app.exit.account.rules import LessonKind


class Lesson(ContractScoped, Row, table=True):
    """A few words for the final account, of one side; never edited, so that both stand."""

    __tablename__ = "lessons"

    id: int | None = Field(default=None, primary_key=True)
    kind: LessonKind = Field(sa_type=stored(LessonKind))
    words: str = Field(max_length=1000)
    side: Organisation = Field(sa_type=stored(Organisation))
    by_user_id: int | None = Field(default=None, foreign_key="users.id", ondelete="RESTRICT")
    at: datetime = Field(sa_type=Utc)
