"""Clean tables of a town's services: food inspections, food waste in its kitchens, clearing of
snow."""

from __future__ import annotations

import datetime as dt
import json
import random
from typing import Any

from .made import TODAY, Made, Table
from .places import CITIES, RECENTLY, points
from .words import day, firms, place, sentence, street

KINDS = ("Restaurang", "Pizzeria", "Butiken", "Bageriet", "Kiosken", "Gatuköket", "Skolköket")
LEVELS = (
    ["Livsmedelsservering", "Restaurang"],
    ["Detaljhandel", "Butik", "Kiosk"],
    ["Livsmedelsservering"],
    ["Livsmedelstillverkning", "Bageri", "Bageri", "Mjukt matbröd"],
)
CODES = [f"{letter}{number:02}" for letter in "ABCJ" for number in range(1, 9)]
AUTHORITY = {
    "lang": "sv",
    "generator": "Ecos 2.0",
    "inspecOrg.name": "Karlshamns kommun",
    "inspecOrg.id": "1082",
    "inspecOrg.sweref99local": "SWEREF 99 15 00",
}
ANSWERS = ("", "", "", "Kylen är lagad.", "Vi delar bedömningen.", "Rutinen är ändrad.")


def _facility(rng: random.Random, number: int, spot: tuple[float, float]) -> dict[str, Any]:
    city, postcode = CITIES["1082"]
    created = day(rng, dt.date(2015, 1, 1), dt.date(2024, 12, 31))
    return {
        "facility.organizationNumber": firms(rng, 1)[0][0],
        "facility.name": f"{rng.choice(KINDS)} {place(rng)}",
        "facility.type": json.dumps(rng.choice(LEVELS), ensure_ascii=False),
        "facility.expClass": rng.choice("ABC"),
        "facility.riskClass": f"Riskklass {rng.randint(1, 8)}",
        "facility.inspecTime": rng.randint(1, 30),
        "facility.idLocal": f"{number}",
        "facility.idNational": f"F-1082-{number}",
        "facility.active": "2",
        "facility.created": created,
        "facility.modified": day(rng, *RECENTLY),
        "facility.address.streetAddress": street(rng),
        "facility.address.postalCode": postcode.replace(" ", ""),
        "facility.address.locality": city,
        "facility.address.region": "Blekinge län",
        "facility.address.country": "SE",
        "facility.location.wgs84.type": "Point",
        "facility.location.wgs84.coordinates": f"[{spot[0]},{spot[1]}]",
    }


