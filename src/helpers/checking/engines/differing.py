"""The rules that an engine is not asked, each with its reason (``engines.reason.<reason>``); all
others count the same there as in DuckDB (``tests/engines/test_examples_there.py``).

A reason is found by translating, never by this table: it is what the tests hold the translation to.
"""

from __future__ import annotations

from collections.abc import Mapping

RULES: Mapping[str, Mapping[str, str]] = {
    "spark": {},
    "postgresql": {
        # an outline is a list of positions, each a list of numbers: PostgreSQL's arrays are flat
        "polygon_closed": "lists",
        "points_in_polygon": "lists",
        "area_as_polygon": "lists",
    },
}
