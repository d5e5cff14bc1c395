"""Hostile pages against a real server: each is answered in time, memory stays bounded, and good requests are served.

    python benchmarks/hostile.py --each 30 --deadline 3 --workers 2

Makes pages of many kinds (`KINDS`), `--each` of each, in random sizes by a fixed seed; sends them with as many clients
as the server has workers, while other clients send a good story all the time. Prints a line for each kind: statuses
and the slowest answer; then what the good requests saw and the most memory of any process. Exits 1 where an answer was
later than the deadline and 100 ms, missing, or anything but an answer or problem details, where a good request failed,
or where a process passed 1 GB.
"""

from __future__ import annotations

import argparse
import gzip
import http.client
import json
import os
import random
import re
import statistics
import subprocess
import sys
import threading
import time
import zlib
from collections import Counter, defaultdict
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass, field
from pathlib import Path

GRACE = 0.1  # seconds past the deadline
GIGABYTE = 1_000_000_000

PARAGRAPHS = "".join(
    f"<p>The harbour will close in April, two officials who asked not to be named said on Monday. “Nobody told us,” "
    f"said Jane Miller, who runs the fish market number {number}.</p>\n"
    for number in range(6)
)
STORY = f"""<html lang="en"><head><title>Harbour to close in spring</title></head><body><article>
<h1>Harbour to close in spring</h1>{PARAGRAPHS}</article></body></html>"""


@dataclass
class Request:
    body: bytes
    headers: dict[str, str] = field(default_factory=lambda: {"Content-Type": "text/html"})


Maker = Callable[[random.Random], "str | bytes | Request"]
KINDS: dict[str, Maker] = {}


def kind(make: Maker) -> Maker:
    KINDS[make.__name__.replace("_", "-")] = make
    return make


def within(inner: str, before: str = "", after: str = "") -> str:
    """A story with something inside its article."""
    return STORY.replace("</article>", f"{before}{inner}{after}</article>")


def json_request(text: str) -> Request:
    return Request(text.encode("utf-8", "surrogatepass"), {"Content-Type": "application/json"})


@kind
def deep_divs(r: random.Random) -> str:
    n = r.choice([200, 255, 256, 300, 1000, 10_000, 25_000])
    return "<html><body>" + "<div>" * n + PARAGRAPHS + "</div>" * n


@kind
def deep_divs_beside_the_story(r: random.Random) -> str:
    n = r.choice([256, 2000, 20_000])
    return within("<div>" * n + "x" + "</div>" * n)


@kind
def deep_mixed_elements(r: random.Random) -> str:
    names = [r.choice(["div", "span", "section", "b", "i", "ul", "li", "blockquote", "font"]) for _ in range(20_000)]
    return "<html><body>" + "".join(f"<{name}>" for name in names) + PARAGRAPHS


@kind
def deep_formatting(r: random.Random) -> str:
    """Unclosed formatting elements, which parsers open again in each paragraph (the adoption agency)."""
    return "<html><body>" + "".join(f"<p><b id={n}><i><a href={n}>text " for n in range(r.randint(500, 8000)))


@kind
def nested_tables(r: random.Random) -> str:
    n = r.randint(100, 4000)
    return within("<table><tr><td>" * n + "x")


@kind
def nested_lists(r: random.Random) -> str:
    return within("<ul><li>" * r.randint(100, 20_000) + "x")


@kind
def many_unclosed_paragraphs(r: random.Random) -> str:
    return "<html><body><article>" + "<p>The officials said so. " * r.randint(5_000, 55_000)


@kind
def a_million_paragraphs(r: random.Random) -> str:
    return "<html><body><article>" + "<p>x" * r.randint(100_000, 1_000_000)


@kind
def many_line_breaks(r: random.Random) -> str:
    return within("<br>" * r.randint(5_000, 55_000))


@kind
def many_attributes(r: random.Random) -> str:
    return within("<p " + " ".join(f"a{n}=1" for n in range(r.randint(5_000, 100_000))) + ">x</p>")


@kind
def many_attributes_without_values(r: random.Random) -> str:
    return within("<p " + " ".join(f"a{n}" for n in range(r.randint(5_000, 100_000))) + ">x</p>")


