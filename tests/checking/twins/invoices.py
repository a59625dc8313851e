"""Clean invoices: leverantörsreskontra 1.1 (15 columns) and 1.0 (12), one line for each accounting
line."""

from __future__ import annotations

import datetime as dt
import random

from .made import Made, Table
from .words import day, firms

ACCOUNTS = {
    "50110": "Lokalhyra",
    "54100": "Förbrukningsinventarier",
    "64200": "Kontorsmaterial",
    "74110": "Konsulttjänster",
    "68230": "Datakommunikation",
    "55200": "Reparation och underhåll av fastighet",
    "46210": "Livsmedel",
    "46420": "Läromedel",
    "73100": "Entreprenad, gatu- och markarbeten",
    "70300": "Persontransporter",
}
DEPARTMENTS = (
    "Kommunledningsförvaltningen",
    "Samhällsbyggnadsförvaltningen",
    "Barn- och utbildningsförvaltningen",
    "Kultur- och fritidsförvaltningen",
    "Tekniska förvaltningen",
)
GROUNDS = ("Ramavtal", "Direktupphandling", "Upphandlat avtal", "")
V11 = [
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
    "fakturanummer",
    "grund",
    "avtal",
    "kommun_id",
    "s_kod_nr",
]
V10 = [
    "kopare",
    "faktura_nr",
    "leverantor",
    "leverantor_id",
    "forvaltning",
    "konto_nr",
    "konto_text",
    "belopp",
    "datum",
    "grund",
    "avtal",
    "kommun_id",
]


def _amount(rng: random.Random) -> float:
    amount = round(rng.lognormvariate(7.8, 1.5) + 20, rng.choice((0, 2, 2)))
    return float(-amount if rng.random() < 0.03 else amount)


def _number(rng: random.Random) -> str:
    """Invoice numbers are of all kinds, and some begin with a zero."""
    digits = f"{rng.randint(0, 999999):06}"
    return rng.choice((digits, f"F{digits}", f"2025-{digits[:4]}", f"KF {digits[:5]}"))


def _lines(rng: random.Random, count: int) -> list[dict[str, object]]:
    """Accounting lines: an invoice has one to four, and one line in a hundred is another's equal.
    Sole traders are masked."""
    suppliers, lines = firms(rng, 40), []
    for i in range(count):
        if not lines or rng.random() < 0.6:
            number, name = rng.choice(suppliers)
            if rng.random() < 0.04:
                number = name = "*"
            invoice = {
                "verifikationsnummer": f"LF25{i:05}",
                "leverantor": name,
                "leverantor_id": number,
                "datum": day(rng, dt.date(2025, 1, 1), dt.date(2025, 12, 31)),
                "forvaltning": rng.choice(DEPARTMENTS),
                "fakturanummer": _number(rng),
                "grund": rng.choice(GROUNDS),
                "avtal": (
                    f"https://avtal.example/{rng.randint(1000, 9999)}" if rng.random() < 0.4 else ""
                ),
                "s_kod_nr": rng.choice(("110", "120", "810", "811")),
            }
        konto = rng.choice(sorted(ACCOUNTS))
        lines.append(
            dict(lines[-1])
            if i and rng.random() < 0.01
            else invoice
            | {
                "konto_nr": konto,
                "konto_text": ACCOUNTS[konto],
                "belopp": _amount(rng),
            }
        )
    return lines


def version_11(rng: random.Random, count: int = 300) -> Made:
    buyer = {"kopare_id": "2120000829", "kopare": "Karlskrona kommun", "kommun_id": "1080"}
    rows = [[(line | buyer)[name] for name in V11] for line in _lines(rng, count)]
    return Made(
        "fakturor-2025", "leverantorsfakturor", "karlskrona", {"fakturor": Table(list(V11), rows)}
    )


def version_10(rng: random.Random, count: int = 300) -> Made:
    """With decimal commas in Windows-1252, as older systems export."""
    lines = [one | {"faktura_nr": one["verifikationsnummer"]} for one in _lines(rng, count)]
    buyer = {"kopare": "2120000845", "kommun_id": "1082"}
    rows = [[(line | buyer)[name] for name in V10] for line in lines]
    made = Made(
        "reskontra-2025", "leverantorsfakturor", "karlshamn", {"fakturor": Table(list(V10), rows)}
    )
    made.encoding, made.decimal_comma = "cp1252", True
    return made
