"""What is proposed for each marked column: drop it, mask its cells, suppress small groups, round
positions.

Masking an id alone does not anonymise: date, amount, account and department remain. So id, name and
free text are masked together, and the result is called pseudonymised. ``*`` is the mask, as Umeå
publishes; ``..`` stands for a small count.
"""

from __future__ import annotations

import re
from collections.abc import Collection, Iterable
from dataclasses import dataclass

from helpers.reading.snapshot import Geometry, Snapshot, Table
from helpers.screening import named
from helpers.screening.column import Seen
from helpers.screening.marks import Mark, Risk, Screening

MASK = "*"
DROPPED = frozenset({"ip_address", "cookie_id", "vehicle_id"})
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
        "health",
        "id_document",
    }
)
MOST = 0.5  # of the rows: a column with personal data in more of them is dropped
# The same position in another system: "EPSG:3021 (Ykoord, Xkoord)".
BESIDE = re.compile(r"\((.+)\)\Z")
DECIMALS = 2  # of a rounded position, in degrees: about a kilometre


@dataclass(frozen=True)
class MaskingStep:
    """``action``: drop | mask | bundle | suppress | round or withhold (positions) | leave_out
    (rows).

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
    together = set(marked)
    field_of = {column: name for name, column in fields.items()}
    for column in list(together):
        own = field_of.get(column, "")
        beside = (named.name_of(own, fields), named.number_of(own, fields))
        together |= {other for other in beside if own and other is not None}
    together |= {
        column.name
        for column in table.columns
        if Seen(table.name, column.name, type).free_text
        and field_of.get(column.name) != "konto_text"
    }
    return tuple(column.name for column in table.columns if column.name in together)


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
) -> list[MaskingStep]:
    """The steps for the main table, in order. ``bundle``: sole traders become one supplier instead
    of being masked."""
    table = snapshot.main
    marks = [
        mark
        for mark in screening.marks
        if mark.table == table.name
        and mark.where == "cells"
        and mark.kind not in LEFT
        and mark.level != "told"
    ]
    keys = set(fields.values())
    dropped: dict[str, list[Mark]] = {}
    for mark in marks:
        if _dropped(mark, table, keys):
            dropped.setdefault(mark.column, []).append(mark)
    steps = [
        MaskingStep("drop", (column,), _kinds(column_marks), _rows(column_marks))
        for column, column_marks in dropped.items()
    ]
    rest = [mark for mark in marks if mark.column not in dropped]
    steps += _masking_steps(table, fields, type, rest, dropped, bundle)
    steps += _without_homes(table, marks, dropped)
    for risk in screening.risks:
        if risk.table == table.name:
            steps += _risk_steps(table, risk, dropped)
    return steps


def _without_homes(table: Table, marks: list[Mark], dropped: Collection[str]) -> list[MaskingStep]:
    """The step that takes away positions where a home's address is taken away: a map says the same
    as the address."""
    homes = [mark for mark in marks if mark.kind == "address"]
    place = table.geometry
    if not homes or place is None:
        return []
    columns = [column for column in (*place.columns, *exact(place)) if column not in dropped]
    return [MaskingStep("withhold", tuple(columns), ("address",), _rows(homes))]


def exact(place: Geometry) -> list[str]:
    """The columns that hold the same positions in further systems."""
    return [
        column
        for pair in place.beside
        if (hit := BESIDE.search(pair))
        for column in hit[1].split(", ")
    ]


def _masking_steps(
    table: Table,
    fields: dict[str, str],
    type: str,
    marks: list[Mark],
    dropped: Collection[str],
    bundle: bool,
) -> list[MaskingStep]:
    """The steps for marks whose columns stay: persons' columns together, each other one alone."""
    persons = [mark for mark in marks if _together(mark)]
    sole = (
        [mark for mark in persons if mark.kind in ("sole_trader", "sole_trader_name")]
        if bundle
        else []
    )
    persons = [mark for mark in persons if mark not in sole]
    steps = []
    for action, group in (("bundle", sole), ("mask", persons)):
        if group:
            columns = _columns_together(table, fields, {mark.column for mark in group}, type)
            columns = tuple(column for column in columns if column not in dropped)
            steps.append(MaskingStep(action, columns, _kinds(group), _rows(group)))
    alone = [mark for mark in marks if not _together(mark)]
    for column in dict.fromkeys(mark.column for mark in alone):
        column_marks = [mark for mark in alone if mark.column == column]
        steps.append(MaskingStep("mask", (column,), _kinds(column_marks), _rows(column_marks)))
    return steps


def _risk_steps(table: Table, risk: Risk, dropped: Collection[str]) -> list[MaskingStep]:
    """The steps for one risk: small counts are suppressed, rows of small groups left out."""
    if risk.kind == "small_cells":
        return [MaskingStep("suppress", (risk.counted or "",), (risk.kind,), risk.rows)]
    steps = []
    if risk.kind == "few_measurements" and table.geometry:
        steps = [
            MaskingStep("drop", (column,), (risk.kind,), risk.total)
            for column in exact(table.geometry)
            if column not in dropped
        ]
        steps.append(MaskingStep("round", tuple(table.geometry.columns), (risk.kind,), risk.total))
    steps.append(MaskingStep("leave_out", tuple(risk.columns), (risk.kind,), risk.rows))
    return steps


def _together(mark: Mark) -> bool:
    """True where the row's other columns are masked too; not for a number that may be chance."""
    return mark.kind in TOGETHER and not (
        mark.kind == "personnummer" and mark.certainty == "possible" and not mark.parts
    )


def _rows(marks: list[Mark]) -> int:
    return max(len({row for mark in marks for row in mark.rows}), *(mark.count for mark in marks))


def _kinds(marks: Iterable[Mark]) -> tuple[str, ...]:
    return tuple(dict.fromkeys(mark.kind for mark in marks))
