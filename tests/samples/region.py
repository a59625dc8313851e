"""The sample region's 18 files, each with its declared faults, and the catalogue's 21 entries."""

from __future__ import annotations

import random
from pathlib import Path
from typing import Any

import yaml

from helpers.words import paths

from . import content, forms, tierp, timetable

SEED = 1082
NOTE = (
    "Syntetiska exempeldata: påhittade uppgifter, inga verkliga leverantörer, verk eller platser."
)
PEOPLE = ("testa", "prova", "fiktiv", "exempel", "mall")  # made-up service addresses
FORM = {"csv": {"format": "csv", "encoding": "utf-8", "delimiter": ";"}}
ANSWERED = {
    key: {"answer": "no", "by": "informationsägaren", "when": "2026-10-01"}
    for key in (
        "personal_data",
        "secrecy",
        "copyright",
        "security",
        "protected_identity",
        "agreement",
    )
}


def _judged(
    internal: int, business: int, citizens: int, demand: int, transparency: int
) -> dict[str, Any]:
    because = "Bedömt i den påhittade exempelregionens arbetsgrupp."
    levels = {
        "internal": internal,
        "business": business,
        "citizens": citizens,
        "demand": demand,
        "transparency": transparency,
    }
    return {name: {"level": level, "because": because} for name, level in levels.items()}


def _entry(
    id: str, title: str, type: str, organisation: str, file: str | None, **more: Any
) -> dict[str, Any]:
    entry: dict[str, Any] = {
        "id": id,
        "title": f"{title} (syntetiska exempeldata)",
        "type": type,
        "organisation": organisation,
        "stage": "inventoried" if file else "idea",
        "synthetic": True,
    }
    if file:
        entry["source"] = {"path": f"../samples/{file}"}
    return entry | more


def _documented(theme: str, frequency: str = "ANNUAL") -> dict[str, Any]:
    return {
        "description": NOTE,
        "keywords": ["exempel", "syntetiskt"],
        "contact": "oppnadata@exempel.example",
        "theme": theme,
        "update_frequency": frequency,
        "licence": "CC0-1.0",
        "owner": {"role": "Förvaltningschef", "mailbox": "oppnadata@exempel.example"},
    }


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
ACROSS = [
    {
        "kind": "numbers",
        "rows": {
            "karlskrona-leverantorsfakturor": [25, 250],
            "karlshamn-leverantorsfakturor": [30],
        },
    },
    {
        "kind": "names",
        "rows": {
            "karlskrona-leverantorsfakturor": [25, 250],
            "region-blekinge-leverantorsfakturor": [100],
        },
    },
    {
        "kind": "object",
        "rows": {"karlshamn-offentlig-konst": [120], "olofstrom-offentlig-konst": [44]},
    },
]


