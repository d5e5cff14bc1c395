"""Throughput and latency of a real server with real pages, at more and more clients, and past what it can bear.

    python benchmarks/load.py ../shared/pages --workers 2 --seconds 15
    python benchmarks/load.py ../shared/pages --workers 2 --flat 30

The cache is off. First each number of `--clients` asks as fast as it is answered (a refused client waits as long as
`Retry-After` says). Then requests come at four times the greatest throughput seen, whether or not earlier ones are
answered: the overload. Client and server share the machine's cores, so the figures are lower bounds. `--flat MINUTES`
keeps the overload up for so long and prints the server's memory each minute.
"""

from __future__ import annotations

import argparse
import asyncio
import gzip
import os
import random
import sys
import time
from collections import Counter
from dataclasses import dataclass, field
from pathlib import Path

from hostile import family, start

LARGEST = 2_000_000  # bytes of a page


@dataclass
class Seen:
    """Seconds of each answer, by status."""

    seconds: dict[int, list[float]] = field(default_factory=dict)

    def add(self, status: int, seconds: float) -> None:
        self.seconds.setdefault(status, []).append(seconds)

    def line(self, name: str, took: float, memory: float) -> str:
        done = sorted(self.seconds.get(200, []))
        counts = Counter({status: len(values) for status, values in self.seconds.items()})
        rest = ", ".join(
            f"{count} × {status or 'no answer'}" for status, count in sorted(counts.items()) if status != 200
        )
        places = [f"{at(done, p) * 1000:7.0f}" if done else "      –" for p in (0.5, 0.95, 0.99)]
        shed = sorted(self.seconds.get(503, []) + self.seconds.get(429, []))
        if shed:
            rest += f" (95th percentile of refusals {at(shed, 0.95) * 1000:.0f} ms)"
        return f"{name:>12} {len(done) / took:8.1f}/s {' '.join(places)} ms {memory:6.0f} MB  {rest}"


def at(values: list[float], part: float) -> float:
    """The percentile of sorted values."""
    return values[min(len(values) - 1, int(len(values) * part))]


def memory(pid: int) -> float:
    """Proportional memory of the server's processes, in MB: what they share counts once."""
    total = 0
    for each in family(pid):
        try:
            lines = Path(f"/proc/{each}/smaps_rollup").read_text().splitlines()
        except OSError:
            continue
        total += sum(int(line.split()[1]) for line in lines if line.startswith("Pss:"))
    return total * 1024 / 1e6


async def post(port: int, body: bytes, timeout: float = 60) -> tuple[int, float, float]:
    """Status (0: none), seconds, and what `Retry-After` says."""
    began = time.monotonic()
    writer = None
    try:
        async with asyncio.timeout(timeout) if sys.version_info >= (3, 11) else _Forever():
            reader, writer = await asyncio.open_connection("127.0.0.1", port)
            writer.write(
                f"POST /v1/analyze HTTP/1.1\r\nHost: 127.0.0.1:{port}\r\nContent-Type: text/html\r\n"
                f"Connection: close\r\nContent-Length: {len(body)}\r\n\r\n".encode()
            )
            writer.write(body)
            await writer.drain()
            answer = await reader.read()
            head = answer.split(b"\r\n\r\n", 1)[0].decode("latin-1").split("\r\n")
            status = int(head[0].split()[1])
            wait = next((float(line.split(":")[1]) for line in head if line.lower().startswith("retry-after:")), 0.0)
            return status, time.monotonic() - began, wait
    except (OSError, IndexError, ValueError, TimeoutError):
        return 0, time.monotonic() - began, 0.5
    finally:
        if writer:
            writer.close()


class _Forever:
    """Python 3.10 has no asyncio.timeout."""

    async def __aenter__(self) -> None:
        return None

    async def __aexit__(self, *args: object) -> None:
        return None


async def closed(port: int, pages: list[bytes], clients: int, seconds: float) -> Seen:
    """So many clients, each asking again when it is answered."""
    seen, end = Seen(), time.monotonic() + seconds

    async def client(number: int) -> None:
        choose = random.Random(number)
        while time.monotonic() < end:
            status, took, wait = await post(port, choose.choice(pages))
            seen.add(status, took)
            if status in (429, 503):
                await asyncio.sleep(min(wait, max(0.0, end - time.monotonic())))

    await asyncio.gather(*(client(number) for number in range(clients)))
    return seen


async def opened(port: int, pages: list[bytes], rate: float, seconds: float) -> Seen:
    """So many requests a second, come what may."""
    seen, choose, tasks = Seen(), random.Random(0), set()
    began = time.monotonic()

    async def one() -> None:
        status, took, _ = await post(port, choose.choice(pages))
        seen.add(status, took)

    for number in range(int(rate * seconds)):
        await asyncio.sleep(max(0.0, began + number / rate - time.monotonic()))
        task = asyncio.create_task(one())
        tasks.add(task)
        task.add_done_callback(tasks.discard)
    await asyncio.gather(*tasks)
    return seen


def main() -> int:
    parser = argparse.ArgumentParser(description=(__doc__ or "").split("\n")[0])
    parser.add_argument("pages", type=Path)
    parser.add_argument("--workers", type=int, default=os.cpu_count() or 1)
    parser.add_argument("--clients", type=int, nargs="*", default=[1, 8, 64, 256])
    parser.add_argument("--seconds", type=float, default=15)
    parser.add_argument("--deadline", type=float, default=10)
    parser.add_argument("--flat", type=float, default=0, help="minutes of overload")
    args = parser.parse_args()
    files = sorted(args.pages.glob("*.html.gz"))
    pages = [gzip.decompress(file.read_bytes()) for file in random.Random(1).sample(files, min(200, len(files)))]
    pages = [page for page in pages if len(page) < LARGEST]
    process, port = start("--workers", str(args.workers), "--deadline", str(args.deadline))
    load = os.getloadavg()[0]
    print(f"{len(pages)} pages, {args.workers} workers, {os.cpu_count()} cores, load before {load:.1f}")
    print(f"{'clients':>12} {'answers':>10} {'50 %':>7} {'95 %':>7} {'99 %':>7}    {'memory':>6}")
    asyncio.run(closed(port, pages, 1, 3))  # warm
    best = 1.0
    for clients in args.clients:
        began = time.monotonic()
        seen = asyncio.run(closed(port, pages, clients, args.seconds))
        took = time.monotonic() - began
        best = max(best, len(seen.seconds.get(200, [])) / took)
        print(seen.line(str(clients), took, memory(process.pid)), flush=True)
    rounds = max(1, round(args.flat))
    late = 0
    for number in range(rounds):
        seconds = 60.0 if args.flat else args.seconds
        began = time.monotonic()
        seen = asyncio.run(opened(port, pages, 4 * best, seconds))
        took = time.monotonic() - began
        late += sum(value > args.deadline + 0.1 for values in seen.seconds.values() for value in values)
        late += len(seen.seconds.get(0, []))
        name = f"minute {number + 1}" if args.flat else "4 × load"
        print(seen.line(name, took, memory(process.pid)), flush=True)
    print(f"{late} answers later than the deadline and 100 ms, or missing, under overload")
    process.terminate()
    process.wait(60)
    return 1 if late else 0


if __name__ == "__main__":
    sys.exit(main())
