"""A table of pandas as an analyst wants it: sorted, searched and paged in JupyterLab, its first
rows everywhere else and in what is saved."""

from __future__ import annotations

import json
import math
from collections.abc import Iterable
from itertools import accumulate
from typing import Any

from helpers.reporting import live_tables
from helpers.words.display import Display
from helpers.words.errors import ConfigurationError
from helpers.words.escaping import html, one_line, shown
from helpers.words.messages import exact, locale, number, text

PLAIN_ROWS = 10  # what is saved
MOST_ROWS = 5_000
MOST_CHARACTERS = 600_000  # a server of Jupyter takes 3 MB in three seconds, and drops the rest
LONGEST = 300  # of one cell
PAGE = 10
LENGTHS = [10, 25, 50, 100]

Cell = tuple[str, float | None] | str  # a number with what it is sorted by; a text


class Table:
    """What ``show.table`` gives: rows that are sorted, searched and paged where a kernel lives."""

    def __init__(self, frame: Any, language: str, most: int) -> None:
        self.language, self.raw, self.total = language, bool(frame.attrs.get("raw")), len(frame)
        first = frame.head(most)
        whole = first if _is_counted(frame.index) else first.reset_index()
        self.names = [_name(name) for name in whole.columns]
        columns = [whole.iloc[:, at] for at in range(whole.shape[1])]
        self.numbers = [_is_number(column) for column in columns]
        cells = [self._cells(*one) for one in zip(columns, self.numbers, strict=True)]
        rows: list[tuple[Cell, ...]] = list(zip(*cells, strict=True))
        taken = accumulate(sum(len(_words(cell)) for cell in row) for row in rows)
        fits = sum(1 for characters in taken if characters <= MOST_CHARACTERS)
        self.rows = rows[: max(fits, 1)]

    def _cells(self, column: Any, numeric: bool) -> Iterable[Cell]:
        answers = column.dtype.kind == "b"
        for value, absent in zip(column, column.isna(), strict=True):
            if numeric:
                yield ("", None) if absent else (exact(value, self.language), _key(value))
            elif answers and not absent:
                yield self._say("yes" if value else "no")
            else:
                yield "" if absent else self._text(value)

    def _text(self, value: Any) -> str:
        """A value that is no number: a day without its midnight, a text on one line."""
        plain = str(value).removesuffix(" 00:00:00") if hasattr(value, "isoformat") else str(value)
        plain = plain if len(plain) <= LONGEST else f"{plain[:LONGEST]}…"
        return str(one_line(plain)) if self.raw else shown(one_line(plain))

    def _say(self, key: str, **values: Any) -> str:
        return text(f"show.table.{key}", self.language, **values)

    def _many(self, count: int) -> str:
        return number(count, self.language)

    @property
    def note(self) -> str:
        """How many rows of how many can be looked at; '' where it is all of them."""
        if len(self.rows) == self.total:
            return ""
        return self._say("part", shown=self._many(len(self.rows)), total=self._many(self.total))

    def plain(self) -> Display:
        """The first rows as they are saved: none of a table that was asked for with values as they
        stand."""
        if self.raw:
            return Display([], [], self._say("raw"))
        first = self.rows[:PLAIN_ROWS]
        note = ""
        if len(first) < self.total:
            note = self._say("first", shown=len(first), total=self._many(self.total))
        head = [shown(name) for name in self.names]
        return Display(head, [map(_words, row) for row in first], note)

    def told(self) -> bytes:
        """What the page is told when it asks: as JSON, every text as it is to be read."""
        columns = [
            {"name": shown(name), "number": numeric}
            for name, numeric in zip(self.names, self.numbers, strict=True)
        ]
        words = {
            key: self._say(f"words.{key}")
            for key in (
                "emptyTable",
                "info",
                "infoEmpty",
                "infoFiltered",
                "lengthMenu",
                "search",
                "zeroRecords",
            )
        }
        aria = {
            "orderable": self._say("aria.orderable"),
            "orderableReverse": self._say("aria.orderable_reverse"),
            "orderableRemove": self._say("aria.orderable_remove"),
            "paginate": {
                key: self._say(f"aria.page_{key}") for key in ("first", "previous", "next", "last")
            },
        }
        plain = {
            "columns": columns,
            "rows": self.rows,
            "locale": locale(self.language).replace("_", "-"),
            "page": PAGE,
            "lengths": LENGTHS,
            "words": words
            | {"aria": aria, "thousands": "\u00a0" if self.language == "sv" else ","},
        }
        return json.dumps(plain, ensure_ascii=False, allow_nan=False).encode("utf-8", "replace")

    def _repr_html_(self) -> str:
        return self.plain()._repr_html_()

    def _repr_mimebundle_(self, include: Any = None, exclude: Any = None) -> dict[str, str]:
        plain = {"text/html": self._repr_html_(), "text/plain": repr(self)}
        if not live_tables.living() or not self.rows:
            return plain
        name = live_tables.tables().hold(self.told())
        note = f'<p class="soft">{html(self.note)}</p>' if self.note else ""
        within = f'<div data-plain="">{plain["text/html"]}</div>'
        return plain | {
            "text/html": f'{note}<div data-datakollen-table="{html(name)}">{within}</div>'
        }

    def __repr__(self) -> str:
        return repr(self.plain())


def _name(name: Any) -> str:
    """A header; of several levels, all of them."""
    return " / ".join(map(str, name)) if isinstance(name, tuple) else str(name)


def _is_counted(index: Any) -> bool:
    """Whether an index only counts the rows, so that it says nothing."""
    return index.name is None and getattr(index, "step", None) == 1 and index.nlevels == 1


def _is_number(column: Any) -> bool:
    return column.dtype.kind in "iuf"


def _key(value: Any) -> float:
    """What a number is sorted by, as JSON has it: the infinite beyond all others."""
    return float(value) if math.isfinite(value) else math.copysign(1e308, value)


def _words(cell: Cell) -> str:
    return cell if isinstance(cell, str) else cell[0]


def table(frame: Any, language: str = "sv", most: int = MOST_ROWS) -> Table:
    """A DataFrame (or a Series) of pandas to look through: ``show.table(dataset.frame())``.

    In JupyterLab a click on a heading sorts, in Swedish order, and a field searches; nothing is
    fetched. At most ``most`` rows are shown, fewer where their texts are long, and how many is
    told. The first ten rows are what is saved with the notebook and what is seen where no kernel
    lives; of ``frame(raw=True)`` none is. What looks personal is hidden unless it is raw. Whole
    numbers stand ungrouped, decimals with at most six places, days as YYYY-MM-DD.

    Raises ``ConfigurationError`` for what is no table.
    """
    made = frame.to_frame() if hasattr(frame, "to_frame") else frame  # a series
    if not hasattr(made, "iloc") or not hasattr(made, "columns"):
        raise ConfigurationError("analysing.not_a_frame", {"kind": type(frame).__name__})
    return Table(made, language, most)
