"""`GET /v1/openapi.json`: OpenAPI 3.1, from the models that validate, the limits in force and the routes that exist."""

from __future__ import annotations

from functools import cache
from typing import Any

from flask import Blueprint, Flask, current_app
from pydantic.json_schema import models_json_schema

from provenance_server.answer import Analysis, Health, Outcome, ProblemDetails, Readiness
from provenance_server.body import ADDRESS
from provenance_server.health import VERSION
from provenance_server.problems import MEDIA_TYPE
from provenance_server.schema import AnalyzeRequest
from provenance_server.settings import Settings

MODELS = (AnalyzeRequest, Analysis, Outcome, ProblemDetails, Health, Readiness)

WHEN = {
    400: "Malformed, empty, a wrongly typed field, or a charset that nobody knows.",
    401: "A token is required and missing or wrong.",
    403: "A Host or an Origin that is not allowed.",
    413: "Larger than the limit, or past the limits on structure.",
    415: "Another Content-Type or Content-Encoding.",
    422: "No article (`no-article`), a language that is not supported (`unsupported-language`), or an analysis that "
    "hit the deadline or the memory limit (`too-slow`: trying again will not help).",
    429: "Too many requests of one client.",
    503: "The queue is full, or the server is starting.",
}
EVERYWHERE = (401, 403, 429)


def blueprint(settings: Settings) -> Blueprint:
    routes = Blueprint("openapi", __name__)

    @routes.get("/v1/openapi.json")
    def document() -> dict[str, Any]:
        return describe(current_app, settings)

    return routes


def describe(app: Flask, settings: Settings) -> dict[str, Any]:
    """The document. Raises `KeyError` where a route has no description, so that none is forgotten."""
    operations = _operations(settings)
    methods = {rule.rule: (rule.methods or set()) - {"HEAD", "OPTIONS"} for rule in app.url_map.iter_rules()}
    if forgotten := {path for path in methods if path not in INTERNAL and "<" not in path} - set(operations):
        raise KeyError(f"no description of {', '.join(forgotten)}")
    paths = {path: {method.lower(): operations[path] for method in sorted(methods[path])} for path in operations}
    return {
        "openapi": "3.1.0",
        "info": {
            "title": "Provenance",
            "version": VERSION,
            "summary": "Who says so, how they know, and whether anyone checked: the sources of a news article.",
            "license": {"name": "Apache-2.0", "identifier": "Apache-2.0"},
        },
        "servers": [{"url": "/"}],
        "security": [{"token": []}] if settings.token else [],
        "paths": paths,
        "components": {
            "schemas": _schemas(),
            "securitySchemes": {"token": {"type": "http", "scheme": "bearer"}} if settings.token else {},
        },
    }


INTERNAL = ("/",)  # a page for people


@cache
def _schemas() -> dict[str, Any]:
    _, found = models_json_schema(
        [(model, "validation") for model in MODELS], ref_template="#/components/schemas/{model}"
    )
    schemas: dict[str, Any] = found["$defs"]
    body = schemas["AnalyzeRequest"]
    body["oneOf"] = [
        {"required": [one], "properties": {one: {"type": "string"}, other: {"type": "null"}}}
        for one, other in (("html", "text"), ("text", "html"))
    ]
    return schemas


def _operations(settings: Settings) -> dict[str, dict[str, Any]]:
    limit, batch_limit = settings.body_limit, settings.batch_limit
    # Any text is taken: a line that does not fit is one line of the answer.
    lines = {"contentMediaType": "application/x-ndjson", "contentSchema": _ref("AnalyzeRequest")}
    page = {"type": "string", "minLength": 1, "maxLength": limit}
    return {
        "/v1/analyze": {
            "operationId": "analyze",
            "summary": "Analyse one page",
            "description": f"The body is at most {limit:,} bytes after decompression (`Content-Encoding: gzip` is "
            f"accepted). The analysis ends within {settings.deadline:g} s of the last byte, or with a 422 `too-slow`. "
            "`Cache-Control: no-store` on the request: nothing of it is kept or logged.",
            "parameters": [
                _query("url", "The page's address. It is never fetched."),
                _query("publisher", "The outlet's name."),
                _query("format", "`text`, for a body of plain article text.", {"enum": ["text"]}),
            ],
            "requestBody": {
                "required": True,
                "content": {
                    "text/html": {"schema": page},
                    "application/json": {"schema": _ref("AnalyzeRequest")},
                    "text/plain": {"schema": page},
                },
            },
            "responses": _responses("application/json", "Analysis", 400, 413, 415, 422, 503),
        },
        "/v1/analyze/batch": {
            "operationId": "analyzeBatch",
            "summary": "Analyse many pages",
            "description": "Each line of the body is a request of `/v1/analyze` in its JSON form; each line of the "
            "answer is the outcome of one, in the same order, sent as it is done. At most "
            f"{batch_limit:,} bytes, each line at most {limit:,}. A bad page is one line with its problem. Blank lines "
            "are skipped.",
            "requestBody": {
                "required": True,
                "content": {"application/x-ndjson": {"schema": lines}},
            },
            "responses": _responses("application/x-ndjson", "Outcome", 400, 413, 415, 503),
        },
        "/healthz": _get("Alive, and who we are", "health", "application/json", "Health"),
        "/readyz": _get("Can answer now", "readiness", "application/json", "Readiness", 503),
        "/metrics": _get("Prometheus metrics", "metrics", "text/plain"),
        "/docs": _get("This API, to read", "docs", "text/html"),
        "/v1/openapi.json": _get("This document", "openapi", "application/json"),
    }


def _get(summary: str, name: str, media_type: str, model: str | None = None, *statuses: int) -> dict[str, Any]:
    return {"operationId": name, "summary": summary, "responses": _responses(media_type, model, *statuses)}


def _query(name: str, description: str, schema: dict[str, Any] | None = None) -> dict[str, Any]:
    schema = {"type": "string", **(schema or {"maxLength": ADDRESS})}
    return {"name": name, "in": "query", "description": description, "schema": schema}


def _responses(media_type: str, model: str | None, *statuses: int) -> dict[str, Any]:
    schema = _ref(model) if model else {"type": "object"} if media_type == "application/json" else {"type": "string"}
    answers: dict[str, Any] = {"200": {"description": "Done.", "content": {media_type: {"schema": schema}}}}
    for status in sorted({*statuses, *EVERYWHERE}):
        answer: dict[str, Any] = {
            "description": WHEN[status],
            "content": {MEDIA_TYPE: {"schema": _ref("ProblemDetails")}},
        }
        if status in (429, 503):
            answer["headers"] = {
                "Retry-After": {
                    "description": "Seconds after which to try again.",
                    "schema": {"type": "string", "pattern": "^[0-9]+$"},
                }
            }
        answers[str(status)] = answer
    return answers


def _ref(name: str) -> dict[str, str]:
    return {"$ref": f"#/components/schemas/{name}"}
