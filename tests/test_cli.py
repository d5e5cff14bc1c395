"""The command line, run as a command."""

import json
import subprocess
import sys
from pathlib import Path

import pytest

PAGE = """<!doctype html><html lang="en"><head><title>Bridge</title></head><body><article>
<h1>Bridge in Sampleton found unsafe</h1>
<p>The old bridge over the river in Sampleton is unsafe and has been so for years, an unnamed engineer told Reuters.</p>
<p>The council said on Monday that it would open an inquiry into it and would publish what it finds in the spring.</p>
<p>The bridge was built in 1931 and is two hundred metres long. It carries nine thousand cars on a working day.</p>
</article></body></html>"""


def run(*args: str, stdin: bytes = b"") -> subprocess.CompletedProcess:
    return subprocess.run(
        [sys.executable, "-m", "provenance.cli", *args], input=stdin, capture_output=True, timeout=120, check=False
    )


def test_json_is_the_default_where_nobody_watches(tmp_path: Path) -> None:
    page = tmp_path / "page.html"
    page.write_text(PAGE, "utf-8")
    answer = json.loads(run("analyze", str(page)).stdout)
    assert answer["version"] == "1"
    assert answer["summary"]["anonymous-source"] == 1


@pytest.mark.parametrize("form", ["text", "html", "annotations", "prov"])
def test_each_format_is_written(form: str) -> None:
    done = run("analyze", "-", "--format", form, stdin=PAGE.encode())
    assert done.returncode == 0
    assert "unnamed engineer" in done.stdout.decode()


def test_plain_text() -> None:
    answer = json.loads(run("analyze", "-", "--text", stdin=b"A source said it rained.\n").stdout)
    assert answer["article"]["text"] == "A source said it rained.\n"


@pytest.mark.parametrize(
    ("args", "stdin", "code"),
    [
        ((), b"", 2),
        (("analyze",), b"", 2),
        (("analyze", "-", "--format", "pdf"), b"", 2),
        (("analyze", "-"), b"<html><body></body></html>", 3),
        (("analyze", "/nowhere.html"), b"", 4),
        (("analyze", "-", "--text"), b"\xff\xfe\xff", 4),
        (
            ("analyze", "-", "--text"),
            ("Der Bürgermeister sagte, die Brücke sei sicher und werde nicht gesperrt. " * 5).encode(),
            5,
        ),
    ],
)
def test_exit_codes(args: tuple[str, ...], stdin: bytes, code: int) -> None:
    done = run(*args, stdin=stdin)
    assert done.returncode == code
    assert done.stderr
    assert b"Traceback" not in done.stderr
