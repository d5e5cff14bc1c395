"""A WebDriver BiDi client for Firefox, as small as these tests need: https://w3c.github.io/webdriver-bidi/."""

from __future__ import annotations

import contextlib
import itertools
import json
import os
import re
import subprocess
import time
from pathlib import Path
from typing import Any

from websockets.sync.client import ClientConnection, connect

READY = re.compile(r"WebDriver BiDi listening on (ws://\S+)")


class BidiError(Exception):
    """The browser answered a command with an error."""


class Firefox:
    """A Firefox with a profile of its own, headless without a display; it answers one command after the other."""

    def __init__(self, executable: str, profile: Path, prefs: dict[str, Any], display: str = "") -> None:
        lines = (f"user_pref({json.dumps(name)}, {json.dumps(value)});" for name, value in prefs.items())
        (profile / "user.js").write_text("\n".join(lines), "utf-8")
        self._open = contextlib.ExitStack()
        self._log = (profile / "stderr.txt").open("w+", encoding="utf-8")
        flags = [
            *([] if display else ["--headless"]),
            "--no-remote",
            "--remote-debugging-port",
            "0",
            "--remote-allow-system-access",
        ]
        self._process = subprocess.Popen(
            [executable, *flags, "--profile", str(profile)],
            stdout=subprocess.DEVNULL,
            stderr=self._log,
            env={**os.environ, **({"DISPLAY": display, "GDK_BACKEND": "x11"} if display else {})},
        )
        self._ids = itertools.count(1)
        try:
            self._socket = self._connect(profile / "stderr.txt")
            self.send("session.new", capabilities={"alwaysMatch": {"acceptInsecureCerts": True}})
        except BaseException:
            self._process.kill()
            raise

    def _connect(self, log: Path) -> ClientConnection:
        for _ in range(1800):
            found = READY.search(log.read_text("utf-8", errors="replace"))
            if found:
                return self._open.enter_context(connect(found[1] + "/session", max_size=None, proxy=None))
            if self._process.poll() is not None:
                break
            time.sleep(0.1)
        raise BidiError(f"Firefox did not start: {log.read_text('utf-8', errors='replace')[-500:]}")

    def send(self, method: str, **params: Any) -> Any:
        """One command and its result. Raises BidiError with what the browser says, TimeoutError after 180 s."""
        number = next(self._ids)
        self._socket.send(json.dumps({"id": number, "method": method, "params": params}))
        while True:
            answer = json.loads(self._socket.recv(timeout=180))
            if answer.get("id") != number:
                continue  # an event
            if answer["type"] == "error":
                raise BidiError(f"{method}: {answer['error']}: {answer['message']}")
            return answer["result"]

    def call(self, context: str, function: str, *args: Any) -> Any:
        """Calls a JavaScript function in a browsing context; arguments and result are plain JSON."""
        wrapped = f"async () => JSON.stringify(await ({function})(...{json.dumps(args)}) ?? null)"
        result = self.send(
            "script.callFunction", functionDeclaration=wrapped, target={"context": context}, awaitPromise=True,
            userActivation=True,
        )  # fmt: skip
        if result["type"] == "exception":
            raise BidiError(result["exceptionDetails"]["text"])
        return json.loads(result["result"]["value"])

    def chrome_context(self) -> str:
        """The first window of the browser itself, where its own modules can be imported."""
        tree = self.send("browsingContext.getTree", **{"moz:scope": "chrome"})
        context: str = tree["contexts"][0]["context"]
        return context

    def close(self) -> None:
        try:
            self.send("browser.close")
            self._open.close()
            self._process.wait(60)
        except Exception:
            self._process.kill()
            self._process.wait(60)
        self._log.close()
