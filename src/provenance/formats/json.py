"""The answer of the contract, as JSON."""

from __future__ import annotations

import json

from provenance.analysis import Analysis


def write(analysis: Analysis) -> str:
    return json.dumps(analysis.to_dict(), ensure_ascii=False, indent=1)
