"""Routes of the queue: what there is to mend by lot and kind, and accepting a finding."""

from urllib.parse import urlencode

from starlette.responses import Response

from app.cases.findings.rules import Kind
from app.cases.quality import queries, service
from app.cases.quality.forms import AcceptForm
from app.cases.quality.queries import Wanted
from app.contract import queries as contract
from app.kernel.acts import Act
from app.web.forms import Submission
from app.web.page import Page
from app.web.routes import Id, Query, Routes
from app.work.uow import UnitOfWork

routes = Routes("/quality")


@routes.get("", needs=Act.QUALITY_VIEW, name="quality.index")
def index(uow: UnitOfWork, page: Page, query: Query) -> Response:
    lots = queries.by_lot(uow)
    wanted, words, ignored = _wanted(query, {lot.lot_id for lot in lots})
    return page.show(
        "cases/quality/index.html",
        lots=lots,
        kinds=[kind for kind in Kind if any(kind in lot.by_kind for lot in lots)],
        findings=queries.list_findings(uow, wanted, lots, query.get("page")),
        wanted=wanted,
        ignored=ignored,
        all_kinds=[(kind.value, kind.label) for kind in Kind],
        page_url=lambda number: f"/quality?{urlencode({**words, 'page': number})}",
    )


@routes.get("/left-out", needs=Act.QUALITY_VIEW, name="quality.left_out")
def left_out(uow: UnitOfWork, page: Page, query: Query) -> Response:
    lots = contract.list_lots(uow)
    asked = query.get("lot", "")
    lot = next((one for one in lots if str(one.id) == asked), None)
    words = {"lot": asked} if lot else {}
    return page.show(
        "cases/quality/left_out.html",
        lots=[(one.id, one.name) for one in lots],
        lot=lot,
        ignored=[f"“{asked[:40]}” is not a known lot."] if asked and lot is None else [],
        rows=queries.list_left_out(uow, lot.id if lot else None, query.get("page")),
        page_url=lambda number: f"/quality/left-out?{urlencode({**words, 'page': number})}",
    )


@routes.get("/{finding_id}/accept", needs=Act.QUALITY_ACCEPT, name="quality.accept_form")
def accept_form(
    finding_id: Id, uow: UnitOfWork, page: Page, form: Submission[AcceptForm]
) -> Response:
    finding = queries.find_view(uow, finding_id)
    return page.show("cases/quality/accept.html", form=form, finding=finding)


@routes.post(
    "/{finding_id}/accept", needs=Act.QUALITY_ACCEPT, name="quality.accept", shows=accept_form
)
def accept(finding_id: Id, uow: UnitOfWork, page: Page, form: Submission[AcceptForm]) -> Response:
    service.accept(uow, finding_id, form.valid.because)
    return page.go("quality.index", notice="Accepted. It comes back only if the facts change.")


def _wanted(query: Query, lots: set[int]) -> tuple[Wanted, dict[str, str], list[str]]:
    """The filter that an address asks for, its own words, and a notice for each part ignored."""
    words = {name: query[name] for name in ("lot", "kind", "show") if query.get(name)}
    ignored = []
    if "lot" in words and words["lot"] not in map(str, lots):
        ignored.append(f"“{words.pop('lot')[:40]}” is not a known lot.")
    kinds = {kind.value: kind for kind in Kind}
    if "kind" in words and words["kind"] not in kinds:
        ignored.append(f"“{words.pop('kind')[:40]}” is not a known kind.")
    if words.get("show", "accepted") != "accepted":
        ignored.append(f"“{words.pop('show')[:40]}” is not a known list.")
    wanted = Wanted(
        int(words["lot"]) if "lot" in words else None,
        kinds[words["kind"]] if "kind" in words else None,
        accepted="show" in words,
    )
    return wanted, words, ignored
