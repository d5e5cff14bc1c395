"""What all tests share: the material beside a checkout, and how property tests run."""

from __future__ import annotations

import os
from pathlib import Path

import hypothesis
import pytest

ROOT = Path(__file__).resolve().parents[1]

# A test never fails on time: other programs share the machine.
hypothesis.settings.register_profile("project", deadline=None, print_blob=True)
hypothesis.settings.load_profile("project")


@pytest.fixture(scope="session")
def root() -> Path:
    """The top folder of the checkout."""
    return ROOT


@pytest.fixture(scope="session")
def shared() -> Path:
    """Labelled articles, real pages and corpora, which are not part of the project: `../shared`, or $PROVENANCE_SHARED.

    A test that asks for it is skipped where it is not there.
    """
    folder = Path(os.environ.get("PROVENANCE_SHARED") or ROOT.parent / "shared")
    if not folder.is_dir():
        pytest.skip(f"no labelled articles and pages at {folder}: set PROVENANCE_SHARED to where they lie")
    return folder


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """A test that reads the shared material is marked so: `pytest -m "not shared"` leaves it out."""
    for item in items:
        if "shared" in getattr(item, "fixturenames", ()):
            item.add_marker("shared")
