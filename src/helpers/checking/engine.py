"""Great Expectations on DuckDB: outcome and counts of a suite over the view, and suites as objects
for a person's own checkpoints. The only module that imports it."""

from __future__ import annotations

import logging
import os
import sys
import warnings
from collections.abc import Mapping
from pathlib import Path
from typing import Any

from helpers.words import light
from helpers.words.errors import ComputationFailed, ConfigurationError

DIALECT = "datakollen"
CODED = "hex:"  # before the name of a file, in hexadecimal digits


def _register() -> None:
    """A dialect whose rows are buffered: Great Expectations fetches after it has closed the
    connection."""
    import duckdb_sqlalchemy  # 1 s
    from sqlalchemy.dialects import registry  # 1 s
    from sqlalchemy.engine import cursor  # 1 s

    class Buffered(duckdb_sqlalchemy.Dialect.execution_ctx_cls):  # type: ignore[valid-type,misc]
        def post_exec(self) -> None:
            super().post_exec()
            if (
                self.cursor is not None
                and self.cursor.description
                and self.cursor_fetch_strategy is cursor._DEFAULT_FETCH  # type: ignore[has-type]
            ):
                rows = self.cursor.fetchall()
                self.cursor_fetch_strategy = cursor.FullyBufferedCursorFetchStrategy(
                    self.cursor, initial_buffer=rows
                )

    class Dialect(duckdb_sqlalchemy.Dialect):
        execution_ctx_cls = Buffered
        supports_statement_cache = False

        def connect(self, *given: Any, **named: Any) -> Any:
            database = named["database"]
            if database.startswith(CODED):
                named["database"] = bytes.fromhex(database.removeprefix(CODED)).decode()
            return super().connect(*given, **named)

    globals()["Dialect"] = Dialect
    registry.register(DIALECT, __name__, "Dialect")


def __getattr__(name: str) -> Any:
    """``Dialect``, where SQLAlchemy looks for what ``datakollen:///file.duckdb`` is opened with."""
    if name != "Dialect":
        raise AttributeError(name)
    _register()
    return globals()["Dialect"]


def _ready() -> Any:
    """Great Expectations, imported and quiet. ``ConfigurationError`` under ``python -OO``, which it
    does not bear."""
    if sys.flags.optimize > 1:
        raise ConfigurationError("guarding.optimized")
    os.environ.setdefault("GX_ANALYTICS_ENABLED", "false")
    warnings.filterwarnings("ignore", module="great_expectations")
    # Spark's other client ends a process that was started without a file, where its parts lack
    connect = light.without("pyspark.sql.connect")
    with light.imports(), light.later("altair", "scipy.stats"), connect:
        import great_expectations as gx  # 2 s

    logging.getLogger("great_expectations").setLevel(logging.ERROR)
    if "Dialect" not in globals():
        _register()
    return gx


def _context(gx: Any) -> Any:
    """A context of nobody's: nothing of it is kept."""
    # 2 s
    from great_expectations.data_context.types.base import (
        DataContextConfig,
        InMemoryStoreBackendDefaults,
    )

    # without the temporary pages of its own, whose folder's name it would read for ${settings} too
    config = DataContextConfig(store_backend_defaults=InMemoryStoreBackendDefaults())
    context = gx.get_context(mode="ephemeral", project_config=config)
    context.variables.progress_bars = {"globally": False}
    return context


def address(database: Path) -> str:
    """How Great Expectations is told of a DuckDB file: else ${...} in its name is read as a
    setting, and it is cut at ? and #."""
    return f"{DIALECT}:///{CODED}{str(database).encode().hex()}"


def validate(
    database: Path, configurations: dict[str, list[dict[str, Any]]]
) -> dict[str, tuple[int | None, str | None]]:
    """Rule key -> (unexpected count, class of an exception). ``configurations``: by view, the key
    in ``meta['key']``.

    Raises ``ConfigurationError`` under ``python -OO``, which Great Expectations does not bear, and
    ``ComputationFailed`` where Great Expectations takes two rules for one.
    """
    context = _context(_ready())
    source = context.data_sources.add_sql("view", connection_string=address(database))
    counts: dict[str, tuple[int | None, str | None]] = {}
    for view, view_configurations in configurations.items():
        counts |= _counts(source, view, view_configurations)
    return counts


def _built(gx: Any, name: str, configurations: list[dict[str, Any]], **more: Any) -> Any:
    """A suite of these. It drops in silence what it takes for the same as another."""
    # 2 s
    from great_expectations.expectations.expectation_configuration import ExpectationConfiguration

    built = [
        ExpectationConfiguration(**configuration).to_domain_obj()
        for configuration in configurations
    ]
    suite = gx.ExpectationSuite(name=name, expectations=built, **more)
    lost = len(configurations) - len(suite.expectations)
    if lost:
        raise ComputationFailed("checking.rules_lost", {"count": lost})
    return suite


