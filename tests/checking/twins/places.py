"""Clean points: public art, five kinds of place, and assistive resources on the spot."""

from __future__ import annotations

import datetime as dt
import random
from collections.abc import Callable
from typing import Any

import numpy as np

from helpers.ground import geography

from ...samples.content import CENTRES
from .made import TODAY, Made, Table
from .words import FIRST, LAST, day, place, sentence, street

HOSTS = {"1060": "olofstrom", "1080": "karlskrona", "1082": "karlshamn", "1083": "solvesborg"}
CITIES = {
    "1060": ("Olofström", "293 31"),
    "1080": ("Karlskrona", "371 34"),
    "1082": ("Karlshamn", "374 30"),
    "1083": ("Sölvesborg", "294 31"),
    "1081": ("Ronneby", "372 30"),
}
HOURS = (
    "Mån–fre 08:00–17:00",
    "Mån-fre 7.30-16.30, lör 10-14",
    "Mo-Fr 08:00-17:00",
    "Dygnet runt",
    "maj–september",
    "Alla dagar 9–21",
)
RECENTLY = (TODAY - dt.timedelta(days=300), TODAY - dt.timedelta(days=5))
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
    "type",
    "street",
    "postcode",
    "city",
    "opening_hours",
    "wheelchair",
    "phone",
    "image_url",
]
ART = [
    "source",
    "id",
    "name",
    "artist",
    "year",
    "type",
    "material",
    "dimensions",
    "placement",
    "address",
    "latitude",
    "longitude",
    "owner",
    "image_url",
    "image_license",
    "photographer",
    "visit_url",
    "wikidata",
    "updated",
    "description",
]


def points(
    rng: random.Random, kommunkod: str, count: int, off_m: float = 0.0
) -> list[tuple[float, float]]:
    """Longitude and latitude in the municipality, or up to ``off_m`` off its shore; none twice."""
    lon0, lat0 = CENTRES[kommunkod]
    found: dict[tuple[float, float], None] = {}
    for _ in range(100):
        lon = np.round([rng.gauss(lon0, 0.06) for _ in range(2 * count)], 6)
        lat = np.round([rng.gauss(lat0, 0.035) for _ in range(2 * count)], 6)
        of = geography.municipality_of(lon, lat)
        for x, y, code, off in zip(lon, lat, of["kommunkod"], of["distance_m"], strict=True):
            if code == kommunkod and off <= off_m:
                found[float(x), float(y)] = None
        if len(found) >= count:
            break
    return list(found)[:count]


# the columns that a kind has of its own, for the object of that number
OWN: dict[str, Callable[[random.Random, int], dict[str, Any]]] = {
    "badplats": lambda rng, i: {
        "bathing_water_id": f"SE04410800000{i + 1:05}",
        "water_type": rng.choice(("hav", "sjö")),
        "toilet": ("true", "false")[i % 2],
    },
    "toalett": lambda rng, i: {"wc": 1 + i % 3, "rwc": i % 2},
    "skola": lambda rng, i: {
        "school_unit_code": f"{41000000 + 37 * i}",
        "school_form": rng.choice(("grundskola", "förskola")),
    },
    "vardcentral": lambda rng, i: {"hsa_id": f"SE2321000081-{i + 1:04X}"},
}


def different_names(rng: random.Random, count: int) -> list[str]:
    """Names differ, as a municipality's do; some have a further word."""
    whole = [first + last for first in FIRST for last in LAST]
    return [
        name + rng.choice(("", "", " norra", " södra", " vid skolan"))
        for name in rng.sample(whole, count)
    ]


def maybe(rng: random.Random, share: float, value: Any) -> Any:
    return value if rng.random() < share else ""


def subtype(
    rng: random.Random, kind: str, kommunkod: str, count: int = 120, *, form: str = "csv"
) -> Made:
    host, off = HOSTS[kommunkod], 1200.0 if kind == "badplats" else 0.0
    city, postcode = CITIES[kommunkod]
    rows, own = [], OWN.get(kind, lambda rng, i: {})
    spots, names = points(rng, kommunkod, count, off), different_names(rng, count)
    for i, (lon, lat) in enumerate(spots):
        one = {
            "source": kommunkod,
            "id": f"{kommunkod}-{kind[:3]}-{i + 1:03}",
            "name": names[i],
            "latitude": lat,
            "longitude": lon,
            "email": f"{rng.choice(('kontakt', 'kundservice', 'fritid'))}@{host}.se",
            "visit_url": f"https://www.{host}.se/{kind}/{names[i].split()[0].lower()}-{i + 1}",
            "wikidata": maybe(rng, 0.2, f"Q{rng.randint(10**6, 10**8)}"),
            "updated": day(rng, *RECENTLY),
            "description": maybe(rng, 0.8, sentence(rng)),
            "type": kind,
            "street": street(rng),
            "postcode": postcode,
            "city": city,
            "opening_hours": rng.choice(HOURS),
            "wheelchair": rng.choice(("ja", "nej", "delvis")),
            "phone": f"0455-30 {rng.randint(10, 99)} {rng.randint(10, 99)}",
            "image_url": maybe(rng, 0.3, f"https://www.{host}.se/bilder/{i + 1}.jpg"),
        }
        more = own(rng, i)
        rows.append([*(one[name] for name in PLACE), *more.values()])
    return Made(
        f"{kind}er-{host}",
        "platsinformation",
        host,
        {kind: Table([*PLACE, *own(rng, 0)], rows)},
        form,
    )


