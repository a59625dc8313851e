"""A home whose every name holds a canary: a file's, a folder's, a sheet's, a column's, a member's, a
key's, a title's, a field's of an entry; and what may leave it."""

from __future__ import annotations

import json
import re
import zipfile
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

import openpyxl
import yaml
from tests.mobility.feeds import WHOLE
from tests.reading import makers
from tests.running.artefacts import contents
from typer.testing import CliRunner

from helpers.running.commands import app

# An official test number of Skatteverket in three spellings, a private address, and a full name.
CANARIES = {
    "with a dash": "121212-1212",
    "twelve digits": "191212121212",
    "ten digits": "1212121212",
    "address": "fatima.hallon@gmail.com",
    "name": "Fatima Hallonqvist",
}
ROWS = "id;name;latitude;longitude;{column}\n" + "".join(
    f"{n};Lekplats {n};56.16{n};15.58{n};öppen\n" for n in range(1, 5)
)
ENTRY = {
    "type": "annan",
    "organisation": "karlskrona",
    "licence": "CC0-1.0",
    "update_frequency": "årlig",
    "stage": "inventoried",
}


def _raw(text: str) -> re.Pattern[bytes]:
    """The canary, however its words are parted and its letters cased: an id is made of names."""
    words = re.split(r"[ .@-]", text)
    return re.compile("[ ._@+-]{0,2}".join(map(re.escape, words)).encode(), re.I)


@dataclass
class Home:
    """A catalogue whose names all hold ``text``; its folder and the folder of the sources do too."""

    folder: Path
    text: str

    @property
    def catalogue(self) -> Path:
        return self.folder / f"katalog {self.text}"

    @property
    def sources(self) -> Path:
        return self.folder / f"mapp {self.text}"

    @property
    def output(self) -> Path:
        return self.folder / "output"

    def leaks(self, *said: str) -> list[tuple[str, bytes]]:
        """Where the canary stands in what was said, in what was written, and in temporary files."""
        pattern, found = _raw(self.text), []
        for n, spoken in enumerate(said):
            found += [(f"said {n}", hit[0]) for hit in pattern.finditer(spoken.encode())]
        for place in ("output", "tmp"):
            for name, data in contents(self.folder / place):
                found += [
                    (name, data[max(0, hit.start() - 60) : hit.end() + 20])
                    for hit in pattern.finditer(data)
                ]
        return found


def csv_file(home: Home) -> Path:
    file = home.sources / f"lekplatser {home.text}.csv"
    preamble = f"Utdrag för {home.text}\n\n"
    file.write_text(preamble + ROWS.format(column=f"anm {home.text}"), "utf-8")
    return file


def workbook(home: Home, sheets: tuple[str, ...] = ("", " 2")) -> Path:
    book = openpyxl.Workbook()
    book.remove(book.active)
    for sheet in sheets:
        made = book.create_sheet(f"{home.text}{sheet}"[:31])
        for row in (["id", "name", f"antal {home.text}"], [1, "Ek", 3], [2, "Alm", 4]):
            made.append(row)
    file = home.sources / f"blad_{home.text.replace(' ', '_')}.xlsx"
    book.save(file)
    return file


def archive_file(home: Home) -> Path:
    file = home.sources / "arkiv.zip"
    with zipfile.ZipFile(file, "w") as archive:
        member = f"{home.text}/lekplatser {home.text}.csv"
        archive.writestr(member, ROWS.format(column="x"))
    return file


def wrapped(home: Home) -> Path:
    file = home.sources / f"{home.text}.json"
    records = [{"id": n, "name": f"Bänk {n}", home.text: "trä"} for n in range(4)]
    file.write_text(json.dumps({home.text: records, f"om {home.text}": 3}), "utf-8")
    return file


def refused_files(home: Home) -> Iterator[Path]:
    """Files that are refused, each with another sentence."""
    for name, content in (
        (f"tom {home.text}.csv", b""),
        (f"typ {home.text}.json", json.dumps({"type": home.text}).encode()),
        (f"bild {home.text}.csv", b"\x89PNG\r\n\x1a\n" + b"\0" * 40),
        (f"trasig {home.text}.json", b"[{"),
        (f"trasig {home.text}.xlsx", b"PK\3\4" + b"x" * 50),
    ):
        (home.sources / name).write_bytes(content)
        yield home.sources / name
    two = home.sources / f"tva {home.text}.zip"
    with zipfile.ZipFile(two, "w") as archive:
        for n in "12":
            archive.writestr(f"{home.text} {n}.csv", ROWS.format(column="x"))
    yield two
    yield home.sources / f"finns inte {home.text}.csv"


def entry(home: Home, id: str, file: Path, **more: object) -> None:
    text = home.text
    plain = ENTRY | {
        "id": id,
        "title": f"Lista över {text}",
        "source": {"path": str(file)},
        "description": f"Beskriver {text}",
        "keywords": [text],
        "contact": text,
        "theme": text,
        "published": {"status": "no", "url": f"https://exempel.example/{text}"},
        "owner": {"role": text, "mailbox": text},
        "source_system": {"name": f"System {text}", "export": "yes"},
        "value": {
            name: {"level": 3, "because": f"Sagt av {text}"}
            for name in ("internal", "business", "citizens", "transparency", "demand")
        }
        | {"assessed_by": text},
        "effort": {"level": 2, "because": f"Enligt {text}"},
        "legal": {
            name: {"answer": "no", "by": text, "when": text}
            for name in ("personal_data", "secrecy", "copyright", "security", "agreement")
        },
        "decision": {"role": text, "date": text, "registry_number": text},
        "known_issues": [f"Fel enligt {text}"],
        "inventory": {"asked_for_by": text},
    }
    (home.catalogue / f"{id}.yaml").write_text(
        yaml.safe_dump(plain | more, allow_unicode=True), "utf-8"
    )


def feed(home: Home) -> Path:
    """A timetable with a column, a member and a folder of that name."""
    tables = {f"{name}.txt": text for name, text in WHOLE.items()}
    head, *stops = tables["stops.txt"].splitlines()
    tables["stops.txt"] = "\n".join([f"{head},{home.text}", *(f"{stop},x" for stop in stops)])
    file = home.sources / f"tidtabell {home.text}.zip"
    file.write_bytes(makers.archive({**tables, f"{home.text}/om {home.text}.md": "Utkast"}))
    return file


def geopackage(home: Home) -> Path:
    columns = {"name": ["Ek", "Alm"], f"anm {home.text}": ["a", "b"]}
    points = [(500000.0 + i, 6225000.0) for i in range(2)]
    file = makers.layer(
        home.sources / "karta", ".gpkg", columns, points, layer=f"lager {home.text}"
    )
    return file.rename(home.sources / f"karta {home.text}.gpkg")


GOOD = {
    "csv": csv_file,
    "workbook": workbook,
    "archive": archive_file,
    "wrapped": wrapped,
    "timetable": feed,
    "geopackage": geopackage,
}


def said_by(*arguments: str | Path) -> tuple[int, str]:
    done = CliRunner().invoke(app, [str(argument) for argument in arguments])
    assert done.exception is None or isinstance(done.exception, SystemExit), done.exception
    return done.exit_code, done.output
