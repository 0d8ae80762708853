"""The addresses of the built browser files, whose names carry their content's hash."""

import json
from functools import cache
from pathlib import Path

STATIC = Path(__file__).resolve().parent / "static"


def asset(name: str) -> str:
    """The address of a built file; raises KeyError for a name that is not built."""
    return f"/static/{_names()[name]}"


@cache
def _names() -> dict[str, str]:
    manifest = STATIC / "manifest.json"
    if not manifest.is_file():
        raise FileNotFoundError("Build the front end first: python -m app.web.frontend.build")
    names: dict[str, str] = json.loads(manifest.read_text(encoding="utf-8"))
    return names
