"""``add``: whatever a file is called its entry loads, no file is passed over in silence."""

from __future__ import annotations

from pathlib import Path

import pytest
from tests.sampling import every
from typer.testing import CliRunner

from helpers.declared import catalogue
from helpers.filling_in import adding
from helpers.running.commands import app
from helpers.running.single import looked_at
from helpers.words.messages import LANGUAGES

TABLE = "id;namn;lat;lon\n1;Eken;56,16;15,58\n"
NAMES = [
    "2024",
    "ja",
    "Lekplatser: Håbo #1",
    "- Toa [utkast] {1}",
    "Bästa 'konst' & co",
    "%TEMP%",
    "åäö",
    "ÅÄÖ",
]


def folder_of(tmp_path: Path, names: list[str]) -> Path:
    folder = tmp_path / "filer"
    folder.mkdir()
    for name in names:
        (folder / f"{name}.csv").write_text(TABLE, "utf-8")
    return folder


def test_every_file_name_makes_an_entry_that_loads(tmp_path: Path):
    found = adding.add([folder_of(tmp_path, NAMES)], tmp_path / "katalog", looked_at)
    entries = catalogue.load(tmp_path / "katalog")
    assert len(found.written) == len(entries) == len(NAMES) and {
        one.title.raw for one in entries
    } == set(NAMES)


def test_a_file_that_has_an_entry_is_told_and_left(tmp_path: Path):
    folder = folder_of(tmp_path, ["a"])
    adding.add([folder], tmp_path / "katalog", looked_at)
    (tmp_path / "katalog" / "a.yaml").write_text(
        (tmp_path / "katalog" / "a.yaml").read_text("utf-8") + "# mitt\n", "utf-8"
    )
    again = adding.add([folder], tmp_path / "katalog", looked_at)
    assert not again.written and [one.name for one in again.known] == ["a.csv"]
    assert (tmp_path / "katalog" / "a.yaml").read_text("utf-8").endswith("# mitt\n")


@pytest.mark.parametrize("language", every(2, LANGUAGES))
def test_a_file_that_cannot_be_read_is_said_beside_those_that_can(tmp_path: Path, language: str):
    folder = folder_of(tmp_path, ["a"])
    (folder / "rapport.pdf").write_bytes(b"%PDF-1.4 x")
    said = CliRunner().invoke(
        app, ["add", str(folder), "--catalogue", str(tmp_path / "katalog"), "--language", language]
    )
    assert (
        said.exit_code == 3
        and "a.yaml" in said.output.replace("\n", "")
        and "rapport.pdf" in said.output.replace("\n", "")
    )