@kind
def one_endless_attribute(r: random.Random) -> str:
    return within('<p title="' + "x" * r.randint(100_000, 6_000_000) + '">x</p>')


@kind
def one_endless_tag(r: random.Random) -> str:
    return STORY + "<" + "a" * r.randint(100_000, 6_000_000)


@kind
def wide_table_row(r: random.Random) -> str:
    return within("<table><tr>" + "<td>cell" * r.randint(2_000, 50_000) + "</table>")


@kind
def long_table(r: random.Random) -> str:
    return within("<table>" + "<tr><td>a<td>b" * r.randint(1_000, 18_000) + "</table>")


@kind
def nul_characters(r: random.Random) -> str:
    return within("<p>" + "a\0b " * r.randint(10, 200_000) + "</p>")


@kind
def control_characters(r: random.Random) -> str:
    odd = "".join(chr(n) for n in range(1, 32) if n not in (9, 10, 13))
    return within(f"<p>The minister said{odd} that it {odd} was over.</p>" * r.randint(1, 2000))


@kind
def control_references(r: random.Random) -> str:
    return within(f"<p>The minister said &#1; that &#x{r.randint(0, 31):x}; it was over.&#55296;&#1114112;</p>")


@kind
def lone_surrogates(r: random.Random) -> Request:
    return json_request(
        json.dumps({"html": within("<p>😀 said \ud800 the official \udc00\udc00.</p>" * r.randint(1, 500))})
    )


@kind
def private_and_odd_unicode(r: random.Random) -> str:
    odd = "\u202e\u2066\u200b\ufeff\u0300\ue000\ufffe\U0010ffff\u2028"
    return within(f"<p>The {odd} minister said {odd} so.</p>" * r.randint(1, 3000))


@kind
def stacked_accents(r: random.Random) -> str:
    return within("<p>official said so" + "\u0301" * r.randint(10_000, 2_000_000) + ".</p>")


@kind
def one_endless_word(r: random.Random) -> str:
    return within("<p>" + "a" * r.randint(100_000, 8_000_000) + "</p>")


@kind
def one_endless_sentence(r: random.Random) -> str:
    return within("<p>" + "the official said that " * r.randint(5_000, 300_000) + "</p>")


@kind
def endless_article(r: random.Random) -> str:
    return within("<p>The official said that the harbour will close. </p>\n" * r.randint(5_000, 29_000))


@kind
def only_quotation_marks(r: random.Random) -> str:
    return within("<p>" + r.choice(["“", '"', "”“", "‘’", "“a ”"]) * r.randint(1_000, 1_000_000) + "</p>")


@kind
def nested_quotations(r: random.Random) -> str:
    n = r.randint(100, 20_000)
    return within("<p>" + "Anna said: “" * n + "no" + "”" * n + "</p>")


@kind
def only_sources(r: random.Random) -> str:
    return within("<p>" + "sources officials sources, people and others " * r.randint(1_000, 60_000) + ".</p>")


@kind
def sources_citing_sources(r: random.Random) -> str:
    return within("<p>" + "according to a report by the Gull citing " * r.randint(500, 20_000) + "officials.</p>")


@kind
def only_dots(r: random.Random) -> str:
    return within("<p>" + r.choice([". ", "...", "?! ", "- ", "\n", "Mr. "]) * r.randint(10_000, 1_500_000) + "</p>")


@kind
def only_white_space(r: random.Random) -> str:
    return within(r.choice([" ", "\n", "\t", "\u00a0", "&nbsp;", "\u2003"]) * r.randint(10_000, 900_000))


@kind
def white_space_in_a_name(r: random.Random) -> str:
    return within("<p>Jane" + " " * r.randint(10_000, 3_000_000) + "Miller said so.</p>")


@kind
def repeated_passage(r: random.Random) -> str:
    return within("<p>The official said that the harbour will close in April.</p>" * r.randint(500, 15_000))


@kind
def entities(r: random.Random) -> str:
    return within("<p>" + r.choice(["&amp;", "&amp", "&#x27;", "&notanentity;", "&"]) * r.randint(10_000, 900_000))


