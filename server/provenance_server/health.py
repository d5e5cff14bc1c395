"""`GET /healthz`: alive, and who we are. `GET /readyz`: can answer now."""

from __future__ import annotations

from importlib.metadata import version
from typing import Any

from flask import Blueprint

from provenance_server.pool import Pool
from provenance_server.problems import Problem

VERSION = version("provenance")


def blueprint(pool: Pool) -> Blueprint:
    routes = Blueprint("health", __name__)

    @routes.get("/healthz")
    def healthz() -> dict[str, Any]:
        return {"service": "provenance", "version": VERSION}

    @routes.get("/readyz")
    def readyz() -> dict[str, Any]:
        if not pool.ready:
            detail = pool.fault or "The engine is loading, or the queue is full."
            raise Problem(503, "starting", detail, headers={"Retry-After": "1"})
        return {"ready": True}

    return routes
