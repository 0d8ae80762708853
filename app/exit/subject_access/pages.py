"""Routes of subject access: the form, and the file it leads to."""

from collections.abc import Iterator
from typing import IO

from starlette.responses import Response

from app.exit.subject_access import service
from app.exit.subject_access.forms import SubjectForm
from app.kernel.acts import Act
from app.web.forms import Submission
from app.web.page import Page
from app.web.routes import Routes
from app.work.uow import UnitOfWork

routes = Routes("/exit/subject")
ZIP = "application/zip"
_CHUNK = 1 << 16


@routes.get("", needs=Act.DATA_SUBJECT, name="subject_access.form")
def subject_form(page: Page, form: Submission[SubjectForm]) -> Response:
    return page.show("exit/subject/form.html", form=form)


@routes.post("", needs=Act.DATA_SUBJECT, name="subject_access.take", shows=subject_form)
def take(uow: UnitOfWork, page: Page, form: Submission[SubjectForm]) -> Response:
    said = form.valid
    file = service.take(uow, said.reference, said.request)
    answer = page.download(_chunks(file), f"subject-{uow.today.isoformat()}.zip", ZIP)
    # A second press leads back to the form.
    answer.headers["Location"] = page.site.url("subject_access.form")
    return answer


def _chunks(file: IO[bytes]) -> Iterator[bytes]:
    with file:
        while piece := file.read(_CHUNK):
            yield piece
