"""Twenty rules on a million invoices: by our suite, by Great Expectations with pandas, by one
hand-written DuckDB query.

All three count what each rule checks and what fails it; ours and the query fetch the failing rows
too. Ratios of CPU in one run, never seconds of a clock; imports are told apart; the figures are
printed (``make bench``).
"""

from __future__ import annotations

import json
import math
import shutil
from collections.abc import Callable
from pathlib import Path
from typing import Any

import duckdb
import pytest
import yaml

from helpers.reading import databases
from helpers.reading.snapshot import Snapshot

from .figures import keep
from .test_million_invoices import CHECKING, INVOICES, ROWS

pytestmark = pytest.mark.benchmark

ORGNR = "(5590000000 + h % 20000 * 10 + {check})"
_DIGITS = [f"((559000000 + h % 20000) // {10 ** (8 - i)} % 10)" for i in range(9)]
_TERMS = [
    f"({d} * 2 - case when {d} > 4 then 9 else 0 end)" if i % 2 == 0 else d
    for i, d in enumerate(_DIGITS)
]
LUHN = f"((10 - ({' + '.join(_TERMS)}) % 10) % 10)"
# each fault in one row of a thousand, on rows of its own
FAULTY = """
select kopare_id, kopare,
    case i % 1000 when 1 then '' when 2 then 'V00000007' else verifikationsnummer end as verifikationsnummer,
    case i % 1000 when 3 then '' when 4 then leverantor || ' Ã¥' when 5 then leverantor || ' ' when 6 then 'xxx'
        else leverantor end as leverantor,
    case i % 1000 when 7 then '' when 8 then '10004007' when 9 then (leverantor_id::bigint + 1)::varchar
        else leverantor_id end as leverantor_id,
    case i % 1000 when 10 then '' when 11 then 'konto' else konto_nr end as konto_nr,
    case i % 1000 when 12 then '' when 13 then konto_text || case when konto_nr < '4040' then ' gammal' else '' end
        else konto_text end as konto_text,
    case i % 1000 when 14 then '' when 15 then '9999999999.00' else belopp end as belopp,
    case i % 1000 when 16 then '' when 17 then '2019-05-05' else datum end as datum,
    case i % 1000 when 18 then '' else forvaltning end as forvaltning,
    case i % 1000 when 19 then '180' when 20 then '1081' else kommun_id end as kommun_id,
    avtal, rubrik, enhet
from ({made})
"""
MADE = INVOICES.replace(
    "(5590000000 + h % 20000 * 10)::varchar", ORGNR.format(check=LUHN) + "::varchar"
).replace("select '2120000829'", "select i, '2120000829'")
# id, type, kwargs
RULES: list[tuple[str, str, dict[str, Any]]] = [
    *(
        (f"{name}_filled", "expect_column_values_to_not_be_null", {"column": name})
        for name in (
            "verifikationsnummer",
            "leverantor",
            "leverantor_id",
            "konto_nr",
            "konto_text",
            "belopp",
            "datum",
            "forvaltning",
        )
    ),
    ("kopare_id_orgnr", "expect_column_values_to_be_organisationsnummer", {"column": "kopare_id"}),
    (
        "leverantor_id_orgnr",
        "expect_column_values_to_be_organisationsnummer",
        {"column": "leverantor_id"},
    ),
    (
        "belopp_possible",
        "expect_column_values_to_be_between",
        {"column": "belopp", "min_value": -1e9, "max_value": 1e9},
    ),
    ("datum_one_year", "expect_dates_in_one_year", {"column": "datum"}),
    (
        "kommun_id_publishers",
        "expect_column_values_to_be_in_set",
        {"column": "kommun_id", "value_set": ["1080"]},
    ),
    ("kommun_id_valid", "expect_column_values_to_be_kommunkod", {"column": "kommun_id"}),
    (
        "konto_nr_form",
        "expect_column_values_to_match_regex",
        {"column": "konto_nr", "regex": r"^\d{4}$"},
    ),
    (
        "leverantor_length",
        "expect_column_value_lengths_to_be_between",
        {"column": "leverantor", "min_value": 4, "max_value": 100},
    ),
    (
        "verifikationsnummer_unique",
        "expect_column_values_to_be_unique",
        {"column": "verifikationsnummer"},
    ),
    ("kopare_filled", "expect_column_values_to_not_be_null", {"column": "kopare"}),
    ("rubrik_filled", "expect_column_values_to_not_be_null", {"column": "avtal"}),
    ("one_name", "expect_one_name_per_id", {"column": "konto_nr", "name": "konto_text"}),
]
SETUP = """
from helpers.declared import specifications
from helpers.words import paths
from helpers.checking import engine, running, suites
twice = sys.argv[4:] == ["twice"]
if twice:
    engine._ready()
from helpers.reading.snapshot import Snapshot
from helpers.screening.marks import Screening
paths.suites = lambda: Path(sys.argv[2])
snapshot = Snapshot.load(Path(sys.argv[1]))
fields = specifications.match([one.name for one in snapshot.main.columns], specifications.load("leverantorsfakturor"))
"""
OURS = """
found = running.check(snapshot, Screening(), type="leverantorsfakturor", fields=fields, twice=twice)
found = {one.id: (one.checked, one.failed, len(one.rows), one.outcome) for one in found}
Path(sys.argv[3]).write_text(json.dumps(found))
"""
PANDAS = """
frame = pd.read_parquet(sys.argv[1])
for column in [one for one in frame.columns if one[0] == "t"]:
    frame[column] = frame[column].str.strip().replace("", None)
names = json.loads(sys.argv[2])
frame = frame.rename(columns=names)
frame["datum"] = frame["datum"].astype("datetime64[ns]")
frame["one_name"] = ~frame.groupby("konto_nr")["konto_text"].transform("nunique").gt(1)
frame["one_name"] = frame["one_name"].astype(object).where(frame["konto_nr"].notna() & frame["konto_text"].notna(), None)
context = gx.get_context(mode="ephemeral")
context.variables.progress_bars = {"globally": False}
batch = context.data_sources.add_pandas("p").add_dataframe_asset("a").add_batch_definition_whole_dataframe("b").get_batch(
    batch_parameters={"dataframe": frame})
stock = {
    "expect_column_values_to_be_organisationsnummer": ("expect_column_values_to_match_regex", {"regex": r"^\\d{10}$"}),
    "expect_column_values_to_be_kommunkod": ("expect_column_values_to_match_regex", {"regex": r"^(0[13-9]|1[0-9]|2[0-5])\\d{2}$"}),
    "expect_dates_in_one_year": ("expect_column_values_to_be_between",
                                 {"min_value": pd.Timestamp("2025-01-01"), "max_value": pd.Timestamp("2025-12-31")}),
    "expect_one_name_per_id": ("expect_column_values_to_be_in_set", {"column": "one_name", "value_set": [True]}),
}
built = []
for name, type, kwargs in json.loads(sys.argv[3]):
    other, more = stock.get(type, (type, {}))
    given = {key: value for key, value in kwargs.items() if key != "name"} | more
    built.append(ExpectationConfiguration(type=other, kwargs=given, meta={"id": name}).to_domain_obj())
found = {}
for one in batch.validate(gx.ExpectationSuite(name="s", expectations=built), result_format=json.loads(sys.argv[5])).results:
    plain = one.to_json_dict()
    found[plain["expectation_config"]["meta"]["id"]] = plain["result"]["unexpected_count"]
Path(sys.argv[4]).write_text(json.dumps(found))
"""
PANDAS_SETUP = """
import great_expectations as gx, pandas as pd
from great_expectations.expectations.expectation_configuration import ExpectationConfiguration
"""
WITH_ROWS = {
    "result_format": "COMPLETE",
    "unexpected_index_column_names": ["source_row"],
    "return_unexpected_index_query": False,
}
QUERY = """
with base as materialized (
    select source_row, nullif(trim({t[verifikationsnummer]}), '') v, nullif(trim({t[leverantor]}), '') l,
        nullif(trim({t[leverantor_id]}), '') o, nullif(trim({t[konto_nr]}), '') k, nullif(trim({t[konto_text]}), '') kt,
        nullif(trim({t[belopp]}), '') b, {v[belopp]} bv, nullif(trim({t[datum]}), '') d, {v[datum]} dv,
        nullif(trim({t[forvaltning]}), '') f, nullif(trim({t[kommun_id]}), '') m, nullif(trim({t[kopare_id]}), '') p,
        nullif(trim({t[kopare]}), '') pn, nullif(trim({t[avtal]}), '') a
    from '{file}'),
numbers as (select o as n from base where o is not null union select p from base where p is not null),
bad as (select n from numbers where not (case when regexp_full_match(n, '\\d{{10}}') then {luhn} else false end)),
twice as (select v from base where v is not null group by v having count(*) > 1),
named as (select k from base where k is not null and kt is not null group by k having min(kt) <> max(kt)),
ok as (select source_row, v is not null r0, l is not null r1, o is not null r2, k is not null r3, kt is not null r4,
    b is not null r5, d is not null r6, f is not null r7, case when p is not null then p not in (from bad) end r8,
    case when o is not null then o not in (from bad) end r9, case when bv is not null then bv between -1e9 and 1e9 end r10,
    case when dv is not null then year(dv) = (select mode(year(dv)) from base) end r11, m = '1080' r12,
    case when m is not null then regexp_full_match(m, '(0[13-9]|1[0-9]|2[0-5])\\d{{2}}') end r13,
    case when k is not null then regexp_full_match(k, '\\d{{4}}') end r14, length(l) between 4 and 100 r15,
    case when v is not null then v not in (from twice) end r16, pn is not null r17, a is not null r18,
    case when k is not null and kt is not null then k not in (from named) end r19
    from base)
select {parts} from ok
"""
BY_HAND = """
c = duckdb.connect(config={"threads": 2, "memory_limit": "700MB"})
Path(sys.argv[2]).write_text(json.dumps(c.execute(Path(sys.argv[1]).read_text()).fetchone()))
"""


