"""The demands of a region's datasets put together by system and supplier, with what shows each
beside each dataset: from a catalogue, and from results without data."""

from __future__ import annotations

import json
import random
import re
from pathlib import Path
from typing import Any

import pytest
from tests.cli.spoken import invoke

from helpers.advising import joint_demands, procurement
from helpers.advising.joint_demands import Case
from helpers.advising.procurement import Evidence
from helpers.declared import agencies
from helpers.reporting import results
from helpers.running import region
from helpers.running.store import Store
from helpers.words.messages import LANGUAGES, texts

from .handed import demand, handed, result

ENTRY = """\
id: {id}
title: {title}
type: {type}
organisation: {owner}
source: {{path: {file}}}
source_system: {system}
"""
ART = "id;name;latitude;longitude\n"
FILES = {
    # no ids, and a heading for print above the header
    "a.csv": ("Konst i kommunen\n\nnamn;latitud;longitud\nHästen;56,17;15,58\nFågeln;56,18;15,6\n"),
    # one id for two works; not in UTF-8
    "b.csv": f"{ART}K1;Hästen;56.17;14.86\nK1;Fågeln;56.18;14.87\nK3;Bågen;56.19;14.88\n",
    "c.csv": f"{ART}K1;Hästen;56.27;14.53\nK2;Fågeln;56.28;14.54\n",
}


def case(owner: str, system: str | None, *ids: str, title: str = "Konst", **values: Any) -> Case:
    label, called = (dict.fromkeys(LANGUAGES, said) for said in (owner, title))
    demands = [demand(id, ("answer", "export_no")) for id in ids]
    whole: dict[str, Any] = {"supplier": None, "demands": demands}
    return Case(owner, label, called, "offentlig_konst", system, **whole | values)


def test_the_same_system_in_several_organisations_is_one_demand():
    some = [
        case("A", "Platsen X", "no_export", "closed_format"),
        case("B", "platsen-x", "no_export", supplier="Bolag"),
        case("B", "PLATSEN X", "no_export", title="Bad", supplier="BOLAG"),
        case("C", "Annat", "no_export", supplier="Bolag"),
        case("D", None, "no_export"),
        case("E", None, demands=None),
    ]
    random.Random(1).shuffle(some)
    joint = joint_demands.joint(some)
    assert [system.name for system in joint.systems] == ["Annat", "PLATSEN X", None]
    shared = joint.systems[1]
    assert [label["sv"] for label in shared.labels] == ["A", "B"] and len(shared.suppliers) == 1
    counted = {one.demand.id: (len(one.cases), one.organisations) for one in shared.wanted}
    assert counted == {"no_export": (3, 2), "closed_format": (1, 1)}
    assert joint.suppliers == {"BOLAG": ["Annat", "PLATSEN X"]}
    assert [one.organisation for one in joint.untold] == ["E"]


def test_the_order_that_they_come_in_changes_nothing():
    chance = random.Random(7)
    ids = [one.id for one in procurement.every() if one.when != "always"]
    some = [
        case(
            chance.choice("ABCDE"),
            chance.choice(["X", "x", "Y", None]),
            *chance.sample(ids, chance.randint(0, len(ids))),
            title=str(n),
            supplier=chance.choice(["S", "s", None]),
        )
        for n in range(40)
    ]
    first = joint_demands.joint(some)
    for _ in range(10):
        chance.shuffle(some)
        assert joint_demands.joint(some) == first


