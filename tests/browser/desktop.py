"""A screen that nobody sees, with real keys and a real pointer: Xvfb and xdotool.

What tests send by CDP or BiDi goes to a page; the browser's own shortcuts, menus, panels and dialogues hear only what
comes from the window system. On this screen there is one browser, and no window manager: keys go where the pointer is.
"""

from __future__ import annotations

import os
import shutil
import subprocess

PROGRAMS = ("Xvfb", "xdotool")


def lacking() -> list[str]:
    """The programs that are needed and not there."""
    return [name for name in PROGRAMS if not shutil.which(name)]


class Desktop:
    """One screen; `name` is its DISPLAY."""

    def __init__(self) -> None:
        read, write = os.pipe()
        command = ["Xvfb", "-displayfd", str(write), "-screen", "0", "1300x1000x24", "-nolisten", "tcp"]
        self._process = subprocess.Popen(command, pass_fds=[write], stderr=subprocess.DEVNULL)
        os.close(write)
        with os.fdopen(read) as pipe:
            number = pipe.readline().strip()  # comes when the screen is there; nothing where it failed
        if not number:
            raise OSError(f"Xvfb ended with {self._process.wait(20)}")
        self.name = f":{number}"

    def _do(self, *words: str) -> str:
        environment = {**os.environ, "DISPLAY": self.name}
        return subprocess.run(["xdotool", *words], env=environment, check=True, capture_output=True, text=True).stdout

    def windows(self) -> int:
        """How many windows can be seen; each menu is one."""
        return len(self._do("search", "--onlyvisible", "--name", "").split())

    def press(self, *keys: str) -> None:
        """Keys and chords by their X names, one after the other: `Tab`, `alt+shift+j`."""
        self._do("key", "--delay", "50", *keys)

    def write(self, text: str) -> None:
        self._do("type", "--delay", "50", text)

    def click(self, x: float, y: float, button: int = 1) -> None:
        """Clicks at a point of the screen; button 3 is the right one."""
        self._do("mousemove", str(round(x)), str(round(y)), "click", str(button))

    def close(self) -> None:
        self._process.terminate()
        self._process.wait(20)
