"""The sample region's 19 files, each with its declared faults, and the catalogue's 22 entries. Its
lists stand in ``lists.py``."""

from __future__ import annotations

import random
from pathlib import Path
from typing import Any

import yaml

from helpers.words import paths

from . import broadband, content, forms, lists, tierp, timetable
from .entries import ANSWERED, FORM, NOTE, documented, entry_of, judged

SEED = 1082


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
    broadband_entries, broadband_said = broadband.write(
        folder, rng, random.Random(f"{SEED}:_broadband")
    )
    own = "region-blekinge"
    entries = [
        entry_of(
            f"{own}-hjalpmedel",
            "Hjälpmedel, Region Blekinge",
            "hjalpmedel",
            own,
            f"{own}-hjalpmedel.csv",
            value=judged(3, 2, 4, 2, 2),
        ),
        entry_of(
            f"{own}-tidtabeller",
            "Tidtabeller, Blekinge",
            "rorelsedata",
            own,
            f"{own}-tidtabeller.zip",
            value=judged(3, 4, 4, 3, 2),
            published={"status": "national_source", "url": "https://www.trafiklab.se/"},
        ),
        entry_of(
            f"{own}-resor",
            "Resor mellan orter, Blekinge",
            "rorelsedata",
            own,
            f"{own}-resor.csv",
            value=judged(4, 3, 2, 2, 4),
        ),
        *broadband_entries,
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
    }
    return entries, manifest | broadband_said


def _small(folder: Path, rng: random.Random) -> tuple[list[dict[str, Any]], dict[str, Any]]:
    """A small municipality that asks what to begin with."""
    own = "tierp"
    plain = documented("REGI") | {"owner": {"role": "Gatuchef", "mailbox": "gata@tierp.example"}}
    entries = [
        entry_of(
            f"{own}-evenemang",
            "Evenemang, Tierp",
            "platsinformation",
            own,
            f"{own}-evenemang.csv",
            value=judged(2, 3, 4, 2, 1),
            licence="CC0-1.0",
        ),
        entry_of(
            f"{own}-sevardheter",
            "Sevärdheter, Tierp",
            "platsinformation",
            own,
            f"{own}-sevardheter.csv",
            value=judged(2, 3, 4, 3, 1),
            legal=ANSWERED,
            licence="CC0-1.0",
            effort={"level": 3, "because": "Listan finns hos turistbyrån."},
        ),
        entry_of(
            f"{own}-parkeringar",
            "Parkeringar, Tierp",
            "platsinformation",
            own,
            f"{own}-parkeringar.csv",
            value=judged(3, 2, 3, 2, 2),
            **plain,
        ),
        entry_of(
            f"{own}-hundrastgardar",
            "Hundrastgårdar, Tierp",
            "platsinformation",
            own,
            f"{own}-hundrastgardar.csv",
            value=judged(1, 1, 3, 1, 1),
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
        entry_of(
            "habo-leverantorsfakturor",
            "Leverantörsfakturor, Håbo",
            "leverantorsfakturor",
            "habo",
            None,
            value=asked,
        ),
        entry_of(
            "oxelosund-nykoping-lekplatser",
            "Lekplatser, Oxelösund och Nyköping",
            "platsinformation",
            "oxelosund-nykoping",
            None,
        ),
        entry_of(
            "tierp-alvkarleby-badplatser",
            "Badplatser, Tierp och Älvkarleby",
            "platsinformation",
            "tierp-alvkarleby",
            None,
        ),
    ]


# under the names that the seed has always had: others would give other bytes
PARTS = {
    "_invoices": lists.invoices,
    "_art": lists.art,
    "_places": lists.places,
    "_rest": _rest,
    "_small": _small,
}


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
    for name, part in PARTS.items():
        made, declared = part(samples, random.Random(f"{SEED}:{name}"))
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
