"""Who may ask: every web page can reach a local port, so Host, Origin and Sec-Fetch-Site are checked on every request.

A page of a hostile site can send requests to 127.0.0.1, or rebind its own name to it; browsers then say so in these
headers, and nothing else tells such a request from a reader's.
"""

from __future__ import annotations

import hmac
import re

from flask import Flask, Response, request

from provenance_server.problems import Problem
from provenance_server.settings import Settings

EXTENSION = re.compile(r"chrome-extension://[a-p]{32}|moz-extension://[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}")
LOOPBACK = ("localhost", "127.0.0.1", "[::1]")
PAGES = ("/", "/docs")  # that one may come to by a link

HEADERS = {
    "Cache-Control": "no-store",
    "Content-Security-Policy": "default-src 'none'; base-uri 'none'; form-action 'none'; frame-ancestors 'none'",
    "Cross-Origin-Opener-Policy": "same-origin",
    "Cross-Origin-Resource-Policy": "same-origin",
    "Referrer-Policy": "no-referrer",
    "X-Content-Type-Options": "nosniff",
    "X-Frame-Options": "DENY",
}


def register(app: Flask, settings: Settings) -> None:
    """Checks every request, on every path and method, before anything else sees it."""

    @app.before_request
    def check() -> None:
        host = request.headers.get("Host")
        check_host(host, settings)
        check_origin(request.headers.get("Origin"), f"{request.scheme}://{host}", settings)
        check_fetch_site()
        check_token(settings)

    @app.after_request
    def protect(response: Response) -> Response:
        for name, value in HEADERS.items():
            response.headers.setdefault(name, value)
        return response


def check_host(host: str | None, settings: Settings) -> None:
    """403 for a name that is not ours: an attacker's name that was rebound to this address."""
    wanted = {f"{name}:{settings.port}" for name in (*LOOPBACK, *settings.allowed_hosts)}
    wanted |= {*settings.allowed_hosts} | ({*LOOPBACK} if settings.port == 80 else set())
    if (host or "").lower() not in {name.lower() for name in wanted}:
        raise Problem(
            403,
            "not-allowed",
            "The Host header names another server than this one. Further names are set by PROVENANCE_ALLOWED_HOSTS.",
        )


def check_origin(origin: str | None, own: str, settings: Settings) -> None:
    """403 for requests of web pages; none, our own pages and browser extensions may ask."""
    if origin is None or origin == own or origin in settings.allowed_origins:
        return
    if not EXTENSION.fullmatch(origin):
        raise Problem(403, "not-allowed", "Web pages may not use this server; browser extensions may.")


def check_fetch_site() -> None:
    """403 for what a page of another site started, but for a visit to a page of ours."""
    site = request.headers.get("Sec-Fetch-Site", "none")
    visit = (
        request.method == "GET"
        and request.path in PAGES
        and request.headers.get("Sec-Fetch-Mode") == "navigate"
        and request.headers.get("Sec-Fetch-Dest", "document") == "document"
    )
    if site not in ("none", "same-origin") and not visit:
        raise Problem(403, "not-allowed", "Another site’s page sent this request.")


def check_token(settings: Settings) -> None:
    """401 without the token, where one is set: as a Bearer token, or as a password, which a browser asks for."""
    if settings.token is None:
        return
    given = request.authorization
    secret = (given.token if given.type == "bearer" else given.password) if given else None
    if not hmac.compare_digest((secret or "").encode(), settings.token.encode()):
        raise Problem(
            401,
            "unauthorized",
            "This server wants its token: “Authorization: Bearer …”.",
            headers={"WWW-Authenticate": 'Bearer realm="provenance", Basic realm="provenance", charset="UTF-8"'},
        )
