"""Every column's state is told, whether or not a specification knows it, and no plain column is
accused."""

from __future__ import annotations

from pathlib import Path

import pytest

from helpers import reading
from helpers.profiling.profile import profile
from helpers.profiling.states import STATES, together
from helpers.screening.marks import Screening

COLUMNS = {  # the cells of a column -> its state, and how many cells it is of
    "tom": ([""] * 12, "empty", 12),
    "tid": (["00:00:00"] * 12, "constant", 12),
    "anm": (["", "", ""] * 3 + ["a", "b", ""], "mostly_missing", 10),
    "lufttryck": (["0", "0", *(str(1000 + i) for i in range(10))], "zero_as_missing", 2),
    "bredd": (["0", *(str(i) for i in range(1, 12))], "zero_as_missing", 1),
    "djup_cm": (["9999", *(str(i) for i in range(3, 14))], "number_as_missing", 1),
    "giltig_till": (["9999-12-31", *(f"2024-05-{i}" for i in range(10, 21))], "date_as_missing", 1),
    "datum": (["1900-01-01"] * 2 + [f"2024-05-{i}" for i in range(10, 20)], "date_as_missing", 2),
    "ägare": (["Okänd", "?", *"abcdefghij"], "placeholder", 2),
    "text": (["<p>Bad</p>", "Malm&ouml;", "a &amp; b", *"abcdefghi"], "markup", 3),
    "sträcka": ([f"{i},524 km" for i in range(12)], "unit_in_cell", 12),
    "kommun": (["1080 Karlskrona", "1280 Malmö", "0180 Stockholm"] * 4, "two_facts", 12),
    "faktura_nr": (["TS 2407", "1406/24", *(f"00{i}" for i in range(10))], "numbers_mixed", 2),
}
PLAIN = {
    "antal": [str(i % 4) for i in range(12)],
    "turer": [str(i * 3) for i in range(12)],
    "temperatur": ["0", *(str(i) for i in range(-5, 6))],
    "adress": [f"Storgatan {i}" for i in range(12)],
    "klass": [f"{i}B" for i in range(12)],
    "pris": [f"{i},50" for i in range(12)],
    "beskrivning": ["5 < 7 & 3", "Bad & bastu", *(f"Text {i}" for i in range(10))],
    "datum": [f"{i} maj 2024" for i in range(1, 13)],
    "invigd_datum": ["1900-01-01", *(f"19{i}-01-01" for i in range(10, 21))],
    "fakturanr": [f"00{i}" for i in range(12)],
    "faktura": [f"TS {i}" for i in range(12)],
    "husnr": ["12 A", *(str(i) for i in range(11))],
    "entréavgift": [*"00", *(str(100 + i) for i in range(10))],
    "nummer": [str(9990 + i) for i in range(12)],
}


def _columns(tmp_path: Path, columns: dict[str, list[str]]) -> list[dict[str, object]]:
    lines = [columns, *zip(*columns.values(), strict=True)]
    file = tmp_path / "x.tsv"
    text = "".join("\t".join([*line, f"r{i}"]) + "\n" for i, line in enumerate(lines))
    file.write_text(text, "utf-8")
    snapshot = reading.read(file, tmp_path / "out")
    return profile(snapshot, Screening([]))["tables"][0]["columns"]


def test_each_column_says_its_state_and_how_many_cells_it_is_of(tmp_path: Path):
    columns = _columns(tmp_path, {name: cells for name, (cells, *_) in COLUMNS.items()})
    told = {column["name"]: column["states"] for column in columns}
    for name, (_, state, count) in COLUMNS.items():
        assert {"state": state, "count": count} in told[name], name
    assert {state for _, state, _ in COLUMNS.values()} == set(STATES)
    assert together(columns)["constant"] == [("tid", 12)]


@pytest.mark.parametrize("name", PLAIN)
def test_a_plain_column_has_nothing_told(tmp_path: Path, name: str):
    assert _columns(tmp_path, {"id": list("abcdefghijkl"), name: PLAIN[name]})[1]["states"] == []
