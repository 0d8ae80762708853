"""Invented names of places, teams and people; none of them is real."""

from typing import NamedTuple

from app.access.roles import Role

COUNCIL, AGENCY = "Norhamshire County Council", "Brightwater Practice"
SECOND_COUNCIL, SECOND_AGENCY = "Eastwold Borough Council", "Harrow Lane Social Work"


class Place(NamedTuple):
    """A district, its District Manager, two team managers and receiving teams with their intake."""

    name: str
    manager: str
    team_managers: tuple[str, ...]
    teams: tuple[tuple[str, int], ...]


EARLY_HELP = "early help"
DISTRICTS = (
    Place(
        "Alderfell",
        "Dina Ferris",
        ("Tess Oyelaran", "Tom Birch"),
        (
            ("Alderfell locality north", 5),
            ("Alderfell locality south", 4),
            ("Alderfell court", 2),
            ("Alderfell early help", 3),
        ),
    ),
    Place(
        "Bexmoor",
        "Omar Field",
        ("Tara Silva", "Tobias Renn"),
        (
            ("Bexmoor locality east", 4),
            ("Bexmoor locality west", 4),
            ("Bexmoor court", 2),
            ("Bexmoor early help", 3),
        ),
    ),
    Place(
        "Carrowdale",
        "Joan Ashworth",
        ("Temi Adeyemi", "Tilda Frost"),
        (
            ("Carrowdale locality", 6),
            ("Carrowdale coast", 3),
            ("Carrowdale court", 2),
            ("Carrowdale early help", 3),
        ),
    ),
)
SECOND_DISTRICT = Place(
    "Wrenfield",
    "Edwin Moss",
    ("Esther Lyle", "Eamon Pike"),
    (("Wrenfield", 3), ("Wrenfield early help", 2)),
)

# Who works for the whole contract.
COUNTY_PEOPLE = (
    ("Paula Marsh", Role.AGENCY_PROJECT_MANAGER),
    ("Hana Lowe", Role.COUNCIL_PROJECT_MANAGER),
    ("Carl Dean", Role.COMMISSIONER),
    ("Alan Reed", Role.AUDITOR),
    ("Ada Stone", Role.ADMINISTRATOR),
)
SECOND_PEOPLE = (
    ("Eve Hart", Role.AGENCY_PROJECT_MANAGER),
    ("Ewan Cole", Role.COUNCIL_PROJECT_MANAGER),
)

PRACTITIONERS = (
    ("Priya Nair", "Pete Holm", "Ruth Amadi", "Sean Corrie", "Lena Vogel"),
    ("Imran Qadir", "Molly Trent", "Kofi Mensah", "Greta Lind", "Noel Pascoe"),
    ("Sam Quill", "Farah Aziz", "Hugh Larkin", "Bridie Nolan", "Yusuf Demir"),
    ("Anika Rao", "Colm Devlin", "Zoe Harker", "Ivor Pugh", "Maya Lindqvist"),
    ("Jonah Beck", "Salma Noor", "Rhys Talbot", "Orla Keane", "Dami Ojo"),
    ("Wendy Fell", "Arjun Mehta", "Freya Stroud", "Leon Baptiste", "Nina Kovac"),
)
SECOND_PRACTITIONERS = ("Elin Ward", "Ezra Blunt", "Enid Farrow")
RECEIVING_WORKERS = ("K. Sandford", "M. Iqbal", "L. Thorne", "J. Obi", "R. Weaver", "P. Castell")

SOURCE_TEAMS = ("Duty and assessment", "Front door", "Locality duty", "Out of hours team")
