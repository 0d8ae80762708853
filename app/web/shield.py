"""What wraps the application: allowed hosts, the origin check, the headers of every answer."""

from itertools import chain
from urllib.parse import urlsplit

from starlette.datastructures import Headers, MutableHeaders
from starlette.responses import PlainTextResponse
from starlette.types import ASGIApp, Message, Receive, Scope, Send

SAFE = frozenset({"GET", "HEAD", "OPTIONS"})
OFFERED = frozenset({"GET", "HEAD", "POST"})
POLICY = (
    "default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self'; connect-src 'self'; "
    "form-action 'self'; base-uri 'none'; frame-ancestors 'none'"
)
HEADERS = {
    "Content-Security-Policy": POLICY,
    "X-Content-Type-Options": "nosniff",
    "X-Frame-Options": "DENY",
    "Referrer-Policy": "same-origin",
    "Cross-Origin-Opener-Policy": "same-origin",
    "Cross-Origin-Resource-Policy": "same-origin",
    "Permissions-Policy": "camera=(), geolocation=(), microphone=()",
}
HSTS = "max-age=31536000; includeSubDomains"
# The longest of ours, a filter with every case of a page ticked, takes a twentieth of it.
LONGEST_ADDRESS = 16_384
LONGEST_HEADERS = 32_768


class Shield:
    """Refuses foreign hosts and cross-site posts, and puts the headers on every answer, 500 too."""

    def __init__(self, app: ASGIApp, *, hosts: frozenset[str], secure: bool) -> None:
        self.app = app
        self.hosts = hosts
        self.secure = secure

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        if scope["type"] != "http":
            await self.app(scope, receive, send)
            return

        async def send_with_headers(message: Message) -> None:
            if message["type"] == "http.response.start":
                self._add_headers(scope["path"], MutableHeaders(scope=message))
            await send(message)

        refusal = self._refuse(scope, Headers(scope=scope))
        await (refusal or self.app)(scope, receive, send_with_headers)

    def _refuse(self, scope: Scope, headers: Headers) -> PlainTextResponse | None:
        method, host = scope["method"], headers.get("host", "")
        if len(scope["path"]) + len(scope["query_string"]) > LONGEST_ADDRESS:
            return PlainTextResponse("This address is too long.", 414)
        if sum(map(len, chain.from_iterable(scope["headers"]))) > LONGEST_HEADERS:
            return PlainTextResponse("These headers are too long.", 431)
        if _host_of(f"//{host}") not in self.hosts:
            return PlainTextResponse("This address is not served here.", 400)
        if method not in OFFERED:
            return PlainTextResponse("This is not offered here.", 405, {"Allow": "GET, HEAD, POST"})
        if method not in SAFE and not came_from_here(headers, host):
            return PlainTextResponse("This came from another site and was not accepted.", 403)
        return None

    def _add_headers(self, path: str, headers: MutableHeaders) -> None:
        for name, value in HEADERS.items():
            headers[name] = value
        if self.secure:
            headers["Strict-Transport-Security"] = HSTS
        if path.startswith("/static/") and "cache-control" in headers:
            return
        headers["Cache-Control"] = "no-store"


def came_from_here(headers: Headers, host: str) -> bool:
    """Whether a browser says that a post began on our own page (Fetch Metadata, else Origin)."""
    site = headers.get("sec-fetch-site")
    if site is not None:
        return site in {"same-origin", "none"}
    origin = headers.get("origin")
    return origin is not None and origin.partition("://")[2] == host


def _host_of(address: str) -> str | None:
    """The host that an address names; None where its brackets are no address."""
    try:
        return urlsplit(address).hostname
    except ValueError:
        return None
