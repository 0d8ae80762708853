"""The file that a contract is set up from, and in words what is wrong with it."""

import re
import tomllib
from collections import Counter
from collections.abc import Hashable, Iterable, Iterator
from datetime import date, datetime
from pathlib import Path
from typing import Annotated, Any

from pydantic import (
    AfterValidator,
    BaseModel,
    BeforeValidator,
    ConfigDict,
    Field,
    StringConstraints,
    ValidationError,
)

from app.access.roles import Organisation, Role
from app.finance.rules import LARGEST
from app.kernel.calendar import Counting
from app.kernel.clock import AssessmentType, StartEvent
from app.kernel.days import FIRST_YEAR, LAST_YEAR, parse_date
from app.kernel.errors import Refused
from app.kernel.money import pounds
from app.web.fields import clean


def _day(written: object) -> date:
    if isinstance(written, str):
        return parse_date(written)
    if not isinstance(written, date) or isinstance(written, datetime):
        raise ValueError("Write a day, for example 2026-11-20.")
    if not FIRST_YEAR <= written.year <= LAST_YEAR:
        raise ValueError(f"The year {written.year} is not between {FIRST_YEAR} and {LAST_YEAR}.")
    return written


def _pence(written: object) -> int:
    if not isinstance(written, str):
        raise ValueError("Write an amount of pounds in quotes, for example “18,500.00”.")
    return pounds(written)


Words = Annotated[str, BeforeValidator(clean), StringConstraints(min_length=1)]
Email = Annotated[Words, AfterValidator(str.lower)]
Day = Annotated[date, BeforeValidator(_day)]
Count = Annotated[int, Field(strict=True, ge=0)]
WorkingDays = Annotated[int, Field(strict=True, ge=1, le=365)]
LotNames = Annotated[list[Words], Field(min_length=1)]


class Part(BaseModel):
    """A table of the file; anything that it does not know is refused."""

    model_config = ConfigDict(extra="forbid", frozen=True)


class ContractPart(Part):
    """The parties, the term, and how clocks and calendar run."""

    name: Words = Field(max_length=120)
    reference: Words = Field(max_length=40)
    council: Words = Field(max_length=120)
    agency: Words = Field(max_length=120)
    starts_on: Day
    ends_on: Day
    counting: Counting = Counting.DAY_ZERO
    seen_within_days: WorkingDays = 20
    decide_within_days: WorkingDays = 5
    chase_most: WorkingDays = 3
    conference_within_days: WorkingDays = 15
    extra_days: list[Day] = []


class ClockRulePart(Part):
    """What the contract says about one type of assessment."""

    assessment_type: AssessmentType
    start_event: StartEvent
    limit_working_days: WorkingDays


class TeamPart(Part):
    """A receiving team."""

    name: Words = Field(max_length=80)
    weekly_intake: Count


class TargetPart(Part):
    """What a lot is to achieve."""

    opening_backlog: Count
    starts_on: Day
    ends_on: Day
    ramp_weeks: Count = 0
    clause: Annotated[str, BeforeValidator(clean)] = Field(default="", max_length=40)


class LotPart(Part):
    """A lot; the budget, in pence, is the same for each week of the contract."""

    name: Words = Field(max_length=60)
    district: Words = Field(max_length=60)
    district_manager: Email | None = None
    teams: list[TeamPart] = Field(min_length=1)
    target: TargetPart
    weekly_budget: Annotated[int, BeforeValidator(_pence)] | None = Field(
        default=None, gt=0, le=LARGEST
    )


class PractitionerPart(Part):
    """A worker of the agency's team who can hold cases."""

    name: Words = Field(max_length=120)
    qualified: Annotated[bool, Field(strict=True)]
    registration_expires_on: Day | None = None
    starts_on: Day
    ends_on: Day | None = None
    case_limit: Annotated[int, Field(strict=True, ge=1, le=100)] = 18
    lots: LotNames


class PersonPart(Part):
    """Somebody who is to sign in; a practitioner's sign-in names the practitioner."""

    email: Email
    name: Words = Field(max_length=120)
    role: Role
    organisation: Organisation | None = None
    lots: LotNames
    practitioner: Words | None = None


class ContractFile(Part):
    """Everything that a project begins with."""

    contract: ContractPart
    clock_rules: list[ClockRulePart] = Field(min_length=1)
    lots: list[LotPart] = Field(min_length=1)
    practitioners: list[PractitionerPart] = []
    people: list[PersonPart] = Field(min_length=1)


