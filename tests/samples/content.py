"""The rows of the sample region: made-up suppliers, works, places and lines, inside the right
municipality."""

from __future__ import annotations

import json
import math
import random
from pathlib import Path

import numpy as np
import shapely
from pyproj import Transformer

from .forms import Rows

AREAS = Path(__file__).with_name("areas.json")  # where places are put: see its source
TO_METRES = Transformer.from_crs("EPSG:4326", "EPSG:3006", always_xy=True)
CENTRES = {
    "0360": (17.518, 60.343),
    "1060": (14.531, 56.277),
    "1080": (15.590, 56.163),
    "1081": (15.276, 56.210),
    "1082": (14.863, 56.170),
    "1083": (14.583, 56.052),
}
FIRMS = (
    "Bygg",
    "El",
    "Städ",
    "Konsult",
    "Schakt",
    "Måleri",
    "Frukt & Grönt",
    "Läromedel",
    "Rör",
    "IT-drift",
)
PLACES = ("Ek", "Björk", "Strand", "Kvarn", "Kyrk", "Berg", "Sjö", "Ängs", "Hamn", "Lund")
KINDS = (
    "backen",
    "viken",
    "gården",
    "parken",
    "udden",
    "dalen",
    "stigen",
    "torget",
    "ängen",
    "holmen",
)
ACCOUNTS = {
    "6110": "Kontorsmaterial",
    "5010": "Lokalhyra",
    "7410": "Konsulttjänster",
    "6230": "Datakommunikation",
    "5520": "Reparation av fastighet",
    "4620": "Livsmedel",
}
MATERIALS = (
    "Brons",
    "Granit",
    "Glas",
    "Patinerad koppar, röd granit och ek",
    "Rostfritt stål, betong och glas",
    "Trä",
)


def check_digit(nine: str) -> str:
    """The Luhn check digit of nine digits."""
    total = sum(sum(divmod(int(digit) * (2 - i % 2), 10)) for i, digit in enumerate(nine))
    return str(-total % 10)


def company_number(rng: random.Random) -> str:
    nine = f"55{rng.randint(60, 99)}{rng.randint(10000, 99999)}"
    return nine + check_digit(nine)


def test_person(rng: random.Random) -> str:
    """A ten-digit personal number of the Tax Agency's series for tests: birth number 980-999."""
    nine = f"{rng.randint(50, 99)}{rng.randint(1, 12):02}{rng.randint(1, 28):02}{rng.randint(980, 999)}"
    return nine + check_digit(nine)


def suppliers(rng: random.Random, count: int) -> list[tuple[str, str]]:
    return [(company_number(rng), f"Påhittat {rng.choice(FIRMS)} {i + 1} AB") for i in range(count)]


def invoices(
    rng: random.Random, buyer: tuple[str, str], kommun: str, count: int, people: int = 0
) -> Rows:
    """Columns as in leverantörsreskontra 1.1: ``INVOICE``."""
    firms, rows = suppliers(rng, 60), []
    persons = [(test_person(rng), f"Påhittad enskild firma {i + 1}") for i in range(people)]
    for i in range(count):
        number, name = persons[i % people] if people and i % 9 == 4 else rng.choice(firms)
        account = rng.choice(sorted(ACCOUNTS))
        amount = round(rng.lognormvariate(8, 1.2) * (-1 if rng.random() < 0.02 else 1), 2)
        day = f"2025-{1 + i * 12 // count:02}-{rng.randint(1, 28):02}"
        rows.append(
            [
                buyer[0],
                buyer[1],
                f"V{250000 + i}",
                name,
                number,
                account,
                ACCOUNTS[account],
                amount,
                day,
                rng.choice(("Kommunledning", "Samhällsbyggnad", "Skola")),
                kommun,
            ]
        )
    return rows


INVOICE = [
    "kopare_id",
    "kopare",
    "verifikationsnummer",
    "leverantor",
    "leverantor_id",
    "konto_nr",
    "konto_text",
    "belopp",
    "datum",
    "forvaltning",
    "kommun_id",
]


def points(rng: random.Random, kommunkod: str, count: int) -> list[tuple[float, float]]:
    """Longitude and latitude well inside the municipality, none twice."""
    rings = json.loads(AREAS.read_text("utf-8"))["rings"][kommunkod]
    land = shapely.multipolygons([shapely.polygons(ring) for ring in rings])
    lon0, lat0 = CENTRES[kommunkod]
    found: list[tuple[float, float]] = []
    for _ in range(200):
        lon = np.round(np.array([rng.gauss(lon0, 0.05) for _ in range(count)]), 6)
        lat = np.round(np.array([rng.gauss(lat0, 0.03) for _ in range(count)]), 6)
        inside = shapely.contains_xy(land, *TO_METRES.transform(lon, lat))
        found += [
            (float(x), float(y))
            for x, y, dry in zip(lon, lat, inside, strict=True)
            if dry and (float(x), float(y)) not in found
        ]
        if len(found) >= count:
            break
    return found[:count]


def outline(lon: float, lat: float, width: float, depth: float) -> list[list[float]]:
    """A yard of so many metres around the position, its first corner again at the end."""
    east, north = width / 111_195 / math.cos(math.radians(lat)) / 2, depth / 111_195 / 2
    corners = ((-1, -1), (1, -1), (1, 1), (-1, 1), (-1, -1))
    return [[round(lon + east * x, 7), round(lat + north * y, 7)] for x, y in corners]


def name(rng: random.Random, i: int) -> str:
    return f"{PLACES[i % 10]}{KINDS[(i // 10 + rng.randint(0, 9)) % 10]} {i + 1}"


PLACE = [
    "source",
    "id",
    "name",
    "latitude",
    "longitude",
    "email",
    "visit_url",
    "wikidata",
    "updated",
    "description",
]


def places(rng: random.Random, kommunkod: str, host: str, kind: str, count: int) -> Rows:
    spots = points(rng, kommunkod, count)
    return [
        [
            kommunkod,
            f"{kind[:3]}-{i + 1:03}",
            f"{name(rng, i)}",
            lat,
            lon,
            f"kontakt@{host}.example",
            f"https://{host}.example/{kind}/{i + 1}",
            "",
            f"2026-{rng.randint(1, 10):02}-{rng.randint(1, 28):02}",
            f"Påhittad {kind}",
        ]
        for i, (lon, lat) in enumerate(spots)
    ]


ART = [
    "source",
    "id",
    "name",
    "artist",
    "year",
    "type",
    "material",
    "placement",
    "latitude",
    "longitude",
    "visit_url",
    "updated",
]


def art(rng: random.Random, kommunkod: str, host: str, count: int) -> Rows:
    spots = points(rng, kommunkod, count)
    return [
        [
            kommunkod,
            f"K{i + 1:04}",
            f"Påhittat verk {i + 1}: {name(rng, i)}",
            f"Påhittad konstnär {rng.randint(1, 25)}",
            rng.randint(1930, 2024),
            rng.choice(("skulptur", "relief", "målning")),
            rng.choice(MATERIALS),
            "utomhus",
            lat,
            lon,
            f"https://{host}.example/konst/{i + 1}",
            f"2026-0{rng.randint(1, 9)}-{rng.randint(10, 28)}",
        ]
        for i, (lon, lat) in enumerate(spots)
    ]
