"""`POST /v1/analyze/batch`: one JSON request a line in, one outcome a line out, in the same order, as each is done."""

from __future__ import annotations

import io
import json
import logging
import threading
from collections import deque
from collections.abc import Iterator
from concurrent.futures import Future, ThreadPoolExecutor

from flask import Blueprint, Response, request

from provenance_server.body import from_json, read, too_large
from provenance_server.faults import place
from provenance_server.problems import Problem
from provenance_server.service import Service

log = logging.getLogger("provenance.batch")

MEDIA_TYPES = ("application/x-ndjson", "application/ndjson", "application/jsonl")
AT_ONCE = 2  # batches; each keeps its pages in memory until it is done


def blueprint(service: Service, line_limit: int, limit: int) -> Blueprint:
    """`line_limit`, `limit`: bytes of one line and of the body, after decompression."""
    routes = Blueprint("batch", __name__)
    places = threading.BoundedSemaphore(AT_ONCE)

    @routes.post("/v1/analyze/batch")
    def batch() -> Response:
        if request.mimetype not in MEDIA_TYPES:
            raise Problem(415, "unsupported-media-type", "Send application/x-ndjson: one JSON object a line.")
        data = read(request, limit)
        store = not request.cache_control.no_store
        if not places.acquire(blocking=False):
            raise Problem(503, "queue-full", "Other batches are running.", headers={"Retry-After": "10"})
        response = Response(outcomes(service, data, line_limit, store), content_type=MEDIA_TYPES[0])
        response.call_on_close(places.release)
        return response

    return routes


def outcomes(service: Service, data: bytes, limit: int, store: bool) -> Iterator[bytes]:
    """A line for each line of `data` that is not blank: `{"line", "status", "analysis"}` or `{…, "problem"}`."""
    waiting: deque[Future[bytes]] = deque()
    pool = ThreadPoolExecutor(service.pool.workers, thread_name_prefix="batch")
    try:
        for number, line in enumerate(io.BytesIO(data), start=1):
            if line.strip():
                waiting.append(pool.submit(outcome, service, number, line, limit, store))
            if len(waiting) > 2 * service.pool.workers:
                yield waiting.popleft().result()
        while waiting:
            yield waiting.popleft().result()
    finally:  # also when the client has gone
        pool.shutdown(wait=False, cancel_futures=True)


def outcome(service: Service, number: int, line: bytes, limit: int, store: bool) -> bytes:
    """One line's outcome; a bad page is one line with its problem."""
    try:
        if len(line) > limit:
            raise too_large(limit)
        answer, _ = service.answer(from_json(line), patient=True, store=store)
        return b'{"line":%d,"status":200,"analysis":%b}\n' % (number, answer)
    except Problem as problem:
        body = problem.body()
    except Exception as error:
        log.error("unforeseen", extra={"error": type(error).__name__, "at": place(error)})
        body = Problem(500, "internal", "Something went wrong in the server. The log says where.").body()
    fields = {"line": number, "status": body["status"], "problem": body}
    return json.dumps(fields, ensure_ascii=False, separators=(",", ":")).encode() + b"\n"
