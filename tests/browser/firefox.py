"""A reader's Firefox, driven by WebDriver BiDi."""

from __future__ import annotations

import base64
import contextlib
from collections.abc import Iterator
from pathlib import Path
from typing import Any

from bidi import BidiError, Firefox
from readers import ACTIVE, EXTENSION, FOREIGN, Beside, Reader

KEYS = {"Escape": "\ue00c", "Tab": "\ue004", "Enter": "\ue007", "ArrowDown": "\ue015", "ArrowRight": "\ue014",
        "Home": "\ue011", "Shift": "\ue008", "Backspace": "\ue003"}  # fmt: skip
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

STILL = {"ui.prefersReducedMotion": 1}  # a screen that is drawn by a busy processor has no time for moving tabs


class FirefoxReader(Reader):
    name = "firefox"

    def __init__(
        self,
        executable: str,
        profile: Path,
        extension: Path = EXTENSION,
        display: str = "",
        prefs: dict[str, Any] | None = None,
    ) -> None:
        """Headless without a display; with one, keys reach the browser itself."""
        self.browser = Firefox(executable, profile, {**PREFS, **(prefs or {}), **(STILL if display else {})}, display)
        data = {"type": "path", "path": str(extension)}
        self.id = self.browser.send("webExtension.install", extensionData=data)["extension"]
        self._open_door()
        self.tab = self.browser.send("browsingContext.create", type="tab")["context"]

    def _open_door(self) -> None:
        """An extension page in a tab behind: the tests' way to chrome.*, for the background has no tab to speak to."""
        host = self.chrome("(id) => WebExtensionPolicy.getByID(id).mozExtensionHostname", self.id)
        self.origin = f"moz-extension://{host}"
        self._door = self.browser.send("browsingContext.create", type="tab", background=True)["context"]
        self._navigate(self._door, f"{self.origin}/options/options.html")

    def _navigate(self, context: str, url: str) -> None:
        self.browser.send("browsingContext.navigate", context=context, url=url, wait="interactive")

    def chrome(self, function: str, *args: Any) -> Any:
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
    def beside(self, path: str) -> Iterator[Beside]:
        page = self.browser.send("browsingContext.create", type="tab")["context"]
        self._navigate(page, f"{self.origin}/{path}")
        yield Beside(
            lambda function, *args: self.browser.call(page, function, *args), lambda key: self._press(page, key)
        )
        self.browser.send("browsingContext.close", context=page)
        self.show()

    def show(self) -> None:
        self.browser.send("browsingContext.activate", context=self.tab)

    def goto(self, url: str) -> None:
        self._navigate(self.tab, url)

    def click_button(self, url: str = "") -> None:
        self.chrome(
            """async (id) => {
                const {ExtensionParent} = ChromeUtils.importESModule("resource://gre/modules/ExtensionParent.sys.mjs");
                const {extension} = WebExtensionPolicy.getByID(id);
                const window = Services.wm.getMostRecentWindow("navigator:browser");
                ExtensionParent.apiManager.global.browserActionFor(extension).triggerAction(window);
            }""",
            self.id,
        )

    def _pointer(self, *actions: dict[str, Any], kind: str = "mouse") -> None:
        source = {"type": "pointer", "id": kind, "parameters": {"pointerType": kind}, "actions": list(actions)}
        self.browser.send("input.performActions", context=self.tab, actions=[source])

    def hover(self, x: float, y: float) -> None:
        self._pointer({"type": "pointerMove", "x": round(x), "y": round(y)})

    def click(self, x: float, y: float) -> None:
        down, up = ({"type": kind, "button": 0} for kind in ("pointerDown", "pointerUp"))
        self._pointer({"type": "pointerMove", "x": round(x), "y": round(y)}, down, up)

    def tap(self, x: float, y: float) -> None:
        down, up = ({"type": kind, "button": 0} for kind in ("pointerDown", "pointerUp"))
        self._pointer({"type": "pointerMove", "x": round(x), "y": round(y)}, down, up, kind="touch")

    def _press(self, context: str, key: str) -> None:
        values = [KEYS.get(part, part) for part in key.split("+")]
        down = [{"type": "keyDown", "value": value} for value in values]
        up = [{"type": "keyUp", "value": value} for value in reversed(values)]
        source = {"type": "key", "id": "keyboard", "actions": down + up}
        self.browser.send("input.performActions", context=context, actions=[source])

    def press(self, key: str) -> None:
        self._press(self.tab, key)

    def screenshot(self, path: Path) -> None:
        data = self.browser.send("browsingContext.captureScreenshot", context=self.tab)["data"]
        path.write_bytes(base64.b64decode(data))

    def allow_private(self) -> None:
        self.chrome(
            """async (id) => {
                const modules = "resource://gre/modules/";
                const {ExtensionPermissions} = ChromeUtils.importESModule(`${modules}ExtensionPermissions.sys.mjs`);
                const {AddonManager} = ChromeUtils.importESModule(`${modules}AddonManager.sys.mjs`);
                const allowed = {permissions: ["internal:privateBrowsingAllowed"], origins: []};
                await ExtensionPermissions.add(id, allowed);
                await (await AddonManager.getAddonByID(id)).reload();
            }""",
            self.id,
        )
        self._open_door()

    def stop_background(self) -> None:
        self.chrome("async (id) => { await WebExtensionPolicy.getByID(id).extension.terminateBackground(); }", self.id)

    def close(self) -> None:
        with contextlib.suppress(BidiError):
            self.browser.close()
