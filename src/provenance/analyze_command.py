"""`provenance analyze`: a page or a text from a file or standard input, in one of the formats.

Exit codes: 0 done, 2 usage, 3 no article, 4 unreadable input, 5 language not supported.
"""

from __future__ import annotations

import argparse
import sys
from pathlib import Path

import provenance
from provenance.formats import FORMATS, text


def add_arguments(parser: argparse.ArgumentParser) -> None:
    parser.add_argument("file", metavar="FILE", help="the page's HTML, or - for standard input")
    parser.add_argument("--text", action="store_true", help="FILE is plain article text, not HTML")
    parser.add_argument("--url", help="the page's address")
    parser.add_argument("--publisher", help="the outlet's name; found on the page where absent")
    parser.add_argument("--format", choices=sorted(FORMATS), help="default: text on a terminal, else json")


def run(args: argparse.Namespace) -> int:
    form = args.format or ("text" if sys.stdout.isatty() else "json")
    try:
        data = sys.stdin.buffer.read() if args.file == "-" else Path(args.file).read_bytes()
        analysis = _analyze(data, args)
    except OSError as error:
        return _fail(4, f"{args.file}: {error.strerror or error}")
    except provenance.NoArticle as error:
        return _fail(3, str(error))
    except provenance.UnsupportedLanguage as error:
        return _fail(5, str(error))
    except provenance.UnreadableInput as error:
        return _fail(4, str(error))
    on_terminal = form == "text" and sys.stdout.isatty()
    written = text.write(analysis) if on_terminal else FORMATS[form](analysis)
    try:
        sys.stdout.write(written if written.endswith("\n") else written + "\n")
        sys.stdout.flush()
    except BrokenPipeError:  # the reader, `head` say, has seen enough
        sys.stderr.close()
    return 0


def _analyze(data: bytes, args: argparse.Namespace) -> provenance.Analysis:
    if not args.text:
        return provenance.analyze(data, url=args.url, publisher=args.publisher)
    try:
        plain = data.decode("utf-8-sig")
    except UnicodeDecodeError as error:
        raise provenance.UnreadableInput(f"The text is not UTF-8: {error}.") from error
    return provenance.analyze_text(plain, url=args.url, publisher=args.publisher)


def _fail(code: int, message: str) -> int:
    print(f"provenance: {message}", file=sys.stderr)
    return code
