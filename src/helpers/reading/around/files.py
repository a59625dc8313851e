"""A file that lies beside the table: a text is handed over line by line, markup under the names of
its elements, and of other bytes their runs of text, for they cannot be looked into."""

from __future__ import annotations

import re
from collections.abc import Iterator
from io import TextIOWrapper
from pathlib import Path
from urllib.parse import unquote

from helpers.reading import encoding, mojibake
from helpers.reading.around import markup, runs
from helpers.reading.surroundings import LONGEST, OVERLAP, Part, Surroundings
from helpers.words.errors import InputRefused
from helpers.words.source_text import SourceText

LINE = LONGEST - OVERLAP  # letters of a line that are handed over at a time
MAX_MARKUP = 8 << 20  # bytes of a document whose elements are told apart; a larger one is lines
SAMPLE = 1 << 16
CONTROLS = re.compile(rb"[\x01-\x08\x0e-\x19\x1c-\x1f]")
RICH_TEXT = b"{\\rtf"  # letters, which say themselves how they are meant
_ESCAPED = re.compile(r"\\u([0-9a-fA-F]{4})")
_PERCENT = re.compile(r"%[0-9a-fA-F]{2}")
_CELLS = re.compile(r"[\";,\t|]+")
_PARTED_NUMBER = re.compile(r"\d,[^,]*\d{4}|\d{4},\d")
_NAMED_IN_PARTS = re.compile(
    r"(?:f[oö]r|efter|tilltals|first|last|given|family|sur)[ _-]?na(?:mn|me)", re.I
)
PARTED = "\n;\n"  # what keeps the last word of one text from the first of the next


def spelled(text: str, *, names: bool = False) -> str:
    """The text as it stands, and under it as it is meant: letters that JSON or an address of the
    web escapes; cells that a comma parts, which in a number is a decimal's; of a line with names in
    parts its cells beside each other.

    >>> spelled("namn"), spelled("Bj\\\\u00f6rn"), spelled("Fatima;Ek", names=True)
    ('namn', 'Bj\\\\u00f6rn\\n;\\nBjörn', 'Fatima;Ek\\n;\\nFatima\\nEk')
    """
    meant = text
    if "\\u" in text:
        meant = _ESCAPED.sub(lambda escape: chr(int(escape[1], 16)), meant)
    if _PERCENT.search(text):
        meant = unquote(meant)
    if names:
        meant = _CELLS.sub("\n", meant).strip()
    elif _PARTED_NUMBER.search(meant):
        meant = _CELLS.sub(PARTED, meant).strip()
    return text if meant == text else f"{text}{PARTED}{meant}"


def hand_over(
    surroundings: Surroundings, file: Path, place: str, within: str, *, index: bool = False
) -> None:
    """All that the file says. What is no text gives a part without text too, but for an ``index``:
    a file that only repeats what the table holds, or what a system notes for itself."""
    chosen = _as_text(file)
    if chosen is None:
        if not index:
            surroundings.add(Part(place, None, within))
        with file.open("rb") as stream:
            for run in runs.of_chunks(runs.chunks(stream), runs.words_among_bytes):
                surroundings.add(Part(place, run, within))
        return
    small = file.stat().st_size <= MAX_MARKUP
    if small and _is_markup(file, chosen):
        whole = "".join(_lines(file, chosen))
        for piece in markup.pieces_of_text(whole):
            surroundings.add(Part(place, spelled(piece.text), within, piece.label))
        return
    names = False
    for row, line in _pieces(file, chosen):
        names = names or (row == 1 and len(_NAMED_IN_PARTS.findall(line)) > 1)
        surroundings.add(Part(place, spelled(line, names=names), within, row=row))


def _as_text(file: Path) -> encoding.Encoding | None:
    """The encoding of a text; None for a file that is none."""
    with file.open("rb") as stream:
        head = stream.read(SAMPLE)
    try:
        chosen = encoding.recognise(file, None, SourceText(file.name))
    except InputRefused:
        return None
    if runs.is_closed(head) or head.startswith(RICH_TEXT):
        return None
    wide = chosen.name.startswith("utf-16") or chosen.name.startswith("utf-32")
    if not wide and len(CONTROLS.findall(head)) > max(2, len(head) // 1000):
        return None
    return chosen


def _is_markup(file: Path, chosen: encoding.Encoding) -> bool:
    head = next((piece for _, piece in _pieces(file, chosen) if piece.strip()), "")
    return head.lstrip(" \t\r\n\ufeff").startswith("<")


def _lines(file: Path, chosen: encoding.Encoding) -> Iterator[str]:
    with file.open("rb") as stream:
        stream.seek(chosen.bom)
        yield from TextIOWrapper(stream, chosen.mixed or chosen.name, errors="replace")


def _pieces(file: Path, chosen: encoding.Encoding) -> Iterator[tuple[int, str]]:
    """Number and text of each line; one longer than ``LINE`` in pieces that overlap."""
    with file.open("rb") as stream:
        stream.seek(chosen.bom)
        name = chosen.mixed or chosen.name
        text = TextIOWrapper(stream, name, errors="replace", newline=None)
        row, held = 1, ""
        while piece := text.readline(LINE):
            whole = held + piece
            yield row, mojibake.mended(whole) if chosen.mixed else whole
            ended = piece.endswith("\n")
            row += ended
            held = "" if ended else piece[-OVERLAP:]
