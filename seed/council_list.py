"""Writes seed/council-list.xlsx: an invented list to import into a lot of the demo."""

import random
import sys
from datetime import UTC, date, datetime, timedelta
from pathlib import Path

import xlsxwriter
from xlsxwriter.worksheet import Worksheet

FILE = Path(__file__).with_name("council-list.xlsx")
DRAWN_UP = date(2026, 11, 13)
CHILD = (
    "Child Unique ID",
    "Gender",
    "Ethnicity",
    "Date of Birth",
    "Age of Child (Years)",
    "Does the Child have a Disability",
)
WORK = ("Allocated Team", "Allocated Worker")
LIST_4 = (
    *CHILD,
    "Continuous  Assessment Start Date ",
    "Child Seen During Continuous Assessment",
    "Continuous Assessment Date of Authorisation",
    "Was the child assessed as requiring LA children’s social care support?",
    *WORK,
)
LIST_6 = (
    *CHILD,
    "CIN Start Date",
    "Primary Need Code",
    "Date Child Was Last Seen",
    "CIN Closure Date",
    "Reason for Closure",
    "Case Status",
    *WORK,
)
TEAMS = ("Ashbrook Assessment Team", "Ashbrook Locality 2", "North Duty and Advice")
WORKERS = ("DUTY", "DUTY", "Team manager", "Ashbrook tray", "#N/A", "Rhona Pell", "Isaac Thorne")
NEEDS = ("N1 - Abuse or neglect", "N4 - Family in acute stress", "N5 - Family dysfunction", "N3")

Cell = str | int | float | date


def main(file: Path = FILE) -> None:
    """The same file, byte for byte, every time."""
    chance = random.Random(4_071)
    children = [_child(chance, number) for number in range(1, 37)]
    open_4 = [_assessed(chance, child) for child in children[:26]]
    # As real lists have them: numbers as ids, a stray no-break space, text among real dates.
    open_4[2][0], open_4[3][0], open_4[4][0] = 7_710_043.0, "\xa07710044 ", "0042"
    open_4[5][6], open_4[6][6], open_4[7][6] = "03/09/2026", "2026-09-04", "7 Sept 2026"
    open_4[8][4] = -1
    open_4[9][6:9] = date(2026, 8, 12), "a) Yes", date(2026, 10, 2)
    open_4[10][6:9] = "24/08/2026", "a) Yes", "16/10/2026"
    open_4.append(list(open_4[0]))
    in_need = [_in_need(chance, child) for child in children[22:36]]
    in_need[5][9], in_need[5][10] = date(2026, 10, 30), "RC8 - Case closed after assessment"
    book = xlsxwriter.Workbook(file)
    book.set_properties({"created": datetime(2026, 11, 13, 9, tzinfo=UTC).replace(tzinfo=None)})
    _write(book, "List 4", [LIST_4, *open_4])
    title = ["List 6: children in need on 13 November 2026"]
    _write(book, "List_6", [title, LIST_6, *in_need])
    book.close()


def _child(chance: random.Random, number: int) -> list[Cell]:
    age = chance.randint(0, 17)
    born = DRAWN_UP - timedelta(days=365 * age + chance.randint(30, 330))
    gender = chance.choice(("a) Male", "b) Female"))
    return [str(7_710_040 + number), gender, "h) Not recorded", born, age, "b) No"]


def _assessed(chance: random.Random, child: list[Cell]) -> list[Cell]:
    begun = DRAWN_UP - timedelta(days=chance.randint(20, 110))
    seen = chance.choice(("a) Yes", "b) No", ""))
    return [*child, begun, seen, "", "", chance.choice(TEAMS), chance.choice(WORKERS)]


def _in_need(chance: random.Random, child: list[Cell]) -> list[Cell]:
    begun = DRAWN_UP - timedelta(days=chance.randint(90, 300))
    seen = DRAWN_UP - timedelta(days=chance.randint(3, 60))
    about = [begun, chance.choice(NEEDS), seen, "", "", "c) Child in need plan"]
    return [*child, *about, chance.choice(TEAMS), chance.choice(WORKERS)]


def _write(book: xlsxwriter.Workbook, name: str, rows: list[list[Cell]]) -> None:
    sheet: Worksheet = book.add_worksheet(name)
    sheet.set_column(0, 20, 18)
    as_day = book.add_format({"num_format": "dd/mm/yyyy"})
    for line, row in enumerate(rows):
        for column, cell in enumerate(row):
            if isinstance(cell, date):
                sheet.write_datetime(line, column, cell, as_day)
            elif cell != "":
                sheet.write(line, column, cell)


if __name__ == "__main__":
    main(Path(sys.argv[1]) if len(sys.argv) > 1 else FILE)
