"""What stands outside the table's cells: names of the file, of sheets and columns, and rows that
are no records."""

from __future__ import annotations

import re
from collections.abc import Iterator
from pathlib import Path

from helpers.reading.snapshot import MAX_ROWS_LISTED, Snapshot
from helpers.screening.column import Seen
from helpers.screening.kinds import emails, person_names, personnummer, phones, protected
from helpers.screening.marks import Mark

KINDS = {
    "personnummer": (personnummer, {"written": "stopp", "bare": "stopp"}),
    "email": (emails, {"private": "granska"}),
    "service_email": (emails, {"service": "granska"}),
    "phone": (phones, {"mobile": "granska"}),
    "person_name": (person_names, {"full": "granska", "embedded": "granska"}),
    "protected": (protected, {"word": "granska"}),
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


def marks(snapshot: Snapshot, type: str) -> Iterator[Mark]:
    """Reading has put the shape in the place of a number in a name, and told it: repair
    ``masked_name``."""
    for repair in snapshot.repairs:
        if repair.code == "masked_name":
            yield Mark(
                "",
                repair.column or snapshot.source,
                "personnummer",
                "certain",
                repair.count,
                [],
                "stopp",
                "name",
            )
    yield from _of_names(snapshot, type)
    for table, rows in snapshot.outside().items():
        for kind, (module, levels) in KINDS.items():
            seen = Seen(table, "", type)
            labelled = [
                (row, levels[label])
                for row, text in rows
                if (label := module.find(text, seen)) in levels and label
            ]
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
