"""All that is printed goes through here: text without markup and without what controls a terminal.

A title ``[utkast]`` stands as it is written, and ``[/2024]`` ends nothing: nobody else knows the
library that paints, nor prints past it (a law, ``tests/laws``). What fills a sentence stands on one
line, so that no value of a file begins a line that looks like ours.
"""

from __future__ import annotations

import sys
from collections.abc import Callable, Iterable, Iterator, Sequence
from contextlib import contextmanager
from functools import cached_property
from typing import TYPE_CHECKING, Any, TextIO

from helpers.words import escaping, voice
from helpers.words.personal import hiding

if TYPE_CHECKING:
    from rich.console import Console
    from rich.table import Table
    from rich.text import Text

Cell = str | tuple[str, str] | list[str]  # a text, a text and its style, or texts on own lines


def plain(text: Any, stream: TextIO) -> None:
    """One text as it is, unpainted: an answer that a program reads, an error."""
    stream.write(f"{escaping.terminal(text)}\n")


def _cell(cell: Cell) -> Text:
    from rich.text import Text  # only where something is painted

    if isinstance(cell, list):
        return Text("\n").join(map(_cell, cell))
    text, style = (cell, "") if isinstance(cell, str) else cell
    return Text(escaping.one_line(text), style=style)


class Terminal:
    """Standard output or standard error. ``BrokenPipeError`` where nobody reads on."""

    def __init__(self, *, stderr: bool = False, soft_wrap: bool = True) -> None:
        self.stderr, self.soft_wrap = stderr, soft_wrap

    @cached_property
    def _console(self) -> Console:
        from rich.console import Console  # only where something is painted

        class Guarded(Console):
            def on_broken_pipe(self) -> None:
                """The guard ends the command, with its own exit code."""
                raise BrokenPipeError

        return Guarded(stderr=self.stderr, soft_wrap=self.soft_wrap, highlight=False, markup=False)

    @property
    def _stream(self) -> TextIO:
        return sys.stderr if self.stderr else sys.stdout

    def lines(self, text: str, style: str = "") -> None:
        """A text of ours, that may have several lines."""
        from rich.text import Text  # only where something is painted

        self._console.print(Text(escaping.terminal(text), style=style))

    def line(self, text: str, style: str = "") -> None:
        """A text that is one line, whatever it holds."""
        self._console.print(_cell((text, style)))

    def say(self, key: str, language: str, style: str = "", **values: Any) -> None:
        """The message ``key``; each of ``values`` stands on one line, without what looks
        personal."""
        single = {name: escaping.one_line(hiding.shown(value)) for name, value in values.items()}
        self.lines(voice.said(key, language, **single), style)

    def paragraph(self, text: str, style: str = "") -> None:
        """A text of ours, that may have several lines, broken between words at the window's
        edge."""
        from rich.text import Text  # only where something is painted

        self._whole(Text(escaping.terminal(text), style=style))

    def _whole(self, what: Text | Table) -> None:
        """Nothing of it is cut: what wraps softly is not wrapped inside a table, but cropped."""
        self._console.print(what, soft_wrap=False, overflow="fold")

    def table(
        self, head: Sequence[str], rows: Iterable[Sequence[Cell]], title: str | None = None
    ) -> None:
        """Rows under their headings; a cell goes on below itself. A line stands between rows whose
        cells hold several texts."""
        from rich.table import Table  # only where something is painted

        table = Table(title=None if title is None else _cell(title))
        for name in head:
            table.add_column(_cell(name), overflow="fold")
        for row in rows:
            table.add_row(*map(_cell, row))
            table.show_lines = table.show_lines or any(isinstance(cell, list) for cell in row)
        self._whole(table)

    def grid(self, rows: Iterable[Sequence[Cell]]) -> None:
        """Rows without headings or lines; a cell goes on below itself."""
        from rich.table import Table  # only where something is painted

        grid = Table.grid(padding=(0, 2))
        for row in rows:
            while len(grid.columns) < len(row):
                grid.add_column(overflow="fold")
            grid.add_row(*map(_cell, row))
        self._whole(grid)

    @property
    def is_seen(self) -> bool:
        """True where it goes to a terminal that can move its cursor, not to a file or a pipe."""
        return self._stream.isatty() and self._console.is_terminal

    @contextmanager
    def line_that_stays(self) -> Iterator[Callable[[str], None]]:
        """Inside, one line stands below all that is printed, as it was last set; afterwards it is
        gone."""
        from rich.live import Live  # only where something is painted
        from rich.text import Text  # the same

        with Live(console=self._console, auto_refresh=False, transient=True) as live:
            yield lambda text: live.update(
                Text(escaping.one_line(text), no_wrap=True, overflow="ellipsis"), refresh=True
            )

    def answer(self, text: Any) -> None:
        """What a program reads, a path: one line, unpainted, not broken."""
        plain(escaping.one_line(str(text)), self._stream)

    def block(self, text: str) -> None:
        """A text of several lines that a program reads, unpainted, not broken."""
        plain(text.rstrip("\n"), self._stream)

    def json(self, value: Any, *, indent: int | None = None) -> None:
        """JSON, in one line where there is no ``indent``; at once, as somebody may wait for it."""
        plain(escaping.json_line(value, indent=indent), self._stream)
        self._stream.flush()
