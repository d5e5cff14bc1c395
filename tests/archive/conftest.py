"""The command as a user runs it, over the light engine."""

from __future__ import annotations

import os
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path

import pytest

pytest.importorskip("pyarrow", reason="needs provenance[archive]")
pytest.importorskip("fastwarc", reason="needs provenance[archive]")

HERE = Path(__file__).parent


@pytest.fixture
def corpus() -> Callable[..., subprocess.Popen[bytes]]:
    """Starts `provenance corpus` over the light engine; the caller waits for it, or kills it."""
    env = {**os.environ, "PYTHONPATH": str(HERE)}

    def start(*arguments: object) -> subprocess.Popen[bytes]:
        command = [sys.executable, "-m", "provenance.cli", "corpus", "--quiet", "--engine", "light_engine:analyze"]
        return subprocess.Popen([*command, *map(str, arguments)], env=env, stderr=subprocess.PIPE)

    return start
