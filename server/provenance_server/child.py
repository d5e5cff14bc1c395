"""Inside a worker process: loads the engine once, then analyses one page after another.

The engine is a module with `analyze`, `analyze_text` and the errors `NoArticle`, `UnsupportedLanguage` and
`UnreadableInput`. Nothing else of the server touches it. Replies are JSON and bytes, never pickles: a worker reads
hostile pages, and its parent must not run what a worker says.
"""

from __future__ import annotations

import contextlib
import gc
import importlib
import json
import os
import signal
from multiprocessing.connection import Connection
from typing import Any

from provenance_server.faults import place
from provenance_server.jobs import Job, Reply

RECEIPT = b"taken"
WARM_UP = """<html lang="en"><head><title>Bridge to reopen on Monday</title></head><body><article>
<h1>Bridge to reopen on Monday</h1>
<p>The old bridge over the river will reopen on Monday after two years of repairs, the city council said on Friday.</p>
<p>“We are glad that the work is done,” said Mary Smith, who leads the council. An official who asked not to be named
said that the costs had reportedly doubled since the work began.</p>
<p>The council expects that some ten thousand cars will cross the bridge on every day of the week.</p>
</article></body></html>"""


def load(name: str) -> tuple[Any, str]:
    """The engine's module, and its version, model and lexicon as one text.

    It is made ready by analysing a small page, so that the first reader need not wait.
    """
    engine = importlib.import_module(name)
    with contextlib.suppress(Exception):  # the way of pages with next to nothing in them, too
        engine.analyze("<p>Le maire est venu.</p>")
    return engine, json.dumps(engine.analyze(WARM_UP).to_dict().get("engine"), sort_keys=True)


def threads() -> int:
    """Threads of this process; 1 where the system does not say."""
    try:
        return len(os.listdir("/proc/self/task"))
    except OSError:
        return 1


def serve(connection: Connection, name: str, memory: int, forked: bool) -> None:
    """Answers jobs until the pipe closes.

    `memory`: bytes that this process may take; `forked`: whether it comes from the template or began from scratch.
    """
    signal.signal(signal.SIGINT, signal.SIG_IGN)  # Ctrl-C goes to the whole group: the parent decides
    signal.signal(signal.SIGTERM, signal.SIG_DFL)
    _limit(memory)
    if forked:
        from provenance_server import template

        if template.engine_name == name and template.threads > 1:
            return _send(connection, Reply("threaded", facts={"threads": template.threads}))
    try:
        engine, identity = load(name)
    except Exception as error:
        return _send(connection, Reply("broken", facts={"error": f"{type(error).__name__}: {error}"}))
    gc.freeze()
    _send(connection, Reply("ready", facts={"identity": identity}))
    while True:
        try:
            job: Job = connection.recv()
            connection.send_bytes(RECEIPT)
        except (EOFError, OSError):
            return None
        reply = answer(engine, job)
        del job
        _send(connection, reply)
        if reply.kind == "memory":
            return None


def answer(engine: Any, job: Job) -> Reply:
    """One job's outcome; no exception escapes."""
    try:
        analyze = engine.analyze if job.kind == "html" else engine.analyze_text
        found = analyze(job.data, url=job.url, publisher=job.publisher).to_dict()
        found["warnings"] = [*found.get("warnings", []), *job.warnings]
        facts = {"timing_ms": found.get("timing_ms", {}), "summary": found.get("summary", {})}
        body = json.dumps(found, ensure_ascii=False, separators=(",", ":"), allow_nan=False)
        return Reply("answer", body.encode("utf-8", "replace"), facts)
    except engine.NoArticle as error:
        return Reply("no-article", facts={"detail": str(error)})
    except engine.UnsupportedLanguage as error:
        return Reply(
            "unsupported-language",
            facts={"detail": str(error), "found": error.found, "supported": list(error.supported)},
        )
    except engine.UnreadableInput as error:
        return Reply("unreadable", facts={"detail": str(error)})
    except MemoryError:
        return Reply("memory")
    except RecursionError:
        return Reply("too-deep")
    except Exception as error:
        return Reply("failed", facts={"error": type(error).__name__, "at": place(error)})


def _send(connection: Connection, reply: Reply) -> None:
    try:
        connection.send_bytes(json.dumps({"kind": reply.kind, "facts": reply.facts}).encode())
        connection.send_bytes(reply.body)
    except OSError:  # the parent is gone, and so are we
        os._exit(1)


def _limit(memory: int) -> None:
    """The last line of defence: the parent's watch looks at resident memory and comes first."""
    try:
        import resource
    except ImportError:  # Windows
        return
    limit = memory + memory // 4
    _, hard = resource.getrlimit(resource.RLIMIT_DATA)
    if hard == resource.RLIM_INFINITY or limit <= hard:
        resource.setrlimit(resource.RLIMIT_DATA, (limit, hard))
    resource.setrlimit(resource.RLIMIT_CORE, (0, 0))  # a core file would hold the page
