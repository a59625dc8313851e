"""Canaries: made-up personal data of nineteen kinds, each text unlike any other, planted in a copy of
any sample file."""

from __future__ import annotations

import csv
import io
import json
import random
import re
import zipfile
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import openpyxl
from stdnum import luhn


def _letters(i: int) -> str:
    return "".join(chr(97 + i // 26**k % 26) for k in range(3))


def _ten(i: int, *, day: int = 0) -> str:
    """A test number (birth numbers 980-999), another for each i."""
    nine = f"{30 + i // 240 % 60:02}{1 + i // 20 % 12:02}{11 + day:02}{980 + i % 20}"
    return nine + luhn.calc_check_digit(nine)


def _iban(i: int) -> str:
    bban = f"5{i:02}00000583{i * 7919 % 10**9:09}"[:20].ljust(20, "7")
    return f"SE{98 - int(bban + '281400') % 97:02}{bban}"


def _giro(i: int) -> str:
    seven = f"{5_700_000 + i * 13:07}"
    return f"{seven[:4]}-{seven[4:]}{luhn.calc_check_digit(seven)}"


def _card(i: int) -> str:
    fifteen = f"41111111{i * 7919 % 10**7:07}"
    digits = fifteen + luhn.calc_check_digit(fifteen)
    return " ".join(digits[n : n + 4] for n in range(0, 16, 4))


# Header of the planted column -> (the cell's text, what of it no file may hold). i is the canary's
# number.
KINDS: dict[str, Callable[[int], tuple[str, list[str]]]] = {
    "kund_pnr": lambda i: (
        f"{_ten(i)[:6]}-{_ten(i)[6:]}",
        [f"{_ten(i)[:6]}-{_ten(i)[6:]}", _ten(i)],
    ),
    "samordning": lambda i: (f"19{_ten(i, day=60)}", [_ten(i, day=60)]),
    "leverantor_orgnr_2": lambda i: (f"SE{_ten(i, day=1)}01", [_ten(i, day=1)]),
    "anteckning": lambda i: (
        f"Avser {_ten(i, day=2)[:6]} {_ten(i, day=2)[6:]}, maj",
        [f"{_ten(i, day=2)[:6]} {_ten(i, day=2)[6:]}"],
    ),
    "privat_epost": lambda i: (f"kanarie.{_letters(i)}@gmail.com", [f"kanarie.{_letters(i)}"]),
    "handlaggare_epost": lambda i: (
        f"anna.k{_letters(i)}fors@exempel.example",
        [f"k{_letters(i)}fors@"],
    ),
    "mobil": lambda i: (
        f"070-174 {6 + i // 100 % 94:02} {i % 100:02}",
        [f"070-174 {6 + i // 100 % 94:02} {i % 100:02}"],
    ),
    "kontaktperson": lambda i: (f"Anna K{_letters(i)}sson", [f"K{_letters(i)}sson"]),
    "hemadress": lambda i: (f"K{_letters(i)}gatan {i % 90 + 1} lgh 1203", [f"K{_letters(i)}gatan"]),
    "fastighetsbeteckning": lambda i: (
        f"PÅHITTAD K{_letters(i).upper()} {i % 90 + 1}:{i % 7 + 1}",
        [f"K{_letters(i).upper()} "],
    ),
    "ip_adress": lambda i: (
        f"198.51.{100 + i // 250}.{i % 250 + 1}",
        [f'198.51.{100 + i // 250}.{i % 250 + 1}"'],
    ),
    "cookie_id": lambda i: (
        f"ck-{i:06x}-9f3{i * 7919 % 99991:05x}",
        [f"9f3{i * 7919 % 99991:05x}"],
    ),
    "utbetalas_till": lambda i: (_iban(i), [_iban(i)[2:]]),
    "bankgirokonto": lambda i: (_giro(i), [_giro(i)]),
    "betalt_med": lambda i: (_card(i), [_card(i)]),
    "passnummer": lambda i: (f"AX{9_300_000 + i * 17:07}", [f"{9_300_000 + i * 17:07}"]),
    "handelse": lambda i: (
        f"Patienten är sjukskriven efter k{_letters(i)}fall",
        [f"k{_letters(i)}fall"],
    ),
    "created_user": lambda i: (f"k{_letters(i)}user", [f"k{_letters(i)}user"]),
    "profil": lambda i: (f"https://www.linkedin.com/in/k{_letters(i)}lin", [f"k{_letters(i)}lin"]),
}
# Where a canary may stand, in bytes: enough on either side of what is looked for.
SHAPE = re.compile(
    rb"\d{6,}[ -]?\d*|\d{4}(?: \d{4}){3}|\d{4}-\d{4}|kanarie\.\w+|k\w{3}fors@|070-174 \d\d \d\d|K\w{3}sson|K\w{3}gatan|K[A-Z]{3}"
    rb" |k\w{3}(?:fall|user|lin)|198\.51\.[\d.]+|9f3\w{5,}"
)
ROWS = 3  # of each file in which each kind is planted


def canaries(start: int) -> Iterator[tuple[str, list[str], list[str]]]:
    """(header, three cells, the texts to look for)."""
    for kind, make in KINDS.items():
        made = [make(start + n) for n in range(ROWS)]
        yield (
            kind,
            [cell for cell, _ in made],
            [text.strip('"') for _, texts in made for text in texts],
        )


def _planted(
    rows: list[list[Any]], header: int, planted: list[tuple[str, list[str]]], seed: int
) -> None:
    data = list(range(header + 1, len(rows)))
    random.Random(seed).shuffle(data)
    for kind, cells in planted:
        rows[header].append(kind)
        for row in rows[header + 1 :]:
            row.append("")
        for row, cell in zip(data[: len(cells)], cells, strict=True):
            rows[row][-1] = cell


def _text(rows: list[list[Any]], delimiter: str) -> str:
    out = io.StringIO()
    csv.writer(out, delimiter=delimiter, lineterminator="\n").writerows(rows)
    return out.getvalue()


def plant(file: Path, form: dict[str, Any], start: int) -> list[str]:
    """Add nineteen columns to the file, in its own format; returns the texts that must be nowhere."""
    found = list(canaries(start))
    planted = [(kind, cells) for kind, cells, _ in found]
    if file.suffix == ".geojson":
        plain = json.loads(file.read_text("utf-8"))
        for kind, cells in planted:
            for n, feature in enumerate(plain["features"]):
                feature["properties"][kind] = cells[n - 5] if 5 <= n < 5 + len(cells) else None
        file.write_text(json.dumps(plain, ensure_ascii=False), "utf-8")
    elif file.suffix == ".xlsx":
        book = openpyxl.load_workbook(file)
        sheet = max(book.worksheets, key=lambda one: one.max_row)
        header, width = int(form.get("header_row", 1)), sheet.max_column
        for column, (kind, cells) in enumerate(planted, width + 1):
            sheet.cell(header, column, kind)
            for n, cell in enumerate(cells):
                sheet.cell(header + 4 + n, column, cell)
        book.save(file)
    elif file.suffix == ".zip":
        with zipfile.ZipFile(file) as archive:
            members = {name: archive.read(name) for name in archive.namelist()}
        rows = list(csv.reader(io.StringIO(members["stops.txt"].decode("utf-8-sig"))))
        _planted(rows, 0, planted, start)
        members["stops.txt"] = _text(rows, ",").encode()
        with zipfile.ZipFile(file, "w", zipfile.ZIP_DEFLATED) as archive:
            for name, data in members.items():
                archive.writestr(name, data)
    else:
        encoding, delimiter = form["encoding"], form["delimiter"]
        with file.open(encoding=encoding, newline="") as stream:
            rows = list(csv.reader(stream, delimiter=delimiter))
        _planted(rows, 0, planted, start)
        file.write_bytes(_text(rows, delimiter).encode(encoding))
    return [text for _, _, texts in found for text in texts]
