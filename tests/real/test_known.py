"""What ``README.md`` beside the real files says is wrong with each stands in its golden file; and
nothing is accused that is right."""

from __future__ import annotations

import datetime as dt
import re
from pathlib import Path
from typing import Any

import numpy as np
import pyarrow.parquet as pq
import pytest
import yaml

from helpers.ground import geography
from helpers.running.opening import Opened
from helpers.running.store import Store

from .conftest import HERE, entries

TODAY = dt.date(2026, 11, 24)

# entry: patterns of lines that must be said
KNOWN: dict[str, list[str]] = {
    "digg-fakturor": [
        r"^bom 1",
        r"^empty_rows 291 509",
        r"^read as csv utf-8 ';' decimal ,",
        r"^decimal_comma",
        r"valuta 6 of 507",
        r"^rows 507",
        r"^digg_2024-q3: 507 x 9",
        r"^credit_negative belopp 4$",
        r"^info leverantor_id_one_name leverantor_id 128",
        r"^faktura_nr text",
        r"^belopp decimal",
    ],
    "island-fakturor": [
        r"^iceland_state_2023-03: 237256 x 6",
        r"^numer_reiknings text",
        r"^dags_greidslu datetime",
        r"rows_distinct",
    ],
    "lambeth-fakturor": [
        r"^preamble 1 1$",
        r"^suspect_blanks 3",
        r"^sum_row 1 1141",
        r"trimmed Supplier Name",
        r"^padded_header 2",
    ],
    "malmo-konst": [
        r"EPSG:3008 declared",
        r"rows_filled 14 of 193",
        r"not_truncated material 34",
        r"image_url_image bild 165 of 179",
        r"^not_truncated material .* 20 tecken",
        r"visit_url_form url 179 of 179",
        r"visit_url_varies url 179",
        r"^multipoint_of_one 193",
        r"^avtackningsar integer",
        r"^malmo_public_art: 193 x 7",
    ],
    "baltimore-konst": [
        r"^bom 1",
        r"1130 x 48",
        r"id_filled ID 237 of 1130",
        r"^dates_month_first",
        r"^padded_header",
        r"points_in_sweden 1110 of 1110",
    ],
    "helsingborg-lekplatser": [
        r"Namn text = name missing .*' ': 164",
        r"name_filled Namn 166",
        r"^name_filled Namn .* mellanslag: 164",
        r"^rows 197",
        r"EPSG:4326",
    ],
    "helsingborg-toaletter": [
        r"^dates_digits 44",
        r"^Oppettider text = opening_hours",
        r"^rows 44",
    ],
    "dalarna-vardutbud": [
        r"EPSG:3021 \(Ykoord, Xkoord\).*EPSG:3006 \(Sweref99Y, Sweref99X\)",
        r"^rows 40",
        r"'NULL': 38",
    ],
    "dalarna-vardutbud-senare": [
        r"EPSG:3021 \(Ykoord, Xkoord\).*EPSG:3006 \(Sweref99Y, Sweref99X\)",
        r"^rows 53",
    ],
    "badplatser-2016": [r"^positions_by_numbers 2624 C10, C8", r"^rows 2624"],
    "badvatten": [
        r"points_in_sweden 17 of 2684",
        r"points_not_at_origin 11 of 2684",
        r"^rows 2684",
    ],
    "harryda-badplatser": [r"^bom 1", r"^rows 9", r"x 42", r"id_filled place_id 9 of 9"],
    "harryda-badplatser-api": [
        r"^trailing_text",
        r"^bom 1",
        r"^wrapped",
        r"^latitude decimal",
        r"id_filled place_id 9 of 9",
    ],
    "tatorter": [r"^rows 1916", r"EPSG:4326"],
    "nav-rullstolsdelar": [
        r"^sheets 3",
        r"^header_rows 2",
        r"numbers_as_text 26 Deler",
        r"^warning numbers_of_one_kind 26 of 123",
        r"^codes_alike_in_tables \d",
        r"^padded_header|^Hjelpemiddel text",
    ],
    "nav-iso9999": [r"^isokode text", r"^rows 411"],
    "uppsala-hallplatser": [
        r"windows-1252 ';' decimal ,",
        r"'NA': 2547",
        r"EPSG:4326.*EPSG:3006 \(Hpl_SwerefEast",
        r"3825 x 11",
        r"^stop_id_unique HplID .* Rader för mycket: 896",
    ],
    "finska-farjor": [
        r"agency: 23 x",
        r"stops: 425",
        r"routes: 134",
        r"trips: 5828",
        r"stop_times: 12282",
        r"frequencies: 130",
    ],
    "ul-tidtabeller": [
        r"^missing_file 1 stop_times",
        r"stops: 13523",
        r"points_in_sweden 2 of",
        r"gtfs_files_there",
    ],
    "norge-bredband": [
        r"^bom 1",
        r"^leading_zero_lost 152 kommune_nr",
        r"422 x 19",
        r"^warning codes_whole kommune_nr 152 of 422",
    ],
    "salzburg-matningar": [
        r"^rows 9151",
        r"EPSG:4326",
        r"^Time datetime",
        r"^critical points_in_sweden 9151 of 9151",
    ],
    "mariestad-badplats": [
        r"^shifted_columns 1 2$",  # a comma within the description, not quoted
        r"^blank_header 2",
        r"email_form email 1 of 1",  # it holds the telephone number of the cell before
        r"^kolumn_43 text",
    ],
    "utegym-nationell": [
        r"^read as csv utf-8 ',' decimal ,",
        r"^mojibake 1 3$",
        r"^critical rows_filled 1 of 3 2$",
        r"^blank_header 1",
        r"EPSG:4326.* without: 1",
    ],
    "utegym-salem": [
        r"EPSG:4326.*EPSG:3006.*EPSG:3011 \(Koordinat_Long_\(Sweref-lokal\)",
        r"^Kommun-KOD text = source",
        r"^rows 2",
    ],
    "utegym-umea": [
        r"^warning points_exist 2 of 10 3 8$",
        r"^fields.id text = id",
        r"EPSG:4326 recognised point fields.long, fields.lat without: 2",
    ],
    "livsmedel-exempel": [
        r"EPSG:4326 recognised point facility.location.wgs84.coordinates without: 0",
        r"^pair_in_one_cell 1",
        r"^padded_header 1",
    ],
    "livsmedel-specifikation": [
        r"^sheets 2",
        r"person_name probable property/creator",
        r"service_email probable BAKGRUND",
        r"^Specifikation sv: 43 x 7",
    ],
    "kommuner-och-lan": [r"^municipality_code text", r"^rows 290"],
    "lan": [r"^county_code text", r"^rows 21"],
    "kommuner-med-hav": [r"polygon", r"^rows 290"],
}


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
    assert not found["gate"].startswith("stopp"), (
        "none of these files holds a Swedish identity number"
    )


