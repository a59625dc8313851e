"""An outline in a cell, as well-known text or GeoJSON in degrees, taken apart in SQL: the positions
of its first ring and of all its rings.

Sources: OGC Simple Features 6.1 (well-known text), RFC 7946 (GeoJSON: longitude first, the first
position of a ring again at its end).
"""

from __future__ import annotations

NUMBER = r"-?[0-9]+(?:\.[0-9]+)?(?:[eE][+-]?[0-9]+)?"
TEXT = r"(?i)^\s*(?:SRID\s*=\s*[0-9]+\s*;)?\s*(?:MULTI)?POLYGON\s*Z?\s*\("
BARE = r"""(?s)"coordinates"\s*:\s*([\[\]0-9eE+.,\s-]+)"""
POSITION = rf"\(\s*({NUMBER})\s*,\s*({NUMBER})\s*(?:,\s*{NUMBER}\s*)?\)"
METRES = 111_195.0  # of a degree of latitude, on a sphere of 6,371 km


def _body(cell: str) -> str:
    """SQL: what stands in the outer brackets, as well-known text has it; empty for what is no
    outline."""
    in_text = rf"regexp_extract({cell}, '(?s)(\(.*)', 1)"
    in_json = (
        f"regexp_replace(translate(regexp_extract({cell}, '{BARE}', 1), '[]', '()'),"
        rf" '{POSITION}', '\1 \2', 'g')"
    )
    return f"case when regexp_matches({cell}, '{TEXT}') then {in_text} else {in_json} end"


def _positions(text: str) -> str:
    """SQL: a list of lists, longitude and latitude, of positions with commas between them."""
    numbers = f"regexp_extract_all(one, '{NUMBER}')[1:2]"
    return (
        f"list_transform(string_split({text}, ','),"
        f" lambda one: list_transform({numbers}, lambda part: try_cast(part as double)))"
    )


def ring(cell: str) -> str:
    """SQL: the positions of the first ring."""
    return _positions(rf"regexp_extract({_body(cell)}, '\(([^()]+)\)', 1)")


def every(cell: str) -> str:
    """SQL: the positions of all rings and parts."""
    return _positions(f"regexp_replace({_body(cell)}, '[()]', '', 'g')")


def rings(cell: str) -> str:
    """SQL: how many rings there are, holes and further parts counted; 0 for what is no outline."""
    return rf"len(regexp_extract_all({_body(cell)}, '\([^()]+\)'))"
