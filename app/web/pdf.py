"""Documents to keep and to sign: tagged PDF, set by Typst from a template and plain facts."""

import json
from collections.abc import Mapping
from datetime import datetime
from functools import cache
from typing import Any, cast

import font_source_sans_pro
from typst import Compiler, Fonts

from app.web.templating import TEMPLATES


@cache
def _fonts() -> Fonts:
    """The same letters on every machine, read once."""
    return Fonts(include_system_fonts=False, font_paths=[font_source_sans_pro.font_directory])


def make_pdf(template: str, facts: Mapping[str, Any], at: datetime) -> bytes:
    """The document that a template under `templates/` makes of facts, stamped with an instant.

    The facts are what JSON can say; text among them is shown as it is and never run.
    PDF/UA-1, so a template whose headings or figures a screen reader cannot follow raises
    TypstError. Equal facts at an equal instant give equal bytes.
    """
    compiler = Compiler(
        TEMPLATES / template,
        root=TEMPLATES,
        font_paths=_fonts(),
        sys_inputs={"facts": json.dumps(facts, ensure_ascii=False)},
    )
    made = compiler.compile(format="pdf", pdf_standards="ua-1", timestamp=int(at.timestamp()))
    return cast("bytes", made)  # pages come singly only as pictures
