"""Suites in Great Expectations' own JSON, loaded by a context that knows nothing of us, count over
planted defects what we count."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest
from sqlalchemy.dialects import registry
from typer.testing import CliRunner

from helpers.checking import engine, exporting, running, suites
from helpers.checking.findings import Finding
from helpers.reading import databases, missing
from helpers.running.opening import Opened

from .conftest import opened, unscreened
from .test_invariances import messy
from .twins import TWINS, twin

SEED = 77
# of a type's own export: a twin in the layout that it is exported in
EACH = [
    pytest.param(name, marks=[pytest.mark.long if n % 3 else pytest.mark.slow])
    for n, name in enumerate(TWINS)
]


@pytest.fixture(autouse=True)
def _once(monkeypatch: pytest.MonkeyPatch) -> None:
    """Our own count alone; and the dialect under the name that an installation gives it."""
    monkeypatch.setattr(running, "_second_count", lambda built: {})
    registry.register(engine.DIALECT, engine.__name__, "Dialect")


def _checkpoint(plain: dict[str, Any], database: Path) -> list[dict[str, Any]]:
    """What a plain context says of the suite as it is kept in a file."""
    import great_expectations as gx  # here, as importing it takes ten times as long as all else

    context = gx.get_context(mode="ephemeral")
    context.variables.progress_bars = {"globally": False}  # type: ignore[assignment]
    suite = context.suites.add(gx.ExpectationSuite(**json.loads(json.dumps(plain))))
    assert len(suite.expectations) == len(plain["expectations"])
    source = context.data_sources.add_sql("mine", connection_string=f"datakollen:///{database}")
    batch = source.add_table_asset("data", table_name="data").add_batch_definition_whole_table(
        "all"
    )
    validation = context.validation_definitions.add(
        gx.ValidationDefinition(name="mine", data=batch, suite=suite)
    )
    checkpoint = gx.Checkpoint(
        name="mine", validation_definitions=[validation], result_format="COMPLETE"
    )
    [result] = context.checkpoints.add(checkpoint).run().run_results.values()
    return [one.to_json_dict() for one in result.results]


def _counts(results: list[dict[str, Any]]) -> dict[tuple[str, str, str | None], Any]:
    """Rule, table, column -> how many rows break it; what raised says so in its place."""
    counts = {}
    for one in results:
        meta, result = one["expectation_config"]["meta"], one["result"]
        count = result.get("unexpected_count", result.get("observed_value"))
        key = meta["id"], meta["table"], meta["column"]
        counts[key] = count if result else str(one["exception_info"])[-600:]
        rows = result.get("details", {}).get("unexpected_rows", [])
        assert all(set(row) == {"source_row"} for row in rows)
    return counts


def _ours(one: Opened) -> dict[tuple[str, str, str | None], Finding]:
    assert one.snapshot is not None
    main = one.snapshot.main.name
    tried = [finding for finding in one.findings if finding.outcome in ("passed", "failed")]
    return {(finding.id, finding.table or main, finding.column): finding for finding in tried}


@pytest.mark.parametrize("name", EACH)
def test_a_dataset_counts_the_same_in_a_plain_context(name: str, tmp_path: Path):
    one = unscreened(opened(messy(name, SEED)[1], tmp_path / "made"))
    ours = _ours(one)
    (tmp_path / "views").mkdir()
    plain = one.export_rules(tmp_path / "views")
    found = _counts(_checkpoint(plain, tmp_path / "views" / exporting.DATABASE))
    wanted = {key: ours[key].failed if key in ours else 0 for key in found}
    assert {key: n for key, n in found.items() if n != wanted[key]} == {}
    left = set(plain["meta"]["datakollen"]["left_out"])
    beside = {"mandatory_columns"}  # of the specification, no rule of a suite
    assert {id for id, _, _ in ours} - {id for id, _, _ in found} <= left | beside
    assert sum(1 for count in found.values() if count) >= 3


def _in_form(one: Opened, specification: Any, target: Path) -> None:
    """The main table with the specification's fields as columns of texts, as converting writes
    them: numbers, yes and no, days and positions in one way."""
    table = one.tables.main
    cells = []
    for field in specification.fields:
        header = one.fields.get(field.name)
        text = missing.present(table.column(header).text) if header else "null::varchar"
        if header and table.column(header).type != "text":
            text = f"coalesce({table.column(header).value}::varchar, {text})"
        axis = {"longitude": "lon", "latitude": "lat"}.get(field.name)
        if axis and table.geometry and (not header or table.geometry.crs != "EPSG:4326"):
            text = f"{axis}::varchar"
        cells.append(f"{text} as {databases.named(field.name)}")
    source = databases.quoted(one.tables.parquet())
    with databases.connect(target) as connection:
        connection.execute(
            f"create table data as select {', '.join(cells)} from {source} order by source_row"
        )


@pytest.mark.parametrize("name", [one for one in EACH if one.values[0] != "tidtabell"])
def test_a_type_counts_the_same_over_a_table_in_its_form(name: str, tmp_path: Path):
    one = unscreened(opened(messy(name, SEED)[1], tmp_path / "made"))
    specification = one.specification
    assert specification is not None
    exported = exporting.of_type(one.type, one.variant)
    _in_form(one, specification, tmp_path / "mine.duckdb")
    headers = dict(one.fields)
    found = {
        (id, headers[column] if column else None): count
        for (id, _, column), count in _counts(
            _checkpoint(exported.to_json(), tmp_path / "mine.duckdb")
        ).items()
        if column is None or column in headers
    }
    ours = {(id, column): finding.failed for (id, _, column), finding in _ours(one).items()}
    if one.tables.main.geometry and not one.tables.main.geometry.columns:
        ours.pop(("rows_filled", None), None)  # the position of a map is no cell
    both = found.keys() & ours.keys()
    assert {key: (found[key], ours[key]) for key in both if found[key] != ours[key]} == {}
    assert len(both) >= 5 and len({id for id, _ in both}) >= 4


def test_every_suite_is_exported_and_tells_what_it_leaves_out():
    assert {twin(name, 0).type for name in TWINS} >= {*suites.types()} - {"annan"}
    for type in suites.types():
        exported = exporting.of_type(type)
        kept = {one["meta"]["id"] for one in exported.expectations}
        rules = {rule.id for rule in (*suites.of_common(type, None), *suites.rules_for(type, None))}
        assert rules <= kept | set(exported.left_out) | {
            rule.id for rule in suites.load(suites.COMMON).rules
        }
        for one in exported.expectations:
            assert set(one["meta"]["because"]) == {"sv", "en"}
            assert one["meta"]["because"]["sv"] in one["description"]
            query = one["kwargs"].get("unexpected_rows_query", "{batch}")
            assert "{batch}" in query


def test_the_command_writes_it(tmp_path: Path, monkeypatch: pytest.MonkeyPatch):
    from helpers.running.commands import app

    monkeypatch.setenv("DATAKOLLEN_SNAPSHOTS", str(tmp_path / "store"))
    file = tmp_path / "suite.json"
    done = CliRunner().invoke(app, ["suite", "leverantorsfakturor", "--gx", str(file)])
    assert done.exit_code == 0, done.output
    plain = json.loads(file.read_text("utf-8"))
    assert plain == exporting.of_type("leverantorsfakturor").to_json()
    assert len(plain["expectations"]) >= 30
    file.write_text("somebody's own", "utf-8")
    for more in (["leverantorsfakturor"], ["hundar"]):
        assert CliRunner().invoke(app, ["suite", *more, "--gx", str(file)]).exit_code == 2
    assert file.read_text("utf-8") == "somebody's own"
