"""Which encoding a text file is in: what decodes strictly, and how Swedish its letters then are.

Charset detectors take Swedish Windows-1252 for cp1250 (Håbo becomes Hĺbo); so the choice here is
between the encodings that Swedish systems write, and never with a replacement character.
"""

from __future__ import annotations

import codecs
import re
import struct
from dataclasses import dataclass
from pathlib import Path

import numpy as np
import pyarrow as pa

from helpers.declared import hints
from helpers.reading.formats import WIDE
from helpers.words.errors import InputRefused
from helpers.words.source_text import SourceText

CHUNK = 1 << 22
SINGLE_BYTE = ("windows-1252", "mac-roman", "cp850", "windows-1250")
POLISH = frozenset("ąćęłńśźżĄĆĘŁŃŚŹŻ")
OWN = frozenset("åäöÅÄÖ")
KNOWN = frozenset("éÉüÜ")
# Letters of names and signs that stand in Swedish text; any other letter speaks against an
# encoding, any other sign more.
POSSIBLE = frozenset("èàâêôîæøÆØçñáíóúëïÁÍÓÚðþß§°²³½¼´¤’‘‚“”„–—…•·€£×©®µ«»¿¡\u00a0\u00ad")
WINDOWS = 8192
EURO = 0xA4  # in ISO 8859-15; in Windows-1252 the sign for any currency
WINDOWS_OWN = frozenset(range(0x80, 0xA0))
FRACTIONS = frozenset((0xBC, 0xBD, 0xBE))  # in ISO 8859-15 other letters
LIKELIER = 1.0  # how much oftener a letter comes from Windows than from an old Mac or DOS
STRANGE = -2.5  # mean score of a text that is in none of these encodings
CONTROLS = re.compile(rb"[\x01-\x08\x0e-\x19\x1c-\x1f]")  # no text has more than a few of them
SWEDISH_UTF8 = re.compile(rb"\xc3[\x84\x85\x96\xa4\xa5\xb6\xa9]")


@dataclass(frozen=True)
class Encoding:
    """``name`` for people and results (utf-8, utf-16-le, windows-1252 ...), ``bom`` bytes to skip.

    ``proved``: all bytes were found to decode. ``mixed``: the single-byte encoding of the lines
    that are not UTF-8.
    """

    name: str
    bom: int = 0
    proved: bool = False
    mixed: str | None = None


def _score(before: str, letter: str, after: str) -> float:
    """How likely a letter is in Swedish between its neighbours: 2 for å, ä, ö, down to -10 for a
    drawn box."""
    if letter.isupper() and before.isalpha() and (before.islower() or after.islower()):
        return -6
    if letter.islower() and before.isupper() and after.isupper():
        return -6
    if letter in POLISH or before in POLISH or after in POLISH:
        return -0.5
    if all(neighbour.isalpha() and not neighbour.isascii() for neighbour in (before, after)):
        return -6  # three such letters in a row: another alphabet
    if letter in OWN:
        return 2
    if letter in KNOWN:
        return 1
    if not letter.isalpha() and letter not in "’´·" and before.isalpha() and after.isalpha():
        return -6
    if letter in POSSIBLE:
        return 0
    if not letter.isalpha():
        return -10
    return -2 if letter < "\u0100" or letter in "œŒšŠžŽ" else -4


def _around(data: bytes, most: int) -> list[bytes]:
    """The first bytes above ASCII, each between its two neighbours (a blank where it has none)."""
    padded = b" " + data + b" "
    places = np.flatnonzero(np.frombuffer(data, np.uint8) >= 0x80)[:most]
    return [padded[place : place + 3] for place in places.tolist()]


def _windows(path: Path, skip: int) -> list[bytes]:
    """Bytes above ASCII with their neighbours, at most 8,192 of them from the beginning of the file
    on."""
    windows: list[bytes] = []
    with path.open("rb") as stream:
        stream.seek(skip)
        while len(windows) < WINDOWS and (chunk := stream.read(CHUNK)):
            windows += _around(chunk, WINDOWS - len(windows))
    return windows


def _decodes(window: bytes, encoding: str) -> bool:
    try:
        window.decode(encoding)
    except UnicodeDecodeError:
        return False
    return True


def _first_strange(path: Path, skip: int) -> int:
    """The position of the first byte that is not UTF-8."""
    decoder, position = codecs.getincrementaldecoder("utf-8")("strict"), skip
    with path.open("rb") as stream:
        stream.seek(skip)
        while chunk := stream.read(CHUNK):
            held = len(decoder.getstate()[0])
            try:
                decoder.decode(chunk)
            except UnicodeDecodeError as error:
                return position - held + error.start
            position += len(chunk)
    return position


def _single_byte(
    path: Path, name: SourceText, skip: int = 0, only: list[bytes] | None = None
) -> str:
    """The single-byte encoding in which the letters look most Swedish."""
    windows = _windows(path, skip) if only is None else only
    scores: dict[str, float] = {}
    for candidate in SINGLE_BYTE:
        scores[candidate] = sum(
            _score(*window.decode(candidate)) if _decodes(window, candidate) else -10
            for window in windows
        )
    likelier = {SINGLE_BYTE[0]: LIKELIER * len(windows)}
    best = max(
        scores,
        key=lambda candidate: (
            scores[candidate] + likelier.get(candidate, 0),
            -SINGLE_BYTE.index(candidate),
        ),
    )
    if windows and scores[best] / len(windows) < STRANGE:
        raise InputRefused("reading.encoding", {"file": name, "byte": _first_strange(path, skip)})
    return best


