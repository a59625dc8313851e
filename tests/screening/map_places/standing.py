"""How a place is registered with the file that holds a text there, and what is said of it."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from typing import Any

from tests.screening.canaries import screened

from helpers.words import messages

NUMBER = "19121212-1212"  # an official test number of Skatteverket
EMAIL = "anna.exempel@gmail.com"
HARMLESS = "Lekplats"

Build = Callable[[Path, str], Path]
PLACES: dict[str, tuple[str, Build]] = {}
NUMBERS: set[str] = set()  # the places that hold whole numbers alone


def stands(place: str, *, number: bool = False) -> Callable[[Build], Build]:
    """What is built holds its text in the place of that code."""

    def register(build: Build) -> Build:
        PLACES[build.__name__] = (place, build)
        if number:
            NUMBERS.add(build.__name__)
        return build

    return register


def outside(file: Path) -> tuple[dict[str, Any], dict[str, str]]:
    """What is found, and the code of what stands outside the cells -> the place, as it is told."""
    found = screened(file)
    told: dict[str, str] = {}
    for reason in found["gate"]["reasons"]:
        if reason["code"].startswith("found_"):
            told[reason["code"]] = told.get(reason["code"], "") + reason["message"]["sv"]
    return found, told


def words(place: str) -> str:
    return messages.text(f"surroundings.place.{place}", "sv")
