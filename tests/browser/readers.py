"""A reader's browser with the extension in it: one set of methods for Chromium (chromium.py) and Firefox (firefox.py).

All work on one tab, the active one. JavaScript is given as the source of a function and returns plain JSON.
"""

from __future__ import annotations

import contextlib
import json
import time
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

from desktop import Desktop

EXTENSION = Path(__file__).resolve().parents[2] / "extension"
FOREIGN = [f"paper{i}.test" for i in range(10)] + ["news.test"]  # host names for which there is no host permission
ACTIVE = "(await chrome.tabs.query({active: true}))[0].id"


class Beside:
    """A page of the extension in a tab of its own: call it with a JavaScript function; press keys in it."""

    def __init__(self, call: Callable[..., Any], press: Callable[[str], None]) -> None:
        self._call, self.press = call, press

    def __call__(self, function: str, *args: Any) -> Any:
        return self._call(function, *args)


class Reader:
    """What both browsers can do; each gives `page`, `background` and the input."""

    name: str
    desktop: Desktop  # only where the browser has windows on one

    def page(self, function: str, *args: Any) -> Any:
        """Runs in the page's own world, as a script of the page would."""
        raise NotImplementedError

    def background(self, function: str, *args: Any) -> Any:
        """Runs where the extension's interfaces are."""
        raise NotImplementedError

    def in_tab(self, tab: int | str, function: str, world: str = "ISOLATED") -> Any:
        """Runs in a tab by its number; in the world MAIN as a script of the page would."""
        details = f"target: {{tabId: {tab}}}, world: {world!r}, func: {function}"
        return self.background(f"async () => (await chrome.scripting.executeScript({{{details}}}))[0].result")

    def content(self, function: str) -> Any:
        """Runs beside the extension's content scripts, where the inside of the closed shadow root can be seen."""
        return self.in_tab(ACTIVE, function)

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

    def goto_and_focus(self, url: str) -> None:
        """Opens a page on the desktop and waits until it hears the desktop's keys."""
        self.goto(url)
        self.page("() => { addEventListener('keydown', ({key}) => { window.heard = key; }, {once: true}); }")
        self.until(lambda: self.desktop.press("ctrl") or self.page("() => window.heard") == "Control")

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
    def beside(self, path: str) -> Iterator[Beside]:
        """Opens a page of the extension in a tab of its own."""
        raise NotImplementedError
        yield

    # Each browser's own way:
    def goto(self, url: str) -> None: ...
    def show(self) -> None: ...
    def click_button(self, url: str = "") -> None: ...
    def hover(self, x: float, y: float) -> None: ...
    def click(self, x: float, y: float) -> None: ...
    def tap(self, x: float, y: float) -> None: ...
    def press(self, key: str) -> None: ...
    def screenshot(self, path: Path) -> None: ...
    def allow_private(self) -> None:
        """Ticks the browser's box by which the extension may run in private windows."""

    def stop_background(self) -> None: ...
    def close(self) -> None: ...