def fits(path: Path, declared: str) -> bool:
    """True where the letters of a file decode in an encoding of one byte, and do not look strange
    in it."""
    windows = _windows(path, 0)
    if not all(_decodes(window, declared) for window in windows):
        return False
    scored = sum(_score(*text) for w in windows if len(text := w.decode(declared)) == 3)
    return not windows or scored / len(windows) >= STRANGE


def valid_utf8(data: bytes) -> bool:
    """True for whole characters only; Arrow checks several times faster than Python decodes."""
    whole = pa.Array.from_buffers(
        pa.large_binary(),
        1,
        [None, pa.py_buffer(struct.pack("=2q", 0, len(data))), pa.py_buffer(data)],
    )
    try:
        whole.cast(pa.large_string())
    except pa.ArrowInvalid:
        return False
    return True


def _valid_utf8(path: Path, skip: int) -> bool:
    held = b""
    with path.open("rb") as stream:
        stream.seek(skip)
        while chunk := stream.read(CHUNK):
            # a character is at most four bytes and begins with one that is not 10xxxxxx
            cut = next((i for i in range(1, 5) if i <= len(chunk) and chunk[-i] & 0xC0 != 0x80), 1)
            cut = cut if chunk[-cut] >= 0xC0 else 0
            data = held + chunk[: len(chunk) - cut] if held or cut else chunk
            if not valid_utf8(data):
                return False
            held = chunk[len(chunk) - cut :] if cut else b""
    return valid_utf8(held)


def _other_lines(path: Path, skip: int) -> list[bytes] | None:
    """Windows of the lines that are not UTF-8, of a file where other lines are; None where it is
    not mixed."""
    windows: list[bytes] = []
    found_utf8 = False
    with path.open("rb") as stream:
        stream.seek(skip)
        if (
            not any(SWEDISH_UTF8.search(chunk) for chunk in iter(lambda: stream.read(CHUNK), b""))
            and not skip
        ):
            return None
        stream.seek(skip)
        for line in stream:
            if line.isascii():
                continue
            if valid_utf8(line):
                found_utf8 = True
            elif len(windows) < WINDOWS:
                windows += _around(line, WINDOWS - len(windows))
    return windows if found_utf8 or skip else None


def _whole(wide: str, head: bytes) -> str:
    """An encoding of two or four bytes whose order is not said: the order in which the zeros stand,
    as nothing marks it."""
    if wide not in ("utf-16", "utf-32"):
        return wide
    step = 2 if wide == "utf-16" else 4
    little = head[step - 1 :: step].count(0) >= head[0::step].count(0)
    return f"{wide}-{'le' if little else 'be'}"


def recognise(path: Path, declared: str | None, name: SourceText) -> Encoding:
    """The file's encoding. ``InputRefused`` where nothing decodes it strictly or it is not text."""
    with path.open("rb") as stream:
        head = stream.read(1 << 16)
    skip = 3 if head.startswith(codecs.BOM_UTF8) else 0
    for bom, wide in WIDE:
        if head.startswith(bom):
            if b"\0" in head or not valid_utf8(head[len(bom) :].rstrip(b"\x80-\xff")):
                return Encoding(wide, len(bom))
            skip = len(bom)  # a mark that lies: what follows is of one byte a letter
            break
    if declared:
        if not hints.encoding(declared):
            raise InputRefused("reading.no_encoding", {"file": name, "encoding": declared[:40]})
        codec = codecs.lookup(declared).name.replace("cp1252", "windows-1252")
        return Encoding(_whole(codec, head), skip)
    nulls = head.count(0)
    even = head[0::2].count(0)
    if nulls > len(head) // 4 and max(even, nulls - even) >= 0.9 * nulls:
        return Encoding("utf-16-be" if even > nulls - even else "utf-16-le")
    if nulls > max(2, len(head) // 100):
        raise InputRefused("reading.binary", {"file": name, "byte": head.index(0)})
    controls = CONTROLS.findall(head)
    if len(controls) > max(4, len(head) // 100):
        byte = head.index(controls[0])
        raise InputRefused("reading.binary", {"file": name, "byte": byte})
    if _valid_utf8(path, skip):
        return Encoding("utf-8", skip, proved=True)
    others = _other_lines(path, skip)
    if others is not None:
        return Encoding("utf-8", skip, mixed=_single_byte(path, name, skip, others))
    return Encoding(_western(path, _single_byte(path, name)))


def _western(path: Path, name: str) -> str:
    """Windows-1252, or ISO 8859-15 where the one sign that differs and that Swedish text has, the
    euro, stands where Windows has a sign for any currency, and nothing of Windows' own is there."""
    windows = _windows(path, 0)
    letters = {window[1] for window in windows}
    if name != "windows-1252" or EURO not in letters or letters & WINDOWS_OWN:
        return name
    return name if letters & FRACTIONS else "iso-8859-15"
