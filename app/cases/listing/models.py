"""The table of views that people keep of the list of cases."""

from datetime import datetime

from sqlalchemy import Index, UniqueConstraint
from sqlmodel import Field

from app.access.roles import Role
from app.db.tables import ContractScoped, Row, Utc, Versioned, stored


class SavedView(ContractScoped, Versioned, Row, table=True):
    """A filter of the list of cases under a name, kept for its owner or shared with a role."""

    __tablename__ = "saved_views"
    __table_args__ = (
        UniqueConstraint("owner_id", "name"),
        Index("ix_saved_views_audience", "contract_id", "shared_with"),
    )

    id: int | None = Field(default=None, primary_key=True)
    owner_id: int | None = Field(default=None, foreign_key="users.id", ondelete="RESTRICT")
    name: str = Field(max_length=60)
    # As it stands in the address of the list.
    filter: str = Field(default="", max_length=500)
    shared_with: Role | None = Field(default=None, sa_type=stored(Role))
    saved_at: datetime = Field(sa_type=Utc)
