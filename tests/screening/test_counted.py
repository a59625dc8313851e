"""Only counts of people, or of what is tied to one of them, are at risk of small cells."""

from __future__ import annotations

from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from helpers.running import single
from helpers.screening import counted
from helpers.screening.column import Seen

COUNTED = (
    "Antal barn",
    "antalbarn",
    "Antal skolbarn 2023",
    "antal_resor",
    "antal resande vardagar",
    "antalElever",
    "elevantal",
    "Antal barn i förskolan",
    "number of visitors",
    "visitors count",
    "Resande",
    "ANTAL PÅSTIGANDE",
    "antal_matningar",
    "0-5 år",
    "16\u201364 år",
    "65+ år",
    "80 år och äldre",
    "Ålder 0-5",
    "Årskurs F-3",
    "Årskurs 4-6",
    "åk 9",
)
NOT_COUNTED = (
    "antal_lordag_avgangar",
    "antal_turer",
    "Antal barngrupper",
    "antal_platser",
    "Antal platser för barn",
    "antal sittplatser för besökare",
    "Antal patientersättningar",
    "antal hushållsavfallskärl",
    "number of seats for visitors",
    "elev_id",
    "andel resande",
    "Antal rum",
    "personbilar",
    "Antal personbilar",
    "besöksparkeringar",
    "5 år",
    "2021-2025",
    "Garanti 5 år",
    "Årskurs",
    "Avgift 0-5 år",
)


@pytest.mark.parametrize("header", COUNTED)
def test_people_are_counted(header: str) -> None:
    assert counted.people(Seen("t", header))


@pytest.mark.parametrize("header", NOT_COUNTED)
@pytest.mark.parametrize("anything", [False, True])
def test_things_are_counted(header: str, anything: bool) -> None:
    assert counted.people(Seen("t", header), anything=anything) is None


@given(
    thing=st.sampled_from(counted.THINGS),
    whom=st.sampled_from(counted.PEOPLE),
    limit=st.sampled_from(["för", "per", "till", "for", "per"]),
    mark=st.sampled_from(["_", " ", "-", "."]),
)
def test_a_thing_for_people_is_a_thing(thing: str, whom: str, limit: str, mark: str) -> None:
    assert counted.people(Seen("t", mark.join(["antal", thing, limit, whom]))) is None
    assert counted.people(Seen("t", mark.join(["antal", whom, limit, thing])))


@pytest.mark.parametrize("header", ["antal", "antal_2023", "Antal totalt", "count"])
def test_in_a_table_of_journeys_a_bare_number_is_theirs(header: str) -> None:
    assert counted.people(Seen("t", header), anything=True)
    assert counted.people(Seen("t", header)) is None


def risks(file: Path) -> list[str]:
    return [
        reason["message"]["sv"]
        for reason in single.check_file(file)[0]["gate"]["reasons"]
        if reason["code"] == "found_small_cells"
    ]


def test_departures_of_a_stop_are_nobodys_and_the_message_says_why_others_are(
    tmp_path: Path,
) -> None:
    file = tmp_path / "hallplatser.csv"
    lines = [f"{n};{n % 4};{n % 3 + 1}\n" for n in range(1, 20)]
    file.write_text("stop_id;antal_lordag_avgangar;antal_turer\n" + "".join(lines), "utf-8")
    assert risks(file) == []
    file.write_text("stop_id;antal_turer;Antal påstigande\n" + "".join(lines), "utf-8")
    (message,) = risks(file)
    assert "Kolumnen Antal påstigande räknar människor" in message
    assert "ordet ”påstigande” i rubriken" in message or "specifikationen säger det" in message
