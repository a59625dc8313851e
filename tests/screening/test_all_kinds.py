"""What several kinds have in common: each has a truth, is found beside the table and in cells that do
not read as their column's type, is hidden in names, and masked."""

from __future__ import annotations

from pathlib import Path

from helpers import reading
from helpers.screening import masking, outside, screen
from helpers.screening.kinds import ALL
from helpers.words.personal import hiding

from .test_accounts import CARDS, SWEDISH
from .test_kinds import marks, said

NEW = (
    "bank_accounts",
    "payment_cards",
    "identity_documents",
    "health",
    "staff_ids",
    "online_accounts",
)


def test_every_kind_has_a_truth() -> None:
    for name in NEW:
        assert (ALL[name].__doc__ or "").split("\n\n")[0].endswith(".")


def test_they_are_found_beside_the_table_and_hidden_in_names(tmp_path: Path) -> None:
    file = tmp_path / "lista.csv"
    notes = [SWEDISH, CARDS[0], "LMA-nr 12-345678", "Patienten är nu sjukskriven"]
    file.write_text(
        "".join(f"{note}\n" for note in notes) + "\nnamn;ort;antal\nA;Bro;1\nB;Ek;2\n", "utf-8"
    )
    found = outside.marks(reading.read(file, tmp_path / "read"), "annan")
    assert {"bank_account", "payment_card", "id_document", "health"} <= {one.kind for one in found}
    for text, kind in ((SWEDISH, "bank_account"), (CARDS[0], "payment_card")):
        assert hiding.kinds(f"Lista {text}") == [kind]
        assert "99" in hiding.hide(f"Lista {text}") and text not in hiding.hide(f"Lista {text}")


def test_what_is_masked_has_none_left(tmp_path: Path) -> None:
    file = tmp_path / "arenden.csv"
    held = [
        SWEDISH,
        CARDS[0],
        "12-345678",
        "Patienten är nu sjukskriven",
        "anan01",
        "@anna.andersson",
    ]
    heads = ["konto", "kort", "lma", "notering", "username", "instagram"]
    ordinary = ["nej", "nej", "", "inget", "", "@kommunen"]
    rows = [["nr", *heads], ["1", *held], *([str(n), *ordinary] for n in range(2, 8))]
    file.write_text("\n".join(";".join(row) for row in rows) + "\n", "utf-8")
    snapshot = reading.read(file, tmp_path / "read")
    kinds = {one.kind for one in screen(snapshot, {}, None).marks}
    assert kinds == {
        "bank_account",
        "payment_card",
        "id_document",
        "health",
        "staff_id",
        "online_account",
    }
    masking.mask(snapshot, {}, None, "annan", tmp_path / "version.csv")
    text = (tmp_path / "version.csv").read_text("utf-8")
    assert not [one for one in held if one in text]


def test_what_does_not_read_as_the_columns_type_is_looked_at(tmp_path: Path) -> None:
    dates = [f"2024-01-{day:02}" for day in range(1, 29)]
    found = said(
        marks(tmp_path, kontrollerad=[*dates, SWEDISH], id=[*map(str, range(1, 29)), "anna@ek.se"])
    )
    assert ("kontrollerad", "bank_account", "granska", [30]) in found
    assert ("id", "service_email", "granska", [30]) in found
