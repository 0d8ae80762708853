"""How a typed reference may be written otherwise, how a filter reads, how many views one keeps."""

import re
from collections.abc import Mapping

from app.kernel.errors import Invalid, Refused

FEWEST_FOR_BEGINNING = 3
"""Characters that must be typed before references that begin so are listed."""

_LONGEST_PADDED = 12
_MANGLED = re.compile(r"\.0+\Z")


def other_forms(typed: str) -> tuple[str, ...]:
    """The ways in which the same reference may stand in a list, without the typed one itself.

    Spaces, case, zeros in front and the ending that spreadsheets add to numbers make no difference.
    """
    bare = _MANGLED.sub("", "".join(typed.split()))
    forms = [bare, bare.upper(), bare.lower()]
    core = bare.lstrip("0")
    if core:
        forms += [core, core.upper(), core.lower(), f"{bare}.0", f"{core}.0"]
        widths = range(len(core) + 1, _LONGEST_PADDED + 1)
        forms += [core.rjust(width, "0") for width in widths if core.isdigit()]
    return tuple(form for form in dict.fromkeys(forms) if form and form != typed)


def beyond(beginning: str) -> str | None:
    """A text after all that begin so, in any order in which digits come before letters.

    None where none is sure; the end of an index then stands for it.
    """
    last = beginning[-1:]
    if last == "9":
        return f"{beginning[:-1]}A"
    if last.isascii() and last.isalnum() and last not in "zZ":
        return beginning[:-1] + chr(ord(last) + 1)
    return None


MOST_OWN = 12
"""Views that one person may keep, so that all of them can be counted whenever they are shown."""
MOST_SHARED = 12
"""Views that may be shared with one role of a contract."""
COUNTED_UP_TO = 10_000
"""Cases of a view that are counted one by one; of any above, it is only said that there are."""


def check_room(*, own: int, shared: int) -> None:
    """Refuse one view more than a person may keep, or a role may be given."""
    if own >= MOST_OWN:
        raise Refused(f"You have {own} saved views, the most there can be. Delete one first.")
    if shared >= MOST_SHARED:
        raise Invalid(
            "shared_with", f"{shared} views are shared with this role, the most there can be."
        )


def parts(
    words: Mapping[str, str], names: Mapping[str, Mapping[str, str]]
) -> list[tuple[str, str, str]]:
    """Each part of a filter in force: its name, and both sides in words; the order is no part.

    `names` tells what the numbers of lots and practitioners stand for.
    """
    return [
        (name, _spoken(name), _named(names, name, value))
        for name, value in words.items()
        if name not in {"sort", "down"}
    ]


def _named(names: Mapping[str, Mapping[str, str]], name: str, value: str) -> str:
    if name == "reference":
        return value
    if name == "chosen":
        ticked = len(value.split())
        return "1 ticked" if ticked == 1 else f"{ticked} ticked"
    return names.get(name, {}).get(value) or _spoken(value)


def _spoken(code: str) -> str:
    return code.replace("_", " ").capitalize()
