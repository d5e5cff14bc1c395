"""Who says so, how they know, and whether anyone checked: the sources of a news article."""

from provenance.analysis import Analysis
from provenance.analyze import analyze, analyze_text
from provenance.errors import Error, NoArticle, UnreadableInput, UnsupportedLanguage

__all__ = ["Analysis", "Error", "NoArticle", "UnreadableInput", "UnsupportedLanguage", "analyze", "analyze_text"]
__version__ = "0.1.0"
