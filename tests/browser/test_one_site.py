"""Sites read on their own: the browser asks the reader about that one site, and nothing happens without a yes."""

from __future__ import annotations

import shutil
import subprocess
import time
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import pytest
from webpages import Site

HOST = "paper5.test"
ORIGINS = "async () => (await chrome.permissions.getAll()).origins.filter((origin) => origin.startsWith('https'))"
KEPT = "async () => (await chrome.storage.local.get({sites: {}})).sites"
SAID = "() => document.getElementById('site-state').textContent"
LISTED = "() => document.getElementById('sites').textContent"
FRESH = """() => { document.getElementById("site-state").textContent = "";
    document.getElementById("host").select(); }"""
NO_DIALOGUE = "async () => (await chrome.windows.getAll()).some(({focused}) => focused)"  # no: a dialogue has the keys
ASKING = "() => PopupNotifications.panel.state === 'open'"
FORGET = "async (origins) => { if (origins.length) await chrome.permissions.remove({origins}); }"


@pytest.fixture(scope="module")
def secure(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Site]:
    """A site with https, which alone can be chosen."""
    if not shutil.which("openssl"):
        pytest.skip("openssl is missing, which makes the certificate of the test site")
    file = tmp_path_factory.mktemp("certificate") / "site.pem"
    options = ["-x509", "-newkey", "rsa:2048", "-nodes", "-days", "2", "-subj", f"/CN={HOST}"]
    subprocess.run(["openssl", "req", *options, "-keyout", file, "-out", file.with_suffix(".crt")],
                   check=True, capture_output=True)  # fmt: skip
    file.write_text(file.read_text() + file.with_suffix(".crt").read_text())
    site = Site(Path(file))
    yield site
    site.close()


@pytest.fixture
def options(seated: Any) -> Iterator[Any]:
    with seated.beside("options/options.html") as options:
        seated.until(lambda: options("() => document.querySelectorAll('#reasons select').length"))
        yield options
    seated.background(FORGET, seated.background(ORIGINS))


def again_until(press: Callable[[], Any], done: Callable[[], Any]) -> None:
    """Dialogues do not hear keys for a moment after they have opened: presses until it is done."""
    for _ in range(20):
        press()
        for _ in range(30):
            if done():
                return
            time.sleep(0.1)
    pytest.fail("the dialogue did not close")


def answer(seated: Any, *, allow: bool) -> None:
    """Waits for the browser's question and answers it."""
    if seated.name == "firefox":
        seated.until(lambda: seated.chrome(ASKING), seconds=90)
        again_until(lambda: seated.desktop.press("alt+a" if allow else "alt+d"), lambda: not seated.chrome(ASKING))
        return
    seated.until(lambda: not seated.background(NO_DIALOGUE), seconds=90)
    time.sleep(1)  # a moment until it takes the Tab from Deny to Allow; where it did not, `choose` sees it
    if allow:
        seated.desktop.press("Tab")
    again_until(lambda: seated.desktop.press("Return" if allow else "Escape"), lambda: seated.background(NO_DIALOGUE))


def choose(seated: Any, options: Any, host: str, *, allow: bool) -> None:
    """Types the host, presses Always read, answers what the browser asks; again where a key went astray to Deny."""
    for _ in range(5):
        options(FRESH)
        seated.desktop.write(host)
        seated.until(lambda: options("() => document.getElementById('host').value") == host)
        seated.desktop.press("Tab", "Return")
        answer(seated, allow=allow)
        seated.until(lambda: options(SAID) or host in options(LISTED), seconds=90)
        if allow == (host in options(LISTED)):
            return
    pytest.fail("the answer did not arrive")


def test_a_no_changes_nothing_and_is_said(seated: Any, options: Any) -> None:
    choose(seated, options, HOST, allow=False)
    assert "did not give access" in options(SAID)
    assert seated.background(ORIGINS) == []
    assert seated.background(KEPT) == {}


def test_a_yes_opens_this_site_alone_until_it_is_removed(seated: Any, options: Any, secure: Site) -> None:
    url = secure.url("story.html", HOST)
    host = url.split("/")[2]  # with its port, as a reader copies it from the address bar
    choose(seated, options, host, allow=True)
    assert seated.background(ORIGINS) == [f"https://{HOST}/*"]
    assert seated.background(KEPT) == {host: "auto"}
    seated.show()
    seated.goto(url)
    seated.until(lambda: "provenance-anonymous-source" in seated.painted(), seconds=90)
    options("() => document.querySelector('#sites button').click()")
    seated.until(lambda: seated.background(ORIGINS) == [])
    seated.goto(url)
    assert seated.toggle()["error"]["code"] == "no-script"
    assert seated.painted() == {}
