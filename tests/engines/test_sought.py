"""What screening looks for is asked of the engine without loss: each text that a kind's sieve lets
through passes there, and what the whole column holds is told of the whole column."""

from __future__ import annotations

import json
import re
from collections.abc import Iterable
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from helpers.checking.engines import patterns, sought
from helpers.reading import databases
from helpers.running import single
from helpers.screening import kinds
from helpers.screening.column import Seen

from .places import PASSWORD, OnPostgreSQL, OnSpark
from .test_check_there import run

HEADERS = (
    *("rubrik", "telefon", "kortid", "hemadress", "handlaggare", "orgnr", "fodelsedatum"),
    *("bankkonto", "kreditkort", "passnr", "diagnoskod", "username"),
)
TEXTS = (
    *(
        "19121212-1212",
        "avser 191212121212 och annat",
        "12 12 12 1212",
        "1,91212E+11",
        "121212T121",
    ),
    *("l21212-1212", "1212121212", "712121212", "MTIxMjEyMTIxMg==", "&#49;", "\u0661\u0662", "%31"),
    *("a.svensson@gmail.com", "Mejla anna.ek@kommun.se.", "070-174 06 05", "+46 8 508 00 00"),
    *("0701740605", "0455\u201330 31 32", "Anna Andersson", "Ring Åsa Öberg nu", "ek, anna"),
    *("Storgatan 12", "c/o Ek", "lgh 1201", "LGH1201", "Åsbacken 3", "KARLSKRONA LYCKEBY 1:23"),
    *("192.0.2.17", "2001:db8::17", "00-00-5e-00-53-01", "Familjehem i norr", "HVB Solen", "LSS"),
    *("ABC 12D", "921115XXXX", "556012-5790", "165560125790", "2012-04-01", "12345678", "sju åtta"),
    *("SE45 5000 0000 0583 9825 7466", "NO9386011117947", "3300-121212-1212", "5000 583 98 25"),
    *("Clearing 8327-9, konto 923 456 789-0", "Kort 4111 1111 1111 1111", "3782 822463 10005"),
    *("4111111111111111", "LMA-nr 12-345678", "AA1234567", "Patienten är nu sjukskriven", "F32.1"),
    *("Sjukskriven t.o.m. 3 mars", "KOMMUN\\anan01", "linkedin.com/in/exempel", "@anna.andersson"),
    *("", "ja", "V1234567", "a-b", "Övrigt", "12:30", "3,5 kg"),
)


def _like_python(sieve: str) -> str:
    """A sieve as Python reads it."""
    plain = sieve.replace(r"[^\P{Nd}0-9]", "[\u0661-\u0669]").replace(r"\p{L}", "A-Za-zåäöÅÄÖ")
    plain = re.sub(r"(?<!\[)A-Za-zåäöÅÄÖ(?![^\[]*\])", "[A-Za-zåäöÅÄÖ]", plain)
    return re.sub(r"\\x\{([0-9a-f]+)\}", lambda hit: chr(int(hit[1], 16)), plain)


SIEVES = {
    sieve: None
    for header in HEADERS
    for kind in kinds.ALL.values()
    if (sieve := kind.sieve(Seen("t", header, organisations=header == "orgnr")))
}


def test_a_pattern_of_any_digits_leaves_all_else_as_it_is():
    given = {
        "^V07[1-3]{2}x{1,2}$": r"^V[0-9][0-9](?:[0-9]|[1-3]){2}x{1,2}$",
        r"[^3a]\d{4}[\p{L}5]\x{35}": r"(?:[0-9]|[^3a])\d{4}(?:[0-9]|[\p{L}5])[0-9]",
        "[0-9][^0-9]a{2}": "[0-9][^0-9]a{2}",
    }
    assert {one: patterns.of_any_digits(one) for one in given} == given


@pytest.mark.parametrize("sieve", SIEVES)
def test_what_passes_a_sieve_passes_by_its_shape(sieve: str):
    alike = re.compile(_like_python(patterns.of_any_digits(sieve)), re.ASCII)

    @settings(max_examples=20, deadline=None)
    @given(st.from_regex(re.compile(_like_python(sieve), re.ASCII)))
    def passes(text: str) -> None:
        assert alike.search(sought.shape(text))

    passes()


@pytest.mark.slow
@pytest.mark.parametrize("sieve", sought.HOLD)
def test_what_passes_a_sieve_holds_what_is_asked_first(sieve: str):
    hold = re.compile(sought.HOLD[sieve])

    @settings(max_examples=200, deadline=None)
    @given(st.from_regex(re.compile(_like_python(sieve), re.ASCII)))
    def holds(text: str) -> None:
        assert hold.search(text)

    holds()