@kind
def entity_declarations(r: random.Random) -> str:
    """The “billion laughs” of XML."""
    lines = "".join(f'<!ENTITY a{n} "{f"&a{n - 1};" * 10}">' for n in range(1, r.randint(5, 12)))
    return f'<?xml version="1.0"?><!DOCTYPE html [<!ENTITY a0 "lol">{lines}]>' + within("<p>&a9; said so.</p>")


@kind
def external_entities(r: random.Random) -> str:
    return '<!DOCTYPE html [<!ENTITY x SYSTEM "file:///etc/passwd">]>' + within("<p>&x; said so.</p>")


@kind
def unclosed_comment(r: random.Random) -> str:
    return within("<!--" + "-" * r.randint(1, 3_000_000))


@kind
def many_comments(r: random.Random) -> str:
    return within("<!-- x -->" * r.randint(5_000, 55_000))


@kind
def unclosed_script(r: random.Random) -> str:
    return STORY.replace("<article>", "<script>" + "<!--<script>" * r.randint(1, 20_000) + "<article>")


@kind
def giant_json_ld(r: random.Random) -> str:
    deep = '{"@type":"NewsArticle","publisher":' * r.randint(10, 60_000)
    return STORY.replace("</head>", f'<script type="application/ld+json">{deep}</script></head>')


@kind
def broken_json_ld(r: random.Random) -> str:
    odd = r.choice(
        ["[[[[", '{"publisher": 3}', "null", '{"datePublished": {"a": []}}', "1e999", '"\\ud800"', "[" * 100_000]
    )
    return STORY.replace("</head>", f'<script type="application/ld+json">{odd}</script></head>')


@kind
def many_metas(r: random.Random) -> str:
    metas = "".join(f'<meta property="og:site_name" content="{n}">' for n in range(r.randint(100, 50_000)))
    return STORY.replace("</head>", metas + "</head>")


@kind
def odd_addresses(r: random.Random) -> str:
    odd = r.choice(
        ["http://[", "javascript:alert(1)", "//", "http://a\0b", "http://" + "a." * 10_000, "file:///etc/passwd"]
    )
    return STORY.replace("</head>", f'<link rel=canonical href="{odd}"><base href="{odd}"></head>')


@kind
def odd_dates(r: random.Random) -> str:
    odd = r.choice(["9" * 10_000, "2024-99-99", "0000-00-00", "-1", "١٢٣", "2024-01-01T" + "0" * 5000])
    return STORY.replace("</head>", f'<meta property="article:published_time" content="{odd}"></head>').replace(
        "</h1>", f'</h1><time datetime="{odd}">{odd}</time>'
    )


@kind
def odd_charset_in_meta(r: random.Random) -> str:
    name = r.choice(["utf-16", "utf-7", "base64", "klingon", "x" * 10_000, "iso-2022-jp", "rot13", "idna", ""])
    return STORY.replace("<head>", f'<head><meta charset="{name}">')


@kind
def wrong_charset(r: random.Random) -> Request:
    charset = r.choice(["utf-8", "utf-16", "shift_jis", "gb18030", "iso-2022-jp", "windows-1252", "utf-16be"])
    body = STORY.encode(r.choice(["utf-8", "utf-16", "cp1252"]), "replace")
    return Request(body, {"Content-Type": f"text/html; charset={charset}"})


@kind
def random_bytes(r: random.Random) -> bytes:
    return r.randbytes(r.randint(1, 500_000))


@kind
def random_markup(r: random.Random) -> str:
    parts = [
        "<",
        ">",
        "</",
        "/>",
        "<!--",
        "-->",
        "<![CDATA[",
        "]]>",
        "<p",
        "<b>",
        "=",
        '"',
        "'",
        "&",
        ";",
        "said",
        " ",
        "\0",
    ]
    return "".join(r.choices(parts, k=r.randint(100, 60_000)))


@kind
def binary_files(r: random.Random) -> bytes:
    head = r.choice([b"%PDF-1.7\n", b"\x89PNG\r\n\x1a\n", b"PK\x03\x04", b"GIF89a", b"\x7fELF", b"\xff\xd8\xff"])
    return head + r.randbytes(r.randint(100, 200_000))


