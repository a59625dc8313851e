"""Notes at the end of a table are no records, whatever their number; a record of which only the
name is known stays."""

from __future__ import annotations

from typing import Any

import pytest

from .conftest import Reader, names, repair
from .test_books import book, packed

HEAD = "skola;elever;ort\nEken;10;Alby\nAlen;20;Tuna\nBoken;30;Hult\n"
TWO = "skola;elever\nEken;10\nAlen;20\nBoken;\n"
# What follows three records, and how many lines of it are notes.
ENDS = {
    "a source at once": (HEAD, "Källa: SCB;;\n", 1),
    "a source of its own cell": (
        "skola;elever;ort;år\n" + "Eken;10;Alby;2026\n" * 3,
        "Källa:;SCB;;\n",
        1,
    ),
    "a legend at once": (HEAD, ".. = uppgift saknas;;\n- = noll;;\n", 2),
    "a preliminary figure, a legend and a source under an empty row": (
        HEAD,
        "\n* Preliminär\n.. = uppgift saknas\nKälla: Skolverket, 2026-03-01\n",
        3,
    ),
    "a block whose lines are short, one of them a date": (
        HEAD,
        "\nSenaste uppdatering:\n20240221 08:00\n\nKälla:\nSCB\n\nEnhet:\nantal\n2026\n",
        7,
    ),
    "a sentence under an empty row": (HEAD, "\nAvser läsåret som helhet\n", 1),
    "more lines than a page has": (HEAD, "\n* a\n" + "b\n" * 40, 41),
    "two columns": (TWO, "\nKälla: kommunen, 2026\n", 1),
    "what two columns are about": (TWO, "\nUppgifterna avser 15 oktober 2026.\nKontakt: a\n", 2),
    "whom to ask": (HEAD, "Uppgiftslämnare: kansliet;;\n", 1),
    "a school called Kontakten": (HEAD, "Kontakten;;\n", 0),
    "a record of two columns under an empty row": (TWO, "\nKommunens gymnasieskola\n", 0),
    "a record of a name alone": (HEAD, "Furan;;\n", 0),
    "a short name under an empty row": (HEAD, "\nFuran;;\n", 0),
    "a name alone where empty rows part all": (HEAD.replace("\n", "\n\n"), "Furan;;\n", 0),
    "a number alone under an empty row": (HEAD, "\n2026;;\n", 0),
}


@pytest.mark.parametrize("name", ENDS)
def test_notes_are_taken_and_records_are_not(read: Reader, name: str):
    head, end, count = ENDS[name]
    found = read(head + end)
    lines = sum(1 for line in end.splitlines() if line.strip(";"))
    assert found.main.rows == 3 + lines - count
    assert count == 0 or repair(found, "footnotes").count == count


def test_years_over_figures_are_the_header_with_nothing_over_the_labels(read: Reader):
    """As the statistical databases write a workbook: a title, years, and a page of notes."""
    cells: list[list[Any]] = [
        ["Folkmängd efter region, kön och år"],
        [],
        [None, None, "2021", "2022"],
    ]
    for place in ("1080 Karlskrona", "1081 Ronneby", "1082 Karlshamn"):
        cells += [[place, "män", 100, 110], [None, "kvinnor", 90, 95]]
    cells += [[], ["Senaste uppdatering:"], ["20240221 08:00"], [], ["Källa:"], ["SCB"]]
    wide = [[*row, *[None] * (4 - len(row))] for row in cells]
    found = read(packed(book(wide)), "x.xlsx")
    assert names(found) == ["kolumn_1", "kolumn_2", "2021", "2022"] and found.main.rows == 6
    assert repair(found, "preamble").count == 2 and repair(found, "footnotes").count == 4
