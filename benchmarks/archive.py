"""The archive job on real pages: killed ten times, one core and two, beside bare trafilatura, and on a Ray cluster.

    python -m benchmarks.archive warc PAGES OUT.warc.gz [--pages N]     a WARC with broken records among its pages
    python -m benchmarks.archive killed ARCHIVE DIR [--times 10]        SIGKILL at random moments; the same rows?
    python -m benchmarks.archive speed PAGES [--pages N]                pages/s: one process, two, bare trafilatura
    unshare -rn python -m benchmarks.archive ray ARCHIVE DIR            two raylets, one killed; same rows?

PAGES is a folder with `index.jsonl` and pages. Needs `provenance[archive]`, warcio and duckdb, and `ray` for the last.
"""

from __future__ import annotations

import argparse
import gzip
import json
import multiprocessing
import os
import random
import shutil
import signal
import subprocess
import sys
import time
from io import BytesIO
from itertools import islice
from pathlib import Path
from typing import Any

CORPUS = [sys.executable, "-m", "provenance.cli", "corpus"]
KEY = "input, record"


def pages(folder: Path, count: int) -> list[tuple[str, bytes]]:
    """Address and HTML of the first pages of the index."""
    with (folder / "index.jsonl").open(encoding="utf-8") as lines:
        rows = [json.loads(line) for line in islice(lines, count)]
    return [(row["url"], gzip.decompress((folder / row["file"]).read_bytes())) for row in rows]


