"""A person's number, address or name that stands in a name stands nowhere in what is said and
written: of a file, a folder, a sheet, a column, a member, a key, a title, a field of an entry.

The source itself, its private snapshot and ``source.path`` in an entry hold it; nothing else does.
Every command that looks at a candidate is run, in both languages, on what is read and on what is
refused.
"""

from __future__ import annotations

import json
import os
import re
import subprocess
import sys
import zipfile
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

import openpyxl
import pytest
import yaml
from tests.running.artefacts import contents
from typer.testing import CliRunner

from helpers.running import pipeline
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


def _csv(home: Home) -> Path:
    file = home.sources / f"lekplatser {home.text}.csv"
    preamble = f"Utdrag för {home.text}\n\n"
    file.write_text(preamble + ROWS.format(column=f"anm {home.text}"), "utf-8")
    return file


def _workbook(home: Home, sheets: tuple[str, ...] = ("", " 2")) -> Path:
    book = openpyxl.Workbook()
    book.remove(book.active)
    for sheet in sheets:
        made = book.create_sheet(f"{home.text}{sheet}"[:31])
        for row in (["id", "name", f"antal {home.text}"], [1, "Ek", 3], [2, "Alm", 4]):
            made.append(row)
    file = home.sources / f"blad_{home.text.replace(' ', '_')}.xlsx"
    book.save(file)
    return file


def _archive(home: Home) -> Path:
    file = home.sources / "arkiv.zip"
    with zipfile.ZipFile(file, "w") as archive:
        member = f"{home.text}/lekplatser {home.text}.csv"
        archive.writestr(member, ROWS.format(column="x"))
    return file


def _wrapped(home: Home) -> Path:
    file = home.sources / f"{home.text}.json"
    records = [{"id": n, "name": f"Bänk {n}", home.text: "trä"} for n in range(4)]
    file.write_text(json.dumps({home.text: records, f"om {home.text}": 3}), "utf-8")
    return file


def _refused(home: Home) -> Iterator[Path]:
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


def _entry(home: Home, id: str, file: Path, **more: object) -> None:
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


@pytest.fixture
def home(tmp_path: Path, monkeypatch: pytest.MonkeyPatch, canary: str) -> Home:
    made = Home(tmp_path / "home", CANARIES[canary])
    for folder in (made.catalogue, made.sources, made.output, made.folder / "tmp"):
        folder.mkdir(parents=True)
    monkeypatch.setattr("tempfile.tempdir", str(made.folder / "tmp"))
    return made


def _said(*arguments: str | Path) -> tuple[int, str]:
    done = CliRunner().invoke(app, [str(argument) for argument in arguments])
    assert done.exception is None or isinstance(done.exception, SystemExit), done.exception
    return done.exit_code, done.output


every_canary = pytest.mark.parametrize("canary", CANARIES)


@every_canary
@pytest.mark.usefixtures("in_this_process")
def test_a_refused_file_says_nothing_of_what_its_names_hold(home: Home):
    refused = list(_refused(home))
    spoken = []
    for language in ("sv", "en"):
        code, said = _said("check", *refused, "--language", language)
        assert code == 3
        spoken.append(said)
    code, said = _said("check", *refused, "--json")
    assert said.count('"error"') == len(refused) and not home.leaks(*spoken, said)


@every_canary
@pytest.mark.usefixtures("in_this_process")
def test_an_entry_is_made_of_what_is_left_of_the_files_name(home: Home):
    files = [_csv(home), _workbook(home), _wrapped(home)]
    code, said = _said("add", *files, "--catalogue", home.catalogue)
    assert code == 0
    code, again = _said("add", *files, "--catalogue", home.catalogue)
    entries = sorted(home.catalogue.iterdir())
    assert len(entries) == len(files) and "lekplatser" in {entry.stem for entry in entries}
    for entry in entries:
        plain = yaml.safe_load(entry.read_text("utf-8"))
        assert home.text.split()[0] in plain["source"].pop("path")
        assert not home.leaks(json.dumps(plain, ensure_ascii=False))
    code, listed = _said("list", "--catalogue", home.catalogue)
    assert code == 0 and not home.leaks(said, again, listed)


