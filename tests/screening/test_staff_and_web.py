"""Initials, signatures and user names of those at work, and persons' accounts on the web; bodies and
programs are nobody."""

from __future__ import annotations

from pathlib import Path

import pytest

from .test_kinds import marks


@pytest.mark.parametrize(
    ("header", "texts", "rows"),
    [
        ("Initialer", ["AB", "C.D.", "-"], [2, 3]),
        ("created_user", ["KOMMUN\\anan01", "SDE", "lisber"], [2, 4]),
        ("last_edited_user", ["gis", "admin", "anna.ek_kommun"], [4]),
        ("Skapad av", ["Trafikverket", "anan01", "SCB"], [3]),
        ("Handläggare", ["AB", "CD", "EF", "GH", "IJ"], [2, 3, 4, 5, 6]),
        ("Handläggare", ["KS", "BUN", "KS"], None),
        ("trip_headsign", ["ABC", "DEF", "GHI"], None),
        ("Signal", ["AB", "CD", "EF"], None),
        ("creator", ["Boverket", "SMHI", "SCB"], None),
        ("Sign", ["1", "2", "3"], None),
        ("Sign", ["Cst", "Ck", "M"], None),
        ("username", ["karlskrona.se", "QGIS3", "karlskronakommun"], None),
        ("username", ["visitblekinge", "Redaktionen1", "Kultur.Fritid"], None),
        ("editor", ["fme2023", "karlskrona_kommun", "skola.aan01"], [4]),
    ],
)
def test_initials_and_users(
    tmp_path: Path, header: str, texts: list[str], rows: list[int] | None
) -> None:
    found = [one for one in marks(tmp_path, **{header: texts}) if one.kind == "staff_id"]
    assert [(one.level, one.rows) for one in found] == ([("granska", rows)] if rows else [])
    assert marks(tmp_path, "offentlig_konst", signatur=["A.B.", "CD", "E.F."]) == []


def test_a_signature_is_of_somebody_at_work_beside_what_she_handles(tmp_path: Path) -> None:
    held = ["ab", "Cst", "Ma"]
    for header, found in (
        *(("Diarienr", True), ("Ärende", True), ("Handläggare", True), ("Beslutsdatum", True)),
        *(("Station", False), ("Hylla", False), ("Kursnamn", False), ("Text", False)),
    ):
        beside = {header: ["17", "18", "19"]}
        for name in ("Sign", "Signatur"):
            kinds = {one.kind for one in marks(tmp_path, **beside, **{name: held})}
            assert ("staff_id" in kinds) is found, header


def test_a_user_name_is_as_sure_as_it_is_made(tmp_path: Path) -> None:
    for text, certainty in (
        *(("KOMMUN\\anan", "probable"), ("anna.ek", "probable"), ("anan01", "probable")),
        *(("lisber", "possible"), ("solvik_x", "possible")),
    ):
        found = marks(tmp_path, username=[text, "-"])
        assert [(one.kind, one.certainty) for one in found] == [("staff_id", certainty)], text
    beside = {"Plattform": ["Instagram", "Facebook"]}
    assert not marks(tmp_path, username=["lisber", "anan01"], **beside)


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ("https://www.linkedin.com/in/exempel-exempelsson", True),
        ("https://orcid.org/0000-0002-1825-0097", True),  # ORCID's own example
        ("Följ @anna.andersson", True),
        ("https://www.instagram.com/anna_andersson/", True),
        ("https://www.linkedin.com/company/karlskrona-kommun", False),
        ("https://www.facebook.com/karlskronakommun", False),
        ("@karlskronakommun", False),
        ("https://www.facebook.com/karin.boyes.vanner", False),
        ("info@anna.andersson.se", False),
    ],
)
def test_accounts_on_the_web(tmp_path: Path, text: str, found: bool) -> None:
    kinds = [one.kind for one in marks(tmp_path, länk=[text])]
    assert kinds == (["online_account"] if found else [])
