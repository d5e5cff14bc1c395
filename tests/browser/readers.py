"""A reader's browser with the extension in it: Chromium and Firefox behind one set of methods.

All work on one tab, the active one. JavaScript is given as the source of a function and returns plain JSON.
"""

from __future__ import annotations

import base64
import contextlib
import json
import time
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

from bidi import BidiError, Firefox
from playwright.sync_api import BrowserContext, Page, Worker, sync_playwright

EXTENSION = Path(__file__).resolve().parents[2] / "extension"
FOREIGN = [f"paper{i}.test" for i in range(10)] + ["news.test"]  # host names for which there is no host permission
ACTIVE = "(await chrome.tabs.query({active: true}))[0].id"


class Reader:
    """What both browsers can do; each gives `page`, `background` and the input."""

    name: str

    def page(self, function: str, *args: Any) -> Any:
        """Runs in the page's own world, as a script of the page would."""
        raise NotImplementedError

    def background(self, function: str, *args: Any) -> Any:
        """Runs where the extension's interfaces are."""
        raise NotImplementedError

    def content(self, function: str) -> Any:
        """Runs beside the extension's content scripts, where the inside of the closed shadow root can be seen."""
        call = f"await chrome.scripting.executeScript({{target: {{tabId: {ACTIVE}}}, func: {function}}})"
        return self.background(f"async () => ({call})[0].result")

    def run(self, expression: str) -> Any:
        """A JavaScript expression over `provenance`, the background's functions, and `tab`, the active tab's id."""
        raise NotImplementedError

    def command(self, name: str, *args: Any) -> Any:
        """Calls a function of the background's `provenance` for the active tab."""
        return self.run(f"provenance.{name}(tab, ...{json.dumps(args)})")

    def toggle(self) -> dict[str, Any]:
        result: dict[str, Any] = self.command("toggle")
        return result

    def button(self) -> dict[str, str]:
        """What the toolbar button says."""
        result: dict[str, str] = self.background(
            f"async () => {{ const tabId = {ACTIVE};"
            " return {text: await chrome.action.getBadgeText({tabId}), title: await chrome.action.getTitle({tabId})}; }"
        )
        return result

    def click_and_wait(self) -> dict[str, str]:
        """A real click on the button; what it says when the work is done.

        The pause is a reader's: Chromium grants activeTab for the page before where the click follows at once.
        """
        time.sleep(0.3)
        before = self.button()
        self.click_button()
        return self.until(lambda: self._settled(before))

    def _settled(self, before: dict[str, str]) -> dict[str, str] | None:
        now = self.button()
        working = now["text"] == "…" or now["title"].startswith("Reading")
        return now if now["text"] != before["text"] and now["title"] != before["title"] and not working else None

    def until(self, ask: Callable[[], Any], seconds: float = 30) -> Any:
        """Asks until the answer is true, and returns it."""
        end = time.monotonic() + seconds
        while True:
            answer = ask()
            if answer or time.monotonic() > end:
                assert answer, "it did not happen in time"
                return answer
            time.sleep(0.05)

    def store(self, area: str, values: dict[str, Any]) -> None:
        self.background(f"async (values) => {{ await chrome.storage.{area}.set(values); }}", values)

    def card(self) -> str | None:
        """The words of the open card, or None."""
        text: str | None = self.content('() => provenance.host.shadow?.querySelector(".card")?.innerText ?? null')
        return text

    def notice(self) -> str | None:
        text: str | None = self.content('() => provenance.host.shadow?.querySelector(".notice")?.innerText ?? null')
        return text

    def press_in_shadow(self, selector: str) -> None:
        """Clicks the middle of an element in the shadow root."""
        box = self.content(
            f"() => {{ const element = provenance.host.shadow.querySelector({json.dumps(selector)});"
            " const box = element.getBoundingClientRect(); return [box.x + box.width / 2, box.y + box.height / 2]; }"
        )
        self.click(*box)

    def painted(self) -> dict[str, str]:
        """The words in each of the extension's highlights, white space collapsed."""
        words: dict[str, str] = self.page(
            "() => Object.fromEntries([...CSS.highlights].filter(([, {size}]) => size).map(([name, highlight]) =>"
            " [name, [...highlight].map(range => range.toString()).join('').replace(/\\s+/g, ' ')]))"
        )
        return words

    @contextlib.contextmanager
    def beside(self, path: str) -> Iterator[Callable[..., Any]]:
        """Opens a page of the extension in a tab of its own; gives a function that runs JavaScript there."""
        raise NotImplementedError
        yield

    # Each browser's own way:
    def goto(self, url: str) -> None: ...
    def click_button(self) -> None: ...
    def hover(self, x: float, y: float) -> None: ...
    def click(self, x: float, y: float) -> None: ...
    def press(self, key: str) -> None: ...
    def screenshot(self, path: Path) -> None: ...
    def stop_background(self) -> None: ...
    def close(self) -> None: ...


