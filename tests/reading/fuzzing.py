"""The fuzzer itself: ``python fuzzing.py KIND FILES FOLDER``, KIND one of ``KINDS``. Seeded; prints
one JSON object.

Seeds are small good files; a mutation breaks their bytes, or what the format is made of: the parts
of a workbook, the schema of a database, the records of an archive, the tree of an entry.
"""

from __future__ import annotations

import json
import re
import shutil
import sys
import time
import traceback
from collections.abc import Callable
from pathlib import Path
from random import Random
from typing import Any, NamedTuple

sys.path.insert(0, str(Path(__file__).parents[2]))

from tests.reading import mutations as by
from tests.reading.fuzz_seeds import ENTRY, RESULTS, SEEDS

from helpers import reading
from helpers.declared import catalogue
from helpers.reading import surroundings
from helpers.words.errors import ConfigurationError, InputRefused

Mutation = Callable[[bytes, Random], bytes]


class Kind(NamedTuple):
    """The file's name, the good ones, how they are broken, and what is then done with the file."""

    name: str
    seeds: list[bytes]
    mutations: list[Mutation]
    take: Callable[[Path, Path], None]


def _read(file: Path, out: Path) -> None:
    """As reading does, to the last of what stands beside the cells."""
    reading.read(file, out)
    for _ in surroundings.parts(out):
        pass


def _entry(file: Path, _: Path) -> None:
    for entry in catalogue.load(file.parent):
        entry.personal()


def _between(file: Path, out: Path) -> None:
    """As the command does; another exit code than that of a refused file is a fault."""
    from typer.testing import CliRunner

    from helpers.running.commands import app

    asked = ["between", str(file), "--output", str(out / "between.html")]
    out.mkdir()
    done = CliRunner().invoke(app, asked)
    if done.exit_code == InputRefused.exit_code:
        raise InputRefused("cli.between.no_file", {"file": file.name})
    if done.exit_code or "Traceback" in done.output:
        raise (
            done.exception if isinstance(done.exception, Exception) else AssertionError(done.output)
        )


def _any(data: bytes, rng: Random) -> bytes:
    return by.in_archive(data, rng) if data[:2] == b"PK" else by.mutated(data, rng)


def _changed_tree(data: bytes, rng: Random) -> bytes:
    return json.dumps(by.tree(json.loads(data), rng)).encode()  # JSON is YAML too


STRUCTURES: dict[str, Mutation] = {
    "ods": by.package,
    "xlsx-parts": by.package,
    "gpkg": by.database,
    "kml": by.xml_file,
    "zip": by.zipped,
    "parquet": by.footed,
}
KINDS = [*SEEDS, "entry", "results"]


def kind(name: str) -> Kind:
    if name == "entry":
        return Kind("x.yaml", [json.dumps(ENTRY).encode()], [_any, _changed_tree], _entry)
    if name == "results":
        return Kind("x.json", [json.dumps(RESULTS).encode()], [_any, _changed_tree], _between)
    file, makes = SEEDS[name]
    return Kind(file, [make() for make in makes], [STRUCTURES.get(name, _any)], _read)


def main(name: str, files: int, folder: Path, seed: int) -> None:
    one, rng = kind(name), Random(seed)
    found: dict[str, Any] = {"kind": name, "files": 0, "read": 0, "refused": 0, "slowest_s": 0.0}
    tracebacks: dict[str, str] = {}
    (folder / "in").mkdir()
    file, out = folder / "in" / one.name, folder / "out"
    while found["files"] < files and len(tracebacks) < 10:
        data = rng.choice(one.mutations)(rng.choice(one.seeds), rng)
        file.write_bytes(data)
        start = time.process_time()
        try:
            one.take(file, out)
            found["read"] += 1
        except (InputRefused, ConfigurationError) as refused:
            refused.text("sv"), refused.text("en")
            found["refused"] += 1
        except Exception as error:
            last = traceback.extract_tb(error.__traceback__)[-1]
            key = f"{type(error).__name__} {last.filename.rsplit('/', 1)[-1]}:{last.lineno}"
            if key not in tracebacks:
                tracebacks[key] = traceback.format_exc(limit=-4)
                (folder / f"broken-{len(tracebacks)}-{one.name}").write_bytes(data)
        found["files"] += 1
        took = round(time.process_time() - start, 2)
        if took > found["slowest_s"]:
            found["slowest_s"] = took
            (folder / f"slowest-{one.name}").write_bytes(data)
        shutil.rmtree(out, ignore_errors=True)
    found["tracebacks"] = list(tracebacks.values())
    # its own: ru_maxrss starts at what the process held that started this one
    peak = re.search(r"VmHWM:\s+(\d+) kB", Path("/proc/self/status").read_text())
    assert peak is not None
    found["peak_mb"] = int(peak[1]) // 1024
    print(json.dumps(found))


if __name__ == "__main__":
    main(sys.argv[1], int(sys.argv[2]), Path(sys.argv[3]), int((*sys.argv[4:], 20261124)[0]))
