"""`provenance serve`: its arguments, and how it runs."""

from __future__ import annotations

import argparse
import sys
from pathlib import Path
from typing import Any

from provenance_server import serving, settings

EXIT_USAGE, EXIT_PORT_IN_USE = 2, 6


def add_arguments(parser: argparse.ArgumentParser) -> None:
    """One option for each setting (`settings.Settings`), and the configuration file."""
    parser.add_argument("--config", type=Path, metavar="FILE", help="a TOML file with settings by their names")
    for name, field in settings.Settings.model_fields.items():
        many = name.startswith("allowed_")
        default = "" if field.default in (None, []) else f" (default: {field.default})"
        parser.add_argument(
            "--" + name.replace("_", "-"),
            dest=name,
            default=None,
            metavar=name.split("_")[-1].upper(),
            action="append" if many else "store",
            help=(field.description or "").replace("`", "").replace("%", "%%") + default,
        )


def run(args: argparse.Namespace) -> int:
    """Serves until SIGTERM or Ctrl-C. Exit codes: 0 done, 2 wrong settings, 6 port in use."""
    given: dict[str, Any] = {name: getattr(args, name, None) for name in settings.Settings.model_fields}
    try:
        chosen = settings.load(given, file=getattr(args, "config", None))
    except settings.SettingsError as error:
        print(f"provenance serve: {error}", file=sys.stderr)
        return EXIT_USAGE
    try:
        serving.serve(chosen)
    except settings.SettingsError as error:
        print(f"provenance serve: {error}", file=sys.stderr)
        return EXIT_USAGE
    except serving.PortInUse as error:
        print(f"provenance serve: {error}", file=sys.stderr)
        return EXIT_PORT_IN_USE
    return 0