@every_canary
def test_an_id_that_holds_one_is_refused(home: Home):
    if not home.text[0].isdigit():
        pytest.skip("an id has neither capitals nor @")
    _entry(home, f"lista-{home.text}", _csv(home))
    code, said = _said("list", "--catalogue", home.catalogue)
    assert code == 2 and "Byt id" in said and not home.leaks(said)


def _commands(home: Home, id: str, language: str) -> Iterator[list[str | Path]]:
    out = home.output / language
    out.mkdir(exist_ok=True)
    common: list[str | Path] = ["--catalogue", home.catalogue, "--language", language]
    yield ["list", *common]
    yield ["rank", *common]
    yield ["rank", "--json", *common]
    yield ["mask", id, "--output", out / "masked.csv", *common]
    yield ["rows", id, "--output", out / "rows", *common]
    yield ["checklist", id, "--output", out / "checklist.html", *common]
    yield ["checklist", id, "--output", out / "checklist.docx", *common]
    yield ["inventory", "--write", out / "inventory.xlsx", *common]
    yield ["inventory", out / "inventory.xlsx", *common]
    yield ["papers", id, "--output", out / "papers", *common]
    yield ["papers", "--output", out / "papers of all", *common]


def _all_said(home: Home, ids: list[str]) -> list[str]:
    """A report of the candidates without notebooks, and all that the commands say of them."""
    spoken = []
    for language in ("sv", "en"):
        report = home.output / f"report-{language}"
        pipeline.run(
            [],
            catalogue=home.catalogue,
            output=report,
            language=language,
            jobs=1,
            with_notebooks=False,
            say=lambda key, values: spoken.append(f"{key} {values}"),
        )
        for id in ids:
            for command in _commands(home, id, language):
                code, said = _said(*command, *(["--overwrite"] if "--output" in command else []))
                # reading the sheet back asks for another theme
                assert code == (2 if command[1] == home.output / language / "inventory.xlsx" else 0)
                spoken.append(said)
        both = [home.output / f"report-{name}" / "results.json" for name in (language, language)]
        code, said = _said("between", *both, "--output", home.output / f"between-{language}.html")
        spoken.append(said)
    return spoken


@pytest.mark.parametrize("canary", ["with a dash"])
@pytest.mark.usefixtures("in_this_process")
def test_no_report_and_no_command_shows_a_name_of_an_entry(home: Home):
    """The other canaries and formats in the slow test."""
    _entry(home, "lekplatser", _csv(home))
    spoken = _all_said(home, ["lekplatser"])
    assert "Lista över ÅÅMMDD-XXXX" in "".join(spoken)
    leaks = home.leaks(*spoken)
    assert not leaks, leaks[:20]


@pytest.mark.slow
@every_canary
@pytest.mark.usefixtures("in_this_process")
def test_no_report_and_no_command_shows_a_name_of_any_format(home: Home):
    files = {
        "lekplatser": _csv(home),
        "blad": _workbook(home),
        "arkiv": _archive(home),
        "bankar": _wrapped(home),
    }
    for id, file in files.items():
        _entry(home, id, file)
    for n, file in enumerate(_refused(home)):
        _entry(home, f"refused-{n}", file)
    spoken = _all_said(home, list(files))
    leaks = home.leaks(*spoken)
    assert not leaks, leaks[:20]


@pytest.mark.slow
@every_canary
def test_a_run_with_its_notebooks_shows_no_name(home: Home):
    _entry(home, "lekplatser", _csv(home))
    own = {name: str(home.folder / "tmp") for name in ("TMPDIR", "TEMP", "TMP")}
    environment = (
        os.environ
        | own
        | {"DATAKOLLEN_SNAPSHOTS": str(home.folder / "snapshots"), "PYTHONUTF8": "1"}
    )
    command = ["run", "--catalogue", str(home.catalogue), "--output", str(home.output / "report")]
    done = subprocess.run(
        [sys.executable, "-m", "helpers", *command],
        env=environment,
        capture_output=True,
        text=True,
    )
    assert done.returncode == 0, done.stderr
    assert list((home.output / "report").rglob("*.ipynb"))
    leaks = home.leaks(done.stdout, done.stderr)
    assert not leaks, leaks[:20]
