"""Files of several organisations, carried and merged in this process, as tests ask for them."""

from __future__ import annotations

import csv
from collections.abc import Iterable, Mapping
from pathlib import Path
from typing import Any

from helpers.declared import mapping, specifications
from helpers.declared.catalogue import Entry
from helpers.filling_in.merging import writing
from helpers.filling_in.merging.carrying import Carried
from helpers.filling_in.merging.table import Merged, Same, merged
from helpers.filling_in.merging.writing import MergeAccount, MergeFiles
from helpers.running.opening import Opened
from helpers.running.store import Store
from helpers.words import paths

ART = "offentlig_konst"
SAMPLES = {
    ART: ("karlshamn", "olofstrom", "solvesborg"),
    "leverantorsfakturor": ("karlshamn", "karlskrona", "region-blekinge"),
}


def works(*ids: str, place: float = 56.1, **columns: str) -> str:
    """A file of public art, a work for each id; ``columns``: further ones, with what they hold."""
    more = "".join(f";{name}" for name in columns)
    said = "".join(f";{cell}" for cell in columns.values())
    rows = [
        f"{id};Verk {i};Konstnär {i};{place + i / 1000:.3f};14.9{said}" for i, id in enumerate(ids)
    ]
    return "\n".join([f"id;name;artist;latitude;longitude{more}", *rows, ""])


class Made:
    """Sources in a folder of their own, and what is merged of them."""

    def __init__(self, folder: Path, type: str = ART, variant: str | None = None) -> None:
        self.folder, self.type, self.number = folder, type, 0
        self.variant = variant or mapping.newest(type)
        self.store = Store(folder / "store")
        self.specification = specifications.load(type, self.variant)

    def opened(self, organisation: str, text: str, **entry: Any) -> Opened:
        id = entry.pop("id", f"{organisation}-data")
        file = self.folder / f"{id}.csv"
        file.write_text(text, "utf-8")
        plain = {"id": id, "title": "Data", "type": self.type, "organisation": organisation}
        return Opened(file, entry=Entry(**(plain | entry)), store=self.store)

    def part(self, organisation: str, text: str, **entry: Any) -> Carried:
        """What is carried of one organisation's file."""
        self.number += 1
        target = self.folder / f"part-{self.number}.parquet"
        return self.opened(organisation, text, **entry).carry(self.type, self.variant, target)

    def parts(self, texts: Mapping[str, str]) -> list[Carried]:
        return [self.part(organisation, text) for organisation, text in texts.items()]

    def merged(
        self,
        parts: Iterable[Carried],
        *,
        same: Same | None = None,
        earlier: Mapping[tuple[str, str], str] | str | None = None,
    ) -> Merged:
        self.number += 1
        file = self.folder / f"merged-{self.number}.parquet"
        return merged(list(parts), self.specification, file, same=same, earlier=earlier)

    def written(self, made: Merged, before: str | None = None) -> tuple[Path, Path, MergeAccount]:
        """The files of rows and of origins, and what is told of them."""
        self.number += 1
        table, origin = (self.folder / f"{name}-{self.number}.csv" for name in ("rows", "origin"))
        told = writing.write(made, MergeFiles(table, origin, "gemensam"), before)
        return table, origin, told


def sample(made: Made, organisation: str) -> tuple[Opened, Carried]:
    """One of the sample region's, opened and carried."""
    id = f"{organisation}-{made.type.replace('_', '-')}"
    entries = {entry.id: entry for entry in _entries()}
    entry = entries[id]
    opened = Opened(entry.file(paths.catalogue()), entry=entry, store=made.store)
    return opened, opened.carry(made.type, made.variant, made.folder / f"{id}.parquet")


def _entries() -> list[Entry]:
    from helpers.declared import catalogue

    return catalogue.load(paths.catalogue())


def rows(file: Path, delimiter: str = ",") -> list[dict[str, str]]:
    with file.open(encoding="utf-8", newline="") as stream:
        return list(csv.DictReader(stream, delimiter=delimiter))


def origins(file: Path) -> list[dict[str, str]]:
    return rows(file, ";")


def ids(made: Merged) -> dict[str, list[str]]:
    """Organisation -> the ids of its rows."""
    frame = made.frame().fillna("")
    return {
        str(name): [str(id) for id in held[made.id]]
        for name, held in frame.groupby("_organisation", sort=True)
    }
