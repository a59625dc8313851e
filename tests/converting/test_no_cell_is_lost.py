"""Each cell of a table that is converted is in what is written, or counted in what is told, whatever
layout the table has and whatever stands in it."""

from __future__ import annotations

import contextlib
import csv
import io
import random
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from helpers import reading
from helpers.declared import mapping, specifications
from helpers.declared.variants import Form
from helpers.filling_in.converting.conversion import PUT, Conversion

from .making import opened, read

HEADERS = {
    "kommunkod": st.sampled_from(["183", "0183", "0999", "1080.0", "212000-0829", "x"]),
    "id": st.text("ab1 -", max_size=4),
    "lat": st.sampled_from(["56,1", "56.2", "norr", "1e3", "NA"]),
    "long": st.sampled_from(["15,5", "15.6", "-", "  "]),
    "uppdaterad": st.sampled_from(["2024-05-01", "2024", "1/2/2024", "2024-05-01 10:15", "-"]),
    "belysning": st.sampled_from(["Ja", "nej", "K", "1", "2", "Begränsat", "TRUE ", "okänt"]),
    "rullstol": st.text("ab ", max_size=3),
    "något eget": st.text("xyz\n;\"'", max_size=4),
}


@st.composite
def tables(draw: st.DrawFn) -> list[dict[str, str]]:
    names = draw(st.lists(st.sampled_from([*HEADERS]), min_size=2, unique=True))
    return draw(
        st.lists(
            st.fixed_dictionaries({name: st.just("") | HEADERS[name] for name in names}),
            min_size=1,
            max_size=6,
        )
    )


def text(rows: list[dict[str, str]]) -> str:
    stream = io.StringIO()
    out = csv.DictWriter(stream, [*rows[0]], delimiter=";")
    out.writeheader()
    out.writerows(rows)
    return stream.getvalue()


def rows_with(conversion: Conversion, condition: str) -> int:
    """How many of the source's rows are so in what is written."""
    sql = f"select count(distinct source_row) from {conversion.relation} where {condition}"
    (count,) = conversion.con.execute(sql).fetchone() or (0,)
    return int(count)


def lost(conversion: Conversion) -> list[str]:
    """What is nowhere: columns, and cells of rows that are written which are in no count."""
    where, cells, wide = conversion.where, conversion.cells, conversion.names.spread
    held = {
        column.name: conversion.count("source", f"{column.text} <> ''")
        for column in conversion.table.columns
    }
    told = {one.name: one.cells for one in conversion.others()}
    missing = [name for name in told if told[name] != held[name]]
    there = set(told)
    for done in conversion.columns():
        there |= {*done.sources}
        if done.kind == "spread":
            continue
        filled = f"({cells[done.target]}) is not null"
        if done.sources and done.sources[0] in wide:
            by = conversion.names.specification.field(conversion.names.by or "").header
            filled += f" and ({cells[by]}) = '{wide[done.sources[0]]}'"
        if done.cells != rows_with(conversion, filled) + done.emptied + done.undecided:
            missing.append(done.target)
        if len(done.sources) == 1 and done.sources[0] not in wide:
            source = conversion.table.column(done.sources[0])
            given = f"source_row in (select source_row from {PUT} where {where})"
            if done.cells != conversion.count("source", f"{source.text} <> '' and {given}"):
                missing.append(source.name)
    return [*missing, *(set(held) - there)]


def converted(rows: list[dict[str, str]], folder: Path, type: str, variant: str) -> list[str]:
    """What is lost of a table; nothing of one that has no column of the form."""
    snapshot = read(folder, text(rows), type)
    with opened(snapshot, type, variant) as conversion:
        return lost(conversion) if conversion.names.fits else []


@pytest.mark.slow
@settings(max_examples=40, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(rows=tables())
def test_each_cell_is_written_or_counted(rows: list[dict[str, str]], tmp_path: Path):
    with contextlib.suppress(reading.InputRefused):  # of blank rows, say
        assert converted(rows, tmp_path, "platsinformation", "utegym") == []


LAYOUTS = [
    (type, mapping.newest(type) or variant.name, form)
    for type in specifications.types()
    for variant in specifications.load(type).variants
    for form in variant.forms
    if form.kind != "national"
]
CELLS = (
    *(
        "",
        "",
        " ",
        "-",
        "okänt",
        "NA",
        "K",
        "Ja",
        "nej",
        "TRUE",
        "0",
        "1",
        "0,93",
        "1.234",
        "1,2E+11",
    ),
    *("12 %", "x", "Okänd väg 3 ", "2024", "202403", "2024-05-01", "1/2/2024", "2024-05-01 10:15"),
    *("183", "0183", "2120000829", "56,16", "15.58", "6228500", "536900", "[15.58, 56.16]", "13"),
    *("Kommun", "tätort", "total", "Karlskrona", "9022020000010001", "'=1+1", 'a;b\n"c"'),
)


@pytest.mark.parametrize(
    ("type", "variant", "form", "seed"),
    [
        pytest.param(*one, seed, marks=[pytest.mark.slow] if n or seed else [])
        for n, one in enumerate(LAYOUTS)
        for seed in range(4)
    ],
    ids=lambda one: one.name if isinstance(one, Form) else str(one),
)
def test_nothing_of_a_layout_is_lost(
    type: str, variant: str, form: Form, seed: int, tmp_path: Path
):
    """Anything in any column, many columns left out, and one that nobody knows."""
    draw = random.Random(f"{form.name} {seed}")
    headers = [*form.columns, *(form.spread.columns if form.spread else ())]
    kept = [name for name in headers if seed < 2 or draw.random() < 0.7] + ["något eget"]
    likely = {name: draw.sample(CELLS, 4) for name in kept} if seed % 2 else {}
    rows = [
        {name: draw.choice(likely.get(name, CELLS)) for name in kept}
        for _ in range(draw.randint(1, 30))
    ]
    assert converted(rows, tmp_path, type, variant) == []
