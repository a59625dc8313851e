"""The sample region's invoices, art and places: each file with its declared faults, and its entry."""

from __future__ import annotations

import random
from pathlib import Path
from typing import Any

from . import content, forms
from .entries import ANSWERED, FORM, PEOPLE, documented, entry_of, judged

# Materials that a column of 20 characters cuts.
LONG = (
    "Patinerad koppar, röd granit och ek",
    "Rostfritt stål, betong och glas",
    "Glasfiberarmerad plast och stål",
    "Gjutjärn på sockel av granit",
    "Keramiska plattor och betong",
)
# One supplier, under two names and under two numbers; one work on the border that two
# municipalities have in their registers.
SHARED = {
    "names": ("Påhittad Delad Leverantör AB", "Delad Leverantör i Påhitt AB"),
    "numbers": ("5599000014", "5599000022"),
}
BORDER = {
    "name": "Påhittat gränsverk",
    "karlshamn": (14.744095, 56.288499),
    "olofstrom": (14.743126, 56.288497),
}


def invoices(folder: Path, rng: random.Random) -> tuple[list[dict[str, Any]], dict[str, Any]]:
    good = content.invoices(rng, ("2120000829", "Karlskrona kommun"), "1080", 1200)
    for at in (17, 400):
        good[at - 2][6] = ""
    (name, other), (number, another) = SHARED["names"], SHARED["numbers"]
    for at in (25, 250):
        good[at - 2][3:5] = name, number
    forms.delimited(folder / "karlskrona-leverantorsfakturor.csv", content.INVOICE, good)
    stop = content.invoices(rng, ("2120000845", "Karlshamns kommun"), "1082", 900, people=42)
    stop[30 - 2][3:5] = name, another
    forms.delimited(
        folder / "karlshamn-leverantorsfakturor.csv",
        content.INVOICE,
        stop,
        encoding="cp1252",
        decimal_comma=True,
    )
    region = [
        row[:-1] for row in content.invoices(rng, ("2321000081", "Region Blekinge"), "", 1500)
    ]
    for i, row in enumerate(region):
        row[4] = row[4] if i % 40 else "10004007"
    region[100 - 2][3:5] = other, number
    forms.delimited(
        folder / "region-blekinge-leverantorsfakturor.csv",
        content.INVOICE[:-1],
        region,
        encoding="utf-16",
        delimiter=",",
        decimal_comma=True,
    )
    sole = [i + 2 for i in range(900) if i % 9 == 4]
    entries = [
        entry_of(
            "karlskrona-leverantorsfakturor",
            "Leverantörsfakturor 2025, Karlskrona",
            "leverantorsfakturor",
            "karlskrona",
            "karlskrona-leverantorsfakturor.csv",
            value=judged(4, 3, 2, 3, 5),
            legal=ANSWERED,
            effort={"level": 4, "because": "Färdig export finns."},
            **documented("GOVE"),
        ),
        entry_of(
            "karlshamn-leverantorsfakturor",
            "Leverantörsfakturor 2025, Karlshamn",
            "leverantorsfakturor",
            "karlshamn",
            "karlshamn-leverantorsfakturor.csv",
            value=judged(4, 4, 3, 4, 5),
            **documented("GOVE"),
        ),
        entry_of(
            "region-blekinge-leverantorsfakturor",
            "Leverantörsfakturor 2025, Region Blekinge",
            "leverantorsfakturor",
            "region-blekinge",
            "region-blekinge-leverantorsfakturor.csv",
            value=judged(3, 4, 2, 3, 5),
        ),
    ]
    manifest = {
        "karlskrona-leverantorsfakturor": (
            FORM["csv"]
            | {
                "rows": 1200,
                "defects": [
                    {"kind": "missing_account_text", "column": "konto_text", "rows": [17, 400]}
                ],
            }
        ),
        "karlshamn-leverantorsfakturor": (
            FORM["csv"]
            | {
                "encoding": "cp1252",
                "rows": 900,
                "defects": [{"kind": "sole_traders", "column": "leverantor_id", "rows": sole}],
            }
        ),
        "region-blekinge-leverantorsfakturor": (
            FORM["csv"]
            | {
                "encoding": "utf-16",
                "delimiter": ",",
                "rows": 1500,
                "defects": [
                    {
                        "kind": "internal_supplier_number",
                        "column": "leverantor_id",
                        "rows": [i + 2 for i in range(0, 1500, 40)],
                    }
                ],
            }
        ),
    }
    return entries, manifest


