"""What is told of a sheet's XML is the same whether its plain rows are set apart or not: where it
ends, what its cells say beside their values, which texts they share, what is no cell's value."""

from __future__ import annotations

import re
import zipfile
from pathlib import Path
from typing import Any

import numpy as np
import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from helpers.reading import peeking, plain_rows
from helpers.reading.around import cells, markup
from helpers.reading.peeking import Formats

STYLES = ("", ' s="0"', ' s="1"', ' s="2"', ' s="7"')
CONTENTS = (
    "<v>12</v>",
    "<v>-1.5E-7</v>",
    "<v>.5</v>",
    "<v></v>",
    "<v/>",
    "",
    "<v>123456789012345</v>",
    "<v>1234567890123456</v>",
    "<v>0.1234567890123456</v>",
    "<v>0</v>",
    "<v>3</v>",
    "<v>#N/A</v>",
    "<is><t>Åsa t=&quot;s&quot;</t></is>",
    '<is><t xml:space="preserve"> a </t></is>',
    "<is><r><rPr><b/></rPr><t>Anna Ek</t></r></is>",
    "<f>SUM(A1:A2)</f><v>3</v>",
    "<f>SUM(A1:A2)</f>",
    '<f t="shared" ref="A1:A2" si="0">A1*2</f><v>4</v>',
)
TYPES = ("", ' t="n"', ' t="s"', ' t="b"', ' t="str"', ' t="e"', ' t="inlineStr"', ' t="s" cm="1"')
USUAL = (' s="0"><v>7</v></c>', ' t="s"><v>1</v></c>', ' s="1"/>', ' t="str"><v>x</v></c>')
CELL = st.sampled_from(USUAL) | st.builds(
    lambda style, kind, content: f"{style}{kind}" + (f">{content}</c>" if content else "/>"),
    st.sampled_from(STYLES),
    st.sampled_from(TYPES),
    st.sampled_from(CONTENTS),
)
ATTRIBUTES = st.sampled_from(
    (
        "",
        ' spans="1:3" x14ac:dyDescent="0.25"',
        ' hidden="false"',
        ' hidden="1"',
        ' ht="15" customHeight="1"',
        ' note="Ring Anna"',
    )
)
ROW = st.tuples(ATTRIBUTES, st.lists(CELL, max_size=4))
BETWEEN = st.sampled_from(("",) * 12 + ("\n", "<!-- Anna Ek -->", "<row/>"))


def sheet(rows: list[tuple[str, list[str]]], between: str, prefix: str, order: list[int]) -> bytes:
    """A sheet of these rows, in this order, and what stands after its cells."""
    made = ""
    for number in order:
        attributes, given_cells = rows[number]
        inside = "".join(
            f'<c r="{"ABCD"[place]}{number + 1}"{cell}' for place, cell in enumerate(given_cells)
        )
        made += f'<row r="{number + 1}"{attributes}>{inside}</row>{between if number == 3 else ""}'
    head = '<worksheet><cols><col min="2" max="2" hidden="1"/></cols><sheetData>'
    after = '</sheetData><oddHeader>Anna Ek</oddHeader><row r="1"><c r="A1"><v>5</v></c></row>'
    whole = f"{head}{made}{after}</worksheet>"
    return re.sub("<(/?)", rf"<\1{prefix}", whole).encode() if prefix else whole.encode()


def told(file: Path, data: bytes, formats: dict[bytes, str]) -> dict[str, Any]:
    with zipfile.ZipFile(file, "w", zipfile.ZIP_DEFLATED) as archive:
        archive.writestr("sheet.xml", data)
    with zipfile.ZipFile(file) as archive:
        shared = np.array([5, 6, 7, 8])
        peeked = peeking._peek_sheet(archive, "sheet.xml", shared, Formats(formats, 3))
    used = np.zeros(4, bool)
    chunks = [data[i : i + cells.CHUNK] for i in range(0, len(data), cells.CHUNK)]
    found = {"all": _beside(chunks, used), "used": used.tolist()}
    if peeked.rest is not None:
        again = np.zeros(4, bool)
        again[peeked.rest.shown[peeked.rest.shown < 4]] = True
        assert _beside(peeked.rest.pieces, again) == found["all"]
        assert again.tolist() == found["used"]
    peeked.rest = None
    return found | {"peek": repr(peeked)}


def _beside(chunks: list[bytes], used: np.ndarray) -> Any:
    rest = cells.rest(iter(chunks), used)
    try:
        pieces = list(markup.pieces(rest, markup.Bound()))
    except markup.Unreadable:
        return "unreadable"
    return [
        ([node.name for node in piece.path], piece.name, piece.text)
        for piece in pieces
        if not cells.is_value(piece)
    ]


@given(
    st.lists(ROW, max_size=16),
    BETWEEN,
    st.sampled_from(("", "", "", "x:")),
    st.sampled_from(((), (1,), (2,), (0, 1))),
    st.sampled_from((300, 700, 1 << 22)),
    st.booleans(),
)
@example([("", [' t="s"><v>3</v></c>'])] * 9, "", "", (), 300, False)
def test_plain_rows_tell_what_each_cell_tells(
    tmp_path_factory: pytest.TempPathFactory,
    rows: list[tuple[str, list[str]]],
    between: str,
    prefix: str,
    shown: tuple[int, ...],
    chunk: int,
    turned: bool,
) -> None:
    order = list(range(len(rows)))
    data = sheet(rows, between, prefix, order[::-1] if turned else order)
    formats = {b"%d" % number: "%" for number in shown}
    file = tmp_path_factory.mktemp("x") / "x.zip"
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(peeking, "CHUNK", chunk)
        patch.setattr(cells, "CHUNK", chunk)
        found = told(file, data, formats)
        patch.setattr(plain_rows, "_ROW", "never%(styles)s")
        assert told(file, data, formats) == found


def test_rows_of_plain_cells_are_all_set_apart() -> None:
    rows = "".join(
        f'<row r="{i}" spans="1:2"><c r="A{i}" t="s"><v>{i}</v></c><c r="AB{i}" s="4"/>'
        f'<c r="AC{i}" s="1"><v>{i}.5</v></c></row>'
        for i in range(1, 2001)
    )
    head, end = b"<worksheet><sheetData><row/>", b"</sheetData></worksheet>"
    first = b'<row r="1"><c r="A1"><f>1</f></c></row>'
    parted = plain_rows.Rows().of(head + first + rows.encode() + end)
    assert parted.left == head + first + end
    assert parted.shared.tolist() == list(range(1, 2001))
    assert [divmod(int(place), 1 << plain_rows.SHIFT) for place in parted.cells[-2:]] == [
        (2000, 1),
        (2000, 29),
    ]
