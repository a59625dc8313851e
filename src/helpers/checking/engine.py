"""Great Expectations on DuckDB: outcome and counts of a suite over the view. The only module that
imports it."""

from __future__ import annotations

import logging
import os
import sys
import warnings
from pathlib import Path
from typing import Any

from helpers.words import light
from helpers.words.errors import ComputationFailed, ConfigurationError

DIALECT = "datakollen"


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
            return super().connect(
                *given, **named | {"database": bytes.fromhex(named["database"]).decode()}
            )

    globals()["Dialect"] = Dialect
    registry.register(DIALECT, __name__, "Dialect")


def validate(
    database: Path, configurations: dict[str, list[dict[str, Any]]]
) -> dict[str, tuple[int | None, str | None]]:
    """Rule key -> (unexpected count, class of an exception). ``configurations``: by view, the key
    in ``meta['key']``.

    Raises ``ConfigurationError`` under ``python -OO``, which Great Expectations does not bear, and
    ``ComputationFailed`` where Great Expectations takes two rules for one.
    """
    if sys.flags.optimize > 1:
        raise ConfigurationError("guarding.optimized")
    os.environ.setdefault("GX_ANALYTICS_ENABLED", "false")
    warnings.filterwarnings("ignore", module="great_expectations")
    with light.imports(), light.later("altair", "scipy.stats"):
        import great_expectations as gx  # 2 s
    # 2 s
    from great_expectations.data_context.types.base import (
        DataContextConfig,
        InMemoryStoreBackendDefaults,
    )

    logging.getLogger("great_expectations").setLevel(logging.ERROR)
    if "Dialect" not in globals():
        _register()
    # without the temporary pages of its own, whose folder's name it would read for ${settings} too
    config = DataContextConfig(store_backend_defaults=InMemoryStoreBackendDefaults())
    context = gx.get_context(mode="ephemeral", project_config=config)
    context.variables.progress_bars = {"globally": False}  # type: ignore[assignment]
    # else ${...} in it is read as a setting, and it is cut at ? and #
    place = str(database).encode().hex()
    source = context.data_sources.add_sql("view", connection_string=f"{DIALECT}:///{place}")
    counts: dict[str, tuple[int | None, str | None]] = {}
    for view, view_configurations in configurations.items():
        counts |= _counts(source, view, view_configurations)
    return counts


def _counts(
    source: Any, view: str, configurations: list[dict[str, Any]]
) -> dict[str, tuple[int | None, str | None]]:
    import great_expectations as gx  # 2 s

    # 2 s
    from great_expectations.expectations.expectation_configuration import ExpectationConfiguration

    batch = (
        source.add_table_asset(view, table_name=view)
        .add_batch_definition_whole_table("all")
        .get_batch()
    )
    built = [
        ExpectationConfiguration(**configuration).to_domain_obj()
        for configuration in configurations
    ]
    suite = gx.ExpectationSuite(name="suite", expectations=built)
    if len(suite.expectations) != len(configurations):
        raise ComputationFailed(
            "checking.rules_lost", {"count": len(configurations) - len(suite.expectations)}
        )
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