def art(folder: Path, rng: random.Random) -> tuple[list[dict[str, Any]], dict[str, Any]]:
    held = content.art(rng, "1082", "karlshamn", 120)
    twelve = [11, 19, 27, 33, 48, 52, 61, 70, 88, 95, 104, 117]
    for at in twelve:
        held[at - 2][8], held[at - 2][9] = held[at - 2][9], held[at - 2][8]
    held[120 - 2][2], held[120 - 2][9], held[120 - 2][8] = BORDER["name"], *BORDER["karlshamn"]
    forms.delimited(folder / "karlshamn-offentlig-konst.csv", content.ART, held)
    cut = content.art(rng, "1083", "solvesborg", 64)
    from pyproj import Transformer

    to_metres = Transformer.from_crs("EPSG:4326", "EPSG:3006", always_xy=True)
    metres = [to_metres.transform(row[9], row[8]) for row in cut]
    spots = [(round(x, 2), round(y, 2)) for x, y in metres]
    keep = [i for i, column in enumerate(content.ART) if column not in ("latitude", "longitude")]
    for i, row in enumerate(row for row in cut if len(row[6]) > 20):
        row[6] = LONG[i % len(LONG)]
    short = [i + 1 for i, row in enumerate(cut) if len(row[6]) > 20]
    for row in cut:
        row[6] = row[6][:20]
    forms.geojson(
        folder / "solvesborg-offentlig-konst.geojson",
        [content.ART[i] for i in keep],
        [[row[i] for i in keep] for row in cut],
        list(spots),
        "EPSG:3006",
    )
    book = content.art(rng, "1060", "olofstrom", 45)
    for at in (12, 30):
        book[at - 4][2] = None
    book[44 - 4][2], book[44 - 4][9], book[44 - 4][8] = BORDER["name"], *BORDER["olofstrom"]
    forms.xlsx(
        folder / "olofstrom-offentlig-konst.xlsx",
        content.ART,
        book,
        [["Konstregister, syntetiska exempeldata"], []],
    )
    entries = [
        entry_of(
            "karlshamn-offentlig-konst",
            "Offentlig konst, Karlshamn",
            "offentlig_konst",
            "karlshamn",
            "karlshamn-offentlig-konst.csv",
            value=judged(5, 4, 5, 4, 2),
            legal=ANSWERED,
            effort={"level": 4, "because": "Registret går att exportera."},
            **documented("EDUC"),
        ),
        entry_of(
            "solvesborg-offentlig-konst",
            "Offentlig konst, Sölvesborg",
            "offentlig_konst",
            "solvesborg",
            "solvesborg-offentlig-konst.geojson",
            value=judged(2, 2, 4, 2, 2),
            licence="CC0-1.0",
        ),
        entry_of(
            "olofstrom-offentlig-konst",
            "Offentlig konst, Olofström",
            "offentlig_konst",
            "olofstrom",
            "olofstrom-offentlig-konst.xlsx",
            value=judged(2, 2, 3, 1, 2),
        ),
    ]
    manifest = {
        "karlshamn-offentlig-konst": (
            FORM["csv"]
            | {
                "rows": 120,
                "defects": [{"kind": "swapped_axes", "column": "latitude", "rows": twelve}],
            }
        ),
        "solvesborg-offentlig-konst": {
            "format": "geojson",
            "crs": "EPSG:3006",
            "rows": 64,
            "defects": [{"kind": "truncated", "column": "material", "rows": short}],
        },
        "olofstrom-offentlig-konst": {
            "format": "xlsx",
            "header_row": 3,
            "rows": 45,
            "defects": [{"kind": "missing_name", "column": "name", "rows": [12, 30]}],
        },
    }
    return entries, manifest


