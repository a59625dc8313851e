"""Personal data are found in every spelling; ordinary numbers are left alone; the gate never opens
by more data.

All numbers are official test numbers (birth numbers 980-999) or made with the check digit here.
"""

from __future__ import annotations

from pathlib import Path

import pyarrow as pa
import pyarrow.parquet as pq
import pytest
from stdnum import luhn

from helpers.declared import specifications
from helpers.declared.catalogue import Entry
from helpers.reading.snapshot import Column, Snapshot, Table
from helpers.screening import gate, questions, screen
from helpers.screening.marks import Screening


def test_number(day: str = "121212", birth: str = "980") -> str:
    return day + birth + luhn.calc_check_digit(day + birth)


test_number.__test__ = False  # type: ignore[attr-defined]
PERSON = test_number()


def snapshot(folder: Path, **columns: list[str]) -> Snapshot:
    rows = len(next(iter(columns.values())))
    pq.write_table(
        pa.table(
            {
                "source_row": range(2, rows + 2),
                **{f"t{n}": v for n, v in enumerate(columns.values())},
            }
        ),
        folder / "main.parquet",
    )
    table = Table("main", "main.parquet", rows, [Column(n, name) for n, name in enumerate(columns)])
    return Snapshot(folder, "x.csv", "0", "csv", [table])


@pytest.mark.parametrize(
    "text",
    [
        f"{PERSON[:6]}-{PERSON[6:]}",
        f"19{PERSON[:6]}-{PERSON[6:]}",
        f"{PERSON[:6]}+{PERSON[6:]}",
        f"{PERSON[:6]} {PERSON[6:]}",
        f"{PERSON[:6]}\u2013{PERSON[6:]}",
        f"{PERSON[:6]}\u2011{PERSON[6:]}",
        f"{PERSON[:6]}\u00a0{PERSON[6:]}",
        f"Avser {PERSON[:6]}-{PERSON[6:]}, maj",
        PERSON,
        f"19{PERSON}",
        test_number("121272")[:6] + "-" + test_number("121272")[6:],
    ],
)
def test_finds_every_spelling(tmp_path: Path, text: str) -> None:
    screened = screen(snapshot(tmp_path, note=["a", text]), {}, None)
    assert screened.content == "stopp"
    assert [(m.kind, m.rows) for m in screened.marks] == [("personnummer", [3])]


def test_wrong_check_digit_and_impossible_date_are_left_alone(tmp_path: Path) -> None:
    wrong = PERSON[:9] + str((int(PERSON[9]) + 1) % 10)
    assert (
        screen(snapshot(tmp_path, note=[wrong, "991332-0000", "57.6651218111"]), {}, None).marks
        == []
    )


def test_timestamps_are_possible_not_certain(tmp_path: Path) -> None:
    stamps = [
        f"2024{m:02}{d:02}{h:02}15"
        for m in range(1, 13)
        for d in range(1, 29)
        for h in range(8, 16)
    ]
    (mark,) = screen(snapshot(tmp_path, changed=stamps), {}, None).marks
    assert (mark.certainty, mark.level) == ("possible", "granska")


def test_serial_numbers_that_begin_with_a_date_stop_nothing(tmp_path: Path) -> None:
    serial = [f"202401{i + 3:02}-{i * 391:04}" for i in range(12)]
    (mark,) = screen(snapshot(tmp_path, lopnr=serial), {}, None).marks
    assert (mark.level, mark.count) == ("granska", 2)
    reason = gate(Screening([mark]), entry()).reasons[0]
    assert "råkar" in reason.message["sv"] and "happen" in reason.message["en"]


def test_sole_traders_and_estates(tmp_path: Path) -> None:
    invoices = specifications.load("leverantorsfakturor")
    legal = "556233" + "270"
    legal += luhn.calc_check_digit(legal)
    ids = [f"{PERSON[:6]}-{PERSON[6:]}", f"SE{PERSON}01", f"19{PERSON}", legal, "NO 987654321"]
    shot = snapshot(tmp_path, leverantor_id=ids)
    (mark,) = screen(shot, {"leverantor_id": "leverantor_id"}, invoices).marks
    assert (mark.kind, mark.rows, mark.level) == ("sole_trader", [2, 3, 4], "stopp")
    named = snapshot(tmp_path, leverantor_id=ids, leverantor=["Anna Exempel"] * len(ids))
    both = {"leverantor_id": "leverantor_id", "leverantor": "leverantor"}
    assert screen(named, both, invoices).marked("main") == {"leverantor_id", "leverantor"}
    dead = "132345678"
    dead += luhn.calc_check_digit(dead)
    (mark,) = screen(snapshot(tmp_path, orgnr=[dead]), {}, None).marks
    assert (mark.kind, mark.level) == ("estate", "granska")


def test_contacts(tmp_path: Path) -> None:
    shot = snapshot(
        tmp_path,
        epost=["anna.exempel@example.se", "info@example.se"],
        telefon=["070-174 06 05", "0455-30 30 00"],
    )
    assert [(m.kind, m.level, m.rows) for m in screen(shot, {}, None).marks] == [
        ("service_email", "granska", [2]),
        ("phone", "granska", [2]),
    ]
    places = specifications.load("platsinformation")
    told = screen(shot, specifications.match(["epost", "telefon"], places), places)
    assert {m.level for m in told.marks} == {"told"} and told.content == "fri"


def test_a_public_role_never_excuses_an_identity_number(tmp_path: Path) -> None:
    art = specifications.load("offentlig_konst")
    shot = snapshot(tmp_path, artist=[f"Anna Exempel {PERSON[:6]}-{PERSON[6:]}"])
    assert screen(shot, {"artist": "artist"}, art).content == "stopp"


def entry(**answers: str) -> Entry:
    legal = {
        question.id: {"answer": answers.get(question.id, "no")} for question in questions.every()
    }
    return Entry(id="x", title="X", type="annan", organisation="karlskrona", legal=legal)


def test_gate(tmp_path: Path) -> None:
    empty = Screening()
    assert gate(empty, entry()).verdict == "fri"
    assert gate(empty, None).verdict == "granska"
    assert gate(empty, entry(secrecy="unknown")).verdict == "granska"
    assert gate(empty, entry(security="yes")).verdict == "stopp"
    found = screen(snapshot(tmp_path, note=[f"{PERSON[:6]}-{PERSON[6:]}"]), {}, None)
    closed = gate(found, entry())
    assert closed.verdict == "stopp" and PERSON[6:] not in repr(closed)
    assert all(reason.opens["sv"] and reason.opens["en"] for reason in closed.reasons)
