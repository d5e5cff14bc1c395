"""The content scripts in a real page of real Chromium, without the extension around them."""

from __future__ import annotations

import os
import shutil
import sys
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import pytest

ROOT = Path(__file__).resolve().parents[2]
sys.path.insert(0, str(ROOT / "tests" / "browser"))
SCRIPTS = [
    *["namespace", "dom", "words", "pagetext", "capture", "anchor", "paint"],
    *["host", "place", "card.style", "chain", "card", "copy"],
]


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    for item in items:
        if "run" in getattr(item, "fixturenames", ()):
            item.add_marker("browser")


@pytest.fixture(scope="module")
def chromium() -> Iterator[Any]:
    path = next(filter(None, map(shutil.which, ["chromium", "chromium-browser"])), None)
    if not path:
        message = "chromium is missing: sh scripts/setup --test installs it where it can"
        pytest.fail(message) if os.environ.get("PROVENANCE_REQUIRE_BROWSERS") == "1" else pytest.skip(message)
    playwright = pytest.importorskip("playwright.sync_api").sync_playwright().start()
    browser = playwright.chromium.launch(executable_path=path, args=["--no-sandbox", "--disable-gpu"])
    yield browser
    browser.close()
    playwright.stop()


@pytest.fixture
def run(chromium: Any) -> Iterator[Callable[..., Any]]:
    """Runs a function in a page that holds the given HTML and the content scripts: run(html, function, *arguments)."""
    page = chromium.new_page()

    def call(html: str, function: str, *args: Any) -> Any:
        page.set_content(html)
        for name in SCRIPTS:
            page.add_script_tag(path=ROOT / "extension" / "page" / f"{name}.js").evaluate("(tag) => tag.remove()")
        return page.evaluate(f"(args) => ({function})(...args)", list(args))

    yield call
    page.close()
