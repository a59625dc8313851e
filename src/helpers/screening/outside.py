"""What stands outside the table's cells: names of the file, of sheets and columns, and rows that
are no records."""

from __future__ import annotations

import re
from collections.abc import Iterator
from pathlib import Path
from typing import Any

from helpers.reading.snapshot import MAX_ROWS_LISTED, Snapshot
from helpers.screening.column import Seen
from helpers.screening.kinds import emails, person_names, personnummer, phones, protected
from helpers.screening.marks import Mark

# A number that may be chance asks for a look, as it does in a column.
KINDS = {
    "personnummer": (
        personnummer,
        {
            "written": "stopp",
            "bare": "stopp",
            "bare_07": "granska",
            "loose": "granska",
            "cut": "granska",
            "letter": "granska",
        },
    ),
    "email": (emails, {"private": "granska"}),
    "service_email": (emails, {"service": "granska"}),
    "phone": (phones, {"mobile": "granska"}),
    "person_name": (person_names, {"full": "granska", "embedded": "granska"}),
    "protected": (protected, {"word": "granska"}),
}

# Repair of reading -> certainty and level.
MASKED = {
    "masked_name": ("certain", "stopp"),
    "perhaps_masked_name": ("possible", "granska"),
}
NAMES_HOLD = {kind: KINDS[kind] for kind in ("email", "service_email", "phone", "person_name")}


def _of_names(snapshot: Snapshot, type: str) -> Iterator[Mark]:
    """Names of the file, of sheets and of columns that hold more than a number: a sheet for each
    pupil, say."""
    seen = Seen("", "", type)
    names = [Path(snapshot.source).stem, *(table.name for table in snapshot.tables)]
    names += [column.name for table in snapshot.tables for column in table.columns]
    for name in dict.fromkeys(names):
        for kind, (module, levels) in NAMES_HOLD.items():
            if (
                module.find(re.sub(r"_+", " ", name) if kind == "person_name" else name, seen)
                in levels
            ):
                yield Mark("", name, kind, "probable", 1, [], "granska", "name")


def _of_masked(snapshot: Snapshot) -> Iterator[Mark]:
    """Reading has put the shape in the place of a number in a name, and told it."""
    for repair in snapshot.repairs:
        if repair.code in MASKED:
            certainty, level = MASKED[repair.code]
            name = repair.column or snapshot.source
            yield Mark("", name, "personnummer", certainty, repair.count, [], level, "name")


def _labelled(
    rows: list[tuple[int, str]], module: Any, levels: dict[str, str], seen: Seen
) -> list[tuple[int, str]]:
    """The rows with a label that counts, and its level; weak numbers only where they are more than
    chance."""
    labels = [(row, module.find(text, seen)) for row, text in rows]
    weak, wrong = (sum(label == name for _, label in labels) for name in ("loose", "wrong_loose"))
    chance = personnummer.weak_chance(weak, wrong)
    return [
        (row, levels[label])
        for row, label in labels
        if label in levels and not (label == "loose" and chance)
    ]


def marks(snapshot: Snapshot, type: str) -> Iterator[Mark]:
    """The marks of names, and of rows that are no records."""
    yield from _of_masked(snapshot)
    yield from _of_names(snapshot, type)
    for table, rows in snapshot.outside().items():
        for kind, (module, levels) in KINDS.items():
            labelled = _labelled(rows, module, levels, Seen(table, "", type))
            if labelled:
                numbers = sorted({row for row, _ in labelled})
                level = max((level for _, level in labelled), key=("granska", "stopp").index)
                yield Mark(
                    table,
                    "",
                    kind,
                    "probable",
                    len(labelled),
                    numbers[:MAX_ROWS_LISTED],
                    level,
                    "outside",
                )
