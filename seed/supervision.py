"""Supervision, support, training and advice of the demo, up to the day before it opens."""

from collections import Counter
from collections.abc import Iterator, Sequence
from datetime import date, datetime, time, timedelta
from random import Random
from typing import Any

from sqlmodel import col, select

from app.assurance.advice.models import Advice
from app.assurance.advice.rules import Asker
from app.assurance.advice.rules import Topic as AdviceTopic
from app.assurance.sessions.models import SealedNote, SupportSession, ThemeTally
from app.assurance.sessions.queries import about_of
from app.assurance.sessions.rules import Kind, Theme
from app.assurance.supervision.models import CaseDiscussion, Supervision, SupervisionTerms
from app.assurance.supervision.rules import Decision, Grade, Terms
from app.assurance.training.models import SystemProblem, TrainingAttendance, TrainingSession
from app.assurance.training.rules import Area
from app.assurance.training.rules import Topic as TrainingTopic
from app.cases.actions.models import CaseAction
from app.cases.actions.rules import Ending, Source, What
from app.cases.register import service as register
from app.cases.register.models import Case
from app.contract.models import Contract
from app.kernel.days import LONDON
from app.people.models import Practitioner, PractitionerLot
from app.people.rules import Employment, Post
from app.settings import Settings
from app.work.uow import UnitOfWork
from app.work.vault import Vault
from seed.diary import Diary, at
from seed.setting import District, Setting, Worker

TALKED_ABOUT = 4
NOTES = (
    "Two announced visits failed; try after school and ring the health visitor first.",
    "The plan holds. The older child’s own words are in the record now.",
    "Analysis is still a list of events: write what it means for the child.",
    "School attendance is back; ready for the closing visit.",
    "Nobody has spoken with the father: do so before the review.",
)
DIRECTIONS = (What.SEE_CHILD, What.CHASE_PARTNER, What.RECORD, What.UPDATE_PLAN, What.SPEAK_FAMILY)
SESSIONS = (
    (3, TrainingTopic.SYSTEM, "Recording visits so that they count", 90, 6),
    (7, TrainingTopic.ASSESSMENT, "From events to analysis", 120, 4),
    (12, TrainingTopic.THRESHOLDS, "Thresholds in this council", 60, 11),
)
PROBLEMS = (
    (Area.FORMS, "The visit form loses the date when it is saved twice", 4, None, None),
    (Area.WORKFLOW, "Returned assessments vanish from the author’s list", 15, 6, None),
    (Area.ACCESS, "New workers wait four days for a password", 40, 30, 22),
)
QUESTIONS = (
    (
        AdviceTopic.THRESHOLDS,
        "Is a second early help referral in six months a reason to assess?",
        "Not by itself: read both together and look for what was promised and not done.",
    ),
    (
        AdviceTopic.CHILD_PROTECTION,
        "Who calls the strategy discussion when the case is ours?",
        "Your team manager does, the same day; we join with the file.",
    ),
    (
        AdviceTopic.RECORDING,
        "Where does the chronology go before a handover?",
        "In the chronology form, not in case notes; the receiving team reads that first.",
    ),
)
FACTS = (
    "We spoke of the pace of the last weeks and agreed on one early finish a week.",
    "The visit on Tuesday stays with her; a reflective session is booked.",
)


def load_supervision(uow: UnitOfWork, setting: Setting, today: date) -> None:
    """Store terms, supervisions, decisions, sessions, training and advice, in a command."""
    managers = {one.contract_id: one for one in setting.districts}
    for contract_id, district in sorted(managers.items()):
        _agree_terms(uow, contract_id, district.council_manager)
        _train(uow, [one for one in setting.districts if one.contract_id == contract_id], today)
    for district in setting.districts:
        random = Random(f"{today.toordinal()} supervision {district.name}")
        for place, worker in enumerate(district.workers):
            manager = district.team_managers[place % len(district.team_managers)]
            _supervise(uow, worker, manager, district, random, place)
        for worker in _managers(uow, district):
            _supervise(uow, worker, district.project_manager, district, random, 2)
        _support(uow, district, today, random)
        uow.load(Advice, _advice(district, today, random))


def _agree_terms(uow: UnitOfWork, contract_id: int, council_manager: int) -> None:
    starts_on = uow.get(Contract, contract_id).starts_on
    uow.add(
        SupervisionTerms(
            contract_id=contract_id,
            number=1,
            from_on=starts_on,
            **vars(Terms()),
            reason="Schedule 3, paragraph 6",
            by_user_id=council_manager,
            at=datetime.combine(starts_on, time(9), LONDON),
        )
    )


