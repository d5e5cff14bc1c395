"""The command line: `provenance analyze`, `provenance serve`, `provenance extension` …

Each command is a module with `add_arguments(parser)` and `run(args) -> int`, imported only when it is called, so that
`provenance --help` is quick and the server is needed only by who serves.
"""

from __future__ import annotations

import argparse
import sys
from collections.abc import Sequence
from importlib import import_module

# command: (module, one line of help)
COMMANDS = {
    "analyze": ("provenance.analyze_command", "analyse a page or a text and print what was found"),
    "serve": ("provenance_server.command", "answer requests over HTTP on this machine"),
    "corpus": ("provenance.archive.command", "analyse an archive of pages into Parquet tables"),
    "report": ("provenance.archive.report_command", "draw a report of a corpus, and its tables as CSV"),
    "origin": ("provenance.origin.command", "find the one source behind many stories"),
    "extension": ("provenance.extension_path", "say where the browser extension lies and how to load it"),
}


def main(argv: Sequence[str] | None = None) -> int:
    """Runs one command; returns its exit code (2: wrong usage)."""
    argv = list(sys.argv[1:] if argv is None else argv)
    parser = argparse.ArgumentParser(prog="provenance", description="Where each statement of a news story comes from.")
    commands = parser.add_subparsers(dest="command", required=True, metavar="COMMAND")
    for name, (module, help_text) in COMMANDS.items():
        command = commands.add_parser(name, help=help_text, description=help_text[0].upper() + help_text[1:] + ".")
        if name in argv[:1]:
            loaded = import_module(module)
            loaded.add_arguments(command)
            command.set_defaults(run=loaded.run)
    args = parser.parse_args(argv)
    code: int = args.run(args)
    return code


if __name__ == "__main__":
    sys.exit(main())
