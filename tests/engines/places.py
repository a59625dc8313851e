"""Engines of somebody else's, with what DuckDB checked put into them: the same base, the same
checks, counted there."""

from __future__ import annotations

import os
import shutil
import socket
import subprocess
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field, replace
from pathlib import Path
from typing import Any

import pyarrow as pa
import pyarrow.parquet as pq
import pytest

from helpers.checking import view
from helpers.checking.view import Check
from helpers.reading import databases
from helpers.reading.snapshot import Column

PASSWORD = "en-hemlighet-för-prov"
TOGETHER = 3  # questions in one query: planning takes time, and each join of theirs memory
TYPES = {
    "string": "text",
    "int64": "bigint",
    "int32": "int",
    "double": "double precision",
    "date32[day]": "date",
    "timestamp[us]": "timestamp",
    "bool": "boolean",
}


def required() -> bool:
    """True in CI, where no engine may be missing."""
    return bool(os.environ.get("DATAKOLLEN_ENGINES"))


def missing(what: str) -> None:
    """Skip, saying what is not there; in CI fail."""
    if required():
        pytest.fail(f"{what} is missing, and DATAKOLLEN_ENGINES is set")
    pytest.skip(f"{what} is not installed: make engines, Java 17 and PostgreSQL 15 bring it")


def library(name: str) -> Any:
    """The library, or skip."""
    try:
        return __import__(name)
    except ImportError:
        return missing(name)


@dataclass
class Captured:
    """What DuckDB was asked of one table, and what it said: of each check how many rows it was asked
    of and how many failed."""

    base: Path
    columns: list[Column]
    checks: list[Check]
    counts: list[tuple[int, int]]
    others: dict[str, tuple[Path, str]] = field(default_factory=dict)
    previous: Path | None = None


def _others(snapshot: Any) -> dict[str, tuple[Path, str]]:
    """The tables beside it, each with the query (DuckDB's) that rules join."""
    fields = view.joined(snapshot) if len(snapshot.tables) > 1 else {}
    found = {}
    for table in snapshot.tables:
        if table.name in fields:
            made = view._relation(table, fields[table.name], Path("file"))
            query = made.split(" as ", 1)[1].replace("'file'", "file")
            found[table.name] = snapshot.parquet(table), query
    return found


