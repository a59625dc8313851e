"""Write the proposed version in the form asked for, screen it again, and tell what is lost. The
source is only read."""

from __future__ import annotations

import tempfile
from collections.abc import Iterable
from dataclasses import dataclass, field
from pathlib import Path

from helpers import reading
from helpers.declared import specifications
from helpers.declared.specifications import Specification
from helpers.reading import databases, surroundings
from helpers.reading.snapshot import Snapshot, Table
from helpers.screening import screen
from helpers.screening.marks import Screening
from helpers.screening.masking import forms, maps, tables
from helpers.screening.masking import formulas as running
from helpers.screening.masking.forms import Positions
from helpers.screening.masking.formulas import Formulas
from helpers.screening.masking.proposal import MaskingStep, propose
from helpers.screening.masking.version import Loss, Version, rows_of
from helpers.words.files import writing
from helpers.words.suppression import K

HIDDEN = frozenset({"masked_name", "perhaps_masked_name"})  # repairs of names


@dataclass(frozen=True)
class Masked:
    """What was written. ``amount_share``: share (0-1) of the absolute amounts whose supplier is
    masked, None without.

    ``after`` is what screening says of the written file; ``different`` is column -> different
    values before, after.
    """

    file: Path
    steps: list[Loss]
    rows_before: int
    rows_after: int
    different: dict[str, tuple[int, int]]
    after: Screening
    amount_share: float | None = None
    other_tables: list[str] = field(default_factory=list)
    # places of what the source holds beside its tables, left out
    surroundings: list[str] = field(default_factory=list)
    formulas: list[Formulas] = field(default_factory=list)  # what a spreadsheet would run
    guarded: bool = False  # an apostrophe stands before each of them
    headers: list[str] = field(default_factory=list)  # those that stand by their shape
    positions: Positions | None = None  # None where the form keeps them as the table does
    renamed: dict[str, str] = field(default_factory=dict)  # columns that the form calls otherwise

    @property
    def left_share(self) -> float:
        """Share (0-1) of the rows that are left."""
        return self.rows_after / self.rows_before if self.rows_before else 1.0


def _written(
    version: Version, form: str, file: Path, *, guard: bool = False, swapped: bool = False
) -> int:
    """Write the version's rows; how many they are. Raises OSError where they cannot be written."""
    if form == forms.GEOJSON:
        maps.write_geojson(version, file, swapped=swapped)
    elif form == forms.GPKG:
        maps.write_gpkg(version, file, swapped=swapped)
    elif form == forms.XLSX:
        tables.write_xlsx(version, file)
    else:
        tables.write_csv(version, file, guard=guard)
    return version.count(" and ".join(version.where))


def _positions(version: Version, form: str) -> Positions | None:
    """What becomes of the positions; None where there are none beside the cells of a table."""
    place = version.table.geometry
    if place is None or not (forms.is_map(version.table) or form in forms.MAPS):
        return None
    placed = "coalesce(not isnan(lon), false) or coalesce(not isnan(x), false)"
    left = f"({' and '.join(version.where)}) and ({placed}) and not ({version.hidden})"
    flat = form not in forms.MAPS or version.rounded
    point = "single" if flat else "true"
    counts = version.con.execute(f"""
        select count(*), count(*) filter (where not {point} or single is null),
            count(*) filter (where high)
        from (select source_row from source where {left})
        left join shapes using (source_row)""").fetchone()
    assert counts is not None
    after, centred, heights = map(int, counts)
    known = place.crs != forms.UNKNOWN
    crs = maps.system(version) if form == forms.GPKG or not known else maps.DEGREES
    held = tuple(tables.positions(version)) if form not in forms.MAPS else ()
    drawn = forms.is_map(version.table)
    return Positions(
        form, crs, version.count(placed), after, centred if drawn else 0, heights, held
    )


def _different(version: Version, columns: Iterable[str]) -> dict[str, tuple[int, int]]:
    """Column -> different values before, after."""
    counts = {}
    for name in columns:
        text = version.table.column(name).text
        after = (
            f"count(distinct {version.cells[name]}) filter (where {' and '.join(version.where)})"
            if name in version.cells
            else "0"
        )
        row = version.con.execute(f"select count(distinct {text}), {after} from source").fetchone()
        assert row is not None
        counts[name] = (int(row[0]), int(row[1]))
    return counts


