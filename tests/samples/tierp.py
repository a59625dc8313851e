"""A small municipality with no invoices to show: its events, attractions, car parks and dog parks, as
the national drafts have them."""

from __future__ import annotations

import datetime as dt
import json
import random
from pathlib import Path
from typing import Any

from helpers.declared import specifications

from . import content, forms

TIERP, ORGNR, HOST = "0360", "2120000266", "https://tierp.example"
HELD = ("konsert", "teater", "marknad", "utställning", "föredrag")
SEEN = ("museum", "kyrka", "bruksmiljö", "utsiktsplats", "fornlämning")
TURNED, HUGE, IN_METRES = (7, 21), (12,), (3, 6)  # the rows that are wrong


def _write(file: Path, variant: str, rows: list[dict[str, Any]]) -> None:
    """The rows under the headers of the specification; what a row does not say is empty."""
    whole = specifications.load("platsinformation", variant)
    fields = [field for field in whole.fields if not field.extra]
    cells = [[row.get(field.name, "") for field in fields] for row in rows]
    forms.delimited(file, [field.header for field in fields], cells)


def _visited(rng: random.Random, i: int, spot: tuple[float, float], kinds: tuple[str, ...]) -> Any:
    kind = rng.choice(kinds)
    return {
        "name": f"{kind.capitalize()}, {content.name(rng, i)} (påhittat exempel)",
        "description": f"Påhittat exempel på {kind}.",
        "type": kind,
        "latitude": spot[1],
        "longitude": spot[0],
        "street": f"Påhittsvägen {i + 1}",
        "postcode": "815 00",
        "city": "Tierp",
        # numbers that PTS keeps for fiction
        "phone": f"+46 8 465 004 {i % 100:02}",
        "email": "turism@tierp.example",
    }


def _events(rng: random.Random, count: int = 45) -> list[dict[str, Any]]:
    spots, rows = content.points(rng, TIERP, 10), []
    for i in range(count):
        begins = dt.datetime(2027, 1 + i % 12, rng.randint(1, 28), rng.randint(9, 19))
        ends = begins + dt.timedelta(hours=rng.randint(1, 5))
        price = rng.choice((0, 0, 100, 180))
        one = {
            "start_date": (ends if i + 2 in TURNED else begins).isoformat(),
            "end_date": (begins if i + 2 in TURNED else ends).isoformat(),
            "capacity": rng.randint(20, 400),
            "price": price,
            "free": "true" if price == 0 else "false",
            "organizer": "Tierps kommun",
            "visit_url": f"{HOST}/evenemang/{i + 1}",
        }
        rows.append(_visited(rng, i, spots[i % 10], HELD) | one)
    return rows


def _attractions(rng: random.Random, count: int = 24) -> list[dict[str, Any]]:
    return [
        _visited(rng, i, spot, SEEN)
        | {
            "id": i + 1,
            "visit_url": f"{HOST}/se/{i + 1}",
            "image_url": f"{HOST}/bilder/{i + 1}.jpg",
        }
        for i, spot in enumerate(content.points(rng, TIERP, count))
    ]


def _parking(rng: random.Random, count: int = 30) -> list[dict[str, Any]]:
    rows = []
    for i, (lon, lat) in enumerate(content.points(rng, TIERP, count)):
        cars = 1_200_000 if i + 2 in HUGE else rng.randint(8, 120)
        one = {
            "source": ORGNR,
            "id": f"P{i + 1:02}",
            "name": f"Påhittad parkering {content.name(rng, i)}",
            "type": rng.choice(("public", "commercial", "residential")),
            "latitude": lat,
            "longitude": lon,
            "car_spaces": cars,
            "accessible_spots": rng.randint(0, 4),
            "charging_points": rng.randint(0, 6),
            "prohibition": rng.choice(("", "02:00-06:00")),
            "parking_fee": rng.choice(("ja", "nej")),
            "updated": f"2026-{rng.randint(1, 10):02}-{rng.randint(1, 28):02}",
            "email": "gata@tierp.example",
        }
        rows.append(one)
    return rows


def _dog_parks(rng: random.Random, count: int = 9) -> list[dict[str, Any]]:
    rows = []
    for i, (lon, lat) in enumerate(content.points(rng, TIERP, count)):
        width, depth = rng.randint(20, 60), rng.randint(20, 60)
        ring = content.outline(lon, lat, width, depth)
        one = {
            "id": f"H{i + 1:02}",
            "source": ORGNR,
            "latitude": lat,
            "longitude": lon,
            "updated": f"2026-{rng.randint(1, 10):02}-{rng.randint(1, 28):02}",
            "name": f"Påhittad hundrastgård {content.name(rng, i)}",
            "polygon": json.dumps({"type": "Polygon", "coordinates": [ring]}),
            "area": width * depth,
            "perimeter": "Nätstängsel",
            "perimeter_height": 1.2 if i + 2 in IN_METRES else 120,
            "wide_access": 100,
            "surface": rng.choice(("gräs", "grus")),
            "email": "park@tierp.example",
        }
        rows.append(one)
    return rows


def write(folder: Path, rng: random.Random) -> dict[str, dict[str, Any]]:
    """The four files; what the manifest declares of each."""
    made = {
        "evenemang": ("evenemang", _events(rng), "turned_dates", "start_date", TURNED),
        "sevardheter": ("sevardhet", _attractions(rng), "", "", ()),
        "parkeringar": ("parkering", _parking(rng), "impossible_count", "car_spaces", HUGE),
        "hundrastgardar": (
            "hundrastgard",
            _dog_parks(rng),
            "metres_for_centimetres",
            "perimeter_height",
            IN_METRES,
        ),
    }
    declared = {}
    for name, (variant, rows, kind, column, wrong) in made.items():
        _write(folder / f"tierp-{name}.csv", variant, rows)
        defects = [{"kind": kind, "column": column, "rows": [*wrong]}] if wrong else []
        declared[f"tierp-{name}"] = {"rows": len(rows), "defects": defects}
    return declared
