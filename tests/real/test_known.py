"""What ``README.md`` beside the real files says is wrong with each stands in its golden file; and nothing is accused that is right."""

from __future__ import annotations

import re
from pathlib import Path
from typing import Any

import pytest
import yaml

from .conftest import HERE, entries

# entry: patterns of lines that must be said
KNOWN: dict[str, list[str]] = {
    "digg-fakturor": [r"^bom 1", r"^empty_rows 291 509", r"^decimal_comma", r"valuta 6 of 507", r"^rows 507",
                      r"^info en_leverantor_ett_namn", r"^faktura_nr text"],
    "island-fakturor": [r"^rows 237256", r"^numer_reiknings text", r"^dags_greidslu datetime", r"rows_distinct"],
    "lambeth-fakturor": [r"^preamble 1 1$", r"^suspect_blanks 3", r"^sum_row 1 1141", r"trimmed Supplier Name", r"^padded_header 2"],
    "malmo-konst": [r"EPSG:3008 declared", r"rows_filled 14 of 193", r"not_truncated material", r"visit_url_form url 179 of 179",
                    r"^multipoint_of_one 193", r"^avtackningsar integer"],
    "baltimore-konst": [r"^bom 1", r"^rows 1130", r"id_filled ID 237 of 1130", r"^dates_month_first", r"^padded_header"],
    "helsingborg-lekplatser": [r"Namn text = name missing .*' ': 164", r"name_filled Namn 166"],
    "helsingborg-toaletter": [r"^dates_digits 44", r"^Oppettider text = opening_hours", r"^rows 44"],
    "dalarna-vardutbud": [r"EPSG:3021 \(Ykoord, Xkoord\).*EPSG:3006 \(Sweref99Y, Sweref99X\)", r"^rows 40", r"'NULL': 38"],
    "dalarna-vardutbud-senare": [r"EPSG:3021 \(Ykoord, Xkoord\).*EPSG:3006 \(Sweref99Y, Sweref99X\)", r"^rows 53"],
    "badplatser-2016": [r"^positions_by_numbers 2624 C10, C8", r"^rows 2624"],
    "badvatten": [r"points_in_sweden 17 of 2684", r"points_not_at_origin 11"],
    "harryda-badplatser": [r"^bom 1", r"^rows 9", r"x 42", r"id_filled place_id 9 of 9"],
    "harryda-badplatser-api": [r"^trailing_text", r"^bom 1", r"^wrapped", r"^latitude decimal", r"id_filled place_id 9 of 9"],
    "tatorter": [r"^rows 1916", r"EPSG:4326"],
    "nav-rullstolsdelar": [r"^sheets 3", r"^header_rows 2", r"numbers_as_text 26 Deler", r"^padded_header|^Hjelpemiddel text"],
    "nav-iso9999": [r"^isokode text", r"^rows 411"],
    "uppsala-hallplatser": [r"windows-1252", r"decimal ,", r"'NA': 2547", r"EPSG:3006 \(Hpl_SwerefEast", r"^rows 3825"],
    "finska-farjor": [r"agency: 23 x", r"stops: 425", r"routes: 134", r"trips: 5828", r"stop_times: 12282", r"frequencies: 130"],
    "ul-tidtabeller": [r"^missing_file 1 stop_times", r"stops: 13523", r"points_in_sweden 2 of"],
    "norge-bredband": [r"^bom 1", r"^leading_zero_lost 152 kommune_nr", r"^rows 422"],
    "salzburg-matningar": [r"^rows 9151", r"EPSG:4326", r"^Time datetime"],
    "kommuner-och-lan": [r"^municipality_code text", r"^rows 290"],
    "lan": [r"^county_code text", r"^rows 21"],
    "kommuner-med-hav": [r"polygon", r"^rows 290"],
}  # fmt: skip


def lines(golden: dict[str, Any]) -> list[str]:
    found: list[str] = []
    for key, value in golden.items():
        if isinstance(value, dict):
            found += [f"{name} {said}" for name, said in value.items()]
        elif isinstance(value, list):
            found += map(str, value)
        else:
            found.append(f"{key} {value}")
    return found


def golden(name: str) -> dict[str, Any]:
    return yaml.safe_load((HERE / "golden" / f"{name}.yaml").read_text("utf-8"))


def test_every_entry_has_known_faults():
    assert sorted(KNOWN) == entries()


@pytest.mark.parametrize("name", KNOWN)
def test_what_is_known_is_said(name: str):
    said = lines(golden(name))
    for pattern in KNOWN[name]:
        assert any(re.search(pattern, line) for line in said), pattern


@pytest.mark.parametrize("name", KNOWN)
def test_nothing_is_rejected_and_nobody_is_stopped_who_should_not_be(name: str):
    found = golden(name)
    assert found["rejected"] == 0 and not found["broken rules"]
    assert not found["gate"].startswith("stopp"), "none of these files holds a Swedish identity number"


@pytest.mark.real
def test_there_is_an_entry_for_every_table_map_and_feed(real: Path):
    listed = {yaml.safe_load(file.read_text("utf-8"))["source"]["path"] for file in (HERE / "catalogue").glob("*.yaml")}
    there = {str(file.relative_to(real)) for file in real.rglob("*") if file.is_file()
             and file.relative_to(real).parts[0] not in ("bad", "dcat", "README.md")}  # fmt: skip
    assert listed == there
