"""The house is in order: its parts depend on each other one way only, and its documents say what is true."""

from __future__ import annotations

import ast
import re
import subprocess
import sys
from graphlib import TopologicalSorter
from pathlib import Path

import pytest
from packaging.requirements import Requirement
from packaging.utils import canonicalize_name

import provenance
from provenance.lexicon import tomllib

ROOT = Path(__file__).resolve().parents[1]
PACKAGES = {"provenance": ROOT / "src", "provenance_server": ROOT / "server"}
WEB = {"flask", "werkzeug", "waitress", "http", "socketserver", "provenance_server"}
LANGUAGE = {"spacy", "trafilatura", "thinc", "numpy", "lxml", "bs4"}
LOCKS = sorted(path.name for path in (ROOT / "requirements").glob("*.txt"))

# Modules ------------------------------------------------------------------------------------------------------------


def modules() -> dict[str, Path]:
    """Every module of ours by its dotted name."""
    found = {}
    for package, top in PACKAGES.items():
        for path in (top / package).rglob("*.py"):
            found[".".join(path.relative_to(top).with_suffix("").parts).removesuffix(".__init__")] = path
    return found


def imports_when_loaded(node: ast.AST) -> list[str]:
    """The names that a module imports as it is loaded: not those inside functions or for type checkers only."""
    if isinstance(node, ast.Import):
        return [alias.name for alias in node.names]
    if isinstance(node, ast.ImportFrom):
        assert node.level == 0, "imports are written out in full"
        return [f"{node.module}.{alias.name}" for alias in node.names]
    if isinstance(node, ast.FunctionDef | ast.AsyncFunctionDef):
        return []
    if isinstance(node, ast.If) and "TYPE_CHECKING" in ast.unparse(node.test):
        return []
    return [name for child in ast.iter_child_nodes(node) for name in imports_when_loaded(child)]


def imported(path: Path) -> list[str]:
    return imports_when_loaded(ast.parse(path.read_text("utf-8")))


def test_no_imports_in_circles() -> None:
    ours = modules()

    def target(name: str) -> str | None:
        return next((known for known in (name, name.rpartition(".")[0]) if known in ours), None)

    graph = {name: {target(other) for other in imported(path)} - {None, name} for name, path in ours.items()}
    assert any(graph.values())
    TopologicalSorter(graph).prepare()  # CycleError names the modules of a circle


@pytest.mark.parametrize("name", sorted(name for name in modules() if name.split(".")[0] == "provenance"))
def test_the_engine_knows_nothing_of_http(name: str) -> None:
    assert not {other.split(".")[0] for other in imported(modules()[name])} & WEB


@pytest.mark.parametrize("name", sorted(name for name in modules() if name.split(".")[0] == "provenance_server"))
def test_the_server_knows_nothing_of_language(name: str) -> None:
    assert not {other.split(".")[0] for other in imported(modules()[name])} & LANGUAGE


# Installation -------------------------------------------------------------------------------------------------------


def project() -> dict:
    return tomllib.loads((ROOT / "pyproject.toml").read_text("utf-8"))


def locked(name: str) -> dict[str, list[str]]:
    """Distribution → the versions that a lock has for it (several, where they differ by Python)."""
    found: dict[str, list[str]] = {}
    for line in re.findall(r"^[a-z0-9].*", (ROOT / "requirements" / name).read_text("utf-8"), re.MULTILINE):
        requirement = Requirement(line.rstrip(" \\"))
        found.setdefault(canonicalize_name(requirement.name), []).extend(s.version for s in requirement.specifier)
    return found


@pytest.mark.parametrize("lock", LOCKS)
def test_a_lock_has_what_the_project_asks_for(lock: str) -> None:
    asked = project()["project"]["dependencies"] + project()["dependency-groups"]["build"]
    if lock == "test.txt":
        extras = project()["project"]["optional-dependencies"]
        asked += [
            line for extra, lines in extras.items() if extra != "ray" for line in lines
        ]  # Ray: no test in the suite
    versions = locked(lock)
    for line in asked:
        requirement = Requirement(line)
        found = versions.get(canonicalize_name(requirement.name), [])
        assert found, f"{requirement.name} is not in {lock}: sh scripts/lock"
        assert all(requirement.specifier.contains(version) for version in found), f"{line}: locked is {found}"


@pytest.mark.parametrize("lock", LOCKS)
def test_a_lock_pins_hashes_and_names_no_place(lock: str) -> None:
    text = (ROOT / "requirements" / lock).read_text("utf-8")
    assert not re.search(r"https?:|file:|--(extra-)?index-url|--find-links|/\w+/", text)
    for entry in re.split(r"\n(?=[a-z0-9])", text)[1:]:
        assert "==" in entry.splitlines()[0], entry
        assert "--hash=sha256:" in entry, entry


def test_every_dependency_has_a_lower_bound() -> None:
    everything = [*project()["project"]["dependencies"]]
    everything += [line for extra in project()["project"]["optional-dependencies"].values() for line in extra]
    for line in everything:
        assert any(specifier.operator in {">=", "=="} for specifier in Requirement(line).specifier), line


# Documents ----------------------------------------------------------------------------------------------------------

DOCUMENTS = sorted([*ROOT.glob("*.md"), *(ROOT / "docs").rglob("*.md")])


@pytest.mark.parametrize("document", DOCUMENTS, ids=lambda path: path.relative_to(ROOT).as_posix())
def test_links_lead_somewhere(document: Path) -> None:
    for link in re.findall(r"\]\(([^)#\s]+)", document.read_text("utf-8")):
        if "://" not in link:
            assert (document.parent / link).exists(), link


@pytest.mark.parametrize("document", ["README.md", "CONTRIBUTING.md", "docs/architecture.md"])
def test_paths_that_a_document_names_exist(document: str) -> None:
    text = (ROOT / document).read_text("utf-8")
    for path in re.findall(
        r"`((?:src|server|extension|tests|scripts|benchmarks|training|docs|requirements)/[\w./-]*)`", text
    ):
        assert (ROOT / path).exists(), path


def test_the_python_of_the_readme_runs(tmp_path: Path) -> None:
    (code,) = re.findall(r"```python\n(.*?)```", (ROOT / "README.md").read_text("utf-8"), re.DOTALL)
    done = subprocess.run(
        [sys.executable, "-c", code], cwd=ROOT, capture_output=True, text=True, timeout=120, check=False
    )
    assert done.returncode == 0, done.stderr
    assert done.stdout.strip()


def test_the_licence_is_whole() -> None:
    text = (ROOT / "LICENSE").read_text("utf-8")
    assert "Apache License\n" in text
    assert "9. Accepting Warranty or Additional Liability" in text
    assert "END OF TERMS AND CONDITIONS" in text


def test_one_version_everywhere() -> None:
    version = project()["project"]["version"]
    assert provenance.__version__ == version
    assert f"\n## {version}" in (ROOT / "CHANGELOG.md").read_text("utf-8")
    manifest = (ROOT / "extension" / "manifest.json").read_text("utf-8")
    assert f'"version": "{version}"' in manifest
