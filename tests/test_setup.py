"""The set-up script on machines that lack something: it installs what it may and says plainly what is missing.

Each test gives the script a PATH of its own. It runs without root's rights, so that it installs nothing here.
"""

from __future__ import annotations

import os
import shutil
import subprocess
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parents[1]
NOBODY = 65534
TOOLS = ["sh", "id", "grep", "dirname", "cat", "rm"]


class Machine:
    """A copy of what the script needs, and a folder for the only commands that it finds."""

    def __init__(self, folder: Path) -> None:
        self.checkout = folder / "checkout"
        self.commands = folder / "bin"
        self.commands.mkdir()
        for tool in TOOLS:
            self.link(tool, shutil.which(tool) or pytest.skip(f"no {tool} here"))
        shutil.copytree(ROOT / "scripts", self.checkout / "scripts")

    def link(self, name: str, to: str | Path) -> None:
        (self.commands / name).symlink_to(to)

    def command(self, name: str, script: str) -> None:
        path = self.commands / name
        path.write_text("#!/bin/sh\n" + script, "utf-8")
        path.chmod(0o755)

    def setup(self, *options: str, python: str | Path = "python3") -> subprocess.CompletedProcess[str]:
        for path in [self.checkout, *self.checkout.rglob("*"), self.checkout.parent, *self.checkout.parents[1:3]]:
            path.chmod(path.stat().st_mode | 0o055)
        who = {"user": NOBODY, "group": NOBODY, "extra_groups": []} if os.getuid() == 0 else {}
        return subprocess.run(
            ["/bin/sh", "scripts/setup", *options],
            cwd=self.checkout,
            env={"PATH": str(self.commands), "PYTHON": str(python)},
            capture_output=True,
            text=True,
            timeout=60,
            check=False,
            **who,
        )


@pytest.fixture
def machine(tmp_path: Path) -> Machine:
    return Machine(tmp_path)


def test_no_python(machine: Machine) -> None:
    done = machine.setup()
    assert done.returncode == 1
    assert "no Python from 3.10 on was found" in done.stderr
    assert "sudo apt-get install python3 python3-venv" in done.stderr


def test_a_python_that_is_too_old(machine: Machine) -> None:
    machine.command("python3", "exit 1\n")  # what the version check of an older Python comes to
    done = machine.setup()
    assert done.returncode == 1
    assert "no Python from 3.10 on was found" in done.stderr


def test_a_python_without_venv(machine: Machine) -> None:
    # Debian's python3 without python3-venv, as far as the script asks it: no ensurepip.
    machine.command("python3", 'case "$2" in *ensurepip*) exit 1 ;; *print*) echo 3.11 ;; esac\n')
    done = machine.setup()
    assert done.returncode == 1
    assert "python3 cannot make virtual environments. Run: sudo apt-get install python3.11-venv" in done.stderr


@pytest.mark.parametrize("script", sorted(path.name for path in (ROOT / "scripts").iterdir()))
def test_scripts_are_plain_sh_or_python(script: str) -> None:
    path = ROOT / "scripts" / script
    text = path.read_text("utf-8")
    if text.startswith("#!/usr/bin/env python3\n"):
        compile(text, script, "exec")
        return
    assert text.startswith("#!/bin/sh\n")
    assert subprocess.run(["/bin/sh", "-n", str(path)], check=False).returncode == 0
