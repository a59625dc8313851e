"""Parquet files or a table of Spark's, asked by Spark: on this machine (``local[2]``) or on a
cluster.

Nothing is written but what Spark lays aside of the rules' answers on its own disks. Spark's log is
off: what it says of a task may hold a cell.
"""

from __future__ import annotations

import sys
import warnings
from collections.abc import Iterator, Sequence
from contextlib import ExitStack, contextmanager
from pathlib import Path
from typing import Any

from helpers.checking.engines import relations, spark
from helpers.checking.engines.relations import Dialect, Source
from helpers.checking.engines.site import Answer, Broken, Lost, There, counted_again
from helpers.checking.view import Check
from helpers.reading.snapshot import Column
from helpers.words.errors import ConfigurationError

TYPES = {
    "tinyint": "integer",
    "smallint": "integer",
    "int": "integer",
    "bigint": "integer",
    "float": "decimal",
    "double": "decimal",
    "date": "date",
    "timestamp": "datetime",
    "timestamp_ntz": "datetime",
    "boolean": "boolean",
}
CASTS = {
    "integer": "bigint",
    "decimal": "double",
    "date": "date",
    "datetime": "timestamp_ntz",
    "boolean": "boolean",
}
SETTINGS = {
    "spark.ui.enabled": "false",
    "spark.log.level": "OFF",
    "spark.sql.session.timeZone": "UTC",
    "spark.sql.ansi.enabled": "false",  # a number too great is no value, as here
    "spark.sql.caseSensitive": "true",
    # Spark writes one Java method of a query's expressions, and Java leaves one so long uncompiled,
    # or gives up where it is told to try: Spark is told to write several.
    "spark.sql.codegen.hugeMethodLimit": "8000",
    # Of a query with WITH that asks for another with WITH Spark does not see that the answer is
    # laid aside already, and works it out again. So each part is put in the place of its name.
    "spark.sql.legacy.ctePrecedencePolicy": "LEGACY",
}
# Spark's log from its first line on; on a cluster it is the cluster's own
LOG = Path(__file__).with_name("log4j2.properties")
LOCAL = {
    "spark.driver.bindAddress": "127.0.0.1",
    "spark.driver.host": "127.0.0.1",
    "spark.driver.memory": "2g",  # what is more lies on disks; the whole within 4 GB
    "spark.sql.files.maxPartitionBytes": "32m",  # as even as may be on few processors
    "spark.driver.extraJavaOptions": f"-Dlog4j2.configurationFile={LOG.as_uri()}",
}
# What Spark says of Parquet that is there and that it cannot read.
UNREAD = {"CANNOT_MERGE": "engines.files_differ", "PARQUET_TYPE": "engines.type_unknown"}
NO_GATEWAY = "Py4JNetworkError"
NO_JAVA = "JAVA_GATEWAY_EXITED"


def _session(master: str) -> Any:
    """Spark's session. ``ConfigurationError`` where Java or the cluster is missing."""
    from py4j.protocol import Py4JError  # as pyspark
    from pyspark.errors import PySparkException  # as pyspark
    from pyspark.sql import SparkSession  # 1 s

    warnings.filterwarnings("ignore", module="pyspark")
    settings = SETTINGS | (LOCAL if master.startswith("local") else {})
    building = SparkSession.builder.appName("datakollen").master(master)
    # how far a query has come, on a terminal's standard error: numbers of tasks, no cell
    settings["spark.ui.showConsoleProgress"] = str(sys.stderr.isatty()).lower()
    for name, value in settings.items():
        building = building.config(name, value)
    try:
        return building.getOrCreate()
    except PySparkException as error:
        key = "engines.java" if error.getCondition() == NO_JAVA else "engines.no_spark"
        raise ConfigurationError(key) from None
    except Py4JError:
        raise ConfigurationError("engines.no_spark") from None


def is_path(given: str) -> bool:
    """True for a file, a folder or an address of Parquet; false for a table's name.

    >>> is_path("data/fakturor"), is_path("s3a://hink/fakturor"), is_path("ekonomi.fakturor")
    (True, True, False)
    """
    return "/" in given or given.endswith(".parquet") or Path(given).exists()


