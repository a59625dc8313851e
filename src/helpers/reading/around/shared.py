"""Of the texts that cells share those that a cell shows are cells: not what stands beside their
letters, and not those that no cell shows."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator

import numpy as np
from numpy.typing import NDArray

from helpers.reading.around import markup
from helpers.reading.around.markup import Bound, Piece

CHUNK = 1 << 22
_ITEM = re.compile(rb"<(?:\w+:)?si(?=[\s/>])(?:[^>]*/>|.*?</(?:\w+:)?si>)", re.S)
_PLAIN = re.compile(
    rb'<(\w+:)?si><(?:\w+:)?t(?: xml:space="preserve")?>[^<]*</(?:\w+:)?t></(?:\w+:)?si>'
)
_END = re.compile(rb"</(?:\w+:)?si>|<(?:\w+:)?si/>")


def count(chunks: Iterable[bytes]) -> int:
    """How many texts there are."""
    held, number = b"", 0
    for chunk in chunks:
        data = held + chunk
        ends = [hit.end() for hit in _END.finditer(data)]
        number += len(ends)
        held = data[ends[-1] :] if ends else data
    return number


def rest(
    chunks: Iterable[bytes], used: NDArray[np.bool_], bound: Bound
) -> Iterator[tuple[bool, Piece]]:
    """Each piece that is no cell's text, and whether it belongs to a text that a cell shows. Raises
    ``Unreadable``."""
    between, number, held, clear = bytearray(), 0, b"", True
    for chunk in chunks:
        data, at = held + chunk, 0
        clear = clear and b"<!" not in data  # in a comment the numbers of texts are lost
        for item in _ITEM.finditer(data):
            between += data[at : item.start()]
            at = item.end()
            shown = clear and number < len(used) and bool(used[number])
            number += 1
            if not (shown and _PLAIN.fullmatch(item[0])):
                yield from _of_item(item[0], shown, bound)
        held = data[at:]
    for piece in markup.pieces([bytes(between) + held], bound):
        yield False, piece


def _of_item(item: bytes, shown: bool, bound: Bound) -> Iterator[tuple[bool, Piece]]:
    for piece in markup.pieces([item], bound):
        names = [node.name for node in piece.path]
        if not (shown and not piece.name and names == ["si"]):
            yield shown, piece
