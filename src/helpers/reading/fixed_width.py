"""Columns by their position: a text whose columns a ruler shows, or blanks that every line has at
the same place, is written anew as CSV.

Lines keep their numbers: a ruler becomes a blank line. What has lines of one length and nothing
that shows where columns begin is refused: only its record description knows.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from pathlib import Path

from helpers.reading import dialects
from helpers.reading.wrapped import lines_of
from helpers.words.errors import InputRefused
from helpers.words.source_text import SourceText

SAMPLE = 300
DASHES = re.compile(r"\s*[-=_]{2,}(?: +[-=_]+)+\s*")
GRID = re.compile(r"(?=.*[-=]{2})\s*[|+]?[ :=|+-]+[|+]?\s*")
FOOT = re.compile(r"\s*\(\d+ (?:rows?|rad(?:er)?)\)\s*")
GAP = re.compile(" {2,}")
LEAST = 4  # lines that show where blanks always stand
LONG = 20  # letters of a line with columns of fixed widths
WIDEST = 2_000  # letters of a line whose blanks are looked at
WIDE = 2  # blanks that part columns, where few lines show it
ENOUGH = 25  # lines that show it of one blank
DELIMITER = ";"


@dataclass(frozen=True)
class Form:
    """``starts``: where columns begin; none where they stand between bars. ``ruler``: the number of
    the line with dashes under the names, -1 where there is none."""

    code: str
    starts: tuple[int, ...] = ()
    ruler: int = -1


def recognise(head: str) -> Form | None:
    """How the first lines of a text show their columns; None where they do not."""
    lines = head.split("\n")[:SAMPLE]
    lines = lines if len(lines) == SAMPLE else [line for line in lines if line.strip()]
    for number, line in enumerate(lines[:LEAST]):
        if number and DASHES.fullmatch(line) and lines[number - 1].strip():
            starts = tuple(match.start() for match in re.finditer(r"[-=_]+", line))
            return Form("ruled", starts, number) if _fits(lines, starts) else None
    if _is_grid(lines):
        return Form("grid")
    return _by_blanks(lines)


def _is_grid(lines: list[str]) -> bool:
    """A ruler among the first three lines, and bars in as many places in all others."""
    rulers = [number for number, line in enumerate(lines[:3]) if GRID.fullmatch(line)]
    others = [line for line in lines if line.strip() and not GRID.fullmatch(line)]
    counts = {line.count("|") for line in others if not FOOT.fullmatch(line)}
    return bool(rulers) and len(others) > 1 and len(counts) == 1 and counts != {0}


def _fits(lines: list[str], starts: tuple[int, ...]) -> bool:
    """True where a blank stands before each column in every line."""
    return all(line[start - 1 : start] in ("", " ") for line in lines for start in starts[1:])


def _by_blanks(lines: list[str]) -> Form | None:
    """Columns between blanks that all lines have; each has a name, and a value in most lines."""
    filled = [line.rstrip() for line in lines if line.strip()]
    if len(filled) < LEAST or any(sign in filled[0] for sign in dialects.DELIMITERS):
        return None
    width = max(map(len, filled))
    if width > WIDEST or any("\t" in line for line in filled):
        return None
    blank = [all(line[i : i + 1] in ("", " ") for line in filled) for i in range(width)]
    runs = [match.span() for match in re.finditer("1+", "".join("01"[is_so] for is_so in blank))]
    least = 1 if len(filled) >= ENOUGH else WIDE
    runs = [(first, end) for first, end in runs if end - first >= least and first > 0]
    starts = (0, *(end for _, end in runs if end < width))
    table = [_cells(line, starts) for line in filled]
    uneven = len({len(line.split()) for line in filled}) > 1 or any("  " in cell for cell in filled)
    if len(starts) < 2 or not uneven or not all(table[0]):
        return None
    # two names or values in one: a column begins at no one place
    twofold = [[GAP.search(cell) is not None for cell in row] for row in table]
    if any(twofold[0]) or any(sum(cells) > len(table) / 2 for cells in zip(*twofold, strict=True)):
        return None
    often = all(sum(bool(row[i]) for row in table) > len(table) / 2 for i in range(len(starts)))
    return Form("aligned", starts) if often and _some_number(table) else None


def _some_number(table: list[list[str]]) -> bool:
    """True where a column is of numbers under a name: prose in lines has none."""
    return any(
        all(dialects.NUMBER.match(row[i]) for row in table[1:] if row[i])
        and not dialects.NUMBER.match(table[0][i])
        for i in range(len(table[0]))
    )


def _cells(line: str, starts: tuple[int, ...]) -> list[str]:
    ends = (*starts[1:], None)
    return [line[first:end].strip() for first, end in zip(starts, ends, strict=True)]


def write(text: Path, form: Form, target: Path) -> list[int] | None:
    """The lines as CSV with semicolons in ``target``, and the numbers of those that are rulers, or
    say how many rows a program printed; None where a later line is not as the first ones."""
    drawn: list[int] = []
    with target.open("w", encoding="utf-8", newline="\n") as out:
        for number, line in enumerate(lines_of(text), 1):
            if not line.strip() or _is_drawn(line, form):
                out.write("\n")
                drawn += [number] if line.strip() else []
                continue
            cells = _of_line(line, form)
            if cells is None:
                return None
            quoted = ('"' + cell.replace('"', '""') + '"' if cell else "" for cell in cells)
            out.write(DELIMITER.join(quoted) + "\n")
    return drawn


def _is_drawn(line: str, form: Form) -> bool:
    if form.code == "aligned":
        return False
    ruler = GRID if form.code == "grid" else DASHES
    return ruler.fullmatch(line) is not None or FOOT.fullmatch(line) is not None


def _of_line(line: str, form: Form) -> list[str] | None:
    if form.code == "grid":
        bars = line.strip()
        return [cell.strip() for cell in bars.removeprefix("|").removesuffix("|").split("|")]
    if form.code == "aligned" and not _fits([line], form.starts):
        return None
    return _cells(line, form.starts)


def refuse_packed(head: str, name: SourceText) -> None:
    """Raises ``InputRefused`` for lines of one length that hold values side by side, with blanks to
    fill them and nothing between them."""
    lines = [line for line in head.split("\n")[:SAMPLE] if line.strip()]
    lengths = {len(line) for line in lines}
    if len(lines) < LEAST - 1 or len(lengths) > 1 or max(lengths) < LONG:
        return
    filled = sum(re.search(r"\S {2,}(?:\S|$)", line) is not None for line in lines)
    digits = all(any(letter.isdigit() for letter in line) for line in lines)
    if digits and filled > len(lines) / 2:
        raise InputRefused("reading.fixed_width", {"file": name})