class ChromiumReader(Reader):
    name = "chromium"

    def __init__(self, executable: str, profile: Path, extension: Path = EXTENSION, **options: Any) -> None:
        self._playwright = sync_playwright().start()
        names = ", ".join(f"EXCLUDE {host}" for host in ("127.0.0.1", "localhost"))
        rules = ", ".join(f"MAP {host} 127.0.0.1" for host in FOREIGN)
        self._context: BrowserContext = self._playwright.chromium.launch_persistent_context(
            profile,
            executable_path=executable,
            headless=True,
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
                f"--host-resolver-rules={rules}, MAP * ~NOTFOUND, {names}",
            ],
            **options,
        )
        # An extension page in a tab behind: the tests' way to chrome.*, whether the background runs or not.
        self._door = self._context.pages[0] if self._context.pages else self._context.new_page()
        self._stopped = False
        if not self._context.service_workers:
            self._context.wait_for_event("serviceworker", timeout=15000)
        self.origin = self._worker().url.rsplit("/", 1)[0]
        self._door.goto(f"{self.origin}/options/options.html")
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
    def beside(self, path: str) -> Iterator[Callable[..., Any]]:
        page = self._context.new_page()
        page.goto(f"{self.origin}/{path}")
        yield lambda function, *args: page.evaluate(f"(args) => ({function})(...args)", list(args))
        page.close()
        self.tab.bring_to_front()

    def goto(self, url: str) -> None:
        self.tab.goto(url, wait_until="domcontentloaded")

    def fresh_tab(self) -> None:
        """Leaves a page that hangs."""
        hung, self.tab = self.tab, self._context.new_page()
        hung.close()

    def click_button(self) -> None:
        # CDP stands in for the pointer on the toolbar, which a headless browser does not have; it grants activeTab too.
        [tab] = [target for target in self._targets() if target["type"] == "tab" and target["url"] == self.tab.url]
        action = {"id": self.origin.split("//")[1], "targetId": tab["targetId"]}
        assert self._context.browser is not None
        session = self._context.browser.new_browser_cdp_session()
        session.send("Extensions.triggerAction", action)
        session.detach()

    def hover(self, x: float, y: float) -> None:
        self.tab.mouse.move(x, y)

    def click(self, x: float, y: float) -> None:
        self.tab.mouse.click(x, y)

    def press(self, key: str) -> None:
        self.tab.keyboard.press(key)

    def screenshot(self, path: Path) -> None:
        self.tab.screenshot(path=path)

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
        self._playwright.stop()


KEYS = {"Escape": "\ue00c", "Tab": "\ue004", "Enter": "\ue007", "ArrowDown": "\ue015"}
PREFS = {
    "browser.shell.checkDefaultBrowser": False,
    "browser.startup.page": 0,
    "browser.aboutwelcome.enabled": False,
    "app.update.enabled": False,
    "datareporting.policy.dataSubmissionEnabled": False,
    "toolkit.telemetry.reportingpolicy.firstRun": False,
    "extensions.getAddons.cache.enabled": False,
    "network.captive-portal-service.enabled": False,
    "network.connectivity-service.enabled": False,
    # Everything but test pages goes to a proxy that is not there: real pages ask for much, and nothing may get out.
    "network.proxy.type": 1,
    "network.proxy.http": "127.0.0.1",
    "network.proxy.http_port": 9,
    "network.proxy.ssl": "127.0.0.1",
    "network.proxy.ssl_port": 9,
    "network.proxy.no_proxies_on": "127.0.0.1, localhost, .test",
    "network.dns.localDomains": ",".join(FOREIGN),
    "extensions.background.idle.timeout": 600_000,
}


