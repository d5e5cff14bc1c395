"""One job's way: the look at its structure, the cache, the pool; and its outcome as an answer or a problem."""

from __future__ import annotations

import logging
from dataclasses import dataclass

from provenance_server import structure
from provenance_server.cache import Cache, key_of
from provenance_server.jobs import Job, Reply
from provenance_server.observe import Metrics
from provenance_server.pool import Busy, Pool, Starting, TooSlow
from provenance_server.problems import Problem, bad_request

log = logging.getLogger("provenance.service")

CAUSES = {
    "deadline": "The analysis of this page did not end within {deadline:g} seconds.",
    "memory": "The analysis of this page needed more memory than it may have.",
    "crash": "The analysis of this page ended its process twice.",
}


@dataclass(frozen=True, slots=True)
class Service:
    pool: Pool
    cache: Cache | None
    metrics: Metrics

    def answer(
        self, job: Job, *, began: float | None = None, patient: bool = False, store: bool = True, fresh: bool = False
    ) -> tuple[bytes, str]:
        """The analysis as JSON, and what the cache did: `hit`, `miss` or `bypass`.

        `began`, `patient`: see `Pool.analyse`. `store`: whether it may be kept. `fresh`: not to be taken from the
        cache. Raises `Problem`.
        """
        if job.kind == "html":
            structure.check(job.data)
        engine = self.pool.identity
        key = key_of(job, engine) if store and engine and self.cache else None
        if self.cache and key and not fresh and (kept := self.cache.get(key)):
            self.metrics.cache.labels("hit").inc()
            return kept, "hit"
        reply = self._analyse(job, began, patient)
        self.metrics.count(reply)
        used = "miss" if key and not fresh else "bypass"
        self.metrics.cache.labels(used).inc()
        if self.cache and key:
            self.cache.put(key, reply.body)
        return reply.body, used

    def _analyse(self, job: Job, began: float | None, patient: bool) -> Reply:
        try:
            reply = self.pool.analyse(job, began=began, patient=patient)
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
            detail = CAUSES[error.cause].format(deadline=self.pool.deadline) + " Trying again will not help."
            raise Problem(422, "too-slow", detail, cause=error.cause) from None
        if reply.kind != "answer":
            raise problem_of(reply)
        return reply


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
    if reply.kind == "too-deep":
        return Problem(413, "not-structured-as-a-page", "The page nests its elements more deeply than can be followed.")
    log.error("the engine failed", extra=reply.facts)
    return Problem(500, "internal", "The analysis of this page failed. This is a fault of ours; the log says where.")
