"""The fuzzer itself: ``python fuzzing.py csv|geojson|gtfs|excel FILES FOLDER``. Seeded; prints one
JSON object.

Seeds are small good files; a mutation flips, cuts, repeats or inserts bytes (inside the parts of an
archive too), or puts in a piece that has broken readers before.
"""

from __future__ import annotations

import io
import json
import random
import resource
import shutil
import sys
import time
import traceback
import zipfile
from collections.abc import Callable
from pathlib import Path

sys.path.insert(0, str(Path(__file__).parents[2]))

from tests.reading import makers

from helpers import reading
from helpers.words.errors import InputRefused

ODD = [
    b"\0",
    b'"',
    b'""',
    b'"\n',
    b"\r",
    b"\r\n",
    b"\n\n",
    b";;;;",
    b",,,,",
    b"\xff\xfe",
    b"\xef\xbb\xbf",
    b"\x81",
    b"\xc3",
    b"\xe2\x80\xa0",
    "Ã¥".encode(),
    b"1e999",
    b"-",
    b"NaN",
    b"9" * 40,
    b"[" * 2000,
    b"{",
    b"}",
    b"null",
    b"\\u0000",
    b"<!DOCTYPE",
    b"&#0;",
    b"2024-02-30",
    b"0000-00-00",
    b"99:99:99",
    b"=1+1",
    b"'",
    b"\\",
    b"\x1a",
    b"a" * 5000,
    b";" * 3000,
    b"coordinates",
    b'"coordinates":[[[[[]]]]]',
    b'r="XFD1048576"',
    b't="e"',
    b"1048576",
    b"\xed\xa0\x80",
    b"|",
    b"\t",
]
TABLE = "id;namn;datum;belopp;lat;lon\n" + "".join(
    f"{i};Håbo {i};2024-01-{i % 28 + 1:02};1 2{i % 90 + 10},50;56,1{i};15,5{i}\n" for i in range(40)
)


def _geojson() -> bytes:
    features = [
        {
            "type": "Feature",
            "properties": {"namn": f"Ön {i}", "antal": i, "när": "2024-01-31"},
            "geometry": {"type": "Point", "coordinates": [15.5 + i / 100, 56.1]},
        }
        for i in range(12)
    ]
    crs = {"type": "name", "properties": {"name": "urn:ogc:def:crs:EPSG::4326"}}
    return json.dumps(
        {"type": "FeatureCollection", "crs": crs, "features": features}, ensure_ascii=False
    ).encode()


def _gtfs() -> bytes:
    return makers.archive(
        {
            "agency.txt": (
                "agency_id,agency_name,agency_url,agency_timezone\n1,X,http://x.se,Europe/Stockholm\n"
            ),
            "stops.txt": (
                "stop_id,stop_name,stop_lat,stop_lon\n"
                + "".join(f"{i},Ön {i},56.1{i},15.5{i}\n" for i in range(20))
            ),
            "routes.txt": "route_id,agency_id,route_short_name,route_type\n1,1,7,700\n",
            "trips.txt": "route_id,service_id,trip_id\n1,1,1\n",
            "stop_times.txt": (
                "trip_id,arrival_time,departure_time,stop_id,stop_sequence\n1,25:00:00,25:00:00,1,1\n"
            ),
            "calendar.txt": (
                "service_id,monday,tuesday,wednesday,thursday,friday,saturday,sunday,start_date,end_date\n"
            ),
        }
    )


def _xlsx() -> bytes:
    rows = [
        ["Rapport"],
        [],
        ["id", "namn", "datum", "belopp"],
        *([i, f"Håbo {i}", f"2024-01-{i + 1:02}", i * 1.5] for i in range(20)),
    ]
    return makers.xlsx({"Data": rows, "Koder": [["kod", "text"], ["0180", "Stockholm"]]})