@kind
def svg_and_math(r: random.Random) -> str:
    n = r.randint(100, 10_000)
    return within("<svg><g><math><mi>" * n + "<title><p>said</p></title>")


@kind
def select_and_frameset(r: random.Random) -> str:
    inner = "".join(
        r.choices(["<select>", "<option>", "<frameset>", "<frame>", "<noframes>", "<textarea>", "<title>"], k=300)
    )
    return within(inner, before="<plaintext>" if r.random() < 0.3 else "")


@kind
def template_and_noscript(r: random.Random) -> str:
    return within("<template><noscript><iframe>" * r.randint(10, 5_000) + PARAGRAPHS)


@kind
def gzip_bomb(r: random.Random) -> Request:
    packer = zlib.compressobj(9, wbits=31)
    packed = b"".join(packer.compress(b" " * 1_000_000) for _ in range(r.randint(12, 400))) + packer.flush()
    return Request(packed, {"Content-Type": "text/html", "Content-Encoding": "gzip"})


@kind
def many_gzip_members(r: random.Random) -> Request:
    headers = {"Content-Type": "text/html", "Content-Encoding": "gzip"}
    return Request(gzip.compress(b"<p>x") * r.randint(100, 50_000), headers)


@kind
def deep_json(r: random.Random) -> Request:
    return json_request('{"html": ' + r.choice(["[", '{"a":']) * r.randint(1_000, 1_000_000))


@kind
def numbers_in_json(r: random.Random) -> Request:
    return json_request('{"html": "x", "more": ' + r.choice(["9" * 100_000, "1e999", "NaN", "-" + "0" * 9999]) + "}")


@kind
def front_page(r: random.Random) -> str:
    links = "".join(f'<li><a href="/{n}">Headline number {n} of the day</a>' for n in range(r.randint(10, 5_000)))
    return f"<html><body><ul>{links}</ul></body></html>"


@kind
def nothing_at_all(r: random.Random) -> str:
    return r.choice(["", " ", "<html>", "<!doctype html>", "<p></p>", "\ufeff", "<html><body></body></html>", "\0"])


def request_of(made: str | bytes | Request) -> Request:
    if isinstance(made, Request):
        return made
    return Request(made if isinstance(made, bytes) else made.encode("utf-8", "surrogatepass"))


@dataclass
class Outcome:
    """`status` 0: no answer. `form`: whether it was an answer or problem details."""

    status: int
    seconds: float
    form: bool
    code: str = ""


def send(port: int, request: Request, timeout: float) -> Outcome:
    """`seconds` counts from the last byte of the body, as the deadline does."""
    connection = http.client.HTTPConnection("127.0.0.1", port, timeout=timeout)
    sent = time.monotonic()
    try:
        connection.request("POST", "/v1/analyze", request.body, request.headers)
        sent = time.monotonic()
        response = connection.getresponse()
        body = json.loads(response.read())
        seconds = time.monotonic() - sent
        wanted = "application/json" if response.status == 200 else "application/problem+json"
        form = response.headers["Content-Type"] == wanted and ("highlights" in body or "status" in body)
        code = body.get("type", "").rsplit("/", 1)[-1]
        return Outcome(response.status, seconds, form, code)
    except (OSError, http.client.HTTPException, ValueError):
        return Outcome(0, time.monotonic() - sent, False)
    finally:
        connection.close()


def family(pid: int) -> list[int]:
    """A process and all below it."""
    try:
        children = Path(f"/proc/{pid}/task/{pid}/children").read_text().split()
    except OSError:
        return []
    return [pid, *(each for child in children for each in family(int(child)))]


def resident(pid: int) -> int:
    try:
        return int(Path(f"/proc/{pid}/statm").read_text().split()[1]) * os.sysconf("SC_PAGE_SIZE")
    except (OSError, IndexError):
        return 0


class Watch(threading.Thread):
    """The most memory that any process of the server held, looked at every 20 ms."""

    def __init__(self, pid: int) -> None:
        super().__init__(daemon=True)
        self.pid, self.most, self.done = pid, 0, threading.Event()

    def run(self) -> None:
        pids: list[int] = []
        for turn in range(10**9):
            if self.done.wait(0.02):
                return
            if turn % 5 == 0:
                pids = family(self.pid)
            self.most = max([self.most, *map(resident, pids)])