def _managers(uow: UnitOfWork, district: District) -> list[Worker]:
    """The team managers of a lot as workers, whom the project manager supervises."""
    here = select(PractitionerLot.practitioner_id).where(PractitionerLot.lot_id == district.lot_id)
    found = uow.session.exec(
        select(Practitioner).where(
            Practitioner.post == Post.TEAM_MANAGER, col(Practitioner.id).in_(here)
        )
    ).all()
    return [
        Worker(
            one.id or 0,
            district.team_managers[0],
            Employment(one.qualified, one.registration_expires_on, one.starts_on, one.ends_on),
        )
        for one in found
    ]


def _supervise(
    uow: UnitOfWork,
    worker: Worker,
    manager: int,
    district: District,
    random: Random,
    place: int,
) -> None:
    """A worker's supervisions every four weeks or so; the second of a lot missed the last."""
    missed = place == 1
    last = uow.today - timedelta(days=34 if missed else 1)
    if worker.employment.ends_on is not None:
        last = min(last, worker.employment.ends_on)
    shared = {
        "contract_id": district.contract_id,
        "practitioner_id": worker.practitioner_id,
        "supervisor_id": manager,
    }
    held = list(_days(worker.employment.starts_on, last, random))
    rows = [Supervision(**shared, planned_on=day, held_on=day) for day in held]
    if rows and place % 5 == 0:
        rows[-1].sampled_on = held[-1]
    if rows and place % 5 == 3:
        graded_on = min(Diary.of_england().working(held[-1] + timedelta(days=2)), uow.today)
        rows[-1].sampled_on, rows[-1].graded_on = held[-1], graded_on
        rows[-1].grade, rows[-1].graded_by = Grade.GOOD, district.project_manager
        rows[0].sampled_on = rows[0].graded_on = Diary.of_england().working(
            held[0] + timedelta(days=6)
        )
        rows[0].grade, rows[0].graded_by = Grade.REQUIRES_IMPROVEMENT, district.project_manager
    for row in rows:
        uow.add(row)
    if not missed and worker.employment.ends_on is None:
        next_on = Diary.of_england().working(uow.today + timedelta(days=4 + len(held) % 9))
        uow.add(Supervision(**shared, planned_on=next_on))
    if rows:
        _decide(uow, worker, rows[-1], random)


def _days(starts_on: date, last: date, random: Random) -> Iterator[date]:
    day = Diary.of_england().working(starts_on + timedelta(days=int(18 + 8 * random.random())))
    while day <= last:
        yield day
        day = Diary.of_england().working(day + timedelta(days=int(23 + 8 * random.random())))


def _decide(uow: UnitOfWork, worker: Worker, supervision: Supervision, random: Random) -> None:
    """What the last supervision decided on some of the worker's cases, and what follows."""
    on = supervision.held_on or uow.today
    mine = col(Case.practitioner_id) == worker.practitioner_id, col(Case.ended_on).is_(None)
    # The newest ones: what is old and stuck is left for the next agenda to find.
    newest = col(Case.allocated_on).desc(), col(Case.id)
    cases = select(Case).where(*mine, col(Case.allocated_on) <= on).order_by(*newest)
    for place, case in enumerate(uow.session.exec(cases.limit(TALKED_ABOUT)).all()):
        about = {"case_id": register.case_id_of(case), "lot_id": case.lot_id}
        decision = tuple(Decision)[int(random.random() ** 2 * len(Decision))]
        uow.add(
            CaseDiscussion(
                **about,
                supervision_id=supervision.id or 0,
                discussed_on=on,
                decision=decision,
                note=NOTES[(place + worker.practitioner_id) % len(NOTES)],
                by_user_id=supervision.supervisor_id,
            )
        )
        register.set_facts(uow, case, supervised_on=on)
        if place % 2 == 0:
            uow.add(CaseAction(**about, **_action(uow, worker, supervision, on, place)))


def _action(
    uow: UnitOfWork, worker: Worker, supervision: Supervision, on: date, place: int
) -> dict[str, Any]:
    """An action of that day; the first of a worker's is done where it was due some days ago."""
    due_on = Diary.of_england().working(on + timedelta(days=5 + 4 * place))
    done = place == 0 and due_on < uow.today - timedelta(days=3)
    return {
        "what": DIRECTIONS[(place + worker.practitioner_id) % len(DIRECTIONS)],
        "owner_id": worker.user_id,
        "due_on": due_on,
        "source": Source.SUPERVISION,
        "set_by": supervision.supervisor_id,
        "set_at": at(on, 16 * 60),
        "ending": Ending.DONE if done else None,
        "ended_on": due_on if done else None,
        "ended_by": worker.user_id if done else None,
    }