def places(folder: Path, rng: random.Random) -> tuple[list[dict[str, Any]], dict[str, Any]]:
    forms.delimited(
        folder / "karlskrona-badplatser.csv",
        content.PLACE,
        content.places(rng, "1080", "karlskrona", "badplats", 60),
    )
    play = content.places(rng, "1082", "karlshamn", "lekplats", 75)
    for at in (5, 6):
        play[at - 2][1] = "lek-001"
    forms.xlsx(folder / "karlshamn-lekplatser.xlsx", content.PLACE, play, [])
    schools = content.places(rng, "1060", "olofstrom", "skola", 40)
    for i, row in enumerate(schools):
        row[5] = f"{PEOPLE[i % 5]}.{PEOPLE[i // 5 % 5]}sson@olofstrom.example"
    forms.delimited(folder / "olofstrom-skolor.csv", content.PLACE, schools, encoding="cp1252")
    care = [
        row
        for code in ("1080", "1081", "1082", "1060")
        for row in content.places(rng, code, "regionblekinge", "vardcentral", 8)
    ]
    for i, row in enumerate(care):
        row[0], row[1] = "10", f"vc-{i + 1:03}"
    keep = [i for i, column in enumerate(content.PLACE) if column not in ("latitude", "longitude")]
    forms.geojson(
        folder / "region-blekinge-vardcentraler.geojson",
        [content.PLACE[i] for i in keep],
        [[row[i] for i in keep] for row in care],
        [(row[4], row[3]) for row in care],
        None,
    )
    entries = [
        entry_of(
            "karlskrona-badplatser",
            "Badplatser, Karlskrona",
            "platsinformation",
            "karlskrona",
            "karlskrona-badplatser.csv",
            value=judged(3, 3, 5, 4, 3),
            effort={"level": 5, "because": "Exporten går varje natt."},
            legal=ANSWERED,
            **documented("REGI", "MONTHLY"),
        ),
        entry_of(
            "karlshamn-lekplatser",
            "Lekplatser, Karlshamn",
            "platsinformation",
            "karlshamn",
            "karlshamn-lekplatser.xlsx",
            value=judged(2, 1, 4, 3, 2),
            licence="CC0-1.0",
        ),
        entry_of(
            "olofstrom-skolor",
            "Skolor, Olofström",
            "platsinformation",
            "olofstrom",
            "olofstrom-skolor.csv",
            value=judged(3, 3, 4, 3, 3),
        ),
        entry_of(
            "region-blekinge-vardcentraler",
            "Vårdcentraler, Region Blekinge",
            "platsinformation",
            "region-blekinge",
            "region-blekinge-vardcentraler.geojson",
            value=judged(3, 2, 4, 3, 3),
            **documented("HEAL"),
        ),
    ]
    manifest = {
        "karlskrona-badplatser": FORM["csv"] | {"rows": 60, "defects": []},
        "karlshamn-lekplatser": {
            "format": "xlsx",
            "rows": 75,
            "defects": [{"kind": "repeated_id", "column": "id", "rows": [2, 5, 6]}],
        },
        "olofstrom-skolor": (
            FORM["csv"]
            | {
                "encoding": "cp1252",
                "rows": 40,
                "defects": [
                    {"kind": "personal_email", "column": "email", "rows": list(range(2, 42))}
                ],
            }
        ),
        "region-blekinge-vardcentraler": {"format": "geojson", "rows": 32, "defects": []},
    }
    return entries, manifest
