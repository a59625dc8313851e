"""What an analyst works on: a dataset's tables as pandas, geopandas, SQL and a map; values of
marked columns as shapes unless they are asked for by name."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path
from typing import TYPE_CHECKING, Any

from helpers.checking import failed_rows
from helpers.checking.findings import Finding
from helpers.reading.snapshot import Snapshot, Table
from helpers.running.expecting import Expecting
from helpers.running.stages import answering
from helpers.running.stages.answering import ANSWERING
from helpers.running.stages.checking import CHECKING
from helpers.running.stages.picturing import PICTURING
from helpers.running.stages.reading import READING
from helpers.running.stages.relating import RELATING
from helpers.running.stages.screening import SCREENING
from helpers.screening.marks import Screening
from helpers.words import shown_as
from helpers.words.display import Display
from helpers.words.errors import ConfigurationError
from helpers.words.escaping import shown

if TYPE_CHECKING:
    import folium
    import geopandas as gpd
    import pandas as pd
    from duckdb import DuckDBPyConnection

CRS = "EPSG:4326"


# what an analyst is offered after ``dataset.``; all else is for the stages and the commands
OFFERED = (
    *("frame", "points", "sql", "map", "findings_frame", "rows_of", "expectations", "validation"),
    *("entry", "type", "variant", "specification", "fields", "publisher", "columns", "beside"),
    *(
        "snapshot",
        "screening",
        "gate",
        "profile",
        "pictures",
        "relations",
        "findings",
        "rows_to_fix",
    ),
    *("changes", "drift", "conformity", "scorecard", "answers", "mask", "proposal"),
)


class Analysing(Expecting):
    """A source whose tables can be asked for. With a ``worker`` the cells are masked in its watched
    process: this one sees only what may be shown."""

    _asked_of: tuple[str, DuckDBPyConnection] | None = None  # key of what was read, connection

    def frame(self, table: str = "", *, raw: bool = False) -> pd.DataFrame:
        """A table of the source, typed: one row for each record, ``source_row`` (as a spreadsheet
        numbers it) as index, the source's headers as columns.

        Whole numbers are ``Int64``, decimals ``float64``, dates and times ``datetime64``, yes and
        no ``boolean``, all else ``str``; a cell that is missing, or that does not read as its
        column's type, is missing. A marked column holds the shapes of its values ("AAAA 99"), a
        position that points to a person is missing, and ``frame.attrs["masked"]`` names the marked
        columns.

        ``table``: of a source with several (a file of a timetable, a sheet); the main one where it
        is not said. ``raw=True``: every value as it stands. They are personal data where columns
        are marked: keep them out of what is saved and shared, also out of the outputs of this
        notebook. ``frame.attrs["raw"]`` says which it is.

        Raises ``ConfigurationError`` for an idea without a file and for a table that is not there,
        ``InputRefused`` where the source cannot be read.
        """
        snapshot = self._read_snapshot()
        wanted = self._table(snapshot, table)
        if not raw:
            return self._framed(self._masked(), wanted, raw=False)
        with (
            self.store.work() as folder,
            self._connected(folder / "raw.duckdb", raw=True) as connection,
        ):
            return self._framed(connection, wanted, raw=True)

    def points(self) -> gpd.GeoDataFrame:
        """``frame()`` of the rows that have a position, with points in EPSG:4326 (longitude,
        latitude in degrees).

        ``attrs["without"]`` counts the rows without a position, ``attrs["withheld"]`` those whose
        position is not shown, as a mark says that it points to somebody or something. An area or a
        line stands as one point within it.

        Raises ``ConfigurationError`` where the source has no positions, and what ``frame`` raises.
        """
        import geopandas as gpd  # 0.7 s

        snapshot = self._read_snapshot()
        if snapshot.main.geometry is None:
            raise ConfigurationError("analysing.no_positions", {"file": snapshot.source})
        frame = self.frame()
        placed = self.sql("select * from positions").set_index("source_row")
        kept = frame.loc[placed.index]
        spots = gpd.points_from_xy(placed["lon"], placed["lat"], crs=CRS)
        points = gpd.GeoDataFrame(kept, geometry=spots)
        without = snapshot.main.geometry.without
        points.attrs = frame.attrs | {
            "without": without,
            "withheld": len(frame) - len(placed) - without,
        }
        return points

    def sql(self, query: str) -> pd.DataFrame:
        """The answer to one question in DuckDB's SQL, typed as ``frame()``:
        ``dataset.sql('select count(*) as n from data')``.

        ``data`` is the main table; others stand under their own names (``show tables`` lists them),
        and ``positions`` has ``source_row, lon, lat``. They are the masked tables: nothing else can
        be reached, no file, no network and no variable of the notebook, and nothing can be changed.
        The tables are made when first asked for, and stay as long as this kernel lives.

        Raises ``duckdb.Error`` with the place in the query where that is wrong, and what ``frame``
        raises.
        """
        return _typed(self._masked().execute(query))

    def findings_frame(self, language: str = "sv") -> pd.DataFrame:
        """What each rule found, one row each, no value of the file among them.

        Columns: ``rule, severity`` (critical, warning, info), ``dimension, outcome`` (passed,
        failed, not_applicable, error), ``table, column, checked, failed`` (counts), ``share`` (of
        what was checked that is right, 0-1), ``rows`` (how many ``rows_of`` gives), ``explained_by,
        message, fix``. The gravest of what failed first.
        """
        import pandas as pd  # 0.5 s

        order = {"failed": 0, "error": 1, "passed": 2, "not_applicable": 3}
        grave = {"critical": 0, "warning": 1, "info": 2}
        findings = sorted(
            self.said(CHECKING) if self.file is not None else [],
            key=lambda one: (order[one.outcome], grave[one.severity], -one.failed, one.id),
        )
        return pd.DataFrame(
            {
                "rule": [finding.id for finding in findings],
                "severity": [finding.severity for finding in findings],
                "dimension": [finding.dimension for finding in findings],
                "outcome": [finding.outcome for finding in findings],
                "table": [finding.table for finding in findings],
                "column": [shown(finding.column) for finding in findings],
                "checked": [finding.checked for finding in findings],
                "failed": [finding.failed for finding in findings],
                "share": pd.Series([finding.share for finding in findings], dtype="float64"),
                "rows": [finding.rows_total for finding in findings],
                "explained_by": [finding.explained_by for finding in findings],
                "message": [finding.message.get(language, "") for finding in findings],
                "fix": [finding.fix.get(language, "") for finding in findings],
            }
        )

    def rows_of(self, finding: Finding | str) -> pd.DataFrame:
        """The rows that a finding names, all of them, as ``frame()`` has them.

        ``finding``: one of ``dataset.findings``, or the id of its rule, as ``findings_frame()``
        says it; of a rule that fails in several columns, the rows of each. A rule about the source
        as a whole may name none.

        Raises ``ConfigurationError`` where nothing is found under that id, and what ``frame``
        raises.
        """
        snapshot = self._read_snapshot()
        findings: list[Finding] = self.said(CHECKING)
        named = finding if isinstance(finding, str) else finding.id
        found = [one for one in findings if finding in (one, one.id)]
        if not found:
            known = ", ".join(sorted({one.id for one in findings if one.outcome == "failed"}))
            raise ConfigurationError("analysing.no_finding", {"id": named, "known": known})
        name = max(found, key=lambda one: one.rows_total).table or snapshot.main.name
        rows = {row for one in found if one.table in ("", name) for row in self._rows(one)}
        frame = self.frame(name)
        return frame.loc[frame.index.isin(rows)]

    @property
    def pictures(self) -> dict[str, Any]:
        """What a picture of each column shows, by table: marks with their counts, none of a few
        people. ``helpers.show.pictures(dataset)`` draws them."""
        return self.said(PICTURING) if self.file is not None else {}

    @property
    def relations(self) -> dict[str, Any]:
        """What columns and rows have to do with each other, by table: of the main one, and between
        it and the others. Shown as sentences; ``relations.making`` says which keys there are."""
        said = self.said(RELATING) if self.file is not None else {}
        return shown_as.Keyed(said, lambda _: self._show().relations(self))

    @property
    def answers(self) -> list[dict[str, Any]]:
        """What it says to the questions that people ask of its type, one mapping each: ``question,
        said`` (code and figures), ``marks`` (``label, value, rows``), ``unit, doubts``, or ``why``
        there is no answer. Shown with charts, as ``helpers.show.answers`` does. Nothing for an
        idea."""
        said = self.said(ANSWERING) if self.file is not None else []
        return shown_as.Listed(said, self._show_answers)

    def answered(self, *, stop: str = "", point: str = "") -> list[dict[str, Any]]:
        """The same asked from elsewhere: ``stop`` is the name or id of a stop of a timetable,
        ``point`` "latitude, longitude" in degrees. Computed each time; nothing of it is kept."""
        if self.file is None:
            return []
        if self.worker is not None:
            said: list[dict[str, Any]] = self.elsewhere("answered_here", stop, point)
            return said
        return self.answered_here(stop, point)

    def answered_here(self, stop: str, point: str) -> list[dict[str, Any]]:
        """``answered`` in this process."""
        from helpers.advising.answers.asking import Wanted  # what checks a file does without it

        return answering.compute(self.needed(ANSWERING), Wanted(stop, point))

    def map(self, language: str = "sv") -> folium.Map:
        """The map that the notebook shows of this dataset, as a ``folium.Map`` that layers can be
        added to: ``folium.Marker([56.2, 15.3]).add_to(dataset.map())``. Positions are latitude,
        longitude in degrees.

        It is drawn without a network: what folium would fetch when shown is refused with a
        sentence. Nothing of a marked column is in it. ``save(file)`` writes the page.

        Raises ``ConfigurationError`` where there is nothing to draw, and what ``frame`` raises.
        """
        from helpers.drawing import open_map  # draws: 0.7 s

        self._read_snapshot()
        opened: Any = self
        beside = opened.reported_beside
        made = open_map.map_of(
            opened.subject, opened.findings, language, beside.subject if beside else None
        )
        if made is None:
            raise ConfigurationError("analysing.no_positions", {"file": opened.tables.source})
        return made

    def _repr_html_(self) -> str:
        return "".join(display._repr_html_() for display in self._displays())

    def _repr_mimebundle_(self, include: Any = None, exclude: Any = None) -> dict[str, str]:
        plain = "\n".join(map(repr, self._displays()))
        return {"text/html": self._repr_html_(), "text/plain": plain}

    def __repr__(self) -> str:
        """Computes nothing, and says nothing of what the file holds."""
        opened: Any = self
        name = opened.entry.id if opened.has_entry else "-"
        return f"<dataset {name}: {opened.declared_type or '?'}>"

    def _displays(self) -> list[Display]:
        from helpers.reporting import show, show_own  # pages: 1 s

        opened: Any = self
        placed = self.file is not None and self._read_snapshot().main.geometry is not None
        return [show.overview(opened), show_own.own(placed=placed)]

    @staticmethod
    def _show() -> Any:
        from helpers.reporting import show  # pages: 1 s

        return show

    @staticmethod
    def show_findings(findings: Sequence[Finding]) -> Display:
        """What is shown of some of the findings."""
        from helpers.reporting import show_quality  # pages: 1 s

        return show_quality.each_finding(findings)

    def _show_answers(self, said: Sequence[dict[str, Any]]) -> Any:
        from helpers.advising.answers.answer import Answer  # only where they are shown
        from helpers.reporting.show_answers import Answers  # pages: 1 s

        opened: Any = self
        return Answers([Answer.from_json(one) for one in said], opened.type, "sv")

    def __dir__(self) -> list[str]:
        """What a notebook completes after ``dataset.``"""
        return sorted(OFFERED)

    # How the tables are made and asked.

    def write_database(self, target: Path, raw: bool) -> None:
        """Write the tables to ``target`` as a DuckDB database, where the cells are at hand; see
        ``masking.database``."""
        from helpers.screening.masking import database  # 0.3 s

        if self.worker:
            self.elsewhere("write_database", target, raw)
            return
        screening: Screening = self.said(SCREENING)
        database.write(self.tables, screening, target, raw=raw)

    def _connected(self, target: Path, *, raw: bool) -> DuckDBPyConnection:
        from helpers.screening.masking import database  # 0.3 s

        self.write_database(target, raw)
        return database.asked(target, target.with_name("spill"))

    def _masked(self) -> DuckDBPyConnection:
        """The masked tables of what was read, made when first asked for."""
        self._read_snapshot()
        key = self.key(SCREENING)
        if self._asked_of is None or self._asked_of[0] != key:
            target = self.store.lease.work() / "masked.duckdb"
            self._asked_of = key, self._connected(target, raw=False)
        return self._asked_of[1]

    def _read_snapshot(self) -> Snapshot:
        if self.file is None:
            opened: Any = self
            raise ConfigurationError("analysing.idea", {"id": opened.entry.id})
        snapshot: Snapshot = self.said(READING)
        return snapshot

    def _table(self, snapshot: Snapshot, name: str) -> Table:
        """The table of that name, as it is called in the source or in the database."""
        from helpers.screening.masking import database  # 0.3 s

        called = database.names(snapshot)
        for table in snapshot.tables:
            if name in (table.name, called[table.name], snapshot.known_as(table.name) or None):
                return table
        if name:
            known = ", ".join(table.name for table in snapshot.tables)
            raise ConfigurationError("analysing.no_table", {"name": name, "known": known})
        return snapshot.main

    def _framed(self, connection: DuckDBPyConnection, table: Table, *, raw: bool) -> pd.DataFrame:
        from helpers.reading import databases  # 0.1 s
        from helpers.screening.masking import database  # 0.3 s

        called = database.names(self.said(READING))[table.name]
        query = f"from {databases.named(called)} order by {database.ROW}"
        frame = _typed(connection.execute(query)).set_index(database.ROW)
        frame.index = frame.index.astype("int64")
        frame.columns = [column.name for column in table.columns]
        screening: Screening = self.said(SCREENING)
        frame.attrs = {"raw": raw, "masked": [] if raw else sorted(screening.marked(table.name))}
        return frame

    def _rows(self, finding: Finding) -> list[int]:
        """All rows that it names, also those beyond the thousand that it lists."""
        if failed_rows.listed_whole(finding):
            return finding.rows
        from helpers.reading import databases  # 0.1 s

        with databases.connect() as connection:
            relation = failed_rows.relation(finding, self.beside_of(CHECKING))
            return [int(row[0]) for row in connection.execute(f"from {relation}").fetchall()]


def _typed(result: Any) -> pd.DataFrame:
    """What DuckDB answers as pandas, each column of the type that it has, missing where null."""
    import pandas as pd  # 0.5 s
    import pyarrow as pa  # 0.2 s

    answer = result.arrow()
    table = answer.read_all() if isinstance(answer, pa.RecordBatchReader) else answer
    for number, field in enumerate(table.schema):
        if pa.types.is_decimal(field.type):
            kind = pa.float64() if field.type.scale else pa.int64()
            table = table.set_column(number, field.name, table.column(number).cast(kind))
        elif pa.types.is_date(field.type):
            table = table.set_column(
                number, field.name, table.column(number).cast(pa.timestamp("us"))
            )
    nullable = {pa.bool_(): pd.BooleanDtype(), pa.string(): pd.StringDtype(na_value=float("nan"))}
    nullable |= {kind: pd.Int64Dtype() for kind in (pa.int8(), pa.int16(), pa.int32(), pa.int64())}
    return table.to_pandas(types_mapper=nullable.get)
