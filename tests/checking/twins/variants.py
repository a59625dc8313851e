"""Clean tables of variants, each with the columns of its specification in their order: events, points
of interest, attractions, car parks, dog parks, departures by stop."""

from __future__ import annotations

import datetime as dt
import json
import random
from typing import Any

from helpers.declared import specifications

from ...samples.content import outline
from .made import TODAY, Made, Table
from .places import CITIES, HOSTS, RECENTLY, different_names, maybe, points
from .words import day, sentence, street

KARLSKRONA, ORGNR = "1080", "2120000829"
HELD = ("konsert", "teater", "marknad", "utställning", "föredrag")
SEEN = ("museum", "slott", "kyrka", "utsiktsplats", "fornlämning")


def _table(type: str, variant: str, rows: list[dict[str, Any]]) -> dict[str, Table]:
    """The rows under the headers of the specification; what a row does not say is empty."""
    whole = specifications.load(type, variant)
    fields = [field for field in whole.fields if not field.extra]
    header = [field.header for field in fields]
    return {variant: Table(header, [[row.get(field.name, "") for field in fields] for row in rows])}


def _places(variant: str, rows: list[dict[str, Any]]) -> dict[str, Table]:
    return _table("platsinformation", variant, rows)


def _visited(rng: random.Random, i: int, name: str, kinds: tuple[str, ...]) -> dict[str, Any]:
    """What visitors are told of one place."""
    city, postcode = CITIES[KARLSKRONA]
    host = HOSTS[KARLSKRONA]
    return {
        "name": name,
        "description": sentence(rng),
        "type": rng.choice(kinds),
        "street": street(rng),
        "postcode": postcode,
        "city": city,
        "phone": f"+46 455 30 {rng.randint(10, 99)} {rng.randint(10, 99)}",
        "email": f"turism@{host}.se",
        "visit_url": f"https://www.{host}.se/besok/{i + 1}",
        "image_url": f"https://www.{host}.se/bilder/{i + 1}.jpg",
    }


