"""A reader's Chromium, driven by Playwright."""

from __future__ import annotations

import contextlib
import os
from collections.abc import Iterator
from pathlib import Path
from typing import Any

from playwright.sync_api import BrowserContext, Page, Playwright, Worker, sync_playwright
from playwright.sync_api import Error as PlaywrightError
from readers import ACTIVE, EXTENSION, FOREIGN, Beside, Reader

PATIENCE = 120_000  # ms: a machine that trains a model beside takes its time


class _Driver:
    """Playwright itself, which a process can start only once at a time, for all browsers that are open."""

    users = 0
    playwright: Playwright

    @classmethod
    def take(cls) -> Playwright:
        if not cls.users:
            cls.playwright = sync_playwright().start()
        cls.users += 1
        return cls.playwright

    @classmethod
    def give_back(cls) -> None:
        cls.users -= 1
        if not cls.users:
            cls.playwright.stop()


class ChromiumReader(Reader):
    name = "chromium"

    def __init__(
        self, executable: str, profile: Path, extension: Path = EXTENSION, display: str = "", **options: Any
    ) -> None:
        """Headless without a display; with one, windows are as large as they are, and keys reach the browser itself."""
        if display:
            options = {"env": {**os.environ, "DISPLAY": display}, "no_viewport": True, **options}
        self._driver = _Driver.take()
        names = ", ".join(f"EXCLUDE {host}" for host in ("127.0.0.1", "localhost"))
        rules = ", ".join(f"MAP {host} 127.0.0.1" for host in FOREIGN)
        self._context: BrowserContext = self._driver.chromium.launch_persistent_context(
            profile,
            executable_path=executable,
            headless=not display,
            timeout=PATIENCE,
            ignore_default_args=["--disable-extensions"],
            args=[
                "--no-sandbox",
                "--disable-gpu",
                f"--load-extension={extension}",
                f"--disable-extensions-except={extension}",
                "--disable-background-networking",
                "--disable-component-update",
                "--disable-sync",
                "--no-proxy-server",
                *(["--ozone-platform=x11"] if display else []),
                f"--host-resolver-rules={rules}, MAP * ~NOTFOUND, {names}",
            ],
            **options,
        )
        self._context.set_default_timeout(PATIENCE)
        # An extension page in a tab behind: the tests' way to chrome.*, whether the background runs or not.
        self._door = self._context.pages[0] if self._context.pages else self._context.new_page()
        self._stopped = False
        if not self._context.service_workers:
            self._context.wait_for_event("serviceworker", timeout=PATIENCE)
        self.origin = self._worker().url.rsplit("/", 1)[0]
        self._open_door()
        self.tab: Page = self._context.new_page()

    def _targets(self) -> list[dict[str, str]]:
        assert self._context.browser is not None
        session = self._context.browser.new_browser_cdp_session()
        targets: list[dict[str, str]] = session.send("Target.getTargets", {"filter": [{}]})["targetInfos"]
        session.detach()
        return targets

    def _worker(self) -> Worker:
        if self._stopped:  # a message wakes it; Playwright needs a moment to find it again
            self._door.evaluate("() => chrome.runtime.sendMessage({wake: true}).catch(() => {})")
            self.until(lambda: any(target["type"] == "service_worker" for target in self._targets()))
            self._door.wait_for_timeout(500)
            self._stopped = False
        return self._context.service_workers[-1]

    def page(self, function: str, *args: Any) -> Any:
        return self.tab.evaluate(f"(args) => ({function})(...args)", list(args))

    def background(self, function: str, *args: Any) -> Any:
        return self._door.evaluate(f"async (args) => await ({function})(...args) ?? null", list(args))

    def run(self, expression: str) -> Any:
        late = "new Promise((_, no) => setTimeout(() => no(new Error('no answer in 60 s')), 60000))"
        done = f"Promise.race([{expression}, {late}])"
        return self._worker().evaluate(f"async () => {{ const tab = {ACTIVE}; return await {done} ?? null; }}")

    @contextlib.contextmanager
    def beside(self, path: str) -> Iterator[Beside]:
        page = self._context.new_page()
        page.goto(f"{self.origin}/{path}")
        run = lambda function, *args: page.evaluate(f"(args) => ({function})(...args)", list(args))  # noqa: E731
        yield Beside(run, page.keyboard.press)
        page.close()
        self.show()

    def show(self) -> None:
        self.tab.bring_to_front()

    def goto(self, url: str) -> None:
        self.tab.goto(url, wait_until="domcontentloaded")

    def fresh_tab(self) -> None:
        """Leaves a page that hangs."""
        hung, self.tab = self.tab, self._context.new_page()
        hung.close()

    def click_button(self, url: str = "") -> None:
        # CDP stands in for the pointer on the toolbar, which a headless browser does not have; it grants activeTab too.
        [tab] = [
            target for target in self._targets() if target["type"] == "tab" and target["url"] == (url or self.tab.url)
        ]
        action = {"id": self.origin.split("//")[1], "targetId": tab["targetId"]}
        assert self._context.browser is not None
        session = self._context.browser.new_browser_cdp_session()
        session.send("Extensions.triggerAction", action)
        session.detach()

    def hover(self, x: float, y: float) -> None:
        self.tab.mouse.move(x, y)

    def click(self, x: float, y: float) -> None:
        self.tab.mouse.click(x, y)

    def tap(self, x: float, y: float) -> None:
        session = self._context.new_cdp_session(self.tab)
        session.send("Emulation.setTouchEmulationEnabled", {"enabled": True, "maxTouchPoints": 1})
        session.send("Input.dispatchTouchEvent", {"type": "touchStart", "touchPoints": [{"x": x, "y": y}]})
        session.send("Input.dispatchTouchEvent", {"type": "touchEnd", "touchPoints": []})
        session.send("Emulation.setTouchEmulationEnabled", {"enabled": False})
        session.detach()

    def press(self, key: str) -> None:
        self.tab.keyboard.press(key)

    def screenshot(self, path: Path) -> None:
        self.tab.screenshot(path=path)

    def allow_private(self) -> None:
        settings = self._context.new_page()
        settings.goto("chrome://extensions/")
        settings.evaluate(
            """async (extensionId) => {
                const {developerPrivate} = chrome;
                await developerPrivate.updateProfileConfiguration({inDeveloperMode: true}); // else it would be disabled
                await developerPrivate.updateExtensionConfiguration({extensionId, incognitoAccess: true});
            }""",
            self.origin.split("//")[1],
        )
        # The browser has loaded the extension anew and closed its pages.
        self._door = settings
        self.until(self._open_door, seconds=90)
        self.tab.bring_to_front()

    def _open_door(self) -> bool:
        with contextlib.suppress(PlaywrightError):  # not loaded yet
            self._door.goto(f"{self.origin}/options/options.html")
            return bool(self._door.evaluate("() => !!globalThis.chrome?.storage"))
        return False

    def stop_background(self) -> None:
        """As the browser does after 30 s without work."""
        states: list[str] = []
        session = self._context.new_cdp_session(self._door)
        session.on("ServiceWorker.workerVersionUpdated", lambda event: states.extend(
            version["runningStatus"] for version in event["versions"]))  # fmt: skip
        session.send("ServiceWorker.enable")
        session.send("ServiceWorker.stopAllWorkers")
        self.until(lambda: self._door.wait_for_timeout(20) or "stopped" in states)
        session.detach()
        self._stopped = True

    def close(self) -> None:
        self._context.close()
        _Driver.give_back()
