"""No cell that we write runs in a spreadsheet, and what runs nowhere stays as it is."""

from __future__ import annotations

import csv
import io
import sys
import unicodedata
from collections.abc import Callable
from pathlib import Path

import duckdb
import openpyxl
import pytest
from hypothesis import given
from hypothesis import strategies as st

from helpers.checking import points_to_fix
from helpers.checking.points_to_fix import PointToFix
from helpers.reading import databases
from helpers.reporting import masked
from helpers.screening.masking import formulas
from helpers.words import escaping
from helpers.words.files import spreadsheets

SIGNS = ["=", "+", "-", "@", "＝", "＋", "－", "＠"]
BEFORE = ["", " ", "  ", "\u00a0", "\u200b", "\ufeff", "\u2060", "\u3000", "\t", "\r", "\n", '"']
RUN = [
    *(before + sign + "SUM(A1)" for before in BEFORE for sign in SIGNS),
    "=cmd|' /C calc'!A0",
    "+cmd|' /C calc'!A0",
    "-2+3+cmd|' /C calc'!A0",
    "@SUM(1+1)*cmd|' /C calc'!A0",
    '=DDE("cmd";"/C calc";"x")',
    '=HYPERLINK("http://example.org?x="&A1;"klicka")',
    "==",
    "\tx",
    "\rx",
    "\nx",
    "-A1",
    "+46-70-1234567",
    "-12:30",
    "-2024-01-01",
    "-1-2",
    "- se bilaga",
    "@kommun",
    "-5\n",
    "-5\n=cmd|'x'!A0",
    "Konst, =cmd|' /C calc'!A0",
    'Konst;"=A1',
    "Konst\t@SUM(A1)",
    "Konst\r\n+cmd|'x'!A0",
]
NOT_RUN = [
    "-12,5",
    "-1 234,50",
    "-1\u00a0234,50 kr",
    "-1.234.567,89",
    "-1,234.50",
    "-12 %",
    "-12%",
    "-5 kr",
    "+5",
    "+0,5",
    "-,5",
    "-1E4",
    "-1.5e-07",
    "- 5",
    " -5",
    "-0",
    "-",
    "--",
    "+46701234567",
    "+46 70-123 45 67",
    "+46 (0)70-123 45 67",
    "+46\u00a0455\u00a030\u00a030\u00a000",
    "\u22125",
    "",
    " ",
    "a=b",
    "a-b",
    "namn@example.org, annan@example.org",
    "Se bilaga, - den nya (2024)",
    "1-2",
    "https://example.org/?a=1&b=2",
    "'=redan",
]


@pytest.mark.parametrize("text", RUN)
def test_what_a_spreadsheet_runs_is_guarded(text: str):
    assert escaping.is_run(text)
    guarded = escaping.guarded(text)
    assert guarded != text and guarded.replace("'", "") == text.replace("'", "")
    assert not escaping.is_run(escaping.csv_cell(text))


@pytest.mark.parametrize("text", NOT_RUN)
def test_what_runs_nowhere_stays_as_it_is(text: str):
    assert not escaping.is_run(text) and escaping.csv_cell(text) == text


@given(st.text("=+-@＝ \t\r\n\u200b\"';,.1Ea(|!%kr\u00a0\u2212", max_size=12))
def test_a_guarded_cell_runs_nowhere_and_loses_nothing(text: str):
    guarded = escaping.guarded(text)
    assert not escaping.is_run(guarded)
    assert guarded == text or escaping.is_run(text)
    kept = iter(guarded)
    assert all(letter in kept for letter in text), "only apostrophes are put in"


@given(st.text("=+-@＝－ \t\r\n\u200b\"';,.1Ea(|!%kr\u00a0", max_size=12))
def test_duckdb_finds_and_guards_the_same_cells(text: str):
    con = duckdb.connect()
    cell = f"{databases.quoted(text)}::varchar"
    asked = f"select {formulas._is_run(cell)}, {formulas.guarded(cell)}"
    assert con.execute(asked).fetchone() == (escaping.is_run(text), escaping.guarded(text))


def test_every_sign_that_folds_to_one_is_known():
    signs = {
        letter
        for letter in map(chr, range(sys.maxunicode + 1))
        if unicodedata.normalize("NFKC", letter) in ("=", "+", "-", "@")
    }
    assert len(signs) > 12 and all(escaping.is_run(f"{sign}A1") for sign in signs)


def written(rows: list[list[object]]) -> str:
    stream = io.StringIO(newline="")
    spreadsheets.write_csv(stream, rows)
    return stream.getvalue()