def _support(uow: UnitOfWork, district: District, today: date, random: Random) -> None:
    """Sealed sessions: the project manager with team managers, these with their workers."""
    vault = Vault(Settings().seal_key_file)
    pairs = [(district.project_manager, one, Kind.WELFARE) for one in district.team_managers]
    pairs += [
        (district.team_managers[0], worker.user_id, Kind.PERSONAL)
        for worker in district.workers
        if worker.employment.ends_on is None
    ]
    tallies: Counter[tuple[date, Theme]] = Counter()
    for supervisor, supervisee, kind in pairs:
        day = Diary.of_england().working(today - timedelta(days=int(3 + 30 * random.random())))
        if day >= today:
            continue
        _seal(uow, vault, district.contract_id, (supervisor, supervisee), kind, day)
        theme = tuple(Theme)[int(random.random() ** 2 * len(Theme))]
        tallies[day.replace(day=1), theme] += 1
    uow.add_up(
        ThemeTally,
        (
            (
                {"contract_id": district.contract_id, "month": month, "theme": theme},
                {"sessions": number},
            )
            for (month, theme), number in sorted(tallies.items())
        ),
    )


def _seal(
    uow: UnitOfWork, vault: Vault, contract_id: int, pair: tuple[int, int], kind: Kind, day: date
) -> None:
    session = SupportSession(
        contract_id=contract_id,
        kind=kind,
        supervisor_id=pair[0],
        supervisee_id=pair[1],
        held_on=day,
        liaison_on=day if kind is Kind.WELFARE else None,
        wrapped_key="",
    )
    session.wrapped_key = vault.new_key(about_of(session))
    uow.add(session)
    uow.add(
        SealedNote(
            contract_id=contract_id,
            session_id=session.id or 0,
            author_id=pair[0],
            written_at=at(day, 15 * 60),
            sealed=vault.seal(session.wrapped_key, FACTS[sum(pair) % 2], about_of(session)),
        )
    )


def _train(uow: UnitOfWork, districts: Sequence[District], today: date) -> None:
    """Three sessions with who came, and three problems: open, fixed, and solved."""
    district, everybody = districts[0], [one for lot in districts for one in lot.workers]
    contract_id, giver = district.contract_id, district.team_managers[0]
    starts_on = district.starts_on
    session_id = None
    for weeks, topic, title, minutes, council in SESSIONS:
        held_on = Diary.of_england().working(max(today - timedelta(weeks=weeks), starts_on))
        if held_on >= today:
            continue
        session = uow.add(
            TrainingSession(
                contract_id=contract_id,
                held_on=held_on,
                topic=topic,
                title=title,
                minutes=minutes,
                council_people=council,
                given_by=giver,
            )
        )
        session_id = session_id or session.id
        came = {"contract_id": contract_id, "session_id": session.id}
        uow.load(
            TrainingAttendance,
            [
                {**came, "practitioner_id": worker.practitioner_id}
                for place, worker in enumerate(everybody)
                if (place + weeks) % 3 and worker.employment.starts_on <= held_on
            ],
        )
    for area, words, found, fixed, solved in PROBLEMS:
        uow.add(
            SystemProblem(
                contract_id=contract_id,
                found_on=today - timedelta(days=found),
                found_by=giver,
                session_id=session_id if area is Area.FORMS else None,
                area=area,
                words=words,
                fixed_on=today - timedelta(days=fixed) if fixed else None,
                fixed_by=district.council_manager if fixed else None,
                fix="The council’s systems team changed the form" if fixed else "",
                solved_on=today - timedelta(days=solved) if solved else None,
                solved_by=giver if solved else None,
            )
        )


def _advice(district: District, today: date, random: Random) -> Iterator[dict[str, Any]]:
    """A question every week or so since the project began."""
    day = district.starts_on + timedelta(days=9)
    while day < today:
        on = Diary.of_england().working(day)
        topic, question, answer = QUESTIONS[int(random.random() * len(QUESTIONS))]
        if on < today:
            yield {
                "lot_id": district.lot_id,
                "case_id": None,
                "given_on": on,
                "given_by": district.team_managers[0],
                "team": district.teams[int(random.random() * len(district.teams))][1],
                "asker": Asker.MANAGER if random.random() < 0.4 else Asker.SOCIAL_WORKER,
                "topic": topic,
                "question": question,
                "answer": answer,
                "minutes": 10 + 5 * int(random.random() * 8),
            }
        day += timedelta(days=int(6 + 9 * random.random()))
