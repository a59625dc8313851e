"""The table of texts of an old workbook: what cells share, and what else stands with them.

A text may go on in the next record, and there in another width. Source: Microsoft, [MS-XLS], SST.
"""

from __future__ import annotations

import struct
from collections.abc import Iterator

WIDE, PHONETIC, RICH = 1, 4, 8  # bits of a text's flags


class _Records:
    """Bytes of a record and of those that continue it."""

    def __init__(self, records: list[bytes]) -> None:
        self.records = records
        self.at = 8  # behind the two counts

    def _forward(self) -> None:
        while self.records and self.at >= len(self.records[0]):
            self.at -= len(self.records.pop(0))

    def take(self, size: int) -> bytes:
        """So many bytes, whatever record they stand in. Raises ``struct.error`` at the end."""
        data = b""
        while len(data) < size:
            self._forward()
            if not self.records:
                raise struct.error
            piece = self.records[0][self.at : self.at + size - len(data)]
            self.at += len(piece)
            data += piece
        return data

    def letters(self, count: int, wide: bool) -> str:
        """So many letters; where the next record begins, its first byte says how wide they are.
        ``struct.error`` where the records end before."""
        text = ""
        while count:
            if self.at >= len(self.records[0]):
                self._forward()
                wide = bool(self.take(1)[0] & WIDE)
            width = 2 if wide else 1
            fit = min(count, (len(self.records[0]) - self.at) // width)
            if not fit:
                raise struct.error
            piece = self.records[0][self.at : self.at + fit * width]
            text += piece.decode("utf-16-le" if wide else "latin-1", "replace")
            self.at += len(piece)
            count -= fit
        return text


def texts(records: list[bytes]) -> Iterator[tuple[str, bytes]]:
    """Each text and what stands behind its letters: how it is styled and how it is pronounced.
    Raises ``struct.error`` or ``IndexError`` where the table is broken."""
    (count,) = struct.unpack_from("<I", records[0], 4)
    data = _Records(list(records))
    for _ in range(count):
        length, flags = struct.unpack("<HB", data.take(3))
        runs = struct.unpack("<H", data.take(2))[0] if flags & RICH else 0
        more = struct.unpack("<I", data.take(4))[0] if flags & PHONETIC else 0
        text = data.letters(length, bool(flags & WIDE))
        data.take(4 * runs)
        yield text, data.take(more)
    rest = b"".join(data.records)[data.at :]
    if rest.strip(b"\0"):
        yield "", rest