@pytest.mark.parametrize("separator", [",", ";", "\t"])
def test_a_program_that_takes_other_separators_too_finds_no_formula(separator: str):
    """As LibreOffice does, that remembers the separators of last time."""
    text = written([[1, f"a{separator}=1+1"], [2, f"a{separator}+SUM(1)"], [3, "=1+1"]])
    for other in ",;\t":
        cells = [cell for row in csv.reader(io.StringIO(text), delimiter=other) for cell in row]
        assert not [cell for cell in cells if escaping.is_run(cell)]
    for line in text.splitlines():
        for part in line.split(separator):
            assert not escaping.is_run(part)


@pytest.mark.slow
def test_libreoffice_finds_no_formula_in_what_we_write(
    office: Callable[..., list[Path]], tmp_path: Path
):
    guarded, raw = tmp_path / "guarded.csv", tmp_path / "raw.csv"
    with guarded.open("w", encoding="utf-8-sig", newline="") as stream:
        spreadsheets.write_csv(stream, [[text] for text in RUN])
    with raw.open("w", encoding="utf-8-sig", newline="") as stream:
        csv.writer(stream, delimiter=";").writerows([[text] for text in RUN])
    book = openpyxl.Workbook()
    for row, text in enumerate(RUN, 1):
        spreadsheets.put(book.worksheets[0].cell(row, 1), text)
    book.save(tmp_path / "put.xlsx")
    formulas_of = {
        file.stem: [
            cell.value
            for row in openpyxl.load_workbook(file).worksheets[0].iter_rows()
            for cell in row
            if cell.data_type == "f"
        ]
        for file in office([guarded, raw, tmp_path / "put.xlsx"], "xlsx")
    }
    assert formulas_of.pop("raw"), "the check itself would find some"
    assert formulas_of == {"guarded": [], "put": []}


@pytest.mark.parametrize("text", RUN)
def test_a_cell_of_a_workbook_is_a_text(text: str):
    cell = openpyxl.Workbook().worksheets[0]["A1"]
    spreadsheets.put(cell, text)
    assert (cell.data_type, cell.quotePrefix, cell.value) == ("s", True, text)


def test_points_to_fix_guard_the_names_of_the_source(tmp_path: Path):
    import pyogrio

    both = {"sv": "x", "en": "x"}
    point = PointToFix(15.5, 56.2, 2, "=T()", "＝A1", "r", "info", both, both)
    points_to_fix.write([point], tmp_path / "p.gpkg")
    kept = pyogrio.read_dataframe(tmp_path / "p.gpkg", read_geometry=False)
    assert list(kept[["table", "column"]].iloc[0]) == ["'=T()", "'＝A1"]


MARKED = "id;=rubrik;belopp;andel\n1;=1+1;-12,5;+5 %\n2;a;-3;-12,5 %\n"
MARKED += "3;\"x, =cmd|'y'!A0\";-4;--\n4;＝A1;-5;-\n"


@pytest.mark.parametrize("guard", [False, True])
def test_mask_keeps_what_would_run_and_tells_or_guards_it_when_asked(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, guard: bool
):
    from helpers.running.opening import Opened
    from helpers.running.store import Store

    monkeypatch.setenv("DATAKOLLEN_SNAPSHOTS", str(tmp_path / "snapshots"))
    source, target = tmp_path / "k.csv", tmp_path / "maskad.csv"
    source.write_text(MARKED, "utf-8")
    done = Opened(source, type="annan", store=Store()).mask(target, guard=guard)
    with target.open(encoding="utf-8", newline="") as stream:
        after = list(csv.reader(stream, delimiter=";"))
    before = list(csv.reader(MARKED.splitlines(), delimiter=";"))
    assert after == (
        [[escaping.guarded(cell) for cell in row] for row in before] if guard else before
    )
    assert [(one.column, one.count, one.rows) for one in done.formulas] == [
        ("=rubrik", 4, [1, 2, 4, 5])
    ]
    for language, cells, place in (
        ("sv", "4 celler", "kolumn =rubrik: rad 1, 2, 4, 5"),
        ("en", "4 cells", "column =rubrik: row 1, 2, 4, 5"),
    ):
        said = "\n".join(masked.lines(done, language))
        assert cells in said and place in said
        assert ("--guard-formulas" in said) is not guard
        assert ("inga hinder" in said or "no obstacles" in said) is guard


def test_a_file_without_formulas_says_nothing_of_them(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
):
    from helpers.running.opening import Opened
    from helpers.running.store import Store

    monkeypatch.setenv("DATAKOLLEN_SNAPSHOTS", str(tmp_path / "snapshots"))
    (tmp_path / "k.csv").write_text("id;belopp\n1;-12,5\n2;-3\n", "utf-8")
    opened = Opened(tmp_path / "k.csv", type="annan", store=Store())
    done = opened.mask(tmp_path / "m.csv")
    assert not done.formulas and "formler" not in "\n".join(masked.lines(done, "sv"))
