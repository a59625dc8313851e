"""Rules where the data are: each rule's SQL, written once for DuckDB, asked of Spark and PostgreSQL
by sqlglot and Great Expectations' own engines. Decision 0033."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from typing import TYPE_CHECKING

from helpers.words.errors import ConfigurationError

if TYPE_CHECKING:
    from helpers.checking.engines.site import Site

HERE = "local[2]"  # Spark on this machine


@contextmanager
def _of(extra: str) -> Iterator[None]:
    """``ConfigurationError`` where one of the libraries of ``datakollen[extra]`` is missing."""
    try:
        yield
    except ImportError:
        raise ConfigurationError("engines.library", {"extra": extra}) from None


def of_postgresql(connection: str, table: str) -> Site:
    """A table of a PostgreSQL server. Raises ``ConfigurationError`` where psycopg or the table is
    missing, or the address holds a password; ``InputRefused`` where there is no connection."""
    with _of("postgresql"):
        from helpers.checking.engines.warehouse import Warehouse  # sqlglot, psycopg

        return Warehouse(connection, table)


def of_spark(master: str, table: str) -> Site:
    """Parquet or a table of Spark's. Raises ``ConfigurationError`` where pyspark, Java or the table
    is missing."""
    with _of("spark"):
        from helpers.checking.engines.cluster import Cluster  # sqlglot, pyspark

        return Cluster(master, table)
