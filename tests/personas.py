"""Named, invented people: one for each role, and those who must not see what is not theirs."""

from dataclasses import dataclass

from app.access.roles import Role


@dataclass(frozen=True)
class Persona:
    """Someone who signs in; `lots` are names of lots of the tests' two contracts."""

    key: str
    name: str
    role: Role
    lots: tuple[str, ...]
    works: bool = False


ALL = ("North", "Mid", "South")

PERSONAS = (
    Persona("paula", "Paula Marsh", Role.AGENCY_PROJECT_MANAGER, ALL),
    Persona("tess", "Tess Oyelaran", Role.TEAM_MANAGER, ("North",)),
    Persona("tom", "Tom Birch", Role.TEAM_MANAGER, ("North",)),
    Persona("priya", "Priya Nair", Role.PRACTITIONER, ("North",), works=True),
    Persona("pete", "Pete Holm", Role.PRACTITIONER, ("North",), works=True),
    Persona("sam", "Sam Quill", Role.PRACTITIONER, ("South",), works=True),
    Persona("dina", "Dina Ferris", Role.DISTRICT_MANAGER, ("North",)),
    Persona("omar", "Omar Field", Role.DISTRICT_MANAGER, ("South",)),
    Persona("tara", "Tara South", Role.TEAM_MANAGER, ("South",)),
    Persona("hana", "Hana Lowe", Role.COUNCIL_PROJECT_MANAGER, ALL),
    Persona("carl", "Carl Dean", Role.COMMISSIONER, ALL),
    Persona("alan", "Alan Reed", Role.AUDITOR, ALL),
    Persona("ada", "Ada Stone", Role.ADMINISTRATOR, ALL),
    Persona("eve", "Eve Hart", Role.AGENCY_PROJECT_MANAGER, ("Moor",)),
)
BY_KEY = {persona.key: persona for persona in PERSONAS}
