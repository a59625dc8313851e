"""``datakollen merge``: what it leaves in its folder, what it tells, and what it refuses."""

from __future__ import annotations

import subprocess
from collections.abc import Callable
from pathlib import Path

import pytest
import yaml
from tests.merging.making import origins, rows, works
from typer.testing import CliRunner

from helpers.running.commands import app

Run = Callable[..., tuple[int, str]]
ID = "gemensam-offentlig-konst"
pytestmark = pytest.mark.usefixtures("in_this_process")


def declared(folder: Path, organisation: str, text: str | None, **more: object) -> Path:
    """An entry of public art, and its file where there is one."""
    id = f"{organisation}-konst"
    plain = {"id": id, "title": f"Konst, {organisation}", "type": "offentlig_konst"}
    plain |= {"organisation": organisation, "stage": "inventoried", **more}
    if text is not None:
        (folder / f"{id}.csv").write_text(text, "utf-8")
        plain["source"] = {"path": f"{id}.csv"}
    entry = folder / f"{id}.yaml"
    entry.write_text(yaml.safe_dump(plain, allow_unicode=True), "utf-8")
    return entry


@pytest.fixture
def home(tmp_path: Path) -> Path:
    folder = tmp_path / "katalog"
    folder.mkdir()
    declared(folder, "karlshamn", works("A", "B"), licence="CC0-1.0")
    declared(folder, "olofstrom", works("B"))
    declared(folder, "ronneby", None)
    return folder


@pytest.fixture
def merge(home: Path) -> Run:
    def run(*asked: str, type: str = "offentlig_konst") -> tuple[int, str]:
        target = str(home.parent / "ut")
        command = ["merge", type, "--catalogue", str(home), "--output", target, *asked]
        done = CliRunner().invoke(app, command)
        return done.exit_code, " ".join(done.output.split())

    return run


def test_the_folder_can_be_gone_on_with(home: Path, merge: Run):
    code, said = merge("--organisation", "region-blekinge")
    out = home.parent / "ut"
    names = {one.relative_to(out).as_posix() for one in out.rglob("*") if one.is_file()}
    endings = (".csv", "-ursprung.csv", ".html", ".docx")
    assert code == 0, said
    fixed = {f"catalogue/{ID}.yaml", "same_objects.yaml"}
    assert names == {*(f"{ID}{ending}" for ending in endings), *fixed}
    assert "ronneby-konst är inte med. Kandidaten är en idé utan fil." in said
    assert [row["id"] for row in rows(out / f"{ID}.csv")] == ["A", "1082-B", "1060-B"]
    assert len(origins(out / f"{ID}-ursprung.csv")) == 3
    entry = yaml.safe_load((out / "catalogue" / f"{ID}.yaml").read_text("utf-8"))
    assert entry["organisation"] == "region-blekinge" and entry["licence"] is None
    assert not {"published", "decision", "legal"} & set(entry), "nothing decided is taken over"
    page = (out / f"{ID}.html").read_text("utf-8")
    assert "Karlshamns kommun" in page and "ronneby-konst är inte med" in page


@pytest.mark.slow
def test_merged_again_the_entry_is_the_peoples_and_ids_are_as_they_were(home: Path, merge: Run):
    assert merge()[0] == 0
    out = home.parent / "ut"
    entry = out / "catalogue" / f"{ID}.yaml"
    entry.write_text(entry.read_text("utf-8").replace("licence: null", "licence: CC0-1.0"), "utf-8")
    before = (out / f"{ID}.csv").read_bytes()
    code, said = merge()
    assert code == 0 and f"{ID}.yaml stod där redan" in said
    assert "CC0-1.0" in entry.read_text("utf-8")
    assert (out / f"{ID}.csv").read_bytes() == before
    declared(home, "solvesborg", works("A"))
    assert merge()[0] == 0
    told = [row["id"] for row in rows(out / f"{ID}.csv")]
    assert told == ["A", "1082-B", "1060-B", "1083-A"]


@pytest.mark.slow
def test_what_is_stopped_or_cannot_be_read_is_left_out_and_told(home: Path, merge: Run):
    secret = {"secrecy": {"answer": "yes", "by": "jurist", "when": "2026-01-01"}}
    declared(home, "solvesborg", works("S"), legal=secret)
    declared(home, "karlskrona", works("K"))
    (home / "karlskrona-konst.csv").write_bytes(b"\x00\x01\x02")
    code, said = merge()
    assert code == 0, said
    assert "solvesborg-konst är inte med. Den är stoppad:" in said
    assert "karlskrona-konst är inte med." in said
    frame = rows(home.parent / "ut" / f"{ID}.csv")
    assert {row["source"] for row in frame} == {"1082", "1060"}


@pytest.mark.parametrize(
    ("type", "expected"),
    [("matsvinn", "inget att slå ihop"), ("finns_inte", "offentlig_konst"), ("badplats", "inget")],
)
def test_with_nothing_to_merge_nothing_is_written(home: Path, merge: Run, type: str, expected: str):
    code, said = merge(type=type)
    assert code == 2 and expected in said
    assert not (home.parent / "ut").exists()


@pytest.mark.slow
def test_kinds_of_a_type_are_merged_one_at_a_time(home: Path, merge: Run):
    place = "source;id;name;latitude;longitude;email\n{};b1;Bad;56.1;15.5;bad@example.se\n"
    for organisation, code, kind in (
        ("karlshamn", "1082", "badplats"),
        ("ronneby", "1081", "badplats"),
        ("olofstrom", "1060", "lekplats"),
    ):
        declared(
            home,
            organisation,
            place.format(code),
            type="platsinformation",
            variant=kind,
            id=f"{organisation}-konst",
        )
    code, said = merge(type="platsinformation")
    assert (
        code == 2 and "badplats: karlshamn-konst, ronneby-konst; lekplats: olofstrom-konst" in said
    )
    code, said = merge(type="badplats")
    assert code == 0 and "olofstrom-konst är inte med. Den är av ett annat slag: lekplats." in said
    merged = rows(home.parent / "ut" / "gemensam-badplats.csv")
    assert [row["place_id"] for row in merged] == ["1082-b1", "1081-b1"]
    assert "source" not in merged[0], "the layout has none"


def test_an_owner_that_there_is_not(merge: Run):
    code, said = merge("--organisation", "atlantis")
    assert code == 2 and "atlantis" in said


@pytest.mark.slow
def test_the_merged_dataset_goes_the_whole_way(home: Path, merge: Run, tmp_path: Path):
    assert merge("--organisation", "region-blekinge")[0] == 0
    catalogue = str(home.parent / "ut" / "catalogue")
    done = CliRunner().invoke(app, ["rank", "--catalogue", catalogue])
    assert done.exit_code == 0 and "Offentlig konst från flera organisationer" in done.output
    package = str(tmp_path / "paket")
    done = CliRunner().invoke(app, ["publish", ID, "--catalogue", catalogue, "--output", package])
    assert done.exit_code == 0, done.output
    assert (tmp_path / "paket" / f"utkast-{ID}.geojson").is_file()
    assert rows(tmp_path / "paket" / f"utkast-{ID}.csv") == rows(home.parent / "ut" / f"{ID}.csv")


@pytest.mark.slow
def test_the_account_opens_in_a_word_processor(
    home: Path, merge: Run, office: Callable[..., list[Path]]
):
    assert merge("--language", "en")[0] == 0
    (pdf,) = office([home.parent / "ut" / f"{ID}.docx"], "pdf")
    said = subprocess.run(["pdftotext", str(pdf), "-"], capture_output=True, text=True).stdout
    assert "The merged dataset has 3 rows from 2 organisations." in said
