"""Notes end a table: lines of text in its first cell, each begun as notes begin, or a block of them
under an empty row.

'Källa: SCB', '* Preliminär uppgift', '.. = uppgift saknas', 'Senaste uppdatering: | 2026-03-01'.
A record of which only the name is known stays a record where no empty row parts it from the others,
or where empty rows part them all.
"""

from __future__ import annotations

import re

Row = tuple[int, list[str]]  # its number, and its cells, trimmed
MOST = 60  # rows at the end looked at; the statistical databases write some thirty lines
BEGINNING = re.compile(
    r"(?:käll|källa|not|noter|anm|anmärkning|obs|kommentar|uppdaterad|utskriven|senaste? uppdater|"
    r"(?:uppgifterna|siffrorna|statistiken|tabellen|data) (?:avser|gäller|omfattar|kommer från)|"
    r"source|note|last updated?)\b|[*¹²³⁴⁵]|(?:\.{2,3}|[-–])\s*[=:]|"
    r"(?:kontakt(?:person)?|upplysningar|uppgiftslämnare|ansvarig|framtagen av|utskriven av)\s*:",
    re.I,
)
# so sure that it needs no empty row above it, nor more columns than a name and a value
MARKED = re.compile(r"(?:källa|source)\s*:|[*¹²³⁴⁵]+\)?\s", re.I)
NUMBER = re.compile(r"[+−-]?[\d \u00a0\u202f\u2009.,]+(?: ?kr)?\Z")
SENTENCE = 15  # characters, more than most names of one word have


def at_the_end(rows: list[Row]) -> int:
    """How many of the filled ``rows``, the last of a table, are notes; two at least are none."""
    lone = len(rows)
    while lone > 2 and _alone(rows[lone - 1][1]):
        lone -= 1
    parted = next((i for i in range(lone, len(rows)) if _parted(rows, i)), len(rows))
    usual = sum(_parted(rows, i) for i in range(1, min(parted, len(rows) - 1)))
    seldom = usual * 4 < parted
    if parted < len(rows) and seldom and _are_notes([cells for _, cells in rows[parted:]]):
        return len(rows) - parted
    first = len(rows)
    while first > max(lone, 2) and _is_note(rows, first - 1):
        first -= 1
    return len(rows) - first


def _parted(rows: list[Row], i: int) -> bool:
    """An empty row lies above."""
    return rows[i][0] - rows[i - 1][0] > 1


def _alone(cells: list[str]) -> bool:
    """A text in the first cell only; ``Källa:`` may have what it names in the next one."""
    if not cells[0]:
        return False
    named = len(cells) > 3 and cells[0].endswith(":") and BEGINNING.match(cells[0]) is not None
    return not any(cells[2 if named else 1 :])


def _are_notes(block: list[list[str]]) -> bool:
    """A block that an empty row parts from the table begins with a text, and some line of it begins
    as notes begin or is long as sentences are."""
    if NUMBER.match(block[0][0]):
        return False
    if len(block[0]) < 3:  # a list of names and values, where a value may be missing
        return any(BEGINNING.match(cells[0]) for cells in block)
    return any(BEGINNING.match(cells[0]) for cells in block) or len(block[0][0]) > SENTENCE


def _is_note(rows: list[Row], i: int) -> bool:
    first = rows[i][1][0]
    if MARKED.match(first):
        return True
    if len(rows[i][1]) < 3 or NUMBER.match(first):
        return False
    return BEGINNING.match(first) is not None or (_parted(rows, i) and len(first) > SENTENCE)
