"""`POST /v1/analyze`: one page in, its analysis out."""

from __future__ import annotations

import time

from flask import Blueprint, Response, g, request

from provenance_server.body import job_of
from provenance_server.service import Service

CACHE_STATUS = {"hit": "provenance; hit", "miss": "provenance; fwd=miss", "bypass": "provenance; fwd=request"}


def blueprint(service: Service, limit: int) -> Blueprint:
    """`limit`: bytes of a body after decompression."""
    routes = Blueprint("analyze", __name__)

    @routes.post("/v1/analyze")
    def analyze() -> Response:
        began = time.monotonic()
        job = job_of(request, limit)
        wish = request.cache_control
        answer, used = service.answer(job, began=began, store=not wish.no_store, fresh=bool(wish.no_cache))
        g.facts = {"cache": used}
        # RFC 9211: what our cache did
        return Response(answer, content_type="application/json", headers={"Cache-Status": CACHE_STATUS[used]})

    return routes
