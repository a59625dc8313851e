"""The sample region's three sets of public art and three of invoices: each row is in the result once,
each cell leads back to the source's, and sums are the same to the öre."""

from __future__ import annotations

import hashlib
import itertools
from collections import Counter
from collections.abc import Iterator
from decimal import Decimal
from pathlib import Path
from typing import NamedTuple

import pytest
from tests.merging.making import ART, SAMPLES, Made, origins, rows, sample

from helpers.filling_in.merging.carrying import Carried
from helpers.filling_in.merging.table import Merged
from helpers.filling_in.merging.writing import MergeAccount
from helpers.reading import databases
from helpers.running.opening import Opened

INVOICES = "leverantorsfakturor"
METRE = 0.00001  # degrees


class All(NamedTuple):
    made: Made
    opened: dict[str, Opened]
    parts: list[Carried]
    merged: Merged
    rows: list[dict[str, str]]
    origins: list[dict[str, str]]
    told: MergeAccount
    file: Path


@pytest.fixture(scope="module", params=[ART, pytest.param(INVOICES, marks=pytest.mark.slow)])
def samples(
    request: pytest.FixtureRequest, tmp_path_factory: pytest.TempPathFactory
) -> Iterator[All]:
    made = Made(tmp_path_factory.mktemp("samples"), request.param)
    carried = [sample(made, one) for one in SAMPLES[request.param]]
    opened = {part.owned.candidate: one for one, part in carried}
    parts = [part for _, part in carried]
    merged = made.merged(parts)
    table, origin, told = made.written(merged)
    yield All(made, opened, parts, merged, rows(table), origins(origin), told, table)
    made.store.forget_tables()


def _source(opened: Opened) -> dict[int, dict[str, object]]:
    """Row of the file -> column -> its text as it stands; ``lon`` and ``lat`` where it has them."""
    table = opened.tables.main
    names = {column.text: column.name for column in table.columns}
    with databases.connect() as con:
        found = con.execute(f"from {databases.quoted(opened.tables.parquet())}")
        heads = [str(one[0]) for one in found.description]
        plain = [dict(zip(heads, row, strict=True)) for row in found.fetchall()]
    return {row["source_row"]: {names.get(name, name): row[name] for name in row} for row in plain}


def test_each_source_row_is_in_the_result_once(samples: All):
    there = Counter((one["Kandidat"], int(one["Rad i filen"])) for one in samples.origins)
    expected = {(id, row) for id, one in samples.opened.items() for row in _source(one)}
    assert set(there) == expected and set(there.values()) == {1}
    numbers = [int(one["Rad"]) for one in samples.origins if one["Rad"]]
    assert numbers == list(range(2, len(samples.rows) + 2))
    assert len(samples.rows) == sum(one.rows for one in samples.told.parts) == samples.merged.rows


def _leads_back(cell: str, kind: str, said: object, row: dict[str, object], axis: str) -> bool:
    """Whether the merged cell says what the source's does, written as the specification has it."""
    if kind == "position":
        return abs(float(cell) - float(str(row[axis]))) < METRE
    plain = str(said or "").strip()
    if kind == "number" and cell:
        return Decimal(cell) == Decimal(plain.replace(",", ".").replace("\xa0", ""))
    return cell == plain or cell == "*"


def test_there_and_back_every_row_and_column(samples: All):
    sources = {id: _source(one) for id, one in samples.opened.items()}
    columns = {part.owned.candidate: part.converted.columns for part in samples.parts}
    compared = masked = 0
    for origin in samples.origins:
        row = samples.rows[int(origin["Rad"]) - 2]
        source = sources[origin["Kandidat"]][int(origin["Rad i filen"])]
        for done in columns[origin["Kandidat"]]:
            if done.kind == "none":
                assert row[done.target] == ""
                continue
            cell = origin["Id i filen"] if done.target == samples.merged.id else row[done.target]
            said = source[done.sources[0]] if done.sources else ""
            axis = {"latitude": "lat", "longitude": "lon"}.get(done.target, "")
            assert _leads_back(cell, done.kind, said, source, axis), (origin, done.target)
            compared, masked = compared + 1, masked + (cell == "*")
    assert compared > 2_000
    assert masked == (200 if samples.made.type == INVOICES else 0)


@pytest.mark.slow
def test_the_result_does_not_depend_on_the_order_of_files(samples: All):
    expected = hashlib.sha256(samples.file.read_bytes()).digest()
    for order in list(itertools.permutations(samples.parts))[1:]:
        table, _, _ = samples.made.written(samples.made.merged(order))
        assert hashlib.sha256(table.read_bytes()).digest() == expected


@pytest.mark.slow
def test_a_merged_set_merged_with_nothing_is_the_same(samples: All):
    again = samples.made.part("region-blekinge", samples.file.read_text("utf-8"), id="gemensam")
    table, _, _ = samples.made.written(samples.made.merged([again]))
    assert table.read_bytes() == samples.file.read_bytes()


@pytest.mark.slow
def test_sums_are_the_same_to_the_ore(tmp_path: Path):
    made = Made(tmp_path, INVOICES)
    carried = [sample(made, one) for one in SAMPLES[made.type]]
    merged = made.merged([part for _, part in carried])
    frame = merged.frame()
    for opened, part in carried:
        source = [str(row["belopp"]).replace(",", ".") for row in _source(opened).values()]
        ours = frame[frame["_candidate"] == part.owned.candidate]["belopp"]
        assert sum(map(Decimal, source)) == sum(map(Decimal, ours)) and len(source) == len(ours)
    made.store.forget_tables()


@pytest.mark.slow
def test_source_and_positions_are_each_organisations_own(tmp_path: Path):
    made = Made(tmp_path)
    merged = made.merged([sample(made, one)[1] for one in SAMPLES[made.type]])
    frame = merged.frame()
    codes = frame.groupby("_organisation")["source"].unique().map(list).to_dict()
    assert codes == {"karlshamn": ["1082"], "olofstrom": ["1060"], "solvesborg": ["1083"]}
    north, east = frame["latitude"].astype(float), frame["longitude"].astype(float)
    assert (north.between(55.9, 56.5) & east.between(14.2, 15.2)).mean() > 0.9, "some are planted"
    assert frame["id"].is_unique
    made.store.forget_tables()