class FirefoxReader(Reader):
    name = "firefox"

    def __init__(
        self, executable: str, profile: Path, extension: Path = EXTENSION, prefs: dict[str, Any] | None = None
    ):
        self.browser = Firefox(executable, profile, {**PREFS, **(prefs or {})})
        data = {"type": "path", "path": str(extension)}
        self.id = self.browser.send("webExtension.install", extensionData=data)["extension"]
        host = self._chrome("(id) => WebExtensionPolicy.getByID(id).mozExtensionHostname", self.id)
        self.origin = f"moz-extension://{host}"
        # An extension page in a tab behind: the tests' way to chrome.*, for the background has no tab to speak to.
        self._door = self.browser.send("browsingContext.create", type="tab", background=True)["context"]
        self._navigate(self._door, f"{self.origin}/options/options.html")
        self.tab = self.browser.send("browsingContext.create", type="tab")["context"]

    def _navigate(self, context: str, url: str) -> None:
        self.browser.send("browsingContext.navigate", context=context, url=url, wait="interactive")

    def _chrome(self, function: str, *args: Any) -> Any:
        return self.browser.call(self.browser.chrome_context(), function, *args)

    def page(self, function: str, *args: Any) -> Any:
        return self.browser.call(self.tab, function, *args)

    def background(self, function: str, *args: Any) -> Any:
        return self.browser.call(self._door, function, *args)

    def run(self, expression: str) -> Any:
        # getBackgroundPage wakes a stopped event page.
        names = f"const tab = {ACTIVE}, {{provenance}} = await chrome.runtime.getBackgroundPage();"
        return self.background(f"async () => {{ {names} return await ({expression}); }}")

    @contextlib.contextmanager
    def beside(self, path: str) -> Iterator[Callable[..., Any]]:
        page = self.browser.send("browsingContext.create", type="tab")["context"]
        self._navigate(page, f"{self.origin}/{path}")
        yield lambda function, *args: self.browser.call(page, function, *args)
        self.browser.send("browsingContext.close", context=page)
        self.browser.send("browsingContext.activate", context=self.tab)

    def goto(self, url: str) -> None:
        self._navigate(self.tab, url)

    def click_button(self) -> None:
        self._chrome(
            """async (id) => {
                const {ExtensionParent} = ChromeUtils.importESModule("resource://gre/modules/ExtensionParent.sys.mjs");
                const {extension} = WebExtensionPolicy.getByID(id);
                const window = Services.wm.getMostRecentWindow("navigator:browser");
                ExtensionParent.apiManager.global.browserActionFor(extension).triggerAction(window);
            }""",
            self.id,
        )

    def _pointer(self, *actions: dict[str, Any]) -> None:
        source = {"type": "pointer", "id": "mouse", "actions": list(actions)}
        self.browser.send("input.performActions", context=self.tab, actions=[source])

    def hover(self, x: float, y: float) -> None:
        self._pointer({"type": "pointerMove", "x": round(x), "y": round(y)})

    def click(self, x: float, y: float) -> None:
        down, up = ({"type": kind, "button": 0} for kind in ("pointerDown", "pointerUp"))
        self._pointer({"type": "pointerMove", "x": round(x), "y": round(y)}, down, up)

    def press(self, key: str) -> None:
        value = KEYS.get(key, key)
        actions = [{"type": kind, "value": value} for kind in ("keyDown", "keyUp")]
        source = {"type": "key", "id": "keyboard", "actions": actions}
        self.browser.send("input.performActions", context=self.tab, actions=[source])

    def screenshot(self, path: Path) -> None:
        data = self.browser.send("browsingContext.captureScreenshot", context=self.tab)["data"]
        path.write_bytes(base64.b64decode(data))

    def stop_background(self) -> None:
        self._chrome("async (id) => { await WebExtensionPolicy.getByID(id).extension.terminateBackground(); }", self.id)

    def close(self) -> None:
        with contextlib.suppress(BidiError):
            self.browser.close()
