"""What is proposed for each marked column: drop it, mask its cells, suppress small groups, round
positions.

Masking an id alone does not anonymise: date, amount, account and department remain. So id, name and
free text are masked together, and the result is called pseudonymised. ``*`` is the mask, as Umeå
publishes; ``..`` stands for a small count.
"""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import dataclass

from helpers.reading.snapshot import Snapshot, Table
from helpers.screening.column import Seen
from helpers.screening.marks import Mark, Screening

MASK = "*"
DROPPED = frozenset({"ip_address", "cookie_id"})
LEFT = frozenset({"protected_account"})
TOGETHER = frozenset(
    {
        "sole_trader",
        "sole_trader_name",
        "partnership",
        "estate",
        "person_name",
        "protected",
        "personnummer",
    }
)
MOST = 0.5  # of the rows: a column with personal data in more of them is dropped
BESIDE = re.compile(
    r"\((.+)\)\Z"
)  # the same position in another system: "EPSG:3021 (Ykoord, Xkoord)"
DECIMALS = 2  # of a rounded position, in degrees: about a kilometre


@dataclass(frozen=True)
class Step:
    """``action``: drop | mask | bundle | suppress | round | leave_out (rows).

    ``rows``: those that the marks or the risk name; at least so many where a mark lists only its
    first thousand.
    """

    action: str
    columns: tuple[str, ...]
    kinds: tuple[str, ...]
    rows: int


def _columns_together(
    table: Table, fields: dict[str, str], marked: set[str], type: str
) -> tuple[str, ...]:
    """The columns that are masked in the same rows: the marked ones, ids with their names, and free
    text."""
    found = set(marked)
    own = {column: name for name, column in fields.items()}
    for column in list(found):
        stem = own.get(column, "").removesuffix("_id")
        found |= {fields[name] for name in (stem, f"{stem}_id") if stem and name in fields}
    found |= {
        one.name
        for one in table.columns
        if Seen(table.name, one.name, type).free_text and own.get(one.name) not in ("konto_text",)
    }
    return tuple(one.name for one in table.columns if one.name in found)


def _dropped(mark: Mark, table: Table, keys: set[str]) -> bool:
    if mark.kind in DROPPED:
        return True
    return mark.column not in keys and mark.count > MOST * table.rows


def propose(
    snapshot: Snapshot,
    screening: Screening,
    fields: dict[str, str],
    type: str,
    *,
    bundle: bool = False,
) -> list[Step]:
    """The steps for the main table, in order. ``bundle``: sole traders become one supplier instead
    of being masked."""
    table = snapshot.main
    marks = [
        one
        for one in screening.marks
        if one.table == table.name
        and one.where == "cells"
        and one.kind not in LEFT
        and one.level != "told"
    ]
    keys = {column for name, column in fields.items()}
    dropped: dict[str, list[Mark]] = {}
    for mark in marks:
        if _dropped(mark, table, keys):
            dropped.setdefault(mark.column, []).append(mark)
    steps = [
        Step("drop", (column,), _kinds(found), _rows(found)) for column, found in dropped.items()
    ]
    rest = [one for one in marks if one.column not in dropped]
    persons = [one for one in rest if _together(one)]
    sole = (
        [one for one in persons if one.kind in ("sole_trader", "sole_trader_name")]
        if bundle
        else []
    )
    persons = [one for one in persons if one not in sole]
    for action, found in (("bundle", sole), ("mask", persons)):
        if found:
            columns = _columns_together(table, fields, {one.column for one in found}, type)
            columns = tuple(one for one in columns if one not in dropped)
            steps.append(Step(action, columns, _kinds(found), _rows(found)))
    alone = [one for one in rest if not _together(one)]
    for column in dict.fromkeys(one.column for one in alone):
        found = [one for one in alone if one.column == column]
        steps.append(Step("mask", (column,), _kinds(found), _rows(found)))
    for risk in (one for one in screening.risks if one.table == table.name):
        if risk.kind == "small_cells":
            steps.append(Step("suppress", (risk.counted or "",), (risk.kind,), risk.rows))
        elif risk.kind == "few_measurements" and table.geometry:
            exact = [
                one
                for pair in table.geometry.beside
                if (hit := BESIDE.search(pair))
                for one in hit[1].split(", ")
            ]
            steps += [
                Step("drop", (one,), (risk.kind,), risk.total)
                for one in exact
                if one not in dropped
            ]
            steps.append(Step("round", tuple(table.geometry.columns), (risk.kind,), risk.total))
            steps.append(Step("leave_out", tuple(risk.columns), (risk.kind,), risk.rows))
        else:
            steps.append(Step("leave_out", tuple(risk.columns), (risk.kind,), risk.rows))
    return steps


def _together(mark: Mark) -> bool:
    """True where the row's other columns are masked too; not for a number that may be chance."""
    return mark.kind in TOGETHER and not (
        mark.kind == "personnummer" and mark.certainty == "possible"
    )


def _rows(marks: list[Mark]) -> int:
    return max(len({row for one in marks for row in one.rows}), *(one.count for one in marks))


def _kinds(marks: Iterable[Mark]) -> tuple[str, ...]:
    return tuple(dict.fromkeys(one.kind for one in marks))
