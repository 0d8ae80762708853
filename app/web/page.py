"""Answers to one request: a page, the part of it that was asked for, a redirect or a download."""

import re
from collections.abc import Iterable, Sequence
from functools import cached_property
from typing import Any
from urllib.parse import quote, unquote

from markupsafe import Markup
from starlette.requests import Request
from starlette.responses import HTMLResponse, RedirectResponse, Response, StreamingResponse

from app.access.actor import Actor
from app.kernel.acts import Act
from app.kernel.days import LONDON
from app.web.pdf import make_pdf
from app.web.site import Site
from app.web.templating import moment
from app.work.uow import UnitOfWork

NOTICE = "notice"
# A form that was sent with faults is shown again with this status.
UNREADY = 422
SUMMARY = re.compile(r'(?s)(?<=<ul class="govuk-list govuk-error-summary__list">).*?(?=</ul>)')
FAULT = re.compile(r'(?s)<li>(?:<a href="#([^"]+)">)?.*?</li>')


class Signed:
    """The signed-in person as the layout shows them."""

    def __init__(self, actor: Actor) -> None:
        self.name = actor.name
        self.role_label = actor.role.label if actor.role else ""
        self.organisation_label = actor.organisation.label if actor.organisation else ""


class Page:
    """Renders for one request; templates know it as `page`."""

    def __init__(self, request: Request, site: Site, uow: UnitOfWork) -> None:
        self.request = request
        self.site = site
        self.uow = uow
        self.status = 200
        self.path = request.url.path
        self.demo = site.settings.demo
        self.today = uow.today
        self.now = uow.now.astimezone(LONDON)
        self.notice = unquote(request.cookies.get(NOTICE, "")) or None

    @property
    def actor(self) -> Actor:
        return self.uow.actor

    @cached_property
    def user(self) -> Signed | None:
        return Signed(self.actor) if self.actor.user_id is not None else None

    @cached_property
    def contract_name(self) -> str:
        names = self.site.contract_names
        return ", ".join(
            names[known] for known in sorted(self.actor.contract_ids) if known in names
        )

    @property
    def menu(self) -> Markup:
        return self.site.menu(self.actor, self.path)

    def may(self, act: Act) -> bool:
        return self.actor.may(act)

    def show(self, template: str, *, status: int | None = None, **context: Any) -> Response:
        """The whole page, or only the part that htmx says it will put in place."""
        name = self._part(template) or template
        html = self.site.templates.get_template(name).render(
            page=self, url=self.site.url, may=self.may, **context
        )
        status = status or self.status
        answer = HTMLResponse(in_page_order(html) if status == UNREADY else html, status)
        answer.headers["Vary"] = "HX-Request, HX-Target"
        if self.notice and name == template:
            answer.delete_cookie(NOTICE)
        return answer

    def ask_proof(
        self, kept: Sequence[tuple[str, object]], wrong: str = "", *, changing: bool
    ) -> Response:
        """Ask who is there; the answer comes back here with what was `kept` of the form."""
        address = self.request.url
        here = f"{address.path}?{address.query}" if address.query else address.path
        return self.show(
            "accounts/prove.html",
            status=422 if wrong else 200,
            action=here if changing else self.site.url("account.prove"),
            kept=kept if changing else [("next", here)],
            wrong=wrong,
        )

    def go(self, name: str, notice: str = "", **values: object) -> Response:
        """On to the named page after a change, with a sentence to show there once."""
        return self.go_to(self.site.url(name, **values), notice)

    def go_to(self, address: str, notice: str = "") -> Response:
        """On to an address of ours."""
        if self._from_htmx():
            answer = Response(status_code=204, headers={"HX-Redirect": address})
        else:
            answer = RedirectResponse(address, 303)
        if notice:
            answer.set_cookie(
                NOTICE,
                quote(notice),
                max_age=60,
                httponly=True,
                samesite="lax",
                secure=self.site.settings.secure,
            )
        return answer

    def pdf(self, template: str, file_name: str, mark: str, **facts: Any) -> Response:
        """A document to keep, with whose it is, its classification mark and its instant on it."""
        on_every_page = {
            "contract": self.contract_name,
            "mark": mark,
            "as_at": moment(self.now),
            "by": self.actor.name,
        }
        made = make_pdf(template, on_every_page | facts, self.now)
        return self.download([made], file_name, "application/pdf")

    def download(self, chunks: Iterable[bytes], file_name: str, media_type: str) -> Response:
        """A file made as it is sent; `file_name` is ours and plain ASCII."""
        disposition = f'attachment; filename="{file_name}"'
        return StreamingResponse(
            chunks, media_type=media_type, headers={"Content-Disposition": disposition}
        )

    def _from_htmx(self) -> bool:
        headers = self.request.headers
        whole = headers.get("hx-history-restore-request") or headers.get("hx-boosted")
        return headers.get("hx-request") == "true" and not whole

    def _part(self, template: str) -> str | None:
        target = self.request.headers.get("hx-target", "")
        if not self._from_htmx() or not target.replace("-", "").isalnum():
            return None
        room = template.rpartition("/")[0]
        part = f"{room}/_{target.replace('-', '_')}.html"
        return self.site.templates.select_template([part, template]).name


def in_page_order(html: str) -> str:
    """The page with its summaries of errors in the order of the fields below them.

    A form finds its faults in the order of its model, which inherits fields that stand elsewhere.
    """
    return SUMMARY.sub(lambda found: _in_order(found, html), html)


def _in_order(summary: re.Match[str], html: str) -> str:
    def place(fault: re.Match[str]) -> int:
        # What is said of no field stands first.
        return html.find(f' id="{fault[1]}"', summary.end()) if fault[1] else -1

    return "\n".join(fault[0] for fault in sorted(FAULT.finditer(summary[0]), key=place))