@pytest.mark.real
def test_there_is_an_entry_for_every_table_map_and_feed(real: Path):
    listed = {
        yaml.safe_load(file.read_text("utf-8"))["source"]["path"]
        for file in (HERE / "catalogue").glob("*.yaml")
    }
    there = {
        str(file.relative_to(real))
        for file in real.rglob("*")
        if file.is_file() and file.relative_to(real).parts[0] not in ("bad", "dcat", "README.md")
    }
    assert listed == there


def opened(file: Path, folder: Path, type: str | None = None, before: Path | None = None) -> Opened:
    return Opened(file, type=type, store=Store(folder), today=TODAY, before=before)


def points(found: Opened) -> tuple[np.ndarray, np.ndarray, list[int]]:
    table = pq.read_table(found.tables.parquet(), columns=["lon", "lat", "source_row"]).to_pandas()
    return table["lon"].to_numpy(float), table["lat"].to_numpy(float), table["source_row"].tolist()


def bathing_places(real: Path, folder: Path) -> tuple[int, dict[str, int]]:
    """How many lie in no municipality, and how many in each of Blekinge's."""
    lon, lat, _ = points(opened(real / "places" / "sweden_bathing_places_2016.json", folder))
    found = geography.municipality_of(lon[~np.isnan(lon)], lat[~np.isnan(lat)])
    assert len(found) == 2621
    return (
        int(found["kommunkod"].isna().sum()),
        found[found["lanskod"] == "10"]["kommun"].value_counts().to_dict(),
    )


