"""The same job on a Ray cluster: Ray Data hands out the shards, each a task without state.

An actor pool hung when a node died; plain tasks are started again on what is left. The engine is loaded once for each
of Ray's processes and kept there. Inputs and output lie on a file system that all nodes see. A shard that two tasks
write (a node that was thought dead) is the same both times, and the first rename stands.
"""

from __future__ import annotations

import os
from functools import cache, partial
from pathlib import Path
from typing import Any

from tqdm import tqdm

from provenance.archive.inputs import Input
from provenance.archive.job import Settings, Shard, do_shard, plan, sweep
from provenance.archive.workers import Workers


@cache
def _workers(engine: str, deadline: float) -> Workers:
    """The killable process of this Ray worker, kept from task to task; it ends when its parent does."""
    return Workers(engine, 1, deadline).__enter__()


def _do(row: dict[str, Any], out: str, settings: Settings) -> dict[str, Any]:
    source = Input(row["name"], row["format"], tuple(map(Path, row["files"])), int(row["size"]))
    shard = Shard(source, int(row["first"]), int(row["position"]))
    records, rejects = do_shard(shard, Path(out), settings, _workers(settings.engine, settings.deadline))
    return {"records": records, "rejects": rejects}


def run_on_ray(address: str, out: Path, inputs: list[Input], settings: Settings, quiet: bool) -> None:
    """Plans the shards that are missing and has the cluster do them. Needs Ray's token (see docs/archive.md)."""
    os.environ.setdefault("RAY_AUTH_MODE", "token")
    os.environ.setdefault("RAY_USAGE_STATS_ENABLED", "0")
    import ray

    ray.init(address=address, log_to_driver=False, include_dashboard=None)
    sweep(out)
    rows = [
        {"name": s.source.name, "format": s.source.format, "files": [str(f.resolve()) for f in s.source.files],
         "size": s.source.size, "first": s.first, "position": s.position}
        for s in plan(inputs, out, settings)
    ]  # fmt: skip
    if not rows:
        return
    where = str(out.resolve())
    ray.data.DataContext.get_current().enable_progress_bars = False
    # A row a block: a shard is the unit that is handed out and, if its node dies, done again.
    data = ray.data.from_items(rows, override_num_blocks=len(rows))
    done = data.map(partial(_do, out=where, settings=settings), num_cpus=1)
    with tqdm(total=len(rows), unit="shard", disable=quiet) as bar:
        records = rejects = 0
        for row in done.iter_rows():
            records, rejects = records + row["records"], rejects + row["rejects"]
            bar.set_postfix_str(f"{records} records, {rejects} rejects", refresh=False)
            bar.update()
    ray.shutdown()
