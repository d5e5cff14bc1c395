"""The server's own pages: `GET /`, where one pastes a text or drops a page, and `GET /docs`.

`/` paints with the extension's own code, which is served from the extension's folder by a list of names. Nothing is
loaded from elsewhere, and no script but these runs.
"""

from __future__ import annotations

import re
from pathlib import Path

from flask import Blueprint, Response, abort, current_app, render_template, send_file

from provenance_server.openapi import describe
from provenance_server.settings import Settings

HERE = Path(__file__).parent
OWN = ("docs.css", "try.css", "try.js")
SHARED = (  # of the extension, in the order in which they build on each other
    "page/namespace.js",
    "page/dom.js",
    "page/words.js",
    "page/pagetext.js",
    "page/anchor.js",
    "page/paint.js",
    "page/chain.js",
    "page/card.js",
    "page/card.style.js",
)
DATA = ("page/paint.css", "_locales/en/messages.json")

# The dropped page is shown in a frame (`srcdoc`) that inherits this policy: with it, nothing in there loads.
POLICY = (
    "default-src 'none'; script-src 'self'; style-src 'self'; connect-src 'self'; "
    "base-uri 'none'; form-action 'none'; frame-ancestors 'none'"
)


def extension_folder() -> Path | None:
    """Where the unpacked extension lies: in the installed package, or beside a checkout's `src`."""
    import provenance

    package = Path(provenance.__file__).parent
    for folder in (package / "extension", package.parent.parent / "extension"):
        if (folder / "manifest.json").is_file():
            return folder
    return None


def blueprint(settings: Settings) -> Blueprint:
    routes = Blueprint("pages", __name__, template_folder="templates")
    extension = extension_folder()

    @routes.get("/")
    def home() -> Response:
        return _page(render_template("try.html", scripts=SHARED, limit=settings.body_limit))

    @routes.get("/docs")
    def docs() -> Response:
        document = describe(current_app, settings)
        return _page(render_template("docs.html", document=document, anchor=_anchor))

    @routes.get("/assets/<path:name>")
    def asset(name: str) -> Response:
        if name in OWN:
            return send_file(HERE / "assets" / name)
        if not extension or name not in (*SHARED, *DATA):
            abort(404)
        return send_file(extension / name)

    return routes


def _page(html: str) -> Response:
    return Response(html, content_type="text/html; charset=utf-8", headers={"Content-Security-Policy": POLICY})


def _anchor(reference: str) -> str:
    """The id of a schema on `/docs`, from its `$ref`."""
    return "schema-" + re.sub(r"\W", "", reference.rsplit("/", 1)[-1])
