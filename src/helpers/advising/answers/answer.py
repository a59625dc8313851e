"""An answer: what was asked, what the rows say in figures and marks, and how sure that is; or why
there is none."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import asdict, dataclass, field, replace
from typing import Any

from helpers.words.suppression import in_parts

AXIS, LIST = "axis", "list"  # marks along an axis, or a bar for each name
KRONOR, ROWS, JOURNEYS, SQUARES, SHARE, MBIT, DEPARTURES, METRES, KILOS, GRAMS = UNITS = (
    *("kronor", "rows", "journeys", "squares", "share", "mbit"),
    *("departures", "metres", "kilos", "grams"),
)


@dataclass(frozen=True)
class Said:
    """One sentence: ``code`` has the text answers.<code>, ``told`` the figures in it, plain."""

    code: str
    told: dict[str, Any] = field(default_factory=dict)


@dataclass(frozen=True)
class Mark:
    """``value``: a sum, a count or a share (0-1), None where hidden; ``rows`` are what it rests on.

    ``label``: a value of the file, or a date as 2024-01; of a mark that is none of them ``code``
    has the text answers.label.<code>, and ``n`` its figure. ``low, high``: an interval of 95 %.
    """

    label: str
    value: float | None
    rows: int | None
    code: str = ""
    n: int = 0
    low: float | None = None
    high: float | None = None


@dataclass(frozen=True)
class Ground:
    """Where the marks lie, in whole metres east and north of a plane. Each ends with the place of
    its mark among the answer's, -1 for none of them.

    ``squares``: (east, north, how many side by side, mark), their south-western corner; ``dots``:
    (east, north, mark); ``centre``: (east, north, radius), none where it is empty.
    """

    side: int = 0
    squares: list[list[int]] = field(default_factory=list)
    dots: list[list[int]] = field(default_factory=list)
    centre: list[int] = field(default_factory=list)


@dataclass(frozen=True)
class Answer:
    """``question`` has the text answers.<question>.question. ``why``: why there is no answer, and
    what would make it one; then nothing is said and there are no marks. ``ground``: where the marks
    lie, of those that a map shows; ``about``: figures in the question's text."""

    question: str
    said: list[Said] = field(default_factory=list)
    marks: list[Mark] = field(default_factory=list)
    form: str = LIST
    unit: str = ROWS
    doubts: list[Said] = field(default_factory=list)
    why: list[Said] = field(default_factory=list)
    ground: Ground | None = None
    about: dict[str, Any] = field(default_factory=dict)

    def to_json(self) -> dict[str, Any]:
        """As JSON has it."""
        return asdict(self)

    @staticmethod
    def from_json(plain: dict[str, Any]) -> Answer:
        """The opposite of ``to_json``."""
        made = {name: value for name, value in plain.items() if name != "text"}
        for name in ("said", "doubts", "why"):
            made[name] = [Said(**one) for one in plain[name]]
        made["marks"] = [Mark(**one) for one in plain["marks"]]
        made["ground"] = Ground(**plain["ground"]) if plain.get("ground") else None
        return Answer(**made)

    @property
    def hidden(self) -> bool:
        """Some of its marks are not shown."""
        return any(mark.value is None for mark in self.marks)

    def frame(self) -> Any:
        """A pandas DataFrame with a row a mark: ``label, code, value`` (missing where hidden),
        ``rows, low, high``."""
        import pandas as pd  # 0.3 s

        names = ["label", "code", "value", "rows", "low", "high"]
        frame = pd.DataFrame([asdict(mark) for mark in self.marks], columns=names)
        return frame.astype(dict.fromkeys(("value", "low", "high"), "Float64") | {"rows": "Int64"})


def protected(marks: Sequence[Mark], k: int) -> list[Mark]:
    """The marks without those that rest on fewer than ``k`` rows, and without what would bring
    them back from their total; ``k`` 0: the rows are about nobody.

    >>> [mark.rows for mark in protected([Mark("a", 2, 2), Mark("b", 9, 9), Mark("c", 50, 50)], 5)]
    [None, None, 50]
    """
    if not k:
        return list(marks)
    counts: dict[Any, int] = {i: mark.rows or 0 for i, mark in enumerate(marks)}
    gone = in_parts(counts, [(cell, "all", count) for cell, count in counts.items()], k)
    return [hide(mark) if i in gone else mark for i, mark in enumerate(marks)]


def hide(mark: Mark) -> Mark:
    """The same without any figure."""
    return replace(mark, value=None, rows=None, low=None, high=None)
