"""A blank table is correct: filled in as it says, it passes its own suite, and it claims no more
than its specification."""

from __future__ import annotations

import csv
from pathlib import Path

import openpyxl
import pytest
from tests.sampling import every

from helpers.checking.planning import Known
from helpers.checking.running import run
from helpers.checking.suites import rules_for
from helpers.declared import specifications
from helpers.filling_in import blank_table
from helpers.running.opening import Opened
from helpers.running.store import Store
from helpers.words.errors import ConfigurationError

ROWS = 24
NAMED = [
    (type, one.name)
    for type in specifications.types()
    for one in specifications.load(type).variants
    if not one.formats
]
WITHOUT_VARIANTS = ("matsvinn", "offentlig_konst", "snorojning")
ALL = [*NAMED, *((type, None) for type in WITHOUT_VARIANTS), ("platsinformation", None)]
TOWNS = ("Ronneby", "Karlshamn", "Karlskrona", "Olofström", "Sölvesborg")


def _outline(lon: float, lat: float) -> str:
    """A small square around the position."""
    corners = ((-1, -1), (1, -1), (1, 1), (-1, 1), (-1, -1))
    ring = ", ".join(f"{lon + x / 10_000:.4f} {lat + y / 10_000:.4f}" for x, y in corners)
    return f"POLYGON (({ring}))"


