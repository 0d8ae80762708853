"""What was counted last of the workforce of each lot, and how the contracted posts are filled."""

from datetime import timedelta
from typing import Any

from sqlalchemy import ColumnElement, Date, Select, and_, bindparam, case, func, select
from sqlalchemy.orm import aliased
from sqlmodel import col

from app.performance.measures.events.columns import all_work, events
from app.performance.measures.events.standing import AS_AT, in_post
from app.performance.workforce.models import WorkforceCount

# A count is taken for so long as how things stand.
HOLDS_FOR = timedelta(days=366)
OLDEST = bindparam("oldest", type_=Date)


def _counted(part: Any, whole: Any) -> Select[Any]:
    """The last count of each lot that is not too old, where there is anything to look at."""
    later = aliased(WorkforceCount)
    last = (
        select(func.max(col(later.as_at)))
        .where(col(later.lot_id) == col(WorkforceCount.lot_id), col(later.as_at) <= AS_AT)
        .correlate(WorkforceCount)
        .scalar_subquery()
    )
    found = events(
        lot=col(WorkforceCount.lot_id),
        case_id=None,
        subject=col(WorkforceCount.id),
        day=AS_AT,
        counted=part,
        began=col(WorkforceCount.as_at),
        cohort=all_work(),
    )
    on = col(WorkforceCount.as_at)
    return found.add_columns(whole.label("out_of")).where(and_(on == last, on >= OLDEST, whole > 0))


def agency() -> Select[Any]:
    """Of the staff of a count, agency workers included, those of agencies."""
    part = col(WorkforceCount.agency)
    return _counted(part, part + col(WorkforceCount.staff))


def turnover() -> Select[Any]:
    """Of the staff of a count, as many as left."""
    return _counted(col(WorkforceCount.leavers), col(WorkforceCount.staff))


def vacancies() -> Select[Any]:
    """Of the posts of a count, those that were vacant."""
    part = col(WorkforceCount.vacancies)
    return _counted(part, part + col(WorkforceCount.staff))


def filled() -> Select[Any]:
    """Of the contracted posts of a count, those that have a worker."""
    posts = col(WorkforceCount.contracted)
    return _counted(_at_most(posts), posts)


def _at_most(posts: Any) -> ColumnElement[int]:
    """The qualified workers in post of the count's lot, or the posts where they are more."""
    workers = in_post().subquery("workers")
    here = (
        select(func.count())
        .select_from(workers)
        .where(workers.c.lot_id == col(WorkforceCount.lot_id))
        .correlate(WorkforceCount)
        .scalar_subquery()
    )
    return case((here > posts, posts), else_=here)
