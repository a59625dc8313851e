"""What is read from a table over there to be looked at here: its first rows, and beyond them every
text that may hold an identity number or an e-mail address, found over there.

It lies in a private folder that is gone when the command ends.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Any

from helpers.checking.engines import patterns, relations
from helpers.checking.engines.table import Elsewhere
from helpers.checking.engines.untranslated import Untranslated
from helpers.reading import databases
from helpers.reading.snapshot import Snapshot
from helpers.words import personal_numbers
from helpers.words.personal import addresses

ROWS = 20_000
TEXTS = 5_000  # of a column, beyond the first rows
SPOTS = ("x", "y", "lon", "lat")


@dataclass(frozen=True)
class Extract:
    """``rows``: how many of the table's are in it; ``texts``: beyond them; ``all_texts``: whether
    those are all that the pattern finds."""

    snapshot: Snapshot
    rows: int
    texts: int
    all_texts: bool


def sieve(there: Elsewhere) -> str:
    """The pattern of what may be an identity number or an e-mail address, as far as the engine
    knows it: without what asks for digits of other scripts."""
    kept = []
    for part in (*patterns.alternatives(personal_numbers.SIEVE), addresses.ADDRESS):
        try:
            there.site.dialect.sql(f"regexp_matches(c0, {databases.quoted(part)})")
        except Untranslated:
            continue
        kept.append(part)
    return "|".join(kept)


def _texts(there: Elsewhere) -> Iterator[tuple[str, list[str]]]:
    """By column of texts, those that the pattern finds, at most one more than ``TEXTS``."""
    named = relations.parts(there.site.dialect, there.source)
    pattern = databases.quoted(sieve(there))
    for column in there.snapshot.main.columns:
        if column.type == "text":
            where = there.site.dialect.sql(f"regexp_matches(one, {pattern})")
            # a pattern costs more than finding the different texts
            different = f"(select distinct {column.text} as one from base) as different"
            asked = f"select one from {different} where {where} limit {TEXTS + 1}"
            rows = there.site.rows(relations.query(there.site.dialect, named, asked))
            yield column.text, [str(text) for (text,) in rows]


def taken(there: Elsewhere, folder: Path) -> Extract:
    """The extract as a snapshot in ``folder``. Raises ``Broken``."""
    import pyarrow as pa  # 0.2 s
    import pyarrow.parquet as pq  # 0.2 s

    from helpers.checking.examples import PARSE  # the types of a snapshot's values

    table = there.snapshot.main
    kinds: dict[str, Any] = {"source_row": pa.int64()}
    for column in table.columns:
        kinds[column.text] = pa.string()
        if column.type != "text":
            kinds[column.value] = PARSE[column.type][0]
    kinds |= dict.fromkeys(SPOTS, pa.float64()) if table.geometry else {}
    named = relations.parts(there.site.dialect, there.source)
    asked = f"select {', '.join(kinds)} from base limit {ROWS}"
    first = there.site.rows(relations.query(there.site.dialect, named, asked))
    cells = {name: [row[place] for row in first] for place, name in enumerate(kinds)}
    whole = len(first) >= table.rows
    more = {} if whole else dict(_texts(there))
    extra = max(map(len, more.values()), default=0)
    for name, values in cells.items():
        values += [*more.get(name, []), *[None] * (extra - len(more.get(name, [])))]
    cells["source_row"] = list(range(1, len(first) + extra + 1))
    file = folder / "extract.parquet"
    pq.write_table(pa.table({n: pa.array(v, kinds[n]) for n, v in cells.items()}), file)
    made = replace(table, path=file.name, rows=len(first) + extra)
    snapshot = replace(there.snapshot, folder=folder, tables=[made])
    found = sum(map(len, more.values()))
    return Extract(snapshot, len(first), found, all(len(one) <= TEXTS for one in more.values()))