@pytest.mark.real
def test_bathing_places_find_their_municipality(real: Path, tmp_path: Path):
    nowhere, blekinge = bathing_places(real, tmp_path)
    assert nowhere <= 7
    assert blekinge == {
        "Karlskrona": 17,
        "Ronneby": 16,
        "Karlshamn": 12,
        "Olofström": 6,
        "Sölvesborg": 6,
    }


@pytest.mark.real
def test_the_bathing_waters_abroad(real: Path, tmp_path: Path):
    found = opened(real / "places" / "sweden_active_bathing_waters.geojson", tmp_path)
    named = {one.id: one for one in found.findings}
    assert named["points_in_sweden"].rows == [
        2612,
        2620,
        2623,
        2624,
        2626,
        2632,
        2636,
        2652,
        2654,
        2657,
        2658,
        2659,
        2665,
        2666,
        2670,
        2678,
        2684,
    ]
    lon, lat, rows = points(found)
    at = {row: (round(float(lon[i]), 1), round(float(lat[i]), 1)) for i, row in enumerate(rows)}
    outside = [
        at[row]
        for row in named["points_in_sweden"].rows
        if row not in named["points_not_at_origin"].rows
    ]
    forshaga, *saffle, amal, nykoping = outside
    assert (forshaga, amal, nykoping) == ((15.0, 90.0), (63.0, 1.0), (9.7, 58.6))
    assert [round(north) for _, north in saffle] == [36, 36, 36]


@pytest.mark.slow
@pytest.mark.real
def test_dalarna_sends_its_next_delivery(real: Path, tmp_path: Path):
    first, later = (real / "places" / f"dalarna_care_points{part}.xlsx" for part in ("", "_later"))
    found = opened(later, tmp_path, before=first).findings
    compared = {
        one.id: (one.outcome, one.checked)
        for one in found
        if one.id in ("id_stable", "position_stable")
    }
    assert compared == {"id_stable": ("passed", 53), "position_stable": ("passed", 53)}
    alone = opened(later, tmp_path / "alone").findings
    assert {one.outcome for one in alone if one.id in compared} == {"not_applicable"}


@pytest.mark.slow
@pytest.mark.real
def test_kalkugnen_is_named_off_kaliningrad(real: Path, tmp_path: Path):
    found = opened(real / "mobility" / "ul_gtfs_2021-09_without_stop_times.zip", tmp_path)
    far = [one for one in found.rows_to_fix if one.rule == "gtfs_stop_not_far_off"]
    assert [one.row for one in far] == [3096, 9578] and all("Kalkugnen" in str(one) for one in far)


@pytest.mark.real
@pytest.mark.parametrize(
    ("file", "empty"),
    [
        pytest.param("art/baltimore_2022-12-05.csv", 0.5, marks=pytest.mark.slow),
        ("places/harryda_bathing_places.csv", 0.83),
    ],
)
def test_how_much_is_empty(file: str, empty: float, real: Path, tmp_path: Path):
    main = opened(real / file, tmp_path).profile["tables"][0]
    shares = [column["missing_share"] for column in main["columns"]]
    assert sum(shares) / len(shares) == pytest.approx(empty, abs=0.03)