def _amount(version: Version, fields: dict[str, str], steps: list[MaskingStep]) -> float | None:
    """Share (0-1) of the absolute amounts whose supplier ``steps`` mask; None where there are no
    amounts, suppliers or masked kinds."""
    kinds = tuple(
        kind for step in steps if step.action in ("mask", "bundle") for kind in step.kinds
    )
    if "belopp" not in fields or "leverantor" not in fields or not kinds:
        return None
    column = version.table.column(fields["belopp"])
    if column.type not in ("decimal", "integer"):
        return None
    row = version.con.execute(
        f"select sum(abs({column.value})) filter (where {rows_of(kinds)}), sum(abs({column.value}))"
        " from source"
    ).fetchone()
    return float(row[0] or 0) / float(row[1]) if row and row[1] else None


def _changed(steps: list[MaskingStep], table: Table) -> list[str]:
    """The table's columns that a step names, in the order of the steps."""
    names = {column.name for column in table.columns}
    return list(dict.fromkeys(name for step in steps for name in step.columns if name in names))


def again(
    file: Path,
    type: str,
    specification: Specification | None,
    *,
    quasi_identifiers: list[str] | None,
    k: int,
) -> Screening:
    """What screening says of the written file."""
    with tempfile.TemporaryDirectory(prefix="datakollen-") as folder:
        snapshot = reading.read(file, Path(folder), type=type)
        names = [column.name for column in snapshot.main.columns]
        fields = specifications.match(names, specification) if specification else {}
        return screen(
            snapshot, fields, specification, type=type, quasi_identifiers=quasi_identifiers, k=k
        )


def _masked(
    snapshot: Snapshot,
    fields: dict[str, str],
    version: Version,
    steps: list[MaskingStep],
    losses: list[Loss],
    file: Path,
    rows: int,
    after: Screening,
    *,
    guarded: bool,
    form: str,
) -> Masked:
    """What is told of the version that was written to ``file``."""
    return Masked(
        file,
        losses,
        snapshot.main.rows,
        rows,
        _different(version, _changed(steps, snapshot.main)),
        after,
        _amount(version, fields, steps),
        [other.name for other in snapshot.tables[1:]],
        [place for place in snapshot.surroundings if place not in surroundings.NAMES],
        running.found(version.con, version.cells, version.where) if form == forms.CSV else [],
        guarded,
        _by_shape(snapshot),
        _positions(version, form),
        _renamed(version) if form == forms.GPKG else {},
    )


def _renamed(version: Version) -> dict[str, str]:
    return {old: new for old, new in maps.renamed(version).items() if old != new}


def _by_shape(snapshot: Snapshot) -> list[str]:
    """The main table's headers that reading hid, as they are written."""
    hidden = {repair.column for repair in snapshot.repairs if repair.code in HIDDEN}
    return [column.name for column in snapshot.main.columns if column.name in hidden]


def mask(
    snapshot: Snapshot,
    fields: dict[str, str],
    specification: Specification | None,
    type: str,
    output: Path,
    *,
    bundle: bool = False,
    guard: bool = False,
    quasi_identifiers: list[str] | None = None,
    k: int = K,
    outlines: Path | None = None,
    plain: bool = False,
) -> Masked:
    """Write the proposed version of the main table to ``output``, in the form of its ending
    (``forms``), within k of ``screening``. ``guard``: an apostrophe before what a spreadsheet would
    run.

    ``outlines``: the file of the shapes, of a map (``reading.outlines``); without it each is its
    point. ``plain``: nothing is masked, as a decision lets all of it through. Raises
    ConfigurationError where ``output`` cannot be written or its form does not fit.
    """
    form = forms.fitting(output, snapshot, guard=guard)
    table = snapshot.main
    with tempfile.TemporaryDirectory(prefix="datakollen-") as work:
        hits = Path(work) / "hits.parquet"
        screening = screen(
            snapshot,
            fields,
            specification,
            type=type,
            quasi_identifiers=quasi_identifiers,
            k=k,
            hits=hits,
        )
        steps = [] if plain else propose(snapshot, screening, fields, type, bundle=bundle)
        with databases.connect(spill=Path(work) / "spill") as con:
            databases.Source(con, snapshot.parquet(table), table.rows, len(table.columns))
            con.execute(f"create temp table hits as from {databases.quoted(hits)}")
            version = Version(con, table, k, outlines)
            losses = [version.apply(step, fields) for step in steps]
            swapped = any(repair.code == "swapped_axes" for repair in snapshot.repairs)
            with writing.aside(output, suffix=form) as part:
                rows = _written(version, form, part, guard=guard, swapped=swapped)
                after = again(part, type, specification, quasi_identifiers=quasi_identifiers, k=k)
            return _masked(
                snapshot,
                fields,
                version,
                steps,
                losses,
                output,
                rows,
                after,
                guarded=guard,
                form=form,
            )