SEEDS: dict[str, tuple[str, list[Callable[[], bytes]]]] = {
    "csv": (
        "x.csv",
        [
            TABLE.encode,
            lambda: TABLE.encode("cp1252"),
            lambda: TABLE.encode("utf-16"),
            lambda: TABLE.replace(";", "\t").encode("mac-roman"),
            lambda: TABLE.replace("\n", "\r\n").encode("utf-8-sig"),
            ('a,b\n"x\ny",2\n"z""",3\n' * 20).encode,
        ],
    ),
    "geojson": (
        "x.geojson",
        [_geojson, lambda: json.dumps({"results": [{"a": 1, "b": {"c": [1]}}] * 9}).encode()],
    ),
    "gtfs": ("x.zip", [_gtfs]),
    "excel": ("x.xlsx", [_xlsx, lambda: makers.ods([["a", "b"], *[["Håbo", "0305"]] * 9])]),
}


def mutated(data: bytes, rng: random.Random) -> bytes:
    buffer = bytearray(data)
    for _ in range(rng.choice([1, 1, 2, 3, 8])):
        at = rng.randrange(len(buffer) + 1)
        end = min(len(buffer), at + rng.choice([1, 2, 8, 64, 512]))
        match rng.randrange(6):
            case 0:
                buffer[at:at] = rng.choice(ODD)
            case 1:
                buffer[at:end] = b""
            case 2:
                buffer[at:at] = bytes(buffer[at:end]) * rng.choice([1, 3, 50])
            case 3:
                buffer[at:end] = bytes(rng.randrange(256) for _ in range(end - at))
            case 4:
                buffer[at:end] = rng.choice(ODD)
            case _:
                buffer[at:] = b"" if rng.random() < 0.3 else buffer[at:]
    return bytes(buffer)


def in_archive(data: bytes, rng: random.Random) -> bytes:
    """One part of the archive mutated and all packed again, or the archive itself broken."""
    if rng.random() < 0.2:
        return mutated(data, rng)
    with zipfile.ZipFile(io.BytesIO(data)) as packed:
        parts = {name: packed.read(name) for name in packed.namelist()}
    name = rng.choice(sorted(parts))
    parts[name] = mutated(parts[name], rng)
    if rng.random() < 0.1:
        parts.pop(rng.choice(sorted(parts)))
    return makers.archive(parts)


def main(kind: str, files: int, folder: Path) -> None:
    name, makes = SEEDS[kind]
    seeds = [make() for make in makes]
    rng = random.Random(20261124)
    found = {"kind": kind, "files": 0, "read": 0, "refused": 0, "slowest_s": 0.0, "tracebacks": []}
    tracebacks: dict[str, str] = {}
    file, out = folder / name, folder / "out"
    while found["files"] < files and len(tracebacks) < 10:
        seed = rng.choice(seeds)
        data = in_archive(seed, rng) if seed[:2] == b"PK" else mutated(seed, rng)
        file.write_bytes(data)
        start = time.process_time()
        try:
            reading.read(file, out)
            found["read"] += 1
        except InputRefused as refused:
            refused.text("sv"), refused.text("en")
            found["refused"] += 1
        except Exception as error:
            last = traceback.extract_tb(error.__traceback__)[-1]
            key = f"{type(error).__name__} {last.filename.rsplit('/', 1)[-1]}:{last.lineno}"
            if key not in tracebacks:
                tracebacks[key] = traceback.format_exc(limit=-4)
                (folder / f"broken-{len(tracebacks)}-{name}").write_bytes(data)
        found["files"] += 1
        found["slowest_s"] = max(found["slowest_s"], round(time.process_time() - start, 2))
        shutil.rmtree(out, ignore_errors=True)
    found["tracebacks"] = list(tracebacks.values())
    found["peak_mb"] = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss // 1024
    print(json.dumps(found))


if __name__ == "__main__":
    main(sys.argv[1], int(sys.argv[2]), Path(sys.argv[3]))
