"""Real Chromium and real Firefox with the unpacked extension, the real server, and test pages over HTTP."""

from __future__ import annotations

import os
import re
import shutil
import subprocess
import sys
import time
import urllib.request
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import pytest

sys.path.insert(0, str(Path(__file__).parent))

EXECUTABLES = {"chromium": ["chromium", "chromium-browser"], "firefox": ["firefox-esr", "firefox"]}


def missing(what: str) -> None:
    """Skips the test, or fails it where the environment says that nothing may be missing."""
    if os.environ.get("PROVENANCE_REQUIRE_BROWSERS") == "1":
        pytest.fail(f"{what} is missing, and PROVENANCE_REQUIRE_BROWSERS=1 says that it must not be")
    pytest.skip(f"{what} is missing: sh scripts/setup --test installs it where it can")


def executable(browser: str) -> str:
    found = next(filter(None, map(shutil.which, EXECUTABLES[browser])), None)
    if not found:
        missing(browser)
    return str(found)


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    for item in items:
        if Path(__file__).parent in item.path.parents:
            item.add_marker("browser")


def wait_until_ready(address: str) -> None:
    """Waits until the engine is loaded."""
    opener = urllib.request.build_opener(urllib.request.ProxyHandler({}))
    for _ in range(300):
        try:
            with opener.open(f"{address}/readyz", timeout=5):
                return
        except OSError:  # 503 until it is
            time.sleep(0.2)
    pytest.fail("the engine did not load")


@pytest.fixture(scope="session")
def server(tmp_path_factory: pytest.TempPathFactory) -> Iterator[str]:
    """The address of a `provenance serve` of these tests' own, on a free port."""
    log = tmp_path_factory.mktemp("server") / "log.txt"
    with log.open("w") as out:
        command = [sys.executable, "-m", "provenance.cli", "serve", "--port", "0", "--cache", "off"]
        process = subprocess.Popen(command, stdout=out, stderr=subprocess.STDOUT)
        for _ in range(600):
            found = re.search(r"http://127\.0\.0\.1:\d+", log.read_text())
            if found or process.poll() is not None:
                break
            time.sleep(0.1)
        assert found, f"the server did not start: {log.read_text()}"
        wait_until_ready(found[0])
        yield found[0]
        process.terminate()
        process.wait(120)


def start(browser: str, profile: Path, **options: Any) -> Any:
    """A reader's browser, "chromium" or "firefox", with the extension."""
    path = executable(browser)
    for module in ("playwright", "websockets"):
        pytest.importorskip(module, reason=f"{module} is missing: pip install -e .[browser]")
    import chromium
    import firefox

    kinds: dict[str, Any] = {"chromium": chromium.ChromiumReader, "firefox": firefox.FirefoxReader}
    return kinds[browser](path, profile, **options)


@pytest.fixture(scope="session")
def start_browser() -> Callable[..., Any]:
    """`start`, for tests that want a browser of their own."""
    return start


@pytest.fixture(scope="session")
def site() -> Iterator["Site"]:  # noqa: F821, UP037 - the module is imported where it is used, after the path is set
    from webpages import Site

    pages = Site()
    yield pages
    pages.close()


@pytest.fixture(scope="session", params=["chromium", "firefox"])
def reader(request: pytest.FixtureRequest, server: str, tmp_path_factory: pytest.TempPathFactory) -> Iterator["Reader"]:  # noqa: F821, UP037
    """A browser with the extension, set to the server of these tests; one for all tests of a session."""
    browser = start(request.param, tmp_path_factory.mktemp(request.param))
    browser.store("local", {"server": server})
    yield browser
    browser.close()


@pytest.fixture(scope="session", params=["chromium", "firefox"])
def seated(request: pytest.FixtureRequest, server: str, tmp_path_factory: pytest.TempPathFactory) -> Iterator["Reader"]:  # noqa: F821, UP037
    """A browser as `reader`, but with windows on a screen, where keys reach more than the page: `seated.desktop`."""
    from desktop import Desktop, lacking

    if lacking():
        pytest.skip(
            f"no screen for keys that reach the browser itself: {', '.join(lacking())} missing (Debian: xvfb xdotool)"
        )
    options: dict[str, Any] = {"ignore_https_errors": True} if request.param == "chromium" else {}
    try:
        desktop = Desktop()
        browser = start(request.param, tmp_path_factory.mktemp(request.param), display=desktop.name, **options)
    except Exception as error:  # what the screen itself, or a browser on it, could not do is no fault of the extension
        pytest.skip(f"{request.param} did not come up on a screen: {error!r}")
    browser.desktop = desktop
    browser.store("local", {"server": server})
    yield browser
    browser.close()
    desktop.close()


@pytest.fixture(autouse=True)
def fresh(request: pytest.FixtureRequest) -> Iterator[None]:
    """Each test leaves the reader's settings as it found them."""
    yield
    for name in {"reader", "seated"} & set(request.fixturenames):
        browser = request.getfixturevalue(name)
        browser.background("async () => { await chrome.storage.sync.clear(); await chrome.storage.local.clear(); }")
        browser.store("local", {"server": request.getfixturevalue("server")})
