"""The process that workers are forked from: it has the engine loaded and never sees a page.

It is the pool's spare. A new worker takes some milliseconds instead of the seconds that loading takes, and shares the
memory of models and lexicon. Imported for its effect, by the fork server only (`multiprocessing`, start method
“forkserver”); PROVENANCE_PRELOAD names the engine. Forking a process with threads is unsafe: where the engine has
started some, `threads` says so and the pool starts its workers from scratch.
"""

from __future__ import annotations

import gc
import os

engine_name: str | None = os.environ.get("PROVENANCE_PRELOAD")
threads = 1

if engine_name:
    from provenance_server import child

    try:
        child.load(engine_name)
    except Exception:
        engine_name = None  # the worker tries again, and its report reaches the log
    threads = child.threads()
    gc.collect()
    gc.freeze()  # collections would write to pages of memory that are shared
