"""The route of how good earlier outlooks were."""

from starlette.responses import Response

from app.finance.track_record import queries
from app.finance.track_record.rules import Came
from app.kernel.acts import Act
from app.web.page import Page
from app.web.routes import Routes
from app.work.uow import UnitOfWork

routes = Routes("/outlook/earlier")
TONES = {Came.WITHIN: "good", Came.SLOWER: "bad", Came.FASTER: "warn"}


@routes.get("", needs=Act.MONEY_VIEW, name="track_record.index")
def index(uow: UnitOfWork, page: Page) -> Response:
    return page.show("finance/track_record/index.html", records=queries.records(uow), tones=TONES)