def value(field: specifications.Field, i: int) -> str:
    """A made-up value that a careful person would write."""
    own = {
        "source": "2120000829",
        "kopare_id": "2120000829",
        "kopare": "Karlskrona kommun",
        "leverantor_id": "5569224644",
        "leverantor": "Påhittat Bygg AB",
        "supplier_orgnr": "5569224644",
        "konto_nr": f"{4010 + i}",
        "konto_text": f"Konto {4010 + i}",
        "belopp": f"{100 + i}.50",
        "kommun_id": "1080",
        "kommunkod": "1080",
        "land": "SE",
        "valuta": "SEK",
        "year": f"{2000 + i}",
        "iso9999_code": "12 22 18",
        "wikidata": f"Q{100 + i}",
        "artist_wikidata": f"Q{900 + i}",
        "email": "kontakt@karlskrona.se",
        "phone": "0455-30 30 00",
        "postcode": f"371 {30 + i}",
        "latitude": f"{56.2 + i / 1000:.4f}",
        "longitude": f"{15.5 + i / 1000:.4f}",
        "opening_hours": "Mån-fre 08:00-17:00",
        "bathing_water_id": f"SE04410800000000{i:02}",
        "school_unit_code": f"{12345678 + i}",
        "hsa_id": f"SE2321000081-E{i:04}",
        "month": f"2026-{1 + i % 9:02}",
        "hour": str(i % 24),
        "from_place": TOWNS[i % 5],
        "to_place": (
            TOWNS[(i + 1 + i // 5) % 5] if (i + 1 + i // 5) % 5 != i % 5 else TOWNS[(i + 2) % 5]
        ),
        "coverage_share": "0.95",
        "households": "200",
        "covered": "190",
        "kommun": "Karlskrona",
        "download_mbit": f"{90 + i}",
        "upload_mbit": f"{80 + i}",
        "subscribed_mbit": "100",
        "latency_ms": "12",
        "measurements": "9",
        "technology": "fiber",
        "quadkey": f"12022001{i:02}",
        "artist": f"Påhittad Konstnär {i}",
        "image_license": "CC0-1.0",
        "lang": "sv",
        "inspec_org_id": "1080",
        "facility_organization_number": "5569224644",
        "facility_type": '["Livsmedelsservering"]',
        "facility_risk_class": "Riskklass 5",
        "facility_id_local": f"{14 + i}",
        "facility_id_national": f"F-1080-{14 + i}",
        "facility_address_postal_code": f"371{30 + i}",
        "facility_location_wgs84_coordinates": f"[{15.5 + i / 1000:.4f}, {56.2 + i / 1000:.4f}]",
        "inspection_id_local": f"{1 + i}",
        "inspection_id_national": f"I-1080-{1 + i}",
        "inspection_inspection_points_passed": '["A01","J02"]',
        "inspection_inspection_points_remark": '["A03"]',
        "total_prepared_food": "900",
        "total_waste": f"{3 * (20 + i)}",
        "start": f"2026-01-{1 + i:02}T06:00:00",
        "timestamp": f"2026-01-{1 + i:02}T06:30:00",
        "end": f"2026-01-{1 + i:02}T07:00:00",
        "spread_width": "3.5",
        "opens": "09:00",
        "closes": "17:30",
        "price": "0",
        "age_limit": "13",
        "wide_access": "90",
        "polygon": _outline(15.5 + i / 1000, 56.2 + i / 1000),
    }.get(field.name)
    if own is not None:
        return own
    if blank_table.allowed(field):
        return blank_table.allowed(field)[0]
    if field.type == "date":
        return f"2026-0{1 + i % 9}-1{i % 9}"
    if field.role == "url" or field.name.endswith("url"):
        return f"https://karlskrona.se/{field.name}/{i}"
    return (
        str(20 + i)
        if field.type in ("integer", "decimal")
        else f"{field.title['sv']} {chr(65 + i)}"
    )


def filled(type: str, variant: str | None, folder: Path, form: str) -> Path:
    """The template as the product writes it, with rows under its headers."""
    specification = blank_table.find(type, variant)
    file = folder / f"mall.{form}"
    blank_table.write(specification, file, "sv")
    rows = [[value(one, i) for one in specification.fields if not one.extra] for i in range(ROWS)]
    if form == "csv":
        with file.open("a", encoding="utf-8", newline="") as stream:
            csv.writer(stream, delimiter=";").writerows(rows)
    else:
        book = openpyxl.load_workbook(file)
        for row in rows:
            book.worksheets[0].append(row)
        book.save(file)
    return file


@pytest.mark.parametrize(
    ("type", "variant"), every(2, ALL, ids=lambda one: "-".join(map(str, one)))
)
@pytest.mark.parametrize("form", ["csv", pytest.param("xlsx", marks=pytest.mark.slow)])
def test_a_filled_template_passes_its_own_suite(
    type: str, variant: str | None, form: str, tmp_path: Path
):
    opened = Opened(
        filled(type, variant, tmp_path, form), type=type, store=Store(tmp_path / "store")
    )
    snapshot = opened.tables
    assert snapshot.main.rows == ROWS and not snapshot.rejected_total
    specification = blank_table.find(type, variant)
    own = {one.name for one in specification.fields if not one.extra}
    headers = [one.name for one in snapshot.main.columns]
    assert set(specifications.match(headers, specification)) == own, (
        "each column is recognised as its field"
    )
    found = run(
        snapshot,
        rules_for(type, specification.variant),
        specifications.match(headers, specification),
        Known(),
        twice=False,
    )
    assert [one.id for one in found if one.outcome == "passed"]
    wrong = [
        (one.id, one.column, one.failed, one.rows[:3])
        for one in found
        if one.outcome == "failed" and one.severity != "info"
    ]
    assert not wrong


@pytest.mark.parametrize(("type", "variant"), every(3, ALL))
def test_what_is_not_verified_says_so_in_the_file(type: str, variant: str | None, tmp_path: Path):
    specification = blank_table.find(type, variant)
    blank_table.write(specification, tmp_path / "a.csv", "sv")
    blank_table.write(specification, tmp_path / "a.xlsx", "sv")
    said = "inte den nationella specifikationen"
    assert (said in (tmp_path / "a.csv").read_text("utf-8-sig")) is not specification.verified
    book = openpyxl.load_workbook(tmp_path / "a.xlsx")
    table, explained = book.worksheets
    assert (said in str(explained["A1"].value)) is not specification.verified
    own = [one for one in specification.fields if not one.extra]
    assert [cell.value for cell in table[1]] == [one.header for one in own]
    told = {row[0].value for row in explained.iter_rows(min_row=4)}
    assert {one.header for one in own} <= told
    listed = {one.header for one in own if blank_table.allowed(one)}
    assert len(table.data_validations.dataValidation) == len(listed)


def test_a_variant_goes_by_its_own_name_and_a_timetable_has_no_template():
    assert blank_table.find("badplats").variant == "badplats"
    assert [one.header for one in blank_table.find("1.0").fields][:2] == ["kopare", "faktura_nr"]
    assert blank_table.find("leverantorsfakturor").variant == "1.1"
    for wrong in ("gtfs", "hundgard"):
        with pytest.raises(ConfigurationError):
            blank_table.find(wrong)


@pytest.mark.parametrize("variant", ["x", "utegym"])
def test_a_variant_that_is_not_there_is_refused_beside_a_variants_own_name(variant: str):
    with pytest.raises(ConfigurationError, match="badplats"):
        blank_table.find("badplats", variant)
    assert blank_table.find("badplats", "badplats").variant == "badplats"
