"""The extension's files: what the manifest asks for, words that are all there, types, style, and the packed zips."""

from __future__ import annotations

import json
import os
import re
import shutil
import subprocess
import zipfile
from pathlib import Path
from typing import Any

import pytest

ROOT = Path(__file__).resolve().parents[2]
EXTENSION = ROOT / "extension"
SOURCES = [path for path in EXTENSION.rglob("*") if path.suffix in {".js", ".html"}]
MESSAGES: dict[str, Any] = json.loads((EXTENSION / "_locales" / "en" / "messages.json").read_text("utf-8"))
MANIFEST: dict[str, Any] = json.loads((EXTENSION / "manifest.json").read_text("utf-8"))


def missing(what: str) -> None:
    """Skips the test, or fails it where the environment says that nothing may be missing."""
    pytest.fail(what) if os.environ.get("PROVENANCE_REQUIRE_BROWSERS") == "1" else pytest.skip(what)


def test_the_manifest_asks_for_no_more_than_it_needs() -> None:
    assert set(MANIFEST["permissions"]) <= {"activeTab", "scripting", "storage", "sidePanel", "contextMenus"}
    assert set(MANIFEST["host_permissions"]) == {"http://127.0.0.1/*", "http://localhost/*"}
    assert MANIFEST["optional_host_permissions"] == ["https://*/*"]
    for key in ("content_scripts", "web_accessible_resources", "externally_connectable"):
        assert key not in MANIFEST
    policy = MANIFEST["content_security_policy"]["extension_pages"]
    assert policy.startswith("default-src 'none'; script-src 'self'; ")
    assert "unsafe" not in policy


def test_every_file_that_the_manifest_and_the_pages_name_is_there() -> None:
    named = re.findall(r'"([\w/-]+\.(?:js|html|png))"', json.dumps(MANIFEST))
    assert named
    assert [name for name in named if not (EXTENSION / name).is_file()] == []
    for page in EXTENSION.rglob("*.html"):
        for name in re.findall(r'(?:src|href)="([^"]+)"', page.read_text("utf-8")):
            assert (page.parent / name).is_file(), f"{page.name} names {name}"


def test_every_word_is_in_the_locale_and_every_entry_is_used() -> None:
    """Keys come as t("key"), count("key", n), data-t="key" and __MSG_key__; some with an end that is computed."""
    text = "\n".join(path.read_text("utf-8") for path in SOURCES) + json.dumps(MANIFEST)
    exact = set(re.findall(r'(?:\bt|getMessage|data-t(?:-label|-placeholder)?)(?:\(|=)"(\w+)"', text))
    exact |= set(re.findall(r"__MSG_(\w+)__", text))
    exact |= set(re.findall(r'"(\w+)"', text)) & set(MESSAGES)
    prefixes = {*re.findall(r"`(\w+_)\$\{", text), "problem_", "mark_", "reason_"}
    assert sorted(exact - set(MESSAGES)) == []
    unused = [key for key in MESSAGES if key not in exact and not any(key.startswith(prefix) for prefix in prefixes)]
    assert unused == []


@pytest.mark.parametrize("path", sorted(SOURCES), ids=lambda path: path.relative_to(EXTENSION).as_posix())
def test_no_markup_or_code_is_made_from_strings(path: Path) -> None:
    text = path.read_text("utf-8")
    assert not re.search(
        r"\binnerHTML\s*=|outerHTML\s*=|insertAdjacentHTML|document\.write|\beval\(|new Function", text
    )
    assert not re.search(r"<[^>]*\son\w+=", text) or path.suffix == ".js"


@pytest.mark.parametrize("script", ["types", "lint"])
def test_types_and_style(script: str) -> None:
    if not (ROOT / "node_modules").is_dir() or not shutil.which("npm"):
        missing("tsc and eslint are missing: install Node.js and run npm ci")
    done = subprocess.run(["npm", "run", "-s", script], cwd=ROOT, capture_output=True, text=True, check=False)
    assert done.returncode == 0, done.stdout + done.stderr


def test_the_packed_zips_hold_what_each_store_wants() -> None:
    done = subprocess.run(
        ["sh", "scripts/pack-extension"], cwd=ROOT, capture_output=True, text=True, check=True
    ).stdout.split()
    for name, wanted, unwanted in zip(
        done, ("side_panel", "sidebar_action"), ("sidebar_action", "side_panel"), strict=True
    ):
        with zipfile.ZipFile(ROOT / name) as archive:
            names = set(archive.namelist())
            manifest = json.loads(archive.read("manifest.json"))
        assert wanted in manifest
        assert unwanted not in manifest
        assert "bg.js" in names
        assert not names & {"types.d.ts", "jsconfig.json"}
