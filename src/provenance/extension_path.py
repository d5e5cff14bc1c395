"""`provenance extension`: where the unpacked browser extension lies, and how to load it."""

from __future__ import annotations

import sys
from argparse import ArgumentParser, Namespace
from pathlib import Path
from shlex import quote

PACKAGE = Path(__file__).resolve().parent


def extension_path() -> Path:
    """The folder with the extension's `manifest.json`.

    A wheel carries it inside the package; in a checkout it is the top-level folder `extension/`.
    Raises FileNotFoundError where neither is there.
    """
    for folder in (PACKAGE / "extension", PACKAGE.parents[1] / "extension"):
        if (folder / "manifest.json").is_file():
            return folder
    raise FileNotFoundError(
        "This installation has no extension in it. Install the wheel, or run from a checkout of the project."
    )


def add_arguments(parser: ArgumentParser) -> None:
    """The command takes none."""


def run(args: Namespace) -> int:
    """Prints the folder on a line of its own, then one line for each browser family."""
    try:
        folder = extension_path()
    except FileNotFoundError as error:
        print(f"provenance: {error}", file=sys.stderr)
        return 1
    print(folder)
    print(f"Chromium: chromium --user-data-dir=/tmp/provenance-profile --load-extension={quote(str(folder))}")
    print(f"Firefox:  about:debugging#/runtime/this-firefox → “Load Temporary Add-on…” → {folder / 'manifest.json'}")
    return 0