def care(rng: random.Random, count: int = 60) -> Made:
    """A region's care centres, as a map, over four municipalities; ``source`` is the region's
    organisationsnummer."""
    parts = [
        subtype(rng, "vardcentral", code, count // 4) for code in ("1060", "1080", "1082", "1083")
    ]
    rows = [row for one in parts for row in one.main.rows]
    names, header = different_names(rng, len(rows)), parts[0].main.header
    for i, row in enumerate(rows):
        row[0], row[1], row[2] = (
            "2321000081",
            f"SE2321000081-1A{i + 1:02}",
            names[i] + "s vårdcentral",
        )
        row[5], row[6] = (
            "vardcentral@regionblekinge.se",
            f"https://regionblekinge.se/vardcentral/{i + 1}",
        )
        row[-1] = f"SE2321000081-{i + 1:04X}"
    return Made(
        "vardcentraler",
        "platsinformation",
        "region-blekinge",
        {"vardcentral": Table(header, rows)},
        "geojson",
    )


def art(rng: random.Random, count: int = 150) -> Made:
    artists = [
        f"{first} {place(rng)[:-2]}"
        for first in ("Ellen", "Nils", "Sigrid", "Axel", "Märta", "Olle", "Åsa", "Per")
        for _ in range(4)
    ]
    materials = (
        "Brons",
        "Granit",
        "Glas",
        "Patinerad koppar, röd granit och ek",
        "Rostfritt stål, betong och glas",
        "Trä",
        "Mosaik",
        "Keramik och betong",
        "Målad aluminium",
        "Diabas",
        "Oljemålning på duk",
    )
    words = (
        "Vilande",
        "Stora",
        "Den lilla",
        "Fiskarens",
        "Havets",
        "Morgonens",
        "Ny",
        "Minne av",
        "Två",
        "Sjungande",
    )
    things = (
        "form",
        "fågel",
        "våg",
        "dröm",
        "ros",
        "systrar",
        "port",
        "spiral",
        "skugga",
        "resa",
        "häst",
        "båt",
        "måne",
        "eld",
    )
    titles = rng.sample([f"{word} {thing}" for word in words for thing in things], min(count, 140))
    titles += [f"{title} II" for title in titles[: count - len(titles)]]
    rows = []
    for i, (lon, lat) in enumerate(points(rng, "1082", count)):
        artist, inside = rng.choice(artists), rng.random() < 0.2
        one = {
            "source": "1082",
            "id": f"K{i + 1:04}",
            "name": titles[i],
            "artist": artist,
            "year": maybe(rng, 0.95, rng.randint(1890, 2025)),
            "type": rng.choice(("skulptur", "relief", "målning", "mosaik")),
            "material": rng.choice(materials),
            "dimensions": maybe(rng, 0.7, f"{rng.randint(30, 400)} x {rng.randint(20, 300)} cm"),
            "placement": "inomhus" if inside else "utomhus",
            "address": street(rng),
            "latitude": lat,
            "longitude": lon,
            "owner": "Karlshamns kommun",
            "image_url": maybe(rng, 0.4, f"https://konst.karlshamn.se/bild/{i + 1}.jpg"),
            "image_license": "CC0-1.0",
            "photographer": "",
            "visit_url": f"https://konst.karlshamn.se/verk/{i + 1}",
            "wikidata": maybe(rng, 0.2, f"Q{rng.randint(10**6, 10**8)}"),
            "updated": day(rng, *RECENTLY),
            "description": maybe(rng, 0.8, sentence(rng)),
        }
        one["image_license"] = "CC BY 4.0" if one["image_url"] else ""
        rows.append([one[name] for name in ART])
    return Made(
        "offentlig-konst", "offentlig_konst", "karlshamn", {"konst": Table(list(ART), rows)}
    )


def resources(rng: random.Random, count: int = 80) -> Made:
    """Assistive resources on the spot: several may stand in one house, so a place's position is met
    twice or thrice."""
    header = [
        "source",
        "id",
        "name",
        "resource_type",
        "place_name",
        "street",
        "city",
        "latitude",
        "longitude",
        "opening_hours",
        "email",
        "phone",
        "url",
        "updated",
        "description",
    ]
    kinds, names, rows = (
        ("hörslinga", "badrullstol", "lift", "tillgänglighetsramp"),
        different_names(rng, count),
        [],
    )
    for i, (lon, lat) in enumerate(points(rng, "1080", count)):
        if i % 7 == 6:
            lon, lat = rows[-1][8], rows[-1][7]
        kind = kinds[i % 4]
        rows.append(
            [
                "2321000081",
                f"R{i + 1:04}",
                f"{kind.capitalize()} {names[i]}",
                kind,
                names[i],
                street(rng),
                "Karlskrona",
                lat,
                lon,
                rng.choice(HOURS),
                "tillganglighet@regionblekinge.se",
                f"0455-73 {rng.randint(10, 99)} {rng.randint(10, 99)}",
                f"https://regionblekinge.se/hjalpmedel/plats/{i + 1}",
                day(rng, *RECENTLY),
                maybe(rng, 0.5, sentence(rng)),
            ]
        )
    return Made(
        "hjalpmedel-pa-plats", "hjalpmedel", "region-blekinge", {"plats": Table(header, rows)}
    )


def stops(rng: random.Random, count: int = 120) -> Made:
    names = different_names(rng, count)
    spots = points(rng, "1080", count // 2) + points(rng, "1082", count - count // 2)
    rows = [
        [f"{9021010000000 + 1000 * i}", names[i], lat, lon] for i, (lon, lat) in enumerate(spots)
    ]
    header = ["stop_id", "stop_name", "latitude", "longitude"]
    return Made(
        "hallplatser", "rorelsedata", "region-blekinge", {"hallplatser": Table(header, rows)}
    )