def inspections(rng: random.Random, count: int = 160) -> Made:
    """Inspections of some hundred facilities, of which some were visited several times; positions
    as GeoJSON has them, longitude first."""
    spots = points(rng, "1082", 100)
    facilities = [_facility(rng, 11 + 3 * i, spot) for i, spot in enumerate(spots)]
    rows = []
    for number in range(1, count + 1):
        facility = facilities[number - 1] if number <= 100 else rng.choice(facilities)
        seen = rng.sample(CODES, 6)
        remarks = rng.choice((0, 0, 1, 2))
        visited = rng.randint(5, 200)
        one = {
            **AUTHORITY,
            **facility,
            "inspection.idLocal": f"{number}",
            "inspection.idNational": f"I-1082-{number}",
            "inspection.prenotified": rng.choice(("true", "false")),
            "inspection.type": str(rng.choice((0, 0, 1, 2))),
            "inspection.inspectionPoints.passed": json.dumps(seen[remarks:]),
            "inspection.inspectionPoints.remark": json.dumps(seen[:remarks]),
            "inspection.assessment": str(remarks),
            "inspection.ownerComment": rng.choice(ANSWERS),
            "inspection.date": (TODAY - dt.timedelta(days=visited)).isoformat(),
            "inspection.modified": (TODAY - dt.timedelta(days=visited // 2)).isoformat(),
        }
        rows.append(list(one.values()))
    header = [*AUTHORITY, *facilities[0], *list(one)[len(AUTHORITY) + len(facilities[0]) :]]
    return Made(
        "livsmedelsinspektioner",
        "livsmedelsinspektioner",
        "karlshamn",
        {"inspektioner": Table(header, rows)},
    )


def waste(rng: random.Random) -> Made:
    """Lunches of a dozen kitchens, weighed each day of three weeks; the total is what its parts
    are together."""
    header = [
        "source",
        "id",
        "name",
        "serving_waste",
        "plate_waste",
        "kitchen_waste",
        "date",
        "category",
        "kitchen_type",
        "meal_type",
        "total_prepared_food",
        "total_waste",
        "storage_waste",
        "preparation_waste",
        "special_diet_waste",
        "description",
        "amount_eating",
        "saved_food",
        "updated",
        "email",
        "url",
    ]
    rows = []
    for kitchen in range(1, 13):
        name, eating = f"{place(rng)}s skola", rng.randint(60, 400)
        for days in range(21):
            date = dt.date(2026, 10, 1) + dt.timedelta(days=days)
            serving, plate, stored, prepared = (
                round(rng.uniform(low, high), 1)
                for low, high in ((0.5, 9), (1, 8), (0.1, 2), (0.1, 3))
            )
            kitchens = round(stored + prepared + rng.uniform(0, 2), 1)
            rows.append(
                [
                    "2120000845",
                    f"K{kitchen:03}",
                    name,
                    serving,
                    plate,
                    kitchens,
                    date.isoformat(),
                    "grundskola",
                    rng.choice(("tillagningskök", "mottagningskök")),
                    "lunch",
                    round(eating * 0.35 + rng.uniform(0, 9), 1),
                    round(serving + plate + kitchens, 1),
                    stored,
                    prepared,
                    round(rng.uniform(0, 0.4), 1),
                    sentence(rng) if rng.random() < 0.1 else "",
                    eating - rng.randint(0, 25),
                    round(rng.uniform(0, 3), 1),
                    (date + dt.timedelta(days=2)).isoformat(),
                    "maltid@karlshamn.se",
                    f"https://www.karlshamn.se/matsvinn/{kitchen}",
                ]
            )
    return Made("matsvinn", "matsvinn", "karlshamn", {"matsvinn": Table(header, rows)})


def snow(rng: random.Random, count: int = 240) -> Made:
    """Operations of a winter, each by area, with what was spread; no vehicle and no driver."""
    header = [
        "source",
        "supplier_key",
        "timestamp",
        "latitude",
        "longitude",
        "object_id",
        "start",
        "end",
        "status",
        "areaid",
        "areaname",
        "material",
        "dosage",
        "spread_width",
        "quantity",
        "description",
        "email",
    ]
    areas = [(f"O{i:02}", place(rng)) for i in range(1, 9)]
    rows = []
    for number, (lon, lat) in enumerate(points(rng, "1082", count), 1):
        start = dt.datetime(2026, 1, 2) + dt.timedelta(minutes=rng.randint(0, 80_000))
        minutes = rng.randint(20, 240)
        spread = rng.random() < 0.6
        rows.append(
            [
                "2120000845",
                f"U{rng.randint(1, 4)}",
                (start + dt.timedelta(minutes=rng.randint(0, minutes))).isoformat(),
                lat,
                lon,
                f"S{number:04}",
                start.isoformat(),
                (start + dt.timedelta(minutes=minutes)).isoformat(),
                rng.choice(("start", "active", "stop")),
                *rng.choice(areas),
                rng.choice(("salt", "sand", "saltlake")) if spread else "",
                round(rng.uniform(5, 30), 1) if spread else "",
                round(rng.uniform(2, 9), 1) if spread else "",
                rng.randint(50, 4000) if spread else "",
                sentence(rng) if rng.random() < 0.1 else "",
                "gata@karlshamn.se",
            ]
        )
    return Made("snorojning", "snorojning", "karlshamn", {"snorojning": Table(header, rows)})
