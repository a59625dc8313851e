"""2,000 generated Swedish files: encoding x delimiter x decimal x line end x preamble x length,
some with a single å.

Each is read and held cell for cell against what was written. Misses are listed; 99 % must be right.
"""

from __future__ import annotations

import random
from dataclasses import dataclass
from itertools import product
from pathlib import Path

import duckdb
import pytest

from helpers import reading
from helpers.words.errors import DatakollenError

FEW, SOME, MANY = 20, 100, 2000
ENCODINGS = ("utf-8", "utf-8-sig", "utf-16", "cp1252", "mac-roman", "cp850")
DELIMITERS = (";", ",", "\t", "|")
DECIMALS = (",", ".")
ENDS = ("\n", "\r\n", "\r")
PREAMBLES = (0, 1, 3)
LENGTHS = (1, 3, 40, 400)
PLACES = (
    "Karlshamn",
    "Håbo",
    "Älvkarleby",
    "Oxelösund",
    "Sölvesborg",
    "Tierp",
    "Åmål",
    "Örebro",
    "Mönsterås",
    "Växjö",
)
STREETS = (
    "Storgatan",
    "Norra vägen",
    "Hamnplan",
    "Björkängen",
    "Ågatan",
    "Öster om ån",
    "Kyrkbacken",
)


@dataclass(frozen=True)
class Form:
    encoding: str
    delimiter: str
    decimal: str
    end: str
    preamble: int
    length: int
    letters: str  # all | one | none

    def write(self, rows: list[list[str]]) -> bytes:
        def cell(text: str) -> str:
            quoted = self.delimiter in text or '"' in text
            return '"' + text.replace('"', '""') + '"' if quoted else text

        above = ["Utdrag ur ekonomisystemet", "Framtaget 2024-03-01", ""][: self.preamble]
        lines = above + [self.delimiter.join(map(cell, row)) for row in rows]
        return (self.end.join(lines) + self.end).encode(self.encoding)


def forms(files: int) -> list[Form]:
    """All combinations in a seeded order, the first so many."""
    every = [
        Form(*one)
        for one in product(
            ENCODINGS, DELIMITERS, DECIMALS, ENDS, PREAMBLES, LENGTHS, ("all", "one", "none")
        )
    ]
    random.Random(3).shuffle(every)
    return every[:files]


def table(form: Form, seed: int) -> list[list[str]]:
    rng = random.Random(seed)
    plain = ("Karlshamn", "Tierp", "Ronneby", "Olofstrom")
    places = PLACES if form.letters == "all" else plain
    streets = STREETS if form.letters == "all" else ("Storgatan", "Hamnplan", "Kyrkbacken")
    names = [
        "id",
        "kommun",
        "adress",
        "datum",
        "belopp",
        "kommunkod",
        "anmärkning" if form.letters == "all" else "not",
    ]
    rows = [names]
    for i in range(form.length):
        amount = f"{rng.randint(-5000, 90000)}.{rng.randint(0, 99):02}".replace(".", form.decimal)
        note = rng.choice(["", "", "klar", 'sade "ja"', "a" + form.delimiter + "b"])
        rows.append(
            [
                str(i + 1),
                rng.choice(places),
                f"{rng.choice(streets)} {rng.randint(1, 99)}",
                f"2024-{rng.randint(1, 12):02}-{rng.randint(1, 28):02}",
                amount,
                rng.choice(["0180", "1082", "0305"]),
                note,
            ]
        )
    if form.letters == "one":
        rows[rng.randrange(1, len(rows))][1] = "Håbo"
    return rows


def read(file: Path, folder: Path) -> list[list[str]]:
    snapshot = reading.read(file, folder)
    names = [column.name for column in snapshot.main.columns]
    cells = ", ".join(f"coalesce({column.text}, '')" for column in snapshot.main.columns)
    rows = duckdb.sql(f"select {cells} from '{snapshot.parquet()}' order by source_row").fetchall()
    return [names, *(list(row) for row in rows)]


@pytest.mark.parametrize(
    "files",
    [FEW, pytest.param(SOME, marks=pytest.mark.slow), pytest.param(MANY, marks=pytest.mark.long)],
)
def test_generated_files_are_read_right(files: int, tmp_path: Path):
    misses = []
    for number, form in enumerate(forms(files)):
        rows = table(form, number)
        file = tmp_path / f"f{number}.csv"
        file.write_bytes(form.write(rows))
        try:
            found: object = read(file, tmp_path / f"o{number}")
        except DatakollenError as error:
            found = error.key
        if found != rows:
            misses.append(
                (
                    form,
                    (
                        found
                        if isinstance(found, str)
                        else [(a, b) for a, b in zip(rows, found, strict=False) if a != b][:1]
                    ),
                )
            )  # type: ignore[arg-type]
        file.unlink()
    print(f"{files - len(misses)} of {files} read right")
    for form, what in misses:
        print(form, what)
    assert len(misses) <= files / 100
