"""The wheel, installed by itself: outside the checkout, in an environment that has nothing else of ours."""

from __future__ import annotations

import json
import os
import subprocess
import sys
import venv
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parents[1]


def run(*command: str | Path, cwd: Path) -> str:
    environment = {name: value for name, value in os.environ.items() if not name.startswith("PYTHON")}
    done = subprocess.run(
        [str(part) for part in command],
        cwd=cwd,
        env=environment,
        capture_output=True,
        text=True,
        timeout=300,
        check=False,
    )
    assert done.returncode == 0, done.stderr
    return done.stdout


@pytest.fixture(scope="module")
def commands(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The commands of a new environment with the wheel and what `requirements/run.txt` locks for it."""
    folder = tmp_path_factory.mktemp("wheel")
    pip = ["-m", "pip", "--disable-pip-version-check", "-q"]
    run(sys.executable, *pip, "wheel", "--no-deps", "--no-build-isolation", "-w", folder, ROOT, cwd=folder)
    (wheel,) = folder.glob("provenance-*.whl")
    venv.create(folder / "venv", with_pip=True)
    python = folder / "venv" / "bin" / "python"
    run(python, *pip, "install", "--require-hashes", "-r", ROOT / "requirements" / "run.txt", cwd=folder)
    run(python, *pip, "install", "--no-deps", wheel, cwd=folder)
    return python.parent


def test_it_analyses(commands: Path, tmp_path: Path) -> None:
    where = run(commands / "python", "-c", "import provenance; print(provenance.__file__)", cwd=tmp_path)
    assert Path(where).is_relative_to(commands.parent)
    page = Path(where).parent / "sample" / "article.html"
    answer = json.loads(run(commands / "provenance", "analyze", page, "--format", "json", cwd=tmp_path))
    assert answer["summary"]["anonymous-source"] > 0


def test_it_has_the_extension(commands: Path, tmp_path: Path) -> None:
    folder, chromium, firefox = run(commands / "provenance", "extension", cwd=tmp_path).splitlines()
    assert Path(folder).is_relative_to(commands.parent)
    manifest = json.loads((Path(folder) / "manifest.json").read_text("utf-8"))
    assert manifest["manifest_version"] == 3
    assert f"--load-extension={folder}" in chromium
    assert f"{folder}/manifest.json" in firefox


def test_it_carries_every_file(commands: Path, tmp_path: Path) -> None:
    """What git tracks under the packages and the extension is what the wheel installs."""
    listed = run(
        "git", "-C", ROOT, "ls-files", "-z", "src/provenance", "server/provenance_server", "extension", cwd=ROOT
    )
    (site,) = commands.parent.glob("lib/python3*/site-packages")
    for name in filter(None, listed.split("\0")):
        if not (ROOT / name).exists() or Path(name).name == ".gitkeep":
            continue
        top, _, rest = name.partition("/")
        assert (site / (f"provenance/extension/{rest}" if top == "extension" else rest)).is_file(), name
