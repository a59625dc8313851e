"""What screening says of what stands beside a file's tables, without the rest of a check: two
hundred small files must be looked at in seconds."""

from __future__ import annotations

import json
from dataclasses import asdict
from pathlib import Path

from helpers.reading import sources
from helpers.screening import outside
from helpers.screening.marks import Mark, Screening

NUMBER = "19121212-1212"  # an official test number of Skatteverket
SECRET = f"Fatima Eriksson {NUMBER} anna.exempel@gmail.com"
HARMLESS = "Lekplatser i kommunens parker"
PARTS = ("121212-1212", "1212121212", "Fatima", "anna.exempel")


def marks(file: Path, folder: Path) -> list[Mark]:
    """The marks of all that is no cell; none of the secret is in them."""
    folder.mkdir()
    snapshot = sources.read(file, folder, type=None, hints={}, area=None)
    made = list(outside.marks(snapshot, "annan"))
    text = json.dumps([asdict(mark) for mark in made], ensure_ascii=False)
    assert not any(part in text for part in PARTS), text
    return made


def found(file: Path, folder: Path) -> dict[str, set[str]]:
    """Kind -> the places where it was found; a personal number stops."""
    made = marks(file, folder)
    kinds: dict[str, set[str]] = {}
    for mark in made:
        kinds.setdefault(mark.kind, set()).add(mark.place)
    assert Screening(made).content == ("stopp" if "personnummer" in kinds else "granska")
    return kinds


def content(file: Path, folder: Path) -> str:
    return Screening(marks(file, folder)).content
