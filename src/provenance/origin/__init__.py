"""Which statements of different articles pass on the same claim, and where they all come from.

statement.py ─▶ features.py (terms, names, numbers.py, polarity) ─▶ candidates.py (MinHash and LSH)
─▶ score.py (do two statements say the same?) ─▶ groups.py ─▶ chains.py (join the ways, find the origins)
─▶ answer.py (text, JSON) and picture.py (SVG).

It works on plain rows and knows nothing of how they were made.
"""