def start(*options: str) -> tuple[subprocess.Popen[str], int]:
    """A server of our own on a free port, once it is ready."""
    command = [sys.executable, "-m", "provenance.cli", "serve", "--port", "0", "--cache", "off", "--log-level", "error"]
    process = subprocess.Popen([*command, *options], stderr=subprocess.PIPE, text=True)
    assert process.stderr
    port = 0
    for line in process.stderr:
        if found := re.search(r"http://[^/]*:(\d+)/", line):
            port = int(found[1])
            break
    threading.Thread(target=lambda: [print(line, end="") for line in process.stderr or ()], daemon=True).start()
    for _ in range(600):
        connection = http.client.HTTPConnection("127.0.0.1", port)
        connection.request("GET", "/readyz")
        if connection.getresponse().status == 200:
            return process, port
        time.sleep(0.1)
    raise SystemExit("the server was not ready after 60 s")


def main() -> int:
    parser = argparse.ArgumentParser(description=(__doc__ or "").split("\n")[0])
    parser.add_argument("--each", type=int, default=20, help="pages of each kind")
    parser.add_argument("--deadline", type=float, default=3)
    parser.add_argument("--workers", type=int, default=2)
    parser.add_argument("--kind", action="append", help="only these kinds")
    parser.add_argument("--seed", type=int, default=1)
    args = parser.parse_args()
    chosen = {name: make for name, make in KINDS.items() if not args.kind or name in args.kind}
    process, port = start("--deadline", str(args.deadline), "--workers", str(args.workers))
    watch, good, done = Watch(process.pid), [], threading.Event()
    watch.start()

    def reader() -> None:
        while not done.is_set():
            good.append(send(port, request_of(STORY), 60))
            time.sleep(0.2)

    reading = threading.Thread(target=reader)
    reading.start()
    jobs = [(name, number) for number in range(args.each) for name in chosen]

    def attack(job: tuple[str, int]) -> tuple[str, Outcome]:
        name, number = job
        made = request_of(chosen[name](random.Random(f"{args.seed} {name} {number}")))
        return name, send(port, made, args.deadline + 30)

    outcomes: dict[str, list[Outcome]] = defaultdict(list)
    with ThreadPoolExecutor(args.workers) as clients:
        for name, outcome in clients.map(attack, jobs):
            outcomes[name].append(outcome)
    done.set()
    reading.join()
    alive = process.poll() is None
    watch.done.set()
    process.terminate()
    process.wait(60)
    return report(outcomes, good, watch.most, args.deadline, alive)


def report(outcomes: dict[str, list[Outcome]], good: list[Outcome], most: int, deadline: float, alive: bool) -> int:
    faults = 0
    for name, found in outcomes.items():
        statuses = Counter(f"{each.status} {each.code}".strip() for each in found)
        slowest = max(each.seconds for each in found)
        late = sum(each.seconds > deadline + GRACE for each in found)
        wrong = sum(not each.form or (each.status >= 500 and each.status != 503) for each in found)
        faults += late + wrong
        said = ", ".join(f"{count} × {status}" for status, count in statuses.most_common())
        print(
            f"{name:32} {slowest:6.2f} s  {said}{f'  LATE {late}' if late else ''}{f'  WRONG {wrong}' if wrong else ''}"
        )
    total = sum(map(len, outcomes.values()))
    failed = sum(each.status != 200 for each in good)
    seconds = sorted(each.seconds for each in good)
    print(f"{total} pages of {len(outcomes)} kinds, deadline {deadline:g} s: {faults} late, unanswered or wrong")
    print(
        f"{len(good)} good requests meanwhile: {failed} failed; median {statistics.median(seconds) * 1000:.0f} ms, "
        f"95th percentile {seconds[int(0.95 * len(seconds))] * 1000:.0f} ms, slowest {seconds[-1]:.2f} s"
    )
    print(f"most memory of one process: {most / 1e6:.0f} MB; the server lived on: {alive}")
    return 1 if faults or failed or most > GIGABYTE or not alive else 0


if __name__ == "__main__":
    sys.exit(main())