def read_contract(path: Path) -> ContractFile:
    """The file's contents; Refused with a sentence for each fault, on a line of its own."""
    try:
        written = tomllib.loads(path.read_text(encoding="utf-8-sig"))
    except ValueError as fault:
        raise Refused(f"{path.name} is not a TOML file: {fault}.") from fault
    try:
        asked = ContractFile.model_validate(written)
    except ValidationError as found:
        faults = found.errors(include_url=False, include_input=False)
        raise Refused("\n".join(map(_sentence, faults))) from found
    if amiss := list(_amiss(asked)):
        raise Refused("\n".join(amiss))
    return asked


def place(*steps: str | int) -> str:
    """Where in the file: tables of a list are counted from 1, as in “lots 2, target, ends_on”."""
    words = [f" {step + 1}" if isinstance(step, int) else f", {step}" for step in steps]
    return "".join(words).removeprefix(", ")


PLAIN = {
    "bool_type": "Write true or false.",
    "extra_forbidden": "This is not known here.",
    "int_type": "Write a whole number without quotes.",
    "list_type": "Write a list.",
    "missing": "This is missing.",
    "model_type": "Write a table.",
    "string_too_short": "This is empty.",
    "string_type": "Write text in quotes.",
    "too_short": "This is empty.",
}


def _sentence(fault: Any) -> str:
    kind = fault["type"]
    if kind == "value_error":
        said = str(fault["ctx"]["error"])
    else:
        said = PLAIN.get(kind) or re.sub(r"^\w+ should", "This should", fault["msg"]) + "."
    return f"{place(*fault['loc'])}: {said}"


def _amiss(asked: ContractFile) -> Iterator[str]:
    """What no table says by itself: names given twice, and names that are not there."""
    yield from _twice(asked)
    kinds = [rule.assessment_type for rule in asked.clock_rules]
    if AssessmentType.CHILD_AND_FAMILY not in kinds:
        yield "clock_rules: A rule for child_and_family_assessment is needed."
    if any(rule.start_event is StartEvent.STRATEGY_DISCUSSION for rule in asked.clock_rules):
        yield "clock_rules: No assessment starts with a strategy discussion."
    yield from _unknown_lots(asked)
    for number, person in enumerate(asked.people):
        if fault := _practitioner_fault(person, asked):
            yield f"{place('people', number, 'practitioner')}: {fault}"
    for number, lot in enumerate(asked.lots):
        if lot.district_manager and not _manages(lot, asked.people):
            yield (
                f"{place('lots', number, 'district_manager')}: No District Manager of"
                f" {lot.name} under people has this address."
            )


def _unknown_lots(asked: ContractFile) -> Iterator[str]:
    known = {lot.name for lot in asked.lots}
    tables = (
        ("practitioners", [worker.lots for worker in asked.practitioners]),
        ("people", [person.lots for person in asked.people]),
    )
    for kind, lots in tables:
        for number, names in enumerate(lots):
            for name in [name for name in names if name not in known]:
                yield f"{place(kind, number, 'lots')}: There is no lot {name}."


def _twice(asked: ContractFile) -> Iterator[str]:
    named: list[tuple[str, Iterable[Hashable]]] = [
        ("contract, extra_days", asked.contract.extra_days),
        ("clock_rules", [rule.assessment_type.value for rule in asked.clock_rules]),
        ("lots", [lot.name for lot in asked.lots]),
        ("practitioners", [worker.name for worker in asked.practitioners]),
        ("people", [person.email for person in asked.people]),
        ("people, practitioner", [one.practitioner for one in asked.people if one.practitioner]),
    ]
    for number, lot in enumerate(asked.lots):
        named.append((place("lots", number, "teams"), [team.name for team in lot.teams]))
    for where, names in named:
        for name, times in Counter(names).items():
            if times > 1:
                yield f"{where}: {name} is there {times} times."


def _practitioner_fault(person: PersonPart, asked: ContractFile) -> str | None:
    """What is wrong with the practitioner that a person is said to be, or is not."""
    if person.role is not Role.PRACTITIONER:
        return "Only the role practitioner has this." if person.practitioner else None
    if person.practitioner is None:
        return "Name the practitioner whose sign-in this is."
    workers = [one for one in asked.practitioners if one.name == person.practitioner]
    if not workers:
        return f"There is no practitioner {person.practitioner}."
    if set(workers[0].lots) != set(person.lots):
        return f"The sign-in needs the very lots that {person.practitioner} works in."
    return None


def _manages(lot: LotPart, people: list[PersonPart]) -> bool:
    return any(
        person.email == lot.district_manager
        and person.role is Role.DISTRICT_MANAGER
        and lot.name in person.lots
        for person in people
    )
