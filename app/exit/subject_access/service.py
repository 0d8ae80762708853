"""The act of taking everything that is held on one reference."""

import tempfile
from typing import IO

from app.cases.register.models import Case
from app.exit import pack
from app.exit.subject_access import queries, rules
from app.kernel.acts import Act
from app.kernel.errors import Invalid
from app.work import trail
from app.work.uow import UnitOfWork


def take(uow: UnitOfWork, reference: str, request: str) -> IO[bytes]:
    """A file of everything held on a reference; the trail and the case keep that it was taken.

    Raises Invalid for a reference that no case of the actor's lots has, and for a request that
    says nothing.
    """
    with uow.command(Act.DATA_SUBJECT):
        case = queries.find_case(uow, reference)
        if case is None:
            raise Invalid("reference", "No case in your lots has this reference.")
        rules.check_request(request)
        held = queries.held_on(uow, case)
        of_case = {"case_id": case.id, "lot_id": case.lot_id, "contract_id": case.contract_id}
        told = trail.arrival({"request": request, "rows": held.rows})
        uow.chain.record("subject_access", [trail.Told.of(of_case, told)])
        file = _written(uow, case, held, request)
    uow.seen(lot_id=case.lot_id, case_id=case.id, what="everything held, for a subject’s request")
    return file


def _written(uow: UnitOfWork, case: Case, held: queries.Held, request: str) -> IO[bytes]:
    file = tempfile.TemporaryFile()  # noqa: SIM115 - whoever asked for it reads and closes it
    about = {
        "reference": case.reference,
        "request": request,
        "written_at": uow.now.isoformat(),
        "written_by": uow.actor.name,
        "words_of_ones_own": {name: columns for name, columns in held.free.items() if columns},
    }
    pack.write(file, about, held.sources(), rules.readme(case.reference, held.free))
    file.seek(0)
    return file
