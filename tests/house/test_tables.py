"""What holds for every table: a mark of who may see it, restricted keys, checked choices."""

import pytest
from sqlalchemy import Enum, Table

from app.db.registry import load_models
from app.db.tables import Row

MODELS = load_models()
# Tables that belong to no lot and no contract: people, sign-in, and the trail beside everything.
UNSCOPED = {
    "users",
    "user_lots",
    "sign_in_sessions",
    "sign_in_tries",
    "one_time_links",
    "trail",
    "trail_details",
    "outbox",
    "used_keys",
    "calendar_feeds",
}


def table(model: type[Row]) -> Table:
    found = model.__table__  # type: ignore[attr-defined]
    assert isinstance(found, Table)
    return found


@pytest.mark.parametrize("model", MODELS, ids=lambda m: m.__tablename__)
def test_every_table_says_who_may_see_its_rows(model: type[Row]) -> None:
    assert hasattr(model, "visible_to") or model.__tablename__ in UNSCOPED


@pytest.mark.parametrize("model", MODELS, ids=lambda m: m.__tablename__)
def test_every_row_about_a_case_follows_its_case_or_says_it_does_not(model: type[Row]) -> None:
    if "case_id" in model.model_fields and model.__tablename__ not in UNSCOPED:
        assert "lot_id" in model.model_fields
        assert hasattr(model, "moves_with_case")


@pytest.mark.parametrize("model", MODELS, ids=lambda m: m.__tablename__)
def test_nothing_is_deleted_by_a_key(model: type[Row]) -> None:
    for key in table(model).foreign_keys:
        assert key.ondelete == "RESTRICT", key


@pytest.mark.parametrize("model", MODELS, ids=lambda m: m.__tablename__)
def test_every_choice_is_held_to_its_values_by_the_database(model: type[Row]) -> None:
    for column in table(model).columns:
        if isinstance(column.type, Enum):
            assert column.type.create_constraint
            assert not column.type.native_enum
            assert all(value == value.strip() for value in column.type.enums)


@pytest.mark.parametrize("model", MODELS, ids=lambda m: m.__tablename__)
def test_money_and_counts_are_never_floating(model: type[Row]) -> None:
    assert not [c.name for c in table(model).columns if "FLOAT" in str(c.type).upper()]


@pytest.mark.parametrize("model", MODELS, ids=lambda m: m.__tablename__)
def test_rows_found_by_several_columns_are_kept_in_their_order(model: type[Row]) -> None:
    of = table(model)
    assert of.dialect_options["sqlite"]["with_rowid"] is (len(of.primary_key) == 1)


def test_an_unknown_name_is_refused_by_every_table() -> None:
    for model in MODELS:
        with pytest.raises(TypeError, match="nonsense"):
            model(nonsense=1)