@contextmanager
def capturing(folder: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[list[Captured]]:
    """What is checked meanwhile, kept in ``folder``."""
    captured: list[Captured] = []
    build = view.build

    def kept(
        snapshot: Any,
        table: Any,
        place: Path,
        checks: Any,
        spots: Any,
        previous: Any,
        how: view.Wanted,
    ) -> view.View:
        built = build(snapshot, table, place, checks, spots, previous, how)
        file = folder / f"base-{len(captured)}.parquet"
        source = databases.quoted(snapshot.parquet(table))
        if spots:
            joined = f"{source} a join {databases.quoted(spots)} b using (source_row)"
            source = f"(select a.*, b.* exclude (source_row) from {joined})"
        with databases.connect() as connection:
            connection.execute(f"copy (from {source}) to {databases.quoted(file)} (format parquet)")
        before = None
        if previous:
            before = folder / f"previous-{len(captured)}.parquet"
            shutil.copy(previous, before)
        captured.append(
            Captured(
                file,
                table.columns,
                [replace(check) for check in checks],
                [built.counts[number] for number in range(len(checks))],
                _others(snapshot),
                before,
            )
        )
        return built

    with monkeypatch.context() as patched:
        patched.setattr(view, "build", kept)
        yield captured


class Place:
    """An engine that tables are put into; ``counts`` asks it."""

    name = ""
    dialect: Any

    def put(self, file: Path, name: str) -> None:
        raise NotImplementedError

    def cell(self, name: str, kind: str) -> str:
        return name

    def rows(self, query: str) -> list[tuple[Any, ...]]:
        raise NotImplementedError

    def _columns(self, file: Path) -> dict[str, str]:
        return {
            one.name: self.cell(one.name, str(one.type))
            for one in pq.read_schema(file)
            if one.name != "source_row"
        }

    def source(self, one: Captured, name: str) -> Any:
        from helpers.checking.engines import relations

        self.put(one.base, name)
        others = {}
        for table, (file, query) in one.others.items():
            self.put(file, f"{name}_{table}")
            listed = [f"{cell} as {key}" for key, cell in self._columns(file).items()]
            inner = f"(select {', '.join(['source_row', *listed])} from {name}_{table}) as beside"
            others[table] = self.dialect.sql(query).replace("FROM file", f"FROM {inner}")
        if one.previous:
            self.put(one.previous, f"{name}_previous")
            listed = [f"{cell} as {key}" for key, cell in self._columns(one.previous).items()]
            others["previous"] = f"select {', '.join(listed)} from {name}_previous"
        cells = self._columns(one.base)
        return relations.Source(name, cells, "source_row", one.columns, others=others)

    def counts(self, captured: list[Captured]) -> list[tuple[Check, tuple[int, int], Any]]:
        """Each check with DuckDB's counts and this engine's, or the reason why it has none."""
        from helpers.checking.engines import relations
        from helpers.checking.engines.untranslated import Untranslated

        answers: list[tuple[Check, tuple[int, int], Any]] = []
        asked: list[tuple[int, str]] = []
        for number, one in enumerate(captured):
            source = self.source(one, f"put_{number}")
            for check, counts in zip(one.checks, one.counts, strict=True):
                answers.append((check, counts, None))
                try:
                    query = relations.checked(self.dialect, source, [check])
                except Untranslated as error:
                    answers[-1] = check, counts, error.reason
                    continue
                asked.append((len(answers) - 1, relations.counts(query, 1)))
        for start in range(0, len(asked), TOGETHER):
            parts = [
                f"select {place} as place, counted.* from ({query}) as counted"
                for place, query in asked[start : start + TOGETHER]
            ]
            for place, *found in self.rows(" union all ".join(parts)):
                check, counts, _ = answers[place]
                answers[place] = check, counts, tuple(found)
        return answers

    def together(self, captured: list[Captured]) -> list[tuple[Check, tuple[int, int], Any]]:
        """As ``counts``, the checks of a table in as few queries as the command makes of them."""
        from helpers.checking.engines import relations
        from helpers.checking.engines.untranslated import Untranslated

        answers: list[tuple[Check, tuple[int, int], Any]] = []
        for number, one in enumerate(captured):
            source = self.source(one, f"put_{number}")
            asked = []
            for check, counts in zip(one.checks, one.counts, strict=True):
                try:
                    relations.checked(self.dialect, source, [check])
                    asked.append((check, counts))
                except Untranslated as error:
                    answers.append((check, counts, error.reason))
            for start in range(0, len(asked), relations.TOGETHER):
                some = asked[start : start + relations.TOGETHER]
                checked = relations.checked(self.dialect, source, [check for check, _ in some])
                (flat,) = self.rows(relations.counts(checked, len(some)))
                pairs = zip(flat[::2], flat[1::2], strict=True)
                answers += [(*of, pair) for of, pair in zip(some, pairs, strict=True)]
        return answers


class OnPostgreSQL(Place):
    name = "postgresql"

    def __init__(self, url: str) -> None:
        import psycopg

        from helpers.checking.engines import postgresql

        self.dialect, self.url = postgresql, url
        self.connection = psycopg.connect(url, autocommit=True, password=PASSWORD)

    def put(self, file: Path, name: str) -> None:
        table = pq.read_table(file)
        self.create(name, table, {one.name: TYPES[str(one.type)] for one in table.schema})

    def create(self, name: str, table: pa.Table, types: dict[str, str], more: str = "") -> None:
        listed = ", ".join(f"{databases.named(key)} {kind}" for key, kind in types.items())
        self.connection.execute(f"drop table if exists {name} cascade")
        self.connection.execute(f"create table {name} ({listed}{more})")
        with self.connection.cursor() as cursor, cursor.copy(f"copy {name} from stdin") as copied:
            for row in zip(*(column.to_pylist() for column in table.columns), strict=True):
                copied.write_row(row)

    def cell(self, name: str, kind: str) -> str:
        return f'{name} collate "C"' if kind == "string" else name

    def rows(self, query: str) -> list[tuple[Any, ...]]:
        return [tuple(row) for row in self.connection.execute(query).fetchall()]


class OnSpark(Place):
    name = "spark"

    def __init__(self, session: Any) -> None:
        from helpers.checking.engines import spark

        self.dialect, self.session = spark, session

    def put(self, file: Path, name: str) -> None:
        self.session.read.parquet(str(file)).createOrReplaceTempView(name)

    def rows(self, query: str) -> list[tuple[Any, ...]]:
        return [tuple(row) for row in self.session.sql(query).collect()]


def _programs() -> Path:
    found = sorted(Path("/usr/lib/postgresql").glob("*/bin/initdb"))
    if not found:
        missing("PostgreSQL")
    return found[-1].parent


def _as_user(command: list[str]) -> None:
    """PostgreSQL's server does not run as root."""
    prefix = ["runuser", "-u", "postgres", "--"] if os.geteuid() == 0 else []
    subprocess.run([*prefix, *command], check=True, capture_output=True, cwd="/")


def _free_port() -> int:
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        return int(free.getsockname()[1])


@contextmanager
def server(folder: Path) -> Iterator[str]:
    """The address of a PostgreSQL server of its own, that asks for ``PASSWORD``; gone afterwards."""
    programs, port = _programs(), _free_port()
    folder.mkdir(parents=True)
    secret = folder / "secret"
    secret.write_text(PASSWORD, "utf-8")
    if os.geteuid() == 0:
        for one in (folder, secret):
            shutil.chown(one, "postgres")
    data, log = folder / "data", folder / "log"
    _as_user(
        [
            *(str(programs / "initdb"), "-D", str(data), "-U", "datakollen", "-A", "scram-sha-256"),
            *("--pwfile", str(secret), "--locale=C.UTF-8", "-E", "UTF8", "--no-sync"),
        ]
    )
    options = f"-k {folder} -p {port} -c listen_addresses=127.0.0.1 -c fsync=off"
    control = [str(programs / "pg_ctl"), "-D", str(data), "-w"]
    _as_user([*control, "-o", options, "-l", str(log), "start"])
    try:
        yield f"postgresql://datakollen@127.0.0.1:{port}/postgres"
    finally:
        _as_user([*control, "-m", "immediate", "stop"])