def suite(folder: Path) -> Path:
    folder.mkdir()
    said = {"sv": "Prov.", "en": "Trial."}
    rules = [
        {
            "type": type,
            "kwargs": kwargs,
            "severity": "warning",
            "meta": {
                "id": id,
                "dimension": "validity",
                "because": said,
                "fix": said,
                "examples": {"right": ["1"], "wrong": ["2"]},
            },
        }
        for id, type, kwargs in RULES
    ]
    for name, listed in (("_common", []), ("leverantorsfakturor", rules)):
        text = yaml.safe_dump({"expectations": listed}, allow_unicode=True)
        (folder / f"{name}.yaml").write_text(text, "utf-8")
    return folder


def snapshot(folder: Path, rows: int) -> Path:
    from helpers import reading

    made = FAULTY.format(made=MADE.replace(f"range({ROWS})", f"range({rows})"))
    duckdb.sql(f"copy ({made}) to '{folder / 'invoices.csv'}' (header, delimiter ';')")
    reading.read(folder / "invoices.csv", folder / "snapshot", type="leverantorsfakturor")
    return folder / "snapshot"


def query(snapshot: Path) -> str:
    from helpers.checking.expectations.codes.column_values_to_be_organisationsnummer import luhn

    one = Snapshot.load(snapshot)
    names = {column.name: column for column in one.main.columns}
    parts = [
        f"count(r{i}), count(*) filter (not r{i}), list_sort(list(source_row) filter (not"
        f" r{i}))[:1000]"
        for i in range(20)
    ]
    return QUERY.format(
        t={name: column.text for name, column in names.items()},
        v={name: column.value for name, column in names.items()},
        file=one.parquet(),
        luhn=luhn("n"),
        parts=", ".join(parts),
    )


