"""One PostgreSQL server and one Spark session for all tests of rules where the data are."""

from __future__ import annotations

import os
import shutil
import tempfile
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

from .places import OnPostgreSQL, OnSpark, library, missing, server

FAST = {  # of small tables: planning is what takes time
    "spark.sql.shuffle.partitions": "1",
    "spark.sql.codegen.wholeStage": "false",
    "spark.sql.codegen.factoryMode": "NO_CODEGEN",
    "spark.sql.adaptive.enabled": "false",
}


@pytest.fixture(scope="session")
def on_postgresql() -> Iterator[OnPostgreSQL]:
    library("sqlglot")
    library("psycopg")
    folder = Path(tempfile.mkdtemp(prefix="dk-pg-"))  # short: a socket's path has 107 letters
    folder.chmod(0o755)
    try:
        with server(folder / "s") as url:
            yield OnPostgreSQL(url)
    finally:
        shutil.rmtree(folder, ignore_errors=True)


@pytest.fixture(scope="session")
def session() -> Iterator[Any]:
    library("sqlglot")
    library("pyspark")
    if not (shutil.which("java") or os.environ.get("JAVA_HOME")):
        missing("Java")
    from helpers.checking.engines import cluster

    made = cluster._session("local[2]")
    yield made
    made.stop()


@pytest.fixture
def on_spark(session: Any) -> Iterator[OnSpark]:
    before = {name: session.conf.get(name) for name in FAST}
    for name, value in FAST.items():
        session.conf.set(name, value)
    yield OnSpark(session)
    for name, value in before.items():
        session.conf.set(name, value)