def make_warc(folder: Path, out: Path, count: int) -> dict[str, int]:
    """Real pages as WARC responses, with the damage that crawls have: cut, overwritten, mislabelled, empty."""
    from warcio.statusandheaders import StatusAndHeaders
    from warcio.warcwriter import WARCWriter

    dice = random.Random(14)
    counts: dict[str, int] = {}
    with out.open("wb") as file:
        for url, html in pages(folder, count):
            record = BytesIO()
            writer = WARCWriter(record, gzip=True)
            header = StatusAndHeaders("200 OK", [("Content-Type", "text/html")], protocol="HTTP/1.1")
            writer.write_record(writer.create_warc_record(url, "response", payload=BytesIO(html), http_headers=header))
            data = bytearray(record.getvalue())
            kind = dice.choices(["whole", "cut", "overwritten", "garbage", "empty", "request"], [80, 4, 4, 4, 4, 4])[0]
            counts[kind] = counts.get(kind, 0) + 1
            if kind == "cut":
                del data[len(data) // 2 :]
            elif kind == "overwritten":
                at = dice.randrange(20, len(data) - 40)
                data[at : at + 30] = dice.randbytes(30)
            elif kind == "garbage":
                data += dice.randbytes(500)
            elif kind in ("empty", "request"):
                record = BytesIO()
                writer = WARCWriter(record, gzip=True)
                made = writer.create_warc_record(
                    url, "response" if kind == "empty" else "request", payload=BytesIO(b""), http_headers=header
                )
                writer.write_record(made)
                data = bytearray(record.getvalue())
            file.write(data)
    return counts


def rows(out: Path) -> dict[str, list[Any]]:
    """Every row of every table, sorted by key, without the time it took."""
    import duckdb

    found = {}
    for table in ("articles", "sources", "attributions", "highlights", "rejects"):
        less = " exclude (ms)" if table == "articles" else ""
        lists = duckdb.sql(f"select *{less} from read_parquet('{out}/shards/*/{table}.parquet')").fetchall()
        found[table] = sorted(lists, key=repr)
    return found


def same(one: Path, other: Path) -> bool:
    left, right = rows(one), rows(other)
    for table in left:
        keys = [row[:2] for row in left[table]]
        doubled = len(keys) - len(set(keys)) if table in ("articles", "rejects") else 0
        print(
            f"{table}: {len(left[table])} and {len(right[table])} rows, "
            f"{'same' if left[table] == right[table] else 'DIFFERENT'}, {doubled} doubled"
        )
    return left == right


def killed(archive: Path, folder: Path, times: int, options: list[str]) -> int:
    """Runs the job undisturbed, then killed again and again until it is done; compares."""
    folder.mkdir(parents=True, exist_ok=True)
    calm, hard = folder / "undisturbed", folder / "killed"
    began = time.monotonic()
    subprocess.run([*CORPUS, str(archive), "--out", str(calm), "--quiet", *options], check=True)
    whole = time.monotonic() - began
    dice, kills, runs = random.Random(), 0, 0
    while True:
        runs += 1
        job = subprocess.Popen([*CORPUS, str(archive), "--out", str(hard), "--quiet", *options])
        try:
            # Late enough that some shards are done between kills, or ten of them would all hit the loading.
            code = job.wait(dice.uniform(0.1, 0.5) * whole if kills < times else None)
        except subprocess.TimeoutExpired:
            job.send_signal(signal.SIGKILL)
            job.wait()
            kills += 1
            continue
        if code or kills >= times:
            break
        shutil.rmtree(hard)  # done before it had been killed often enough: from the start, with the count going on
    print(f"undisturbed: {whole:.0f} s; killed {kills} times in {runs} runs; exit code {code}")
    return 0 if same(calm, hard) and code == 0 else 1


def _bare(part: list[bytes]) -> int:
    import trafilatura

    return sum(trafilatura.extract(html) is not None for html in part)


def _timed_bare(htmls: list[bytes], processes: int) -> float:
    with multiprocessing.get_context("spawn").Pool(processes) as pool:
        pool.map(_bare, [[b"<p>warm</p>"]] * processes)
        began = time.monotonic()
        list(pool.imap_unordered(_bare, [[html] for html in htmls]))
        return time.monotonic() - began


def _timed_job(archive: Path, out: Path, workers: int, engine: str) -> float:
    """Seconds from the first page to the last, without the start of the processes (a fixed cost)."""
    from provenance.archive.inputs import find_inputs
    from provenance.archive.job import Settings, open_job, run
    from provenance.archive.workers import Workers

    settings, inputs = Settings(engine, 50), find_inputs([str(archive)])
    shutil.rmtree(out, ignore_errors=True)
    open_job(out, inputs, settings)
    with Workers(engine, workers) as ready:
        ready.wait()
        began = time.monotonic()
        run(out, inputs, settings, ready, lambda record, problem: None)
        return time.monotonic() - began


def speed(folder: Path, count: int, engine: str, rounds: int) -> None:
    htmls = [html for _, html in pages(folder, count)]
    work = Path(os.environ.get("TMPDIR", "/tmp")) / f"archive-speed-{os.getpid()}"
    work.mkdir()
    archive = work / "pages.jsonl"
    with archive.open("w", encoding="utf-8") as file:
        for url, html in pages(folder, count):
            file.write(json.dumps({"url": url, "html": html.decode("utf-8", "replace")}) + "\n")
    table: dict[str, list[float]] = {}
    for _ in range(rounds):
        for processes in (1, 2):
            table.setdefault(f"trafilatura, {processes}", []).append(count / _timed_bare(htmls, processes))
            table.setdefault(f"provenance, {processes}", []).append(
                count / _timed_job(archive, work / "out", processes, engine)
            )
    shutil.rmtree(work)
    middle = {name: sorted(values)[len(values) // 2] for name, values in table.items()}
    for name, value in middle.items():
        print(f"{name} process(es): {value:.1f} pages/s, {1e6 / value / 3600:.0f} h for a million pages")
    for name in ("trafilatura", "provenance"):
        print(f"{name}: two processes do {middle[f'{name}, 2'] / middle[f'{name}, 1']:.2f} times what one does")
    print("load average:", os.getloadavg())


def on_ray(archive: Path, folder: Path, options: list[str], lose: bool) -> int:
    """Two raylets of one core each, in a network of their own; the second is killed in mid-run."""
    subprocess.run(["ip", "link", "set", "lo", "up"], check=True)
    token = folder / "token"
    folder.mkdir(parents=True, exist_ok=True)
    token.write_text(random.SystemRandom().randbytes(24).hex(), "ascii")
    token.chmod(0o600)
    env = {**os.environ, "RAY_AUTH_MODE": "token", "RAY_AUTH_TOKEN_PATH": str(token), "RAY_USAGE_STATS_ENABLED": "0"}
    start = [
        str(Path(sys.executable).with_name("ray")),
        "start",
        "--num-cpus=1",
        "--object-store-memory=200000000",
        "--disable-usage-stats",
    ]
    head = subprocess.Popen(
        [*start, "--head", "--port=6399", "--node-ip-address=127.0.0.1", "--include-dashboard=false", "--block"],
        env=env,
        stdout=subprocess.DEVNULL,
    )
    time.sleep(15)
    second = subprocess.Popen(
        [*start, "--address=127.0.0.1:6399", "--node-ip-address=127.0.0.1", "--block"],
        env=env,
        stdout=subprocess.DEVNULL,
        start_new_session=True,
    )
    time.sleep(15)
    calm, lost = folder / "undisturbed", folder / "ray"
    try:
        began = time.monotonic()
        job = subprocess.Popen(
            [*CORPUS, str(archive), "--out", str(lost), "--ray", "127.0.0.1:6399", "--quiet", *options], env=env
        )
        if lose:
            while job.poll() is None and not list(lost.glob("shards/*@*")):
                time.sleep(0.5)
            print(
                f"{len(list(lost.glob('shards/*@*')))} shards after {time.monotonic() - began:.0f} s: "
                "the second node is killed"
            )
            os.killpg(second.pid, signal.SIGKILL)
            gone = time.monotonic()
        code = job.wait()
        print(
            f"exit code {code} after {time.monotonic() - began:.0f} s"
            + (f", {time.monotonic() - gone:.0f} s after the loss" if lose else "")
        )
    finally:
        for node in (second, head):
            node.terminate()
    began = time.monotonic()
    subprocess.run([*CORPUS, str(archive), "--out", str(calm), "--workers", "2", "--quiet", *options], check=True)
    print(f"embedded, two processes: {time.monotonic() - began:.0f} s")
    return 0 if same(calm, lost) and code == 0 else 1


def main() -> int:
    parser = argparse.ArgumentParser(description=(__doc__ or "").partition("\n")[0])
    parser.add_argument("what", choices=["warc", "killed", "speed", "ray"])
    parser.add_argument("paths", nargs="+", type=Path)
    parser.add_argument("--pages", type=int, default=200)
    parser.add_argument("--times", type=int, default=10)
    parser.add_argument("--rounds", type=int, default=3)
    parser.add_argument("--shard-size", default="10")
    parser.add_argument("--engine", default="provenance:analyze")
    parser.add_argument("--calm", action="store_true", help="ray: lose no node")
    args = parser.parse_args()
    options = ["--shard-size", args.shard_size, "--engine", args.engine]
    if args.what == "warc":
        print(make_warc(*args.paths, args.pages))
    elif args.what == "killed":
        return killed(*args.paths, args.times, options)
    elif args.what == "ray":
        return on_ray(*args.paths, options, not args.calm)
    else:
        speed(args.paths[0], args.pages, args.engine, args.rounds)
    return 0


if __name__ == "__main__":
    sys.exit(main())
