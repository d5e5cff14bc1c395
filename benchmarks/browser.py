"""What the extension costs and paints on real pages, in real Chromium with the network off.

    python benchmarks/browser.py ../shared/pages 100

For each page: capturing the DOM, asking the server, from answer to painted, and the cumulative layout shift between
before and after; and of the highlights' characters how many are painted, with the misses listed by cause. Pages come
from a loopback port; every other host is unreachable. Medians, because other programs share the machine.
"""

from __future__ import annotations

import argparse
import collections
import gzip
import json
import random
import statistics
import sys
import tempfile
from pathlib import Path
from typing import Any

ROOT = Path(__file__).resolve().parents[1]
sys.path.insert(0, str(ROOT / "tests" / "browser"))

SHIFTS = """() => { window.shifts = 0; new PerformanceObserver((list) => list.getEntries().forEach((entry) => {
    window.shifts += entry.value; })).observe({type: "layout-shift", buffered: false}); }"""
# The steps of background/toggle.js one by one, timed where they run.
MEASURE = """async () => {
    const [{id: tabId}] = await chrome.tabs.query({active: true});
    const {scripting} = chrome, target = {tabId};
    const run = async (func, args = []) => (await scripting.executeScript({target, func, args}))[0].result;
    const capture = await run(() => {
        const began = performance.now(), {html, url} = provenance.capture.capture();
        return {ms: performance.now() - began, html, url};
    });
    const answer = await run(() => provenance.page.answer());
    const all = answer.highlights.map(({id, marks}) => [id, {marks, strong: true}]);
    const view = {shown: Object.fromEntries(all), textSize: 14};
    const shown = await run((...args) => provenance.page.show(...args), [answer, view]);
    return {capture: capture.ms, bytes: capture.html.length, paint: shown.ms, highlights: answer.highlights.length};
}"""
STATES = """() => { const {states, answer} = provenance.page.report();
    return answer.highlights.map(({id, target}) => [states[id].state, !!target]); }"""


def rows(pages: Path, number: int) -> list[dict[str, Any]]:
    """The hard pages of the index, in an order of their own that is always the same."""
    index = [json.loads(line) for line in (pages / "index.jsonl").read_text("utf-8").splitlines()]
    random.Random(9).shuffle(index)
    return [row for row in index if row.get("tier") == "hard"][:number]


def measure(reader: Any, url: str) -> dict[str, Any]:
    """The figures of one page; {"refused": code} where there is nothing to paint on."""
    reader.goto(url)
    reader.tab.wait_for_timeout(500)
    reader.tab.wait_for_function("() => true", timeout=15000)  # a page that hangs in its own scripts is left here
    reader.page(SHIFTS)
    outcome = reader.toggle()
    if outcome["state"] != "on":
        return {"refused": outcome["error"]["code"]}
    reader.tab.wait_for_timeout(100)
    figures: dict[str, Any] = reader.background(MEASURE)
    states = reader.content(STATES)
    figures["placed"] = sum(state == "placed" for state, _ in states)
    figures["server could not place"] = sum(not target for _, target in states)
    figures["not found on the page"] = sum(state != "placed" and target for state, target in states)
    figures["shift"] = reader.page("() => window.shifts")
    reader.toggle()
    return figures


def table(results: list[dict[str, Any]]) -> str:
    lines = ["| figure | median | 95th percentile | worst |", "| --- | --- | --- | --- |"]
    for key, name in (
        ("capture", "capturing the DOM, ms"),
        ("paint", "from answer to painted, ms"),
        ("shift", "cumulative layout shift"),
    ):
        values = sorted(result[key] for result in results)
        lines.append(
            f"| {name} | {statistics.median(values):.3g} | {values[int(len(values) * 0.95)]:.3g} | {values[-1]:.3g} |"
        )
    return "\n".join(lines)


def main() -> int:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("pages", type=Path, help="folder with index.jsonl and the pages it names, gzipped")
    parser.add_argument("number", type=int, help="how many pages")
    parser.add_argument("--server", default="http://127.0.0.1:8377", help="a running `provenance serve`")
    parser.add_argument("--chromium", default="/usr/bin/chromium")
    arguments = parser.parse_args()

    from chromium import ChromiumReader
    from webpages import Site

    site, results, refused = Site(), [], collections.Counter[str]()
    with tempfile.TemporaryDirectory(ignore_cleanup_errors=True) as profile:
        reader = ChromiumReader(arguments.chromium, Path(profile))
        reader.store("local", {"server": arguments.server})
        for row in rows(arguments.pages, arguments.number):
            html = gzip.decompress((arguments.pages / row["file"]).read_bytes())
            try:
                result = measure(reader, site.put(f"{row['slug']}.html", html))
            except Exception as error:  # one page must not end the run; it is counted
                result = {"refused": f"{type(error).__name__}: {str(error)[:80]}"}
                reader.fresh_tab()
            if "refused" in result:
                refused[result["refused"]] += 1
            else:
                results.append(result)
        reader.close()
    site.close()

    total = {key: sum(result[key] for result in results) for key in ("highlights", "placed")}
    print(f"{len(results)} pages read, {sum(refused.values())} not: {dict(refused)}")
    print(f"{total['placed']} of {total['highlights']} highlights placed; most on one page", end=" ")
    print(max(result["highlights"] for result in results))
    for cause in ("server could not place", "not found on the page"):
        print(f"  missed, {cause}: {sum(result[cause] for result in results)}")
    print(table(results))
    return 0


if __name__ == "__main__":
    sys.exit(main())
