"""How a typed reference may be written otherwise, and what a saved view's name may be."""

import re

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