@pytest.fixture(scope="module")
def catalogue(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Three works of art files out of two systems, and an idea of which nothing is known."""
    folder = tmp_path_factory.mktemp("katalog")
    for name, said in FILES.items():
        (folder / name).write_bytes(said.encode("cp1252" if name == "b.csv" else "utf-8"))
    both = "{name: Konstregistret, supplier: Bolag Ett, export: 'no', supplier_owns_data: 'yes'}"
    fine = "{name: GIS, supplier: Bolag Ett, export: 'yes', supplier_owns_data: 'no'}"
    for id, title, owner, file, system in (
        ("a", "Konst i Karlskrona", "karlskrona", "a.csv", both),
        ("b", "Konst i Karlshamn", "karlshamn", "b.csv", both.replace("K", "k", 1)),
        ("c", "Konst i Olofström", "olofstrom", "c.csv", fine),
    ):
        entry = ENTRY.format(
            id=id, title=title, owner=owner, file=file, system=system, type="offentlig_konst"
        )
        (folder / f"{id}.yaml").write_text(entry, "utf-8")
    (folder / "d.yaml").write_text(
        "id: d\ntitle: Bad\ntype: platsinformation\norganisation: habo\nstage: idea\n", "utf-8"
    )
    return folder


@pytest.fixture(scope="module")
def plain(catalogue: Path, tmp_path_factory: pytest.TempPathFactory) -> dict[str, Any]:
    """The same as results.json holds it."""
    with pytest.MonkeyPatch.context() as patch:
        patch.setenv("DATAKOLLEN_SNAPSHOTS", str(tmp_path_factory.mktemp("snapshots")))
        store = Store()
        computed = results.results_json(region.compute(catalogue, store=store))
        store.forget_tables()
    made: dict[str, Any] = json.loads(json.dumps(computed))
    return made


@pytest.mark.slow
def test_each_lock_in_is_found_in_the_data_with_what_shows_it(plain: dict[str, Any]):
    found = {
        candidate["id"]: {
            one["id"]: [(shown["kind"], shown["id"]) for shown in one["evidence"]]
            for one in candidate["demands"]
        }
        for candidate in plain["candidates"]
    }
    declared = {
        "supplier_owns": [("answer", "supplier_owns_data_yes")],
        "no_export": [("answer", "export_no")],
    }
    assert found["a"] == declared | {
        "missing_id": [("file", "no_key")],
        "made_for_print": [("reading", "preamble")],
    }
    assert found["b"] == declared | {
        "closed_format": [("file", "encoding")],
        "missing_id": [("finding", "id_unique")],
    }
    assert found["c"] == {}
    assert set(found["d"]) == {"owner_unknown", "export_unknown"}
    assert plain["version"] and {one["supplier"] for one in plain["candidates"]} == {
        "Bolag Ett",
        None,
    }


@pytest.mark.slow
def test_a_regions_paper_has_one_demand_for_two_that_have_one_system(
    catalogue: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
):
    monkeypatch.setenv("DATAKOLLEN_SNAPSHOTS", str(tmp_path / "snapshots"))
    code, said = invoke("papers", "--catalogue", catalogue, "--output", tmp_path / "ut")
    assert code == 0, said
    page = (tmp_path / "ut" / "upphandling.html").read_text("utf-8")
    words = re.sub(r"\s+", " ", re.sub(r"<[^>]+>", " ", page.split("<main")[1]))
    assert "Karlshamns kommun och Karlskrona kommun har systemet. Ställ kraven" in words
    assert "Antal datamängder: 2. Antal organisationer: 2." in words
    assert "Filen har ingen kolumn med id. Konst i Karlskrona (Karlskrona kommun)." in words
    assert "Bolag Ett är leverantör av GIS och Konstregistret." not in words  # GIS demands nothing
    assert "inte avtalstext" in words and "Krav som alltid gäller" in words


@pytest.mark.slow
def test_results_without_data_say_the_same_by_system(plain: dict[str, Any], tmp_path: Path):
    for number, candidate in enumerate(plain["candidates"]):
        candidate["organisation"]["named_in_public"] = candidate["id"] != "b"
        handed(tmp_path / f"{number}.json", candidate)
    code, said = invoke("between", *sorted(tmp_path.glob("*.json")), "--output", tmp_path / "u.md")
    assert code == 0, said
    paper = (tmp_path / "u.md").read_text("utf-8").replace("\\", "")
    assert "### Konstregistret" in paper.replace("konst", "Konst")
    assert "Karlskrona kommun och Kommun A har systemet. Ställ kraven" in paper.replace(
        "Kommun A och Karlskrona kommun", "Karlskrona kommun och Kommun A"
    )
    assert (
        "- **Filen uppfyller inte regeln id_unique. Ett id ska aldrig användas för två objekt.** "
        "Offentlig konst (Kommun A)." in paper
    )
    assert "Karlshamn" not in paper and "Källa till kravet är Digg, kravområde" in paper


def test_every_demand_names_a_page_or_is_our_own_and_all_evidence_has_words():
    for one in procurement.every():
        assert one.source == procurement.OWN or one.source in agencies.sources()
        assert (one.source == procurement.OWN) is (one.status is None), one.id
        for language in LANGUAGES:
            assert one.cited(language)
    known = texts("sv")
    for code in (*procurement.FOR_PRINT, *procurement.DAMAGED):
        assert f"reading.repair.{code}" in known
    guessed = {
        code for code in procurement.FOR_PRINT if "kanske" in known[f"reading.repair.{code}"]
    }
    assert not guessed and not {"group_labels", "perhaps_titles", "on_its_side"} & {
        *procurement.FOR_PRINT
    }
    said = [words for key, words in known.items() if key.startswith("procurement.")]
    assert len(said) == len(set(said))
    locked = {one.when for one in procurement.every()} - {"always"}
    assert locked == set(procurement.LOCKS)


@pytest.mark.parametrize(
    ("evidence", "said"),
    [
        (Evidence("finding", "id_unique"), "Filen uppfyller inte regeln id_unique."),
        (Evidence("finding", "id_unique", 99), "en regel som den här versionen inte känner"),
        (Evidence("finding", "Fatima Hallonqvist"), "en regel som den här versionen inte känner"),
        (Evidence("reading", "../sv/cli"), "ett belägg som den här versionen inte känner"),
        (Evidence("answer", "export_no.x"), "ett belägg som den här versionen inte känner"),
        (Evidence("file", "format"), "Filen har ett format som inte är öppet."),
    ],
)
def test_evidence_is_said_in_our_words_alone(evidence: Evidence, said: str):
    assert said in evidence.said("offentlig_konst")["sv"]
    assert "Fatima" not in str(evidence.said("<b>"))


def test_a_demand_that_this_version_does_not_know_is_passed_over(tmp_path: Path):
    other = result("tierp", agreed=True, system="X", demands=[demand("new", ("file", "new"))])
    known = result("habo", agreed=True, system="X", demands=[demand("no_export")])
    file = handed(tmp_path / "a.json", other, known)
    assert invoke("between", file, "--output", tmp_path / "u.md")[0] == 0
    paper = (tmp_path / "u.md").read_text("utf-8")
    assert "Antal datamängder: 1. Antal organisationer: 1." in paper
    assert "ett belägg som den här versionen inte känner" in paper
