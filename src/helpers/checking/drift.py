"""What has become of a dataset's columns since the delivery before: renamed, moved, new or lost.

Names alone are compared, never values. A name is misspelt where it is nearly another and its digits
are the same: ``2024`` is no misspelt ``2023``. Whoever reads the file by its columns stops at each
of these.
"""

from __future__ import annotations

import re
from bisect import bisect_left
from collections.abc import Mapping, Sequence
from dataclasses import asdict, dataclass, field
from difflib import SequenceMatcher
from typing import Any

from helpers.declared import matching
from helpers.declared.specifications import Specification
from helpers.words.folding import fold

NEAR = 0.8  # of two names' letters, in the same order
SHORTEST = 4  # letters: of fewer, every name is near another
MOST = 400  # columns on either side: beyond it no name is held against each other
Columns = Mapping[str, Sequence[str]]  # by table, '' for the main one: names in their order


@dataclass(frozen=True)
class Drift:
    """``since``: the day (ISO) of the columns compared with, ``before`` the file of that delivery;
    both None: nothing to compare with. Columns of a table beside the main one are called
    ``table/column``."""

    since: str | None = None
    before: str | None = None
    renamed: list[tuple[str, str]] = field(default_factory=list)
    moved: list[str] = field(default_factory=list)
    new: list[str] = field(default_factory=list)
    lost: list[str] = field(default_factory=list)

    @property
    def compared(self) -> bool:
        return self.since is not None or self.before is not None

    @property
    def changed(self) -> bool:
        return bool(self.renamed or self.moved or self.new or self.lost)

    def to_json(self) -> dict[str, Any]:
        """Plain, as it stands in results."""
        return asdict(self) | {
            "renamed": [{"before": before, "after": after} for before, after in self.renamed]
        }


def likeness(left: str, right: str) -> float:
    """How near two names are, 0-1; 0 where their digits differ or one is too short.

    >>> round(likeness("Service division label", "Service divison label"), 2)
    0.97
    >>> likeness("antal_2023", "antal_2024"), likeness("Namn", "namn ")
    (0.0, 1.0)
    """
    first, second = fold(left), fold(right)
    if first == second:
        return 1.0
    if min(len(first), len(second)) < SHORTEST or _digits(first) != _digits(second):
        return 0.0
    return SequenceMatcher(None, first, second, autojunk=False).ratio()


def _digits(name: str) -> str:
    return "".join(re.findall(r"\d", name))


def pairs(before: Sequence[str], after: Sequence[str]) -> list[tuple[str, str]]:
    """The names that are nearly alike, the nearest first, each once."""
    if len(before) > MOST or len(after) > MOST:
        return []
    near = sorted(
        (-score, old, new)
        for old in before
        for new in after
        if (score := likeness(old, new)) >= NEAR
    )
    taken_old, taken_new, found = set[str](), set[str](), []
    for _, old, new in near:
        if old not in taken_old and new not in taken_new:
            taken_old.add(old)
            taken_new.add(new)
            found.append((old, new))
    return found


def compare(
    before: Columns, after: Columns, *, since: str | None = None, file: str | None = None
) -> Drift:
    """What became of the columns ``before``. ``since`` and ``file`` say which they were."""
    drift = Drift(since, file)
    for table in dict.fromkeys((*before, *after)):
        prefix = f"{table}/" if table else ""
        old, new = before.get(table, ()), after.get(table, ())
        gone = [name for name in old if name not in set(new)]
        come = [name for name in new if name not in set(old)]
        renamed = pairs(gone, come)
        drift.renamed.extend((prefix + left, prefix + right) for left, right in renamed)
        drift.lost.extend(prefix + name for name in gone if name not in {a for a, _ in renamed})
        drift.new.extend(prefix + name for name in come if name not in {b for _, b in renamed})
        known = dict(renamed)
        order = {name: place for place, name in enumerate(new)}
        kept = [known.get(name, name) for name in old if known.get(name, name) in order]
        drift.moved.extend(prefix + name for name in _moved([order[name] for name in kept], new))
    return drift


def _moved(places: Sequence[int], names: Sequence[str]) -> list[str]:
    """The fewest columns that must have moved: those outside the longest run of places in order."""
    ends: list[int] = []  # of the best run of each length: its last place's position
    lasts: list[int] = []
    back: list[int] = []
    for position, place in enumerate(places):
        length = bisect_left(lasts, place)
        back.append(ends[length - 1] if length else -1)
        ends[length : length + 1] = [position]
        lasts[length : length + 1] = [place]
    stays = set[int]()
    position = ends[-1] if ends else -1
    while position >= 0:
        stays.add(position)
        position = back[position]
    return [names[place] for position, place in enumerate(places) if position not in stays]


def remember(
    kept: dict[str, Any] | None, columns: Columns, checksum: str, day: str
) -> dict[str, Any]:
    """What to keep: the columns ``now`` and those of the delivery ``before`` (None the first
    time), each with its day and checksum."""
    now = {"day": day, "checksum": checksum, "columns": {k: list(v) for k, v in columns.items()}}
    if not kept:
        return {"now": now, "before": None}
    if kept["now"]["checksum"] == checksum:
        return kept
    return {"now": now, "before": kept["now"]}


def of_kept(kept: dict[str, Any]) -> Drift:
    """What became of the columns of the delivery before."""
    if not kept["before"]:
        return Drift()
    before = kept["before"]
    return compare(before["columns"], kept["now"]["columns"], since=before["day"])


def misspelt(
    columns: Sequence[str], fields: Mapping[str, str], specification: Specification | None
) -> dict[str, str]:
    """Columns that no field of the specification took and no layout has, though the name of a field
    that no column has is nearly theirs -> that field's header.

    ``fields``: field -> column, as matched.
    """
    if specification is None:
        return {}
    followed = matching.layout(list(columns), specification)
    known_columns = {*fields.values(), *(followed.columns if followed else ())}
    free = [column for column in columns if column not in known_columns]
    called = {
        name: known.header
        for known in specification.fields
        if known.name not in fields
        for name in (known.name, known.header, *known.synonyms, *known.title.values())
    }
    found: dict[str, str] = {}
    for column, name in pairs(free, list(called)):
        if called[name] not in found.values():
            found[column] = called[name]
    return found