def events(rng: random.Random, count: int = 80) -> Made:
    """Several are held at each of a dozen places, some of them on several days."""
    spots, called, rows = points(rng, KARLSKRONA, 12), different_names(rng, count), []
    for i in range(count):
        lon, lat = spots[i % len(spots)]
        begins = dt.datetime.combine(TODAY, dt.time(rng.randint(9, 20), rng.choice((0, 30))))
        begins += dt.timedelta(days=rng.randint(1, 200))
        price = rng.choice((0, 0, 120, 180.5, 395))
        one = _visited(rng, i, called[i - i % 4 // 3], HELD) | {
            "latitude": lat,
            "longitude": lon,
            "start_date": begins.isoformat(),
            "end_date": (begins + dt.timedelta(hours=rng.randint(1, 6))).isoformat(),
            "capacity": maybe(rng, 0.7, rng.randint(20, 900)),
            "age_limit": maybe(rng, 0.2, rng.choice((13, 18, 20))),
            "price": price,
            "free": "true" if price == 0 else "false",
            "food": maybe(rng, 0.3, "Kafé"),
            "organizer": rng.choice(("Karlskrona kommun", "Kulturföreningen Fyren")),
        }
        rows.append(one)
    return Made("evenemang", "platsinformation", "karlskrona", _places("evenemang", rows))


def seen(rng: random.Random, variant: str, count: int = 80) -> Made:
    """Attractions, or points of interest that open and close."""
    spots, called, rows = points(rng, KARLSKRONA, count), different_names(rng, count), []
    for i, (lon, lat) in enumerate(spots):
        hours = {"opens": f"{rng.randint(7, 11):02}:00", "closes": f"{rng.randint(15, 22)}:30"}
        one = {"id": 101 + i, "latitude": lat, "longitude": lon}
        rows.append(_visited(rng, i, called[i], SEEN) | one | (hours if rng.random() < 0.8 else {}))
    return Made(variant, "platsinformation", "karlskrona", _places(variant, rows))


def parking(rng: random.Random, count: int = 80) -> Made:
    spots, called, rows = points(rng, KARLSKRONA, count), different_names(rng, count), []
    for i, (lon, lat) in enumerate(spots):
        cars = rng.randint(6, 400)
        one = {
            "source": ORGNR,
            "id": f"P{i + 1:03}",
            "type": rng.choice(("public", "commercial", "residential")),
            "latitude": lat,
            "longitude": lon,
            "car_spaces": cars,
            "accessible_spots": rng.randint(0, 6),
            "rv_spaces": maybe(rng, 0.2, rng.randint(0, 20)),
            "motorcycles": maybe(rng, 0.3, rng.randint(0, 12)),
            "charging_points": rng.randint(0, cars // 3),
            "permit": maybe(rng, 0.2, "Boendetillstånd"),
            "prohibition": maybe(rng, 0.6, "02:00-06:00"),
            "parking_fee": rng.choice(("ja", "nej")),
            "public": "ja",
            "status": "öppen",
            "lighting": rng.choice(("ja", "nej")),
            "updated": day(rng, *RECENTLY),
        }
        rows.append(_visited(rng, i, called[i], ("public",)) | one)
    return Made("parkering", "platsinformation", "karlskrona", _places("parkering", rows))


def dog_parks(rng: random.Random, count: int = 60) -> Made:
    """Some outlines in well-known text, some in GeoJSON; a few parks have only their point."""
    spots, called, rows = points(rng, KARLSKRONA, count), different_names(rng, count), []
    for i, (lon, lat) in enumerate(spots):
        width, depth = rng.uniform(15, 90), rng.uniform(15, 90)
        ring = outline(lon, lat, width, depth)
        text = ", ".join(f"{x} {y}" for x, y in ring)
        polygon = (
            f"POLYGON (({text}))"
            if i % 2
            else json.dumps({"type": "Polygon", "coordinates": [ring]})
        )
        one = {
            "id": f"H{i + 1:03}",
            "source": ORGNR,
            "latitude": lat,
            "longitude": lon,
            "updated": day(rng, *RECENTLY),
            "polygon": polygon if i % 9 else "",
            "area": round(width * depth),
            "perimeter": rng.choice(("Trästaket", "Nätstängsel")),
            "perimeter_height": rng.choice((100, 120, 150)),
            "gate": "Dubbel grind",
            "wide_access": rng.choice((90, 120)),
            "surface": rng.choice(("gräs", "grus", "sand")),
            "lighting": rng.choice(("ja", "nej")),
            "roofing": "nej",
            "seating": rng.choice(("bänk", "bänk och bord")),
            "latrine": "ja",
            "url_info": f"https://www.karlskrona.se/hund/{i + 1}",
        }
        rows.append(_visited(rng, i, called[i], ("hund",)) | one)
    return Made("hundrastgard", "platsinformation", "karlskrona", _places("hundrastgard", rows))


def departures(rng: random.Random, count: int = 120) -> Made:
    """Departures from each stop; at some nothing runs at weekends."""
    spots, called, rows = points(rng, KARLSKRONA, count), different_names(rng, count), []
    for i, (lon, lat) in enumerate(spots):
        weekday, saturday = rng.randint(4, 180), rng.choice((0, rng.randint(1, 90)))
        sunday = rng.randint(0, saturday)
        one = {
            "stop_id": f"{9022010000000001 + 1000 * i}",
            "stop_name": called[i],
            "stop_position": rng.choice("ABCD"),
            "latitude": lat,
            "longitude": lon,
            "departures": round((5 * weekday + saturday + sunday) / 7, 1),
            "departures_weekday": weekday,
            "departures_saturday": saturday,
            "departures_sunday": sunday,
            "lines": ", ".join(sorted({str(rng.choice((1, 2, 6, 150))) for _ in range(2)})),
            "line_types": "stadstrafik",
            "kommunkod": KARLSKRONA,
        }
        rows.append(one)
    tables = _table("rorelsedata", "utbud_per_hallplats", rows)
    return Made("utbud-per-hallplats", "rorelsedata", "region-blekinge", tables)
