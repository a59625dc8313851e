"""One source's table as rows of the specification, with the row of the file that each comes from:
what a merged dataset is made of. Mapped as ``convert`` maps it.

The Parquet that is written has, beside a column of texts for each of ``headers``, ``_file_row``
(as a spreadsheet numbers it), ``_part`` (of a row that becomes several), and ``_left``: null, or
why the row is not carried: ``masked`` (a small group) or ``no_value`` (nothing to make a row of).
"""

from __future__ import annotations

import tempfile
from collections.abc import Iterator
from dataclasses import dataclass, field
from pathlib import Path

from helpers.declared import mapping
from helpers.declared.fields import Specification
from helpers.filling_in.converting.conversion import NTH, PUT, ROW, Conversion
from helpers.filling_in.converting.writing import Converted, told
from helpers.filling_in.merging import masking
from helpers.filling_in.merging.masking import LEFT, Known
from helpers.reading import databases
from helpers.reading.snapshot import Rejected, Snapshot
from helpers.screening.marks import Screening
from helpers.screening.masking import proposal
from helpers.screening.masking.version import Loss
from helpers.words.errors import ConfigurationError
from helpers.words.personal import hiding

FILE_ROW, PART, LEFT_OUT = "_file_row", "_part", "_left"
OURS = (FILE_ROW, PART, LEFT_OUT)


@dataclass(frozen=True)
class Owned:
    """Whose rows they are: ids of the ``candidate`` and its ``organisation``."""

    candidate: str
    organisation: str


@dataclass(frozen=True)
class Carried:
    """What was carried of one candidate, in ``file`` (see the module). ``source``: the name of the
    file that it was read from, as it may be shown; ``rows``: of its table, ``rejected`` those that
    reading could not place in it. ``masked``: what masking took away. ``spread``: the source's
    columns that became rows, in the order of ``_part``. ``together``: headers of the columns that
    its entry says may point to a person together; ``marked``: of those that screening has marked,
    masked or not."""

    owned: Owned
    source: str
    file: Path
    headers: tuple[str, ...]
    rows: int
    converted: Converted
    masked: tuple[Loss, ...] = ()
    rejected: tuple[Rejected, ...] = ()
    spread: tuple[str, ...] = ()
    together: tuple[str, ...] = field(default=())
    k: int = 0
    marked: frozenset[str] = frozenset()

    @property
    def sort_key(self) -> tuple[str, str]:
        """Where its rows stand among the others', whatever order they come in."""
        return self.owned.organisation, self.owned.candidate


def _lines(conversion: Conversion) -> Iterator[str]:
    """The queries whose rows are all of the source's."""
    cells = {header: f"({sql})::varchar" for header, sql in conversion.cells.items()}
    said = "".join(f", {sql} as {databases.named(header)}" for header, sql in cells.items())
    none = "".join(f", null::varchar as {databases.named(header)}" for header in cells)
    ours = f"{ROW} as {FILE_ROW}, {{}} as {PART}, {{}} as {LEFT_OUT}"
    yield f"select {ours.format(NTH, 'null::varchar')}{said} from {conversion.relation}"
    nothing = ours.format(0, "'no_value'")
    yield f"select {nothing}{none} from {PUT} where not {conversion.where}"
    yield f"select {ours.format(0, databases.quoted('masked'))}{none} from {LEFT}"


def carry(
    snapshot: Snapshot,
    screening: Screening,
    target: Specification,
    known: Known,
    owned: Owned,
    file: Path,
) -> Carried:
    """Write the main table as rows of ``target`` (of one variant) to ``file``, which is private.
    ``known``: what screening knows of the source. Raises ``ConfigurationError`` where the table has
    no column of the specification."""
    table = snapshot.main
    names = mapping.mapped([column.name for column in table.columns], target)
    if not names.fits:
        title = {"title": target.variant or target.name}
        raise ConfigurationError("converting.no_column", title)
    steps = proposal.propose(snapshot, screening, dict(known.fields), known.type)
    withheld = masking.stopped(screening, table.name, steps)
    with (
        tempfile.TemporaryDirectory(prefix="datakollen-") as work,
        databases.connect(spill=Path(work) / "spill") as con,
    ):
        left, losses = masking.masked(con, snapshot, known, steps, Path(work))
        conversion = Conversion(con, left, names, withheld)
        headers = tuple(conversion.cells)
        query = " union all ".join(_lines(conversion))
        databases.write(con, f"{query} order by 1, 2", file, len(headers) + len(OURS))
        done = told(conversion, names)
    headed = {one.source: one.field.header for one in names.targets if one.source}
    return Carried(
        owned,
        str(hiding.shown(snapshot.source)),
        file,
        headers,
        table.rows,
        done,
        tuple(losses),
        tuple(snapshot.rejected),
        tuple(names.spread),
        tuple(headed[name] for name in known.quasi_identifiers if name in headed),
        known.k,
        frozenset(
            one.target for one in done.columns if set(one.sources) & screening.marked(table.name)
        ),
    )
