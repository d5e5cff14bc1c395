"""What one sees from outside: request ids, a log line for each request, and `GET /metrics`."""

from __future__ import annotations

import logging
import re
import time
import uuid

from flask import Blueprint, Flask, Response, g, request
from prometheus_client import (
    CONTENT_TYPE_LATEST,
    CollectorRegistry,
    Counter,
    Gauge,
    Histogram,
    ProcessCollector,
    generate_latest,
)

from provenance_server.jobs import Reply
from provenance_server.pool import Pool

log = logging.getLogger("provenance.request")

REQUEST_ID = re.compile(r"[A-Za-z0-9._-]{1,64}")
METHODS = {"GET", "HEAD", "POST", "PUT", "PATCH", "DELETE", "OPTIONS", "TRACE"}
SECONDS = (0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1, 2.5, 5, 10, 20)
CACHE_RESULTS = ("hit", "miss", "bypass", "error")
CAUSES = ("deadline", "memory", "crash")


class Metrics:
    """The server's counters, under `provenance_…`. One registry for each application."""

    def __init__(self) -> None:
        self.registry = registry = CollectorRegistry()
        ProcessCollector(registry=registry)
        self.requests = Counter(
            "provenance_requests", "Requests answered.", ["route", "method", "status"], registry=registry
        )
        self.seconds = Histogram(
            "provenance_request_seconds", "Time to answer.", ["route"], registry=registry, buckets=SECONDS
        )
        self.stages = Histogram(
            "provenance_stage_seconds",
            "Time of a stage of the analysis.",
            ["stage"],
            registry=registry,
            buckets=SECONDS,
        )
        self.marks = Counter("provenance_marks", "Sentences marked by analyses.", ["mark"], registry=registry)
        self.cache = Counter("provenance_cache", "Look-ups in the cache.", ["result"], registry=registry)
        self.lost = Counter("provenance_workers_lost", "Workers ended on a job.", ["cause"], registry=registry)
        for cause in CAUSES:
            self.lost.labels(cause)
        for result in CACHE_RESULTS:
            self.cache.labels(result)

    def watch(self, pool: Pool) -> None:
        """Gauges of the pool, read when they are asked for."""
        gauges = {
            "provenance_queue_waiting": ("Requests that wait for a worker.", lambda: pool.waiting),
            "provenance_queue_size": ("Requests that may wait.", lambda: pool.queue),
            "provenance_workers": ("Workers alive.", lambda: pool.alive),
            "provenance_workers_busy": ("Workers with a page.", lambda: pool.busy),
            "provenance_workers_memory_bytes": ("Resident memory of all workers.", lambda: pool.memory_used()),
            "provenance_ready": ("1 if a request would be taken now.", lambda: float(pool.ready)),
        }
        for name, (words, value) in gauges.items():
            Gauge(name, words, registry=self.registry).set_function(value)

    def count(self, reply: Reply) -> None:
        """One analysis: its stages and its marks."""
        for stage, milliseconds in reply.facts.get("timing_ms", {}).items():
            self.stages.labels(stage).observe(milliseconds / 1000)
        for mark in ("anonymous-source", "unverified-claim"):
            self.marks.labels(mark).inc(reply.facts.get("summary", {}).get(mark, 0))


def register(app: Flask, metrics: Metrics) -> None:
    """Must come before what may refuse a request, so that refusals are seen too."""

    @app.before_request
    def begin() -> None:
        g.began = time.perf_counter()
        given = request.headers.get("X-Request-ID", "")
        g.request_id = given if REQUEST_ID.fullmatch(given) else uuid.uuid4().hex

    @app.after_request
    def end(response: Response) -> Response:
        seconds = time.perf_counter() - g.began
        route = request.url_rule.rule if request.url_rule else "none"
        method = request.method if request.method in METHODS else "other"
        metrics.requests.labels(route, method, response.status_code).inc()
        metrics.seconds.labels(route).observe(seconds)
        response.headers["X-Request-ID"] = g.request_id
        if not request.cache_control.no_store:
            log.info(
                "request",
                extra={
                    "request": g.request_id,
                    "method": method,
                    "route": route,
                    "status": response.status_code,
                    "ms": round(seconds * 1000, 1),
                    "bytes": request.content_length or 0,
                    **g.get("facts", {}),
                },
            )
        return response

    routes = Blueprint("metrics", __name__)

    @routes.get("/metrics")
    def exposition() -> Response:
        return Response(generate_latest(metrics.registry), content_type=CONTENT_TYPE_LATEST)

    app.register_blueprint(routes)
