"""What the product says of real files, held against what is known of them (``DATAKOLLEN_REAL``)."""

from __future__ import annotations

from functools import cache
from pathlib import Path
from typing import Any

import pytest

from helpers.running import single


@cache
def said(file: Path) -> dict[str, Any]:
    found, code = single.check_file(file)
    assert code == 0, (
        code,
        found.get("error"),
        [f for f in found.get("findings", []) if f["outcome"] == "error"],
    )
    return found


def failed(found: dict[str, Any]) -> dict[str, dict[str, Any]]:
    return {one["id"]: one for one in found["findings"] if one["outcome"] == "failed"}


def repair(found: dict[str, Any], code: str) -> dict[str, Any]:
    return next(one for one in found["reading"]["repairs"] if one["code"] == code)


def test_digg_invoices(real: Path):
    found = said(real / "invoices" / "digg_2024-q3.csv")
    assert found["type"] == "leverantorsfakturor" and found["type_confidence"] >= 0.8
    assert found["reading"]["rows"] == 507 and repair(found, "empty_rows")["count"] == 291
    assert found["reading"]["delimiter"] == ";" and found["reading"]["decimal"] == ","
    assert found["gate"]["content"] != "stopp"
    assert any(one["column"] == "valuta" and one["failed"] == 6 for one in failed(found).values())


@pytest.mark.slow
def test_malmo_art(real: Path):
    found = said(real / "art" / "malmo_public_art.geojson")
    assert found["type"] == "offentlig_konst" and found["reading"]["crs"] == "EPSG:3008"
    bad = failed(found)
    assert any(one["failed"] == 14 and len(one["rows"]) == 14 for one in bad.values()), (
        "the 14 empty features"
    )
    assert any("trunc" in name and one["column"] == "material" for name, one in bad.items()), (
        sorted(bad)
    )


@pytest.mark.slow
def test_active_bathing_waters(real: Path):
    found = said(real / "places" / "sweden_active_bathing_waters.geojson")
    outside = [
        one for one in failed(found).values() if one["failed"] == 17 and len(one["rows"]) == 17
    ]
    assert len(outside) == 1


@pytest.mark.slow
def test_uppsala_stops(real: Path):
    found = said(real / "mobility" / "uppsala_stops_2020-05-14.csv")
    assert found["reading"]["encoding"] == "windows-1252" and found["reading"]["rows"] == 3825


@pytest.mark.slow
def test_finnish_ferries(real: Path):
    found = said(real / "mobility" / "finnish_ferries_gtfs.zip")
    assert (
        found["type"] == "rorelsedata"
        and found["reading"]["format"] == "gtfs"
        and found["reading"]["rows"] == 425
    )
