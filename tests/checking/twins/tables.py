"""Clean tables without points or with few: assistive products, passenger counts, broadband."""

from __future__ import annotations

import datetime as dt
import random

from .made import TODAY, Made, Table
from .places import RECENTLY, points
from .words import day, firms

AIDS = {
    "12 03 06": "Armbågskrycka",
    "12 06 06": "Rollator",
    "12 22 03": "Manuell rullstol",
    "12 23 06": "Elrullstol",
    "18 12 10": "Säng, reglerbar",
    "09 12 03": "Toalettstol på hjul",
    "09 33 07": "Badkarsbräda",
    "22 06 15": "Hörapparat",
    "22 39 05": "Förstorande läs-tv",
    "24 21 03": "Griptång",
}
TOWNS = ("Karlskrona", "Ronneby", "Karlshamn", "Sölvesborg", "Olofström", "Kallinge", "Jämjö")
CODES = {
    "1060": "Olofström",
    "1080": "Karlskrona",
    "1081": "Ronneby",
    "1082": "Karlshamn",
    "1083": "Sölvesborg",
}
OPERATORS = ("Telia", "Tele2", "Telenor", "Tre", "Bredband2", "Affärsverken")


def articles(rng: random.Random, count: int = 250) -> Made:
    """The article catalogue: article numbers of six digits, some of which begin with a zero."""
    suppliers, rows = firms(rng, 12), []
    header = [
        "source",
        "id",
        "name",
        "iso9999_code",
        "category",
        "description",
        "supplier",
        "supplier_orgnr",
        "region_sortiment",
        "prescriber_required",
        "url",
        "updated",
    ]
    for number in rng.sample(range(4000, 400_000), count):
        code = rng.choice(sorted(AIDS))
        orgnr, supplier = rng.choice(suppliers)
        rows.append(
            [
                "2321000081",
                f"{number:06}",
                f"{AIDS[code]} modell {rng.choice('ABCDEFGH')}{rng.randint(1, 999)}",
                code,
                AIDS[code].split(",")[0],
                f"{AIDS[code]} för vuxna, bredd {rng.randint(30, 60)} cm.",
                supplier,
                orgnr,
                rng.choice(("bas", "bas", "utökat")),
                rng.choice(("ja", "nej")),
                f"https://hjalpmedel.regionblekinge.se/{number}",
                day(rng, *RECENTLY),
            ]
        )
    return Made(
        "hjalpmedel-artiklar", "hjalpmedel", "region-blekinge", {"artiklar": Table(header, rows)}
    )


def journeys(rng: random.Random) -> Made:
    """Journeys between towns by month and line, no cell below the threshold of ten."""
    header = ["month", "line", "from_place", "to_place", "passengers"]
    pairs = [(a, b) for a in TOWNS for b in TOWNS if a != b]
    lines = {pair: str(rng.choice((1, 2, 150, 600, 833))) for pair in pairs}
    rows = [
        [f"2026-{month:02}", lines[pair], *pair, 10 + int(rng.lognormvariate(5, 1))]
        for month in range(4, 11)
        for pair in pairs
    ]
    return Made("resor", "rorelsedata", "region-blekinge", {"resor": Table(header, rows)})


def boardings(rng: random.Random) -> Made:
    """Boardings and alightings by stop and hour of a few days."""
    header = ["date", "hour", "stop_id", "stop_name", "line", "boardings", "alightings"]
    halts = [
        (f"74{i:04}", f"{town} {kind}")
        for i, (town, kind) in enumerate(
            (town, kind) for town in TOWNS for kind in ("station", "centrum")
        )
    ]
    rows = [
        [
            f"2026-10-{date:02}",
            hour,
            *halt,
            str(rng.choice((1, 2, 150))),
            5 + int(rng.lognormvariate(2.5, 0.8)),
            5 + int(rng.lognormvariate(2.5, 0.8)),
        ]
        for date in (5, 6, 7)
        for hour in (6, 7, 8, 15, 16)
        for halt in halts
    ]
    return Made("pastigande", "rorelsedata", "region-blekinge", {"pastigande": Table(header, rows)})


def coverage(rng: random.Random) -> Made:
    """The share of households with access, by municipality and technology, on the first of October
    of some years."""
    header = ["measured_at", "kommunkod", "kommun", "technology", "coverage_share"]
    rows = [
        [f"{year}-10-01", kommunkod, kommun, technology, round(min(99.9, rng.uniform(*span)), 1)]
        for year in range(2016, 2026)
        for kommunkod, kommun in CODES.items()
        for technology, span in (("fiber", (60, 99)), ("kabel-tv", (5, 40)), ("4G", (95, 100)))
    ]
    made = Made(
        "bredband-tillgang", "bredband", "region-blekinge", {"tillgang": Table(header, rows)}
    )
    made.decimal_comma = True
    return made


def measurements(rng: random.Random, count: int = 300) -> Made:
    """Measurements by app, with the phone's own position to four decimals."""
    speeds = {
        "fiber": (5.2, 0.7),
        "kabel-tv": (5.0, 0.6),
        "xDSL": (2.6, 0.5),
        "4G": (3.6, 0.6),
        "5G": (4.9, 0.7),
    }
    header = [
        "measured_at",
        "kommunkod",
        "technology",
        "operator",
        "download_mbit",
        "upload_mbit",
        "latency_ms",
        "device_type",
        "position_source",
        "latitude",
        "longitude",
    ]
    rows = []
    for kommunkod, share in (("1080", 0.5), ("1082", 0.3), ("1081", 0.2)):
        for lon, lat in points(rng, kommunkod, int(count * share)):
            technology = rng.choice(sorted(speeds))
            down = min(990.0, round(rng.lognormvariate(*speeds[technology]) + 1, 1))
            rows.append(
                [
                    day(rng, TODAY - dt.timedelta(days=330), TODAY - dt.timedelta(days=20)),
                    kommunkod,
                    technology,
                    rng.choice(OPERATORS),
                    down,
                    round(down * rng.uniform(0.1, 0.9) + 0.3, 1),
                    rng.randint(4, 90),
                    rng.choice(("android", "ios")),
                    "gps",
                    round(lat, 4),
                    round(lon, 4),
                ]
            )
    rng.shuffle(rows)
    return Made(
        "bredband-matningar", "bredband", "region-blekinge", {"matningar": Table(header, rows)}
    )


def aggregates(rng: random.Random) -> Made:
    """Medians by municipality, month and technology, with how many measurements they rest on."""
    header = [
        "measured_at",
        "kommunkod",
        "kommun",
        "technology",
        "download_mbit",
        "upload_mbit",
        "latency_ms",
        "measurements",
        "devices",
    ]
    rows = []
    for month in range(1, 11):
        for kommunkod, kommun in CODES.items():
            for technology, middle in (("fiber", 240), ("4G", 35), ("5G", 150)):
                down = round(middle * rng.uniform(0.6, 1.5), 1)
                number = rng.randint(20, 900)
                rows.append(
                    [
                        f"2026-{month:02}-01",
                        kommunkod,
                        kommun,
                        technology,
                        down,
                        round(down * rng.uniform(0.2, 0.8), 1),
                        rng.randint(8, 60),
                        number,
                        max(10, int(number * 0.7)),
                    ]
                )
    made = Made(
        "bredband-medianer", "bredband", "region-blekinge", {"medianer": Table(header, rows)}
    )
    made.decimal_comma = True
    return made
