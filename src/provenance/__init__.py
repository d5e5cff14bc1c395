"""Who says so, how they know, and whether anyone checked: the sources of a news article."""

from __future__ import annotations

from importlib import import_module
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from provenance.analysis import Analysis
    from provenance.engine import analyze, analyze_text

from provenance.errors import Error, NoArticle, UnreadableInput, UnsupportedLanguage

__all__ = ["Analysis", "Error", "NoArticle", "UnreadableInput", "UnsupportedLanguage", "analyze", "analyze_text"]
__version__ = "0.1.0"

_LAZY = {"Analysis": "provenance.analysis", "analyze": "provenance.engine", "analyze_text": "provenance.engine"}


def __getattr__(name: str) -> Any:
    """Loads the engine on first use: a server's parent process, or `--help`, never needs it."""
    if name in _LAZY:
        return getattr(import_module(_LAZY[name]), name)
    raise AttributeError(f"module {__name__!r} has no attribute {name!r}")