def _invoices(folder: Path, rng: random.Random) -> tuple[list[dict[str, Any]], dict[str, Any]]:
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
        _entry(
            "karlskrona-leverantorsfakturor",
            "Leverantörsfakturor 2025, Karlskrona",
            "leverantorsfakturor",
            "karlskrona",
            "karlskrona-leverantorsfakturor.csv",
            value=_judged(4, 3, 2, 3, 5),
            legal=ANSWERED,
            effort={"level": 4, "because": "Färdig export finns."},
            **_documented("GOVE"),
        ),
        _entry(
            "karlshamn-leverantorsfakturor",
            "Leverantörsfakturor 2025, Karlshamn",
            "leverantorsfakturor",
            "karlshamn",
            "karlshamn-leverantorsfakturor.csv",
            value=_judged(4, 4, 3, 4, 5),
            **_documented("GOVE"),
        ),
        _entry(
            "region-blekinge-leverantorsfakturor",
            "Leverantörsfakturor 2025, Region Blekinge",
            "leverantorsfakturor",
            "region-blekinge",
            "region-blekinge-leverantorsfakturor.csv",
            value=_judged(3, 4, 2, 3, 5),
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


def _art(folder: Path, rng: random.Random) -> tuple[list[dict[str, Any]], dict[str, Any]]:
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
        _entry(
            "karlshamn-offentlig-konst",
            "Offentlig konst, Karlshamn",
            "offentlig_konst",
            "karlshamn",
            "karlshamn-offentlig-konst.csv",
            value=_judged(5, 4, 5, 4, 2),
            legal=ANSWERED,
            effort={"level": 4, "because": "Registret går att exportera."},
            **_documented("EDUC"),
        ),
        _entry(
            "solvesborg-offentlig-konst",
            "Offentlig konst, Sölvesborg",
            "offentlig_konst",
            "solvesborg",
            "solvesborg-offentlig-konst.geojson",
            value=_judged(2, 2, 4, 2, 2),
            licence="CC0-1.0",
        ),
        _entry(
            "olofstrom-offentlig-konst",
            "Offentlig konst, Olofström",
            "offentlig_konst",
            "olofstrom",
            "olofstrom-offentlig-konst.xlsx",
            value=_judged(2, 2, 3, 1, 2),
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


def _places(folder: Path, rng: random.Random) -> tuple[list[dict[str, Any]], dict[str, Any]]:
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
        _entry(
            "karlskrona-badplatser",
            "Badplatser, Karlskrona",
            "platsinformation",
            "karlskrona",
            "karlskrona-badplatser.csv",
            value=_judged(3, 3, 5, 4, 3),
            effort={"level": 5, "because": "Exporten går varje natt."},
            legal=ANSWERED,
            **_documented("REGI", "MONTHLY"),
        ),
        _entry(
            "karlshamn-lekplatser",
            "Lekplatser, Karlshamn",
            "platsinformation",
            "karlshamn",
            "karlshamn-lekplatser.xlsx",
            value=_judged(2, 1, 4, 3, 2),
            licence="CC0-1.0",
        ),
        _entry(
            "olofstrom-skolor",
            "Skolor, Olofström",
            "platsinformation",
            "olofstrom",
            "olofstrom-skolor.csv",
            value=_judged(3, 3, 4, 3, 3),
        ),
        _entry(
            "region-blekinge-vardcentraler",
            "Vårdcentraler, Region Blekinge",
            "platsinformation",
            "region-blekinge",
            "region-blekinge-vardcentraler.geojson",
            value=_judged(3, 2, 4, 3, 3),
            **_documented("HEAL"),
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


def _rest(folder: Path, rng: random.Random) -> tuple[list[dict[str, Any]], dict[str, Any]]:
    aids = [
        [
            "10",
            f"H{i + 1:04}",
            f"Påhittat hjälpmedel {i + 1}",
            f"12 {rng.choice(('03', '06', '22'))} {rng.randint(3, 30):02}",
            "Förflyttning",
            f"Påhittat Hjälpmedel {rng.randint(1, 9)} AB",
        ]
        for i in range(180)
    ]
    for at in (20, 44, 90):
        aids[at - 2][3] = "12-22"
    forms.delimited(
        folder / "region-blekinge-hjalpmedel.csv",
        ["source", "id", "name", "iso9999_code", "category", "supplier"],
        aids,
    )
    stops = [
        (f"S{i + 1:03}", content.name(rng, i), lat, lon)
        for i, (lon, lat) in enumerate(
            content.points(rng, "1080", 20) + content.points(rng, "1082", 20)
        )
    ]
    timetables = timetable.feed(stops[:20], stops[20:])
    forms.packed(folder / "region-blekinge-tidtabeller.zip", timetables)
    towns = ("Karlskrona", "Ronneby", "Karlshamn", "Sölvesborg", "Olofström")
    trips = [
        [a, b, f"2026-{month:02}", max(1, int(rng.lognormvariate(4, 1.6)))]
        for a in towns
        for b in towns
        if a != b
        for month in range(1, 10)
    ]
    forms.delimited(
        folder / "region-blekinge-resor.csv", ["fran", "till", "manad", "antal_resor"], trips
    )
    measured = [
        [
            f"2026-{rng.randint(1, 9):02}-{rng.randint(1, 28):02}",
            rng.choice(("1060", "1080", "1081", "1082", "1083")),
            rng.choice(("fiber", "4G", "5G", "xDSL")),
            f"Påhittad operatör {rng.randint(1, 5)}",
            round(rng.lognormvariate(4.6, 0.9), 1),
            round(rng.lognormvariate(4.0, 1.0), 1),
            rng.randint(2, 60),
        ]
        for _ in range(1500)
    ]
    for at in (100, 700):
        measured[at - 2][4] = 940000.0
    forms.delimited(
        folder / "region-blekinge-bredband.csv",
        [
            "measured_at",
            "kommunkod",
            "technology",
            "operator",
            "download_mbit",
            "upload_mbit",
            "latency_ms",
        ],
        measured,
        decimal_comma=True,
    )
    own = "region-blekinge"
    entries = [
        _entry(
            f"{own}-hjalpmedel",
            "Hjälpmedel, Region Blekinge",
            "hjalpmedel",
            own,
            f"{own}-hjalpmedel.csv",
            value=_judged(3, 2, 4, 2, 2),
        ),
        _entry(
            f"{own}-tidtabeller",
            "Tidtabeller, Blekinge",
            "rorelsedata",
            own,
            f"{own}-tidtabeller.zip",
            value=_judged(3, 4, 4, 3, 2),
            published={"status": "national_source", "url": "https://www.trafiklab.se/"},
        ),
        _entry(
            f"{own}-resor",
            "Resor mellan orter, Blekinge",
            "rorelsedata",
            own,
            f"{own}-resor.csv",
            value=_judged(4, 3, 2, 2, 4),
        ),
        _entry(
            f"{own}-bredband",
            "Uppmätt bredband, Blekinge",
            "bredband",
            own,
            f"{own}-bredband.csv",
            value=_judged(3, 3, 3, 2, 4),
            source_system={"name": "Extern mättjänst", "supplier_owns_data": "yes"},
        ),
    ]
    csv = FORM["csv"]
    manifest = {
        f"{own}-hjalpmedel": (
            csv
            | {
                "rows": 180,
                "defects": [
                    {"kind": "iso9999_form", "column": "iso9999_code", "rows": [20, 44, 90]}
                ],
            }
        ),
        f"{own}-tidtabeller": {
            "format": "gtfs",
            "rows": timetables["stops.txt"].count(b"\n") - 1,
            "defects": [{"kind": "stop_without_service", "column": "stop_id", "rows": [60]}],
        },
        f"{own}-resor": (
            csv
            | {
                "rows": len(trips),
                "defects": [
                    {
                        "kind": "small_cells",
                        "column": "antal_resor",
                        "rows": [i + 2 for i, trip in enumerate(trips) if int(str(trip[3])) < 5],
                    }
                ],
            }
        ),
        f"{own}-bredband": (
            csv
            | {
                "rows": 1500,
                "defects": [
                    {"kind": "impossible_speed", "column": "download_mbit", "rows": [100, 700]}
                ],
            }
        ),
    }
    return entries, manifest


def _small(folder: Path, rng: random.Random) -> tuple[list[dict[str, Any]], dict[str, Any]]:
    """A small municipality that asks what to begin with."""
    own = "tierp"
    plain = _documented("REGI") | {"owner": {"role": "Gatuchef", "mailbox": "gata@tierp.example"}}
    entries = [
        _entry(
            f"{own}-evenemang",
            "Evenemang, Tierp",
            "platsinformation",
            own,
            f"{own}-evenemang.csv",
            value=_judged(2, 3, 4, 2, 1),
            licence="CC0-1.0",
        ),
        _entry(
            f"{own}-sevardheter",
            "Sevärdheter, Tierp",
            "platsinformation",
            own,
            f"{own}-sevardheter.csv",
            value=_judged(2, 3, 4, 3, 1),
            legal=ANSWERED,
            licence="CC0-1.0",
            effort={"level": 3, "because": "Listan finns hos turistbyrån."},
        ),
        _entry(
            f"{own}-parkeringar",
            "Parkeringar, Tierp",
            "platsinformation",
            own,
            f"{own}-parkeringar.csv",
            value=_judged(3, 2, 3, 2, 2),
            **plain,
        ),
        _entry(
            f"{own}-hundrastgardar",
            "Hundrastgårdar, Tierp",
            "platsinformation",
            own,
            f"{own}-hundrastgardar.csv",
            value=_judged(1, 1, 3, 1, 1),
        ),
    ]
    manifest = {name: FORM["csv"] | said for name, said in tierp.write(folder, rng).items()}
    return entries, manifest


def _ideas() -> list[dict[str, Any]]:
    asked = {
        "demand": {
            "level": 2,
            "because": "Frågan kom upp i pilotens inventering (påhittat exempel).",
        }
    }
    return [
        _entry(
            "habo-leverantorsfakturor",
            "Leverantörsfakturor, Håbo",
            "leverantorsfakturor",
            "habo",
            None,
            value=asked,
        ),
        _entry(
            "oxelosund-nykoping-lekplatser",
            "Lekplatser, Oxelösund och Nyköping",
            "platsinformation",
            "oxelosund-nykoping",
            None,
        ),
        _entry(
            "tierp-alvkarleby-badplatser",
            "Badplatser, Tierp och Älvkarleby",
            "platsinformation",
            "tierp-alvkarleby",
            None,
        ),
    ]


def write(samples: Path | None = None, catalogue: Path | None = None) -> Path:
    """Write files, manifest and catalogue; the same seed gives the same bytes. Returns the folder
    of samples."""
    samples, catalogue = (
        samples or paths.project_root() / "data" / "samples",
        catalogue or paths.catalogue(),
    )
    samples.mkdir(parents=True, exist_ok=True)
    catalogue.mkdir(parents=True, exist_ok=True)
    entries = _ideas()
    manifest: dict[str, Any] = {}
    for part in (_invoices, _art, _places, _rest, _small):
        made, declared = part(samples, random.Random(f"{SEED}:{part.__name__}"))
        entries += made
        manifest |= declared
    head = f"# {NOTE}\n"
    plain = {"synthetic": True, "seed": SEED, "candidates": manifest, "across": ACROSS}
    (samples / "manifest.yaml").write_text(
        head + yaml.safe_dump(plain, allow_unicode=True, sort_keys=False), "utf-8"
    )
    (samples / "README.md").write_text(
        f"# Exempelregionen\n\n{NOTE}\nPersonnummer i filerna är Skatteverkets testnummer"
        " (födelsenummer 980–999).\n\nSynthetic sample data. `make samples` writes them anew;"
        " `manifest.yaml` declares every fault.\n",
        "utf-8",
    )
    for entry in entries:
        text = yaml.dump(entry, allow_unicode=True, sort_keys=False, Dumper=_Plain)
        (catalogue / f"{entry['id']}.yaml").write_text(head + text, "utf-8")
    return samples


class _Plain(yaml.SafeDumper):
    """YAML without anchors."""

    def ignore_aliases(self, data: Any) -> bool:
        return True