def suite_of(plain: dict[str, Any]) -> Any:
    """``gx.ExpectationSuite`` of what ``exporting`` gives as JSON. Raises as ``validate`` does."""
    more = {"meta": plain["meta"], "notes": plain["notes"]}
    return _built(_ready(), plain["name"], plain["expectations"], **more)


def validation_of(plain: dict[str, Any], database: Path, table: str, context: Any = None) -> Any:
    """``gx.ValidationDefinition`` of a suite over a table of a DuckDB file, added to ``context``
    with its data source, suite and batch under the suite's name; in a context of its own where none
    is given. Raises as ``validate`` does."""
    gx, name = _ready(), plain["name"]
    context = context or _context(gx)
    source = context.data_sources.add_or_update_sql(name, connection_string=address(database))
    asset = source.add_table_asset(table, table_name=table)
    batch = asset.add_batch_definition_whole_table("all")
    suite = context.suites.add_or_update(suite_of(plain))
    return context.validation_definitions.add_or_update(
        gx.ValidationDefinition(name=name, data=batch, suite=suite)
    )


def _counts(
    source: Any, view: str, configurations: list[dict[str, Any]]
) -> dict[str, tuple[int | None, str | None]]:
    import great_expectations as gx  # 2 s

    batch = (
        source.add_table_asset(view, table_name=view)
        .add_batch_definition_whole_table("all")
        .get_batch()
    )
    suite = _built(gx, "suite", configurations)
    form = {
        "result_format": "BASIC",
        "exclude_unexpected_values": True,
        "partial_unexpected_count": 0,
    }
    counts: dict[str, tuple[int | None, str | None]] = {}
    for result in batch.validate(suite, result_format=form).results:
        plain: Any = result.to_json_dict()
        key = plain["expectation_config"]["meta"]["key"]
        count = plain["result"].get("unexpected_count")
        raised = plain.get("exception_info") or {}
        flat = [raised] if "raised_exception" in raised else list(raised.values())
        broke = any(info.get("raised_exception") for info in flat if isinstance(info, dict))
        counts[key] = (None if count is None else int(count), "MetricError" if broke else None)
    return counts


def warehouse(url: str) -> Any:
    """Great Expectations' data source of a server, to be closed by ``closed``; nothing is made
    there. ``url`` holds no password."""
    return _context(_ready()).data_sources.add_sql(
        "warehouse", connection_string=url, create_temp_table=False
    )


def of_query(source: Any, query: str) -> Any:
    """Great Expectations' batch of what a query (SELECT ...) gives in a data source."""
    if source.get_asset_names():
        source.delete_asset("checked")
    asset = source.add_query_asset("checked", query=query)
    return asset.add_batch_definition_whole_table("all").get_batch()


def closed(source: Any) -> None:
    """End the connections that a data source holds: it keeps them till Python collects it."""
    source.get_engine().dispose()
    source.get_execution_engine().close()


def of_frame(frame: Any) -> Any:
    """Great Expectations' batch of a frame of Spark's."""
    source = _context(_ready()).data_sources.add_spark("cluster")
    asset = source.add_dataframe_asset("checked")
    asked = asset.add_batch_definition_whole_dataframe("all")
    return asked.get_batch(batch_parameters={"dataframe": frame})


def broken_rows(
    batch: Any, wrong: Mapping[int, str], keys: int
) -> dict[int, tuple[int | None, list[tuple[str, ...]]]]:
    """By the number of each condition how many rows of a batch it is true of, as Great Expectations
    counts them (``UnexpectedRowsExpectation``), None where it could not; and the keys, so many
    columns, of the first of them."""
    # 2 s
    from great_expectations.expectations.core.unexpected_rows_expectation import (
        UnexpectedRowsExpectation,
    )

    asked = ", ".join(["source_row", *(f"key_{number}" for number in range(keys))])
    suite = _ready().ExpectationSuite(name="checked")
    suite.expectations = [
        UnexpectedRowsExpectation(
            unexpected_rows_query=(
                f"select {asked} from {{batch}} where {condition} order by source_row"
            ),
            meta={"key": str(number)},
        )
        for number, condition in wrong.items()
    ]
    found: dict[int, tuple[int | None, list[tuple[str, ...]]]] = dict.fromkeys(wrong, (None, []))
    for result in batch.validate(suite, result_format={"result_format": "COMPLETE"}).results:
        said = result.result or {}
        rows = said.get("details", {}).get("unexpected_rows", [])
        named = [tuple(str(row[f"key_{n}"]) for n in range(keys)) for row in rows] if keys else []
        number = int(result.expectation_config.meta["key"])
        found[number] = (said.get("observed_value"), named)
    return found
