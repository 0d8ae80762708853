"""What home pages list of what waits."""

from datetime import timedelta

from sqlmodel import select

from app.access.models import User, UserLot
from app.access.roles import Organisation, Role
from app.cases.register.models import Case
from app.overview.home import queries
from app.work.models import OutboxMessage
from tests.browse import readable
from tests.makers import a_case, a_submitted_case
from tests.questions import plans, questions
from tests.world import World


def test_what_waits_longest_for_authorisation_is_read_in_turn_from_its_index(
    world: World,
) -> None:
    last = a_submitted_case(world)
    world.clock.move(days=-1)
    first, second = a_submitted_case(world), a_submitted_case(world)
    world.clock.move(days=1)
    world.database.gather_statistics()
    with world.acting("paula") as uow, questions(world) as asked, plans(world) as lines:
        waiting = queries.to_authorise(uow)
    assert [one.case_id for one in waiting] == [first, second, last]
    assert waiting[2].since - waiting[0].since == timedelta(days=1)
    assert len(asked) == 1
    named = any("ix_assessments_waiting" in line for line in lines)
    assert named is world.database.is_sqlite, lines
    assert not any("ORDER BY" in line for line in lines), lines


def test_an_administrator_begins_with_access_to_look_at_and_mail_that_did_not_go(
    world: World, browse
) -> None:
    ada, tess = browse("ada"), world.user("tess")
    with world.setting_up() as uow:
        # In the tests' world nobody has chosen a password.
        for user in uow.session.exec(select(User)):
            user.password_hash = "chosen"
        uow.add(
            UserLot(
                user_id=uow.add(
                    User(
                        email="nora@example.org",
                        name="Nora Finch",
                        role=Role.TEAM_MANAGER,
                        organisation=Organisation.AGENCY,
                        created_at=uow.now,
                    )
                ).id,
                lot_id=world.lot(),
                contract_id=world.contract(),
            )
        )
        uow.mail(tess, "Your invitation to Clearway", "/choose-password/invitation/secret")
        uow.mail(world.user("eve"), "Your invitation to Clearway", "/elsewhere")
        for one in uow.session.exec(select(OutboxMessage)):
            one.problem = "SMTPRecipientsRefused: no such mailbox"
    page = ada.get("/")
    shown = readable(page)
    assert "Nora Finch Team manager Invited The link has run out" in shown
    assert "Tess Oyelaran 20 Nov 2026, 10:00 SMTPRecipientsRefused: no such mailbox" in shown
    assert "Eve Hart" not in shown
    assert "secret" not in page


def test_an_auditor_begins_with_the_newest_entries_and_what_was_taken(world: World, browse) -> None:
    case_id, elsewhere = a_case(world), a_case(world, "Moor")
    browse("tess").get("/cases/export.csv")
    world.database.views.write(world.database)
    shown = readable(browse("alan").get("/"))
    assert f"Case {world.row(Case, case_id).reference}" in shown
    assert world.row(Case, elsewhere).reference not in shown
    assert "Tess Oyelaran Export CSV: cases" in shown