@pytest.mark.slow
@pytest.mark.parametrize("engine", ["postgresql", "spark"])
def test_what_a_kind_finds_passes_there(engine: str, request: pytest.FixtureRequest):
    place: OnPostgreSQL | OnSpark = request.getfixturevalue(f"on_{engine}")
    rows = " union all ".join(
        f"select {n} as n, {place.cell(place.dialect.quoted(text), 'string')} as one"
        for n, text in enumerate(TEXTS)
    )
    missed = []
    for header in HEADERS:
        seen = Seen("t", header, organisations=header == "orgnr")
        where = sought.passes(place.dialect, "one", seen)
        query = f"with texts {place.dialect.KEPT} ({rows}) select n from texts"
        found = {n for (n,) in place.rows(f"{query} where {where}")}
        sieves = {kind.sieve(seen): kind for kind in kinds.ALL.values()}
        through = _let_through(filter(None, sieves))
        missed += [
            (header, TEXTS[number], sieve)
            for sieve, texts in through.items()
            for number, text in enumerate(TEXTS)
            if number not in found and text in texts and sieves[sieve].find(text, seen)
        ]
        assert len(found) < len(TEXTS), "nothing is sieved away"
    assert missed == []


def _let_through(sieves: Iterable[str]) -> dict[str, set[str]]:
    """By sieve the texts that it lets through."""
    with databases.connect() as connection:
        return {
            sieve: {
                str(text)
                for (text,) in connection.execute(
                    "select text from (select unnest(?) as text)"
                    f" where regexp_matches(text, {databases.quoted(sieve)})",
                    [list(TEXTS)],
                ).fetchall()
            }
            for sieve in sieves
        }


def _rows(many: int) -> list[list[str]]:
    """Cases, most of them dull; what is personal stands beyond the rows that are read whole."""
    rows = [
        [f"A{n}", f"Ärende {n} om skyltning", "", ("Karlskrona", "Ronneby")[n % 2], ""]
        for n in range(many)
    ]
    planted = (
        "Avser 19121212-1212", "mejla a.svensson@gmail.com", "ring 070-174 06 05",
        "Ring Anna Andersson om skylten", "c/o Ek, Storgatan 1", "Placering i familjehem",
        "från 192.0.2.17",
    )  # fmt: skip
    for number, text in enumerate(planted):
        for copy in range(number + 1):
            rows[-1 - 10 * number - copy][1] = text
    for row in rows[-40:]:
        row[2] = "Karin Svensson"
    for row in rows[-3:]:
        row[4] = "191212121212"
    return rows


@pytest.mark.slow
def test_personal_data_far_down_a_table_are_found_and_counted_as_in_a_file(
    on_postgresql: OnPostgreSQL, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
):
    import pyarrow as pa

    from helpers.checking.engines import extract

    monkeypatch.setattr(extract, "ROWS", 500)
    names, rows = ["nr", "rubrik", "handlaggare", "ort", "kund"], _rows(1_000)
    file = tmp_path / "arenden.csv"
    lines = [";".join(row) for row in [names, *rows]]
    file.write_text("\n".join(lines) + "\n", "utf-8")
    columns = zip(*([cell or None for cell in row] for row in rows), strict=True)
    table = pa.table({name: list(column) for name, column in zip(names, columns, strict=True)})
    types = dict.fromkeys(names, "text") | {"kund": "bigint"}
    table = table.set_column(4, "kund", table.column("kund").cast(pa.int64()))
    on_postgresql.create("arenden", table, types)
    monkeypatch.setenv("PGPASSWORD", PASSWORD)
    ended = run("--connection", on_postgresql.url, "arenden", "--json")
    there, (here, _) = json.loads(ended.stdout), single.check_file(file)

    def found(checked: dict[str, Any]) -> list[str]:
        reasons = checked["gate"]["reasons"]
        return sorted(one["message"]["sv"] for one in reasons if one["code"].startswith("found_"))

    assert found(there) == found(here) and len(found(there)) >= 8
    personal = {one["name"]: one["personal"] for one in here["columns"]}
    assert {one["name"]: one["personal"] for one in there["columns"]} == personal
    told = {one["name"]: one for one in there["columns"]}
    assert {name: one["distinct"] for name, one in told.items()} == {
        one["name"]: one["distinct"] for one in here["columns"]
    }
    assert told["ort"]["top"] == [
        {"value": "Karlskrona", "count": 500},
        {"value": "Ronneby", "count": 500},
    ]
    assert (told["nr"]["min"], told["nr"]["max"]) == ("A0", "A999")
    for name in ("rubrik", "handlaggare", "kund"):
        assert told[name]["min"] is told[name]["max"] is None and told[name]["top"] == []
    assert (
        "500 raderna" in there["screened"]["sv"] and "1\u00a0000 rader" in there["screened"]["sv"]
    )


@pytest.mark.slow
def test_what_is_too_much_to_fetch_is_said(
    on_postgresql: OnPostgreSQL, monkeypatch: pytest.MonkeyPatch
):
    import pyarrow as pa

    from helpers.checking.engines import contents, extract

    monkeypatch.setattr(extract, "ROWS", 100)
    monkeypatch.setattr(contents, "FOUND", 50)
    monkeypatch.setattr(contents, "TEXTS", 100)
    cells = {"post": [f"anna.ek{n}@gmail.com" for n in range(300)], "ort": ["Ronneby"] * 300}
    on_postgresql.create("post", pa.table(cells), dict.fromkeys(cells, "text"))
    monkeypatch.setenv("PGPASSWORD", PASSWORD)
    checked = json.loads(run("--connection", on_postgresql.url, "post", "--json").stdout)
    assert "minst så många" in checked["screened"]["sv"] and "post" in checked["screened"]["sv"]
    assert next(one for one in checked["columns"] if one["name"] == "post")["top"] == []
