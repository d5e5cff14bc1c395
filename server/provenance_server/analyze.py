"""`POST /v1/analyze`: one page in, its analysis out."""

from __future__ import annotations

import time

from flask import Blueprint, Response, request

from provenance_server.body import job_of
from provenance_server.jobs import Job, Reply
from provenance_server.pool import Busy, Pool, Starting, TooSlow
from provenance_server.problems import Problem, bad_request

CAUSES = {
    "deadline": "The analysis of this page did not end within {deadline:g} seconds.",
    "memory": "The analysis of this page needed more memory than it may have.",
    "crash": "The analysis of this page ended its process twice.",
}


def blueprint(pool: Pool, body_limit: int) -> Blueprint:
    routes = Blueprint("analyze", __name__)

    @routes.post("/v1/analyze")
    def analyze() -> Response:
        began = time.monotonic()
        job = job_of(request, body_limit)
        return Response(run(pool, job, began=began).body, content_type="application/json")

    return routes


def run(pool: Pool, job: Job, *, began: float | None = None, patient: bool = False) -> Reply:
    """The reply to a job, or the problem that it has."""
    try:
        reply = pool.analyse(job, began=began, patient=patient)
    except Busy as error:
        raise Problem(
            503,
            "queue-full",
            f"Too many pages are waiting. Try again in {error.retry_after} s.",
            headers={"Retry-After": str(error.retry_after)},
        ) from None
    except Starting as error:
        detail = "The engine cannot start; the server’s log says why." if error.fault else "The engine is loading."
        raise Problem(503, "starting", detail, headers={"Retry-After": "2"}) from None
    except TooSlow as error:
        detail = CAUSES[error.cause].format(deadline=pool.deadline) + " Trying again will not help."
        raise Problem(422, "too-slow", detail, cause=error.cause) from None
    if reply.kind == "answer":
        return reply
    raise problem_of(reply)


def problem_of(reply: Reply) -> Problem:
    """The problem for a reply without an answer."""
    detail = str(reply.facts.get("detail", ""))
    if reply.kind == "no-article":
        return Problem(422, "no-article", detail or "There is no article on this page.")
    if reply.kind == "unsupported-language":
        more = {"found": reply.facts.get("found"), "supported": reply.facts.get("supported")}
        return Problem(422, "unsupported-language", detail, **more)
    if reply.kind == "unreadable":
        return bad_request(detail or "The page cannot be read as text.")
    return Problem(500, "internal", "The analysis of this page failed. This is a fault of ours; the log says where.")