class Cluster:
    """A table of Spark's. Raises ``ConfigurationError`` where pyspark, Java or the table is
    missing."""

    name = "spark"

    def __init__(self, master: str, table: str) -> None:
        self.session = _session(master)
        from py4j.protocol import Py4JError  # as pyspark
        from pyspark.errors import PySparkException  # as pyspark

        self.dialect: Dialect = spark
        self._errors = (PySparkException, Py4JError)
        self.label = Path(table).name if is_path(table) else table
        try:
            read = self.session.read
            # each file's columns, not only the first one's
            merged = read.option("mergeSchema", "true")
            self.frame = merged.parquet(table) if is_path(table) else read.table(table)
            fields = self.frame.schema.fields
        except self._errors as error:
            why = (key for code, key in UNREAD.items() if code in str(error))
            key = next(why, "engines.no_table")
            raise ConfigurationError(key, {"table": self.label}) from None
        self.columns: Sequence[There] = [
            There(one.name, self._type(one.dataType)) for one in fields
        ]
        self.keys: Sequence[str] = ()
        self._floats = {
            one.name for one in fields if one.dataType.simpleString() in ("float", "double")
        }
        self.relation = f"datakollen_{id(self)}"
        self.frame.createOrReplaceTempView(self.relation)

    def _type(self, kind: Any) -> str:
        name = kind.simpleString()
        return "decimal" if name.startswith("decimal") else TYPES.get(name, "text")

    def rows(self, query: str) -> list[tuple[Any, ...]]:
        """What the query gives. Raises ``Broken``."""
        try:
            return [tuple(row) for row in self.session.sql(query).collect()]
        except self._errors as error:
            raise self._broken(error) from None

    def _broken(self, error: BaseException) -> Broken | Lost:
        if type(error).__name__ == NO_GATEWAY:
            return Lost("engines.lost", {"engine": "Spark"})
        condition = getattr(error, "getCondition", None)
        code = (condition() if condition else None) or type(error).__name__
        return Broken("engines.broke", {"engine": "Spark", "code": code})

    def source(self, columns: Sequence[Column], keys: Sequence[str]) -> Source:
        """The table with its cells as texts and values. A whole number that Spark keeps as a double
        is written as one."""
        cells = {}
        for column in columns:
            own = self._own(column.name)
            cells[column.text] = f"cast({own} as string)"
            if column.name in self._floats:
                whole = f"{own} = floor({own}) and abs({own}) < 1e15"
                plain = f"cast(cast({own} as bigint) as string)"
                cells[column.text] = (
                    f"case when {whole} then {plain} else cast({own} as string) end"
                )
            if column.type != "text":
                cells[column.value] = f"cast({own} as {CASTS[column.type]})"
        named = [f"cast({self._own(key)} as string)" for key in keys]
        return Source(self.relation, cells, "monotonically_increasing_id()", columns, named)

    def _own(self, name: str) -> str:
        return spark.identifier(name)

    @contextmanager
    def laid(self, query: str, name: str) -> Iterator[str]:
        """As ``Site`` says, on Spark's disks."""
        with self._kept(self.session.sql(query), name) as kept:
            yield f"with {name} as (select * from {kept})"

    @contextmanager
    def _kept(self, frame: Any, name: str) -> Iterator[str]:
        """The name by which queries ask for what the frame gives, worked out once."""
        from pyspark import StorageLevel  # as in _session

        kept = f"{self.relation}_{name}"
        try:
            frame.persist(StorageLevel.DISK_ONLY).createOrReplaceTempView(kept)
            yield kept
        except self._errors as error:
            raise self._broken(error) from None
        finally:
            self.session.catalog.dropTempView(kept)
            frame.unpersist()

    def answers(self, source: Source, checks: Sequence[Check]) -> list[Answer]:
        """As ``Site`` says, by Great Expectations' SparkDFExecutionEngine. The different texts of a
        column are laid aside first, or Spark would ask of each row what is asked of each text; then
        the keys that break a rule, so that Spark knows how few they are. Then the table is read
        once: our counts are taken of its rows as they pass, and those that fail a rule are laid
        aside for Great Expectations."""
        try:
            with ExitStack() as kept:
                texts = relations.gathered(self.dialect, source, checks)
                lie = {name: self._aside(kept, query, name) for name, query in texts.items()}
                keys = relations.wrong(self.dialect, source, checks, lie)
                wrong = {name: self._aside(kept, query, name) for name, query in keys.items()}
                checked = relations.checked(self.dialect, source, checks, wrong)
                return self._twice(self.session.sql(checked), len(checks), len(source.keys))
        except self._errors as error:
            raise self._broken(error) from None

    def _aside(self, kept: ExitStack, query: str, name: str) -> str:
        """The name of what the query gives, worked out now and kept as long as ``kept`` is open."""
        frame = self.session.sql(query)
        found = kept.enter_context(self._kept(frame, name))
        frame.count()
        return found

    def _twice(self, checked: Any, size: int, keys: int) -> list[Answer]:
        from pyspark.sql import Observation, functions  # as in _session

        from helpers.checking import engine  # Great Expectations: seconds to import

        counts, seen = relations.counted(size), Observation()
        asked = [functions.expr(sql).alias(name) for name, sql in counts.items()]
        wrong = " or ".join(f"not ok_{number}" for number in range(size))
        frame = checked.observe(seen, *asked).where(wrong)
        with self._kept(frame, "checked"):
            frame.count()
            flat = [seen.get[name] for name in counts]
            return counted_again(engine.of_frame(frame), flat, keys)

    def close(self) -> None:
        """Let go of the table; the session is the process's own."""
        self.session.catalog.dropTempView(self.relation)
