"""Made-up words of the field: names of firms, places and works, so that lengths and letters vary as
in reality."""

from __future__ import annotations

import datetime as dt
import random

from ...samples.content import company_number

FIRST = (
    "Ek",
    "Björk",
    "Strand",
    "Kvarn",
    "Kyrk",
    "Berg",
    "Sjö",
    "Ängs",
    "Hamn",
    "Lund",
    "Hög",
    "Öster",
    "Väster",
    "Norr",
    "Söder",
    "Gran",
    "Sten",
    "Linde",
    "Ros",
    "Fågel",
)
LAST = (
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
    "näset",
    "lunden",
    "sundet",
    "kullen",
    "stranden",
    "åsen",
)
TRADES = (
    "Bygg",
    "El",
    "Städ",
    "Konsult",
    "Schakt & Transport",
    "Måleri",
    "Frukt & Grönt",
    "Läromedel",
    "Rör",
    "IT-drift",
    "Fastighetsservice",
    "Säkerhet",
    "Möbler",
    "Trädgård",
    "Livsmedel",
    "Taxi",
    "Tryck",
    "Vård & Omsorg",
)
KINDS = (
    "AB",
    "AB",
    "AB",
    "Sverige AB",
    "i Blekinge AB",
    "Aktiebolag",
    "ekonomisk förening",
    "Holding AB",
)
STREETS = (
    "Storgatan",
    "Kungsgatan",
    "Skolgatan",
    "Strandvägen",
    "Östra vägen",
    "Hamngatan",
    "Ågatan",
    "Kyrkogatan",
)
SENTENCES = (
    "Ligger vid vattnet med utsikt över sundet.",
    "Parkering finns 200 meter bort.",
    "Uppfört på initiativ av hembygdsföreningen.",
    "Har ramp, räcke och plan yta.",
    "Skyltad från stora vägen.",
    "Renoverades i samråd med boende i området.",
    "Gräsyta, bord och grillplats.",
    "Öppet året om.",
    "Går att nå med buss.",
    "Anlades när kvarteret byggdes om.",
)


def firm(rng: random.Random, i: int) -> str:
    return (
        f"{rng.choice(FIRST)}{rng.choice(LAST)}s {rng.choice(TRADES)} {rng.choice(KINDS)}".replace(
            "ss ", "s "
        )
    )


def firms(rng: random.Random, count: int) -> list[tuple[str, str]]:
    """(organisationsnummer, name), no number and no name twice."""
    found: dict[str, str] = {}
    while len(found) < count:
        name = firm(rng, len(found))
        if name not in found.values():
            found[company_number(rng)] = name
    return list(found.items())


def place(rng: random.Random) -> str:
    return rng.choice(FIRST) + rng.choice(LAST)


def sentence(rng: random.Random) -> str:
    return " ".join(rng.sample(SENTENCES, rng.randint(1, 4)))


def street(rng: random.Random) -> str:
    return f"{rng.choice(STREETS)} {rng.randint(1, 140)}{rng.choice(('', '', '', ' A', ' B'))}"


def day(rng: random.Random, first: dt.date, last: dt.date) -> str:
    return (first + dt.timedelta(days=rng.randint(0, (last - first).days))).isoformat()
