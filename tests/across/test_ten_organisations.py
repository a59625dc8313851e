"""Ten organisations compute their results at home, from catalogues whose every cell, and many a
name, is a canary; what ``between`` makes of the results holds none of them, and names nobody who
has not agreed."""

from __future__ import annotations

import json
import re
from itertools import product
from pathlib import Path
from typing import Any

import pytest
import yaml
from tests.cli.spoken import invoke
from tests.running.artefacts import contents

from helpers.declared import organisations
from helpers.reporting.results import results_text
from helpers.running import region
from helpers.running.store import Store
from helpers.words.folding import fold

OWNERS = (
    *("karlskrona", "karlshamn", "olofstrom", "solvesborg", "ronneby"),
    *("region-blekinge", "habo", "tierp", "oxelosund-nykoping", "upplands-vasby"),
)
AGREED = ("karlskrona", "tierp")
ROWS = 4
ART = ("id", "name", "latitude", "longitude", "artist", "Fatima Hallonqvist")
INVOICES = ("kopare", "verifikationsnummer", "leverantor", "leverantor_id", "belopp", "datum")
HEADERS = ("Fatima", "Hallonqvist")  # no header that looks personal either
Canaries = list[str]


def _cell(owner: int, kind: str, column: int, row: int) -> str:
    """Unlike any other: a word of its own, in every other row with a test number or an address."""
    word = f"kanarie{'abcdefghij'[owner]}{kind}{'qrstuvwx'[column]}{'klmn'[row]}zq"
    number = f"1981121898{owner:02}"
    return (word, f"{word}.{number}", f"{word}@exempel.example", f"{word} {number[2:]}")[row]


def _file(file: Path, owner: int, kind: str, header: tuple[str, ...]) -> Canaries:
    """A table whose every cell is a canary."""
    cells = [[_cell(owner, kind, c, r) for c in range(len(header))] for r in range(ROWS)]
    lines = [";".join(header), *(";".join(row) for row in cells)]
    file.write_text("\n".join(lines) + "\n", "utf-8")
    return [f"kanarie{'abcdefghij'[owner]}{kind}"]


def _catalogue(folder: Path, owner: int) -> Canaries:
    """A dataset whose title, system and role name the organisation, and whose id and description
    hold a word that is nowhere else."""
    folder.mkdir(parents=True)
    id = OWNERS[owner]
    name = getattr(organisations.organisation(id), "name", id)
    kind, type, header = (("a", "offentlig_konst", ART), ("i", "leverantorsfakturor", INVOICES))[
        owner % 2
    ]
    texts = _file(folder / f"{kind}.csv", owner, kind, header)
    entry = {
        "id": f"post-{kind}-kanariepost",
        "title": f"Titel hos {name}",
        "type": type,
        "organisation": id,
        "source": {"path": f"{kind}.csv"},
        "description": f"Kanariebeskrivning för {name}",
        "owner": {"role": f"Kanarieroll i {name}", "mailbox": "kanarie@exempel.example"},
        "source_system": {
            "name": "Konstsystemet" if kind == "a" else f"{name.split()[0]} ekonomi",
            "supplier": "Bolaget Åtta",
            "export": "no",
        },
    }
    file = folder / f"{entry['id']}.yaml"
    file.write_text(yaml.safe_dump(entry, allow_unicode=True), "utf-8")
    return [*texts, "kanariepost", "kanariebeskrivning", "kanarieroll", "titel hos"]


def _results(folder: Path, owner: int) -> Path:
    """The organisation's results, as its run writes them; two have agreed to be named."""
    store = Store()
    text = "".join(results_text(region.compute(folder, store=store)))
    store.forget_tables()
    whole: dict[str, Any] = json.loads(text)
    for candidate in whole["candidates"]:
        candidate["organisation"]["named_in_public"] = OWNERS[owner] in AGREED
    file = folder.parent / f"resultat-{owner}.json"
    file.write_text(json.dumps(whole, ensure_ascii=False), "utf-8")
    return file


def _names(id: str) -> set[str]:
    """What names the organisation, folded; parts that any text may hold are left out."""
    known = organisations.organisation(id)
    words = f"{known.name if known else ''} {id}".replace("-", " ").split()
    kinds = {"kommun", "kommuner", "region", "och"}
    folded = {fold(word) for word in words} - kinds
    return folded | {word.removesuffix("s") for word in folded}


@pytest.mark.slow
def test_of_ten_organisations_no_cell_and_no_name_without_leave_is_in_any_output(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
):
    monkeypatch.setenv("DATAKOLLEN_SNAPSHOTS", str(tmp_path / "snapshots"))
    texts: Canaries = ["kanarie", "1981121898", "81121898", "exempel.example"]
    files = []
    for owner in range(len(OWNERS)):
        folder = tmp_path / f"{owner}" / "katalog"
        texts += _catalogue(folder, owner)
        files.append(_results(folder, owner))
    unnamed = {name for id in OWNERS if id not in AGREED for name in _names(id)}
    said = ""
    for language in ("sv", "en"):
        more = ("--language", language, "--output", tmp_path / "ut" / language)
        code, spoken = invoke("between", *files, *more)
        assert code == 0, spoken
        said += spoken.replace(str(tmp_path), "").replace("\n", "")
    (tmp_path / "ut" / "said.txt").write_text(said, "utf-8")
    paper = (tmp_path / "ut" / "sv" / "between.md").read_text("utf-8").replace("\\", "")
    hidden = set(re.findall(r"\b(?:Kommun|Organisation) ([A-Z])\b", paper))
    assert hidden == set("ABCDEFGH")
    assert "Karlskrona kommun" in paper and "Tierps kommun" in paper
    assert (
        "### Konstsystemet" in paper and "Antal datamängder: 5. Antal organisationer: 5." in paper
    )
    assert paper.count("| 0.2.0 | results/2 |") == 10
    held = [(name, data.decode("utf-8", "replace")) for name, data in contents(tmp_path / "ut")]
    assert {Path(name.split("!")[0]).suffix for name, _ in held} == {
        ".html",
        ".docx",
        ".md",
        ".txt",
    }
    for (name, data), text in product(held, (*texts, *HEADERS)):
        assert text.lower() not in data.lower(), (name, text)
    for name, data in held:
        folded = fold(data)
        assert not [one for one in unnamed if one in folded], name
    assert sum(file.stat().st_size for file in files) > 100_000  # the results themselves are whole