@pytest.fixture(scope="module")
def million(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return snapshot(tmp_path_factory.mktemp("twenty"), ROWS)


def test_twenty_rules(million: Path, tmp_path: Path, measure: Callable[..., Any]):
    rules, names = suite(tmp_path / "suites"), {}
    for column in Snapshot.load(million).main.columns:
        names[column.value if column.name in ("belopp", "datum") else column.text] = column.name
    (tmp_path / "query.sql").write_text(query(million), "utf-8")
    by_hand = measure(
        BY_HAND, str(tmp_path / "query.sql"), str(tmp_path / "hand.json"), setup="import duckdb"
    )
    ours = measure(OURS, str(million), str(rules), str(tmp_path / "ours.json"), setup=SETUP)
    given = (str(million), str(rules), str(tmp_path / "twice.json"), "twice")
    twice = measure(OURS, *given, setup=SETUP, runs=2)
    parquet = str(Snapshot.load(million).parquet())
    given = (parquet, json.dumps(names), json.dumps(RULES), str(tmp_path / "pandas.json"))
    counts = measure(PANDAS, *given, json.dumps("BASIC"), setup=PANDAS_SETUP, runs=1)
    pandas = measure(PANDAS, *given, json.dumps(WITH_ROWS), setup=PANDAS_SETUP, runs=1)
    keep(CHECKING, "twenty rules: one query by hand", by_hand)
    query_by_hand: dict[str, Any] = {"beside": "the query by hand", "floor": by_hand}
    keep(CHECKING, "twenty rules: our suite", ours, goal=1.2, **query_by_hand)
    named = "twenty rules: our suite, and what Great Expectations can count"
    keep(CHECKING, named, twice, goal=1.2, **query_by_hand)
    named = "twenty rules: Great Expectations with pandas"
    keep(CHECKING, f"{named}, counts alone", counts, **query_by_hand)
    keep(CHECKING, f"{named}, and the rows", pandas, **query_by_hand)
    print(
        f"ours: {ours.cpu_s / by_hand.cpu_s:.2f} times the query, {ours.cpu_s / pandas.cpu_s:.2f}"
        f" of pandas ({ours.cpu_s / counts.cpu_s:.2f} of its counts alone)"
    )
    said = json.loads((tmp_path / "ours.json").read_text())
    assert said == json.loads((tmp_path / "twice.json").read_text())
    hand = json.loads((tmp_path / "hand.json").read_text())
    counted = json.loads((tmp_path / "pandas.json").read_text())
    for i, (id, _, _) in enumerate(RULES):
        checked, failed, rows = hand[3 * i : 3 * i + 3]
        assert said[id][:3] == [checked, failed, len(rows or [])], id
        assert said[id][3] == ("failed" if failed else "passed"), id
        if id != "leverantor_id_orgnr":  # pandas has no check digit
            assert counted[id] == failed, id
    assert ours.peak_mb < 1000
    assert ours.cpu_s <= 1.5 * by_hand.cpu_s and ours.cpu_s <= pandas.cpu_s / 4


def grown(million: Path, folder: Path, rows: int) -> Path:
    """A snapshot of so many rows, made of that of a million: each further million with numbers of
    its own, so that nothing is repeated that was not."""
    one = Snapshot.load(million)
    number, file = one.main.column("verifikationsnummer").text, databases.quoted(one.parquet())
    own = f"{number} || case when k > 0 then '-' || k else '' end as {number}"
    query = (
        f"select * exclude (k) replace (source_row + k * {ROWS} as source_row, {own})"
        f" from range({-(-rows // ROWS)}) times(k), {file} order by k, source_row limit {rows}"
    )
    folder.mkdir()
    with databases.connect(spill=folder / "spill") as connection:
        databases.write(connection, query, folder / one.parquet().name, 20)
    plain = json.loads((million / "snapshot.json").read_text("utf-8"))
    plain["tables"][0]["rows"] = rows
    (folder / "snapshot.json").write_text(json.dumps(plain), "utf-8")
    return folder


def test_rules_in_linear_time_and_bounded_memory(
    million: Path, tmp_path: Path, measure: Callable[..., Any]
):
    """From 100,000 to 20,000,000 rows; of those there is never more than one on the disk."""
    rules, found = suite(tmp_path / "suites"), {}
    for rows in (ROWS // 10, ROWS, 5 * ROWS, 20 * ROWS):
        made = grown(million, tmp_path / "grown", rows)
        given = (str(made), str(rules), str(tmp_path / "found.json"))
        found[rows] = measure(OURS, *given, setup=SETUP, runs=3 if rows <= ROWS else 1)
        keep(CHECKING, f"twenty rules: {rows:,} rows", found[rows], most_mb=1024)
        shutil.rmtree(made)
    least, most = min(found), max(found)
    exponent = math.log(found[most].cpu_s / found[least].cpu_s) / math.log(most / least)
    print(f"{most // least} times the rows: exponent {exponent:.3f}")
    assert max(one.peak_mb for one in found.values()) < 1024 and exponent <= 1.05
