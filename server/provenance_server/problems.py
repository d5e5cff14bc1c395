"""Errors as RFC 9457 problem details: the one form in which the server says no."""

from __future__ import annotations

import json
from http import HTTPStatus
from typing import Any

from flask import Flask, Response, current_app
from werkzeug.exceptions import HTTPException

from provenance_server.faults import place

TYPE = "https://provenance.example/problems/"
MEDIA_TYPE = "application/problem+json"


class Problem(Exception):
    """An answer that is an error. `code` is the last part of its `type`; `more` are further members of the body."""

    def __init__(
        self, status: int, code: str, detail: str, *, headers: dict[str, str] | None = None, **more: Any
    ) -> None:
        super().__init__(detail)
        self.status, self.code, self.detail = status, code, detail
        self.headers, self.more = headers or {}, more

    def body(self) -> dict[str, Any]:
        title = TITLES.get(self.code) or HTTPStatus(self.status).phrase
        return {"type": TYPE + self.code, "title": title, "status": self.status, "detail": self.detail, **self.more}

    def response(self) -> Response:
        return Response(
            json.dumps(self.body(), ensure_ascii=False),
            self.status,
            {**self.headers, "Cache-Control": "no-store"},
            content_type=MEDIA_TYPE,
        )


TITLES = {
    "bad-request": "The request cannot be read",
    "internal": "The analysis failed",
    "language": "Language not supported",
    "no-article": "No article on this page",
    "not-allowed": "Not allowed from here",
    "not-structured-as-a-page": "Past the limits on structure",
    "queue-full": "Too much to do",
    "starting": "Starting",
    "too-large": "Too large",
    "too-many-requests": "Too many requests",
    "too-slow": "The analysis took too long",
    "unauthorized": "A token is required",
    "unsupported-language": "Language not supported",
    "unsupported-media-type": "Content type or encoding not supported",
}


def bad_request(detail: str, pointer: str | None = None) -> Problem:
    """400; `pointer` is a JSON Pointer (RFC 6901) to the field to blame."""
    more: dict[str, Any] = {} if pointer is None else {"pointer": pointer}
    return Problem(400, "bad-request", detail, **more)


def register(app: Flask) -> None:
    """Turns every error of the application and of its framework into problem details."""

    @app.errorhandler(Problem)
    def known(problem: Problem) -> Response:
        return problem.response()

    @app.errorhandler(HTTPException)
    def framework(error: HTTPException) -> Response:
        status = error.code or 500
        if status < 400:  # a redirect of the router
            return Response(status=status, headers=error.get_headers())
        code = HTTPStatus(status).phrase.lower().replace(" ", "-")
        kept = {name: value for name, value in error.get_headers() if name in ("Allow", "Retry-After")}
        return Problem(status, code, error.description or HTTPStatus(status).phrase, headers=kept).response()

    @app.errorhandler(Exception)
    def unforeseen(error: Exception) -> Response:
        current_app.logger.error("unforeseen", extra={"error": type(error).__name__, "at": place(error)})
        return Problem(500, "internal", "Something went wrong in the server. The log says where.").response()
