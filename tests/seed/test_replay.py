"""Loaded history is what the services would have written: fifty stories are told to both."""

from collections import Counter, defaultdict
from collections.abc import Callable
from typing import Any

from sqlmodel import Session, select

from app.access.actor import Actor
from app.cases.register.models import Case
from app.cases.register.recount import recount
from app.cases.scope.models import Baseline, CaseCounter, DailyTotal, LedgerPosting, WeekTotal
from app.db.tables import Row
from app.kernel.acts import Act
from app.work.database import Database
from seed import demo
from seed.events import Story
from seed.load import ACTS, TABLES, load
from seed.setting import Setting, lay_out
from tests.seed.conftest import TODAY
from tests.seed.replay import Replay

STORIES = 50
# Ids differ, and so does how often the database saved a row on its way.
NOT_COMPARED = frozenset({"id", "version"})


def laid_out(database: Database) -> Setting:
    nobody = Actor.command_line(frozenset(), frozenset())
    with database.work(nobody) as uow, uow.command(Act.DEMO_SEED), uow.beyond_scope():
        return lay_out(uow, TODAY, 1)


def chosen(stories: list[Story]) -> list[Story]:
    """Stories in which every act occurs, some from each lot, and the longest there are."""
    first = {story.child.lot_id: story for story in reversed(stories) if story.child.opening}
    picked = {story.child.reference: story for story in first.values()}
    of_act: Counter[Act] = Counter()
    for story in sorted(stories, key=lambda one: -len(one.events)):
        acts = {event.act for event in story.events}
        if any(of_act[act] < 2 for act in acts):
            picked[story.child.reference] = story
            of_act.update(acts)
    by_lot: dict[int, list[Story]] = defaultdict(list)
    for story in stories:
        if story.child.reference not in picked:
            by_lot[story.child.lot_id].append(story)
    rest = [story for together in zip(*by_lot.values(), strict=False) for story in together[:]]
    for story in rest[:: max(1, len(rest) // (STORIES - len(picked)))]:
        if len(picked) < STORIES:
            picked[story.child.reference] = story
    return list(picked.values())


class Table:
    """Every row of a database under names that two databases share."""

    def __init__(self, database: Database) -> None:
        self.database = database
        self.references = {case.id: case.reference for case in self.rows(Case)}
        self.names: dict[str, dict[int, str]] = {}
        for model in TABLES:
            self.names[str(model.__tablename__)] = self._names(model)

    def rows(self, model: type[Row]) -> list[Any]:
        with Session(self.database.engine) as session:
            found = list(session.exec(select(model)).all())
            session.expunge_all()
            return sorted(found, key=lambda row: getattr(row, "id", 0))

    def held(self, model: type[Row]) -> list[list[tuple[str, Any]]]:
        """The rows of a table, each as pairs of column and value, in an order of their own."""
        return sorted(
            (
                [(name, self._value(model, row, name)) for name in self._columns(model)]
                for row in self.rows(model)
            ),
            key=repr,
        )

    def _columns(self, model: type[Row]) -> list[str]:
        return sorted(name for name in model.model_fields if name not in NOT_COMPARED)

    def _value(self, model: type[Row], row: Any, name: str) -> Any:
        value = getattr(row, name)
        keys = model.__table__.c[name].foreign_keys  # type: ignore[attr-defined]
        table = next(iter(keys)).column.table.name if keys else ""
        return self.names.get(table, {}).get(value, value)

    def _names(self, model: type[Row]) -> dict[int, str]:
        """Each row of a case by the case's reference and its place among the case's rows."""
        if model is Case:
            return dict(self.references)
        seen: Counter[str] = Counter()
        names = {}
        for row in self.rows(model):
            reference = self.references[row.case_id]
            seen[reference] += 1
            names[row.id] = f"{reference}/{seen[reference]}"
        return names


def test_fifty_stories_give_the_same_rows_by_the_services_as_by_loading(
    empty: Callable[[], Database],
):
    loaded, replayed = empty(), empty()
    setting = laid_out(loaded)
    assert laid_out(replayed) == setting
    stories = chosen(list(demo.stories(setting, TODAY)))
    assert len(stories) == STORIES
    assert {event.act for story in stories for event in story.events} == set(ACTS)
    load(loaded, setting, stories)
    Replay(replayed, setting).run(stories)
    ours, theirs = Table(loaded), Table(replayed)
    for model in (*TABLES, LedgerPosting, DailyTotal, WeekTotal, Baseline):
        assert ours.held(model) == theirs.held(model), model.__name__
    counters = [
        [row for row in table.held(CaseCounter) if dict(row)["cases"]] for table in (ours, theirs)
    ]
    assert counters[0] == counters[1]
    with loaded.work(Actor.command_line(setting.lot_ids, setting.contract_ids)) as uow:
        assert recount(uow).ok
