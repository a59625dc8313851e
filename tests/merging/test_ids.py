"""Ids are unique between organisations, and none is another than it must be: what only one has stays,
what was given stays given, and nothing follows from the order of rows."""

from __future__ import annotations

from pathlib import Path

import pytest
from hypothesis import Phase, given, settings
from hypothesis import strategies as st
from tests.merging.making import Made, ids, origins, rows, works

from helpers.filling_in.merging import writing
from helpers.filling_in.merging.table import Merged
from helpers.words.errors import ConfigurationError


@pytest.fixture
def made(tmp_path: Path) -> Made:
    return Made(tmp_path)


def given_ids(merged: Merged) -> dict[tuple[str, str], str]:
    frame = merged.frame().fillna("")
    columns = ("_organisation", "_old_id", "id")
    return {(a, b): c for a, b, c in zip(*(frame[name] for name in columns), strict=True)}


def test_an_id_of_one_stays_and_a_shared_one_begins_with_the_code(made: Made):
    parts = made.parts({"karlshamn": works("A", "B"), "olofstrom": works("B", "C")})
    merged = made.merged(parts)
    assert ids(merged) == {"karlshamn": ["A", "1082-B"], "olofstrom": ["1060-B", "C"]}


def test_a_new_organisation_changes_no_id_that_was_given(made: Made):
    first = made.parts({"karlshamn": works("A", "B"), "olofstrom": works("B", "C")})
    _, origin, _ = made.written(made.merged(first))
    new = made.part("solvesborg", works("A", "C", "D"))
    after = made.merged([new, *first], earlier=writing.earlier(origin))
    assert ids(after) == {
        "karlshamn": ["A", "1082-B"],
        "olofstrom": ["1060-B", "C"],
        "solvesborg": ["1083-A", "1083-C", "D"],
    }
    afresh = made.merged([new, *first])
    assert ids(afresh)["karlshamn"] == ["1082-A", "1082-B"], "nothing remembered, none goes first"


@pytest.mark.slow
def test_an_id_whose_row_is_gone_is_given_to_nobody_else(made: Made):
    first = made.parts({"karlshamn": works("A", "B"), "olofstrom": works("C")})
    _, origin, _ = made.written(made.merged(first))
    second = [made.part("karlshamn", works("B")), made.part("olofstrom", works("A", "C"))]
    before = writing.earlier(origin)
    merged = made.merged(second, earlier=before)
    assert ids(merged) == {"karlshamn": ["B"], "olofstrom": ["1060-A", "C"]}
    _, again, told = made.written(merged, before)
    gone = [one for one in origins(again) if not one["Rad"]]
    assert told.gone == 1 and [(one["Organisation"], one["Id"]) for one in gone] == [
        ("karlshamn", "A")
    ]
    third = made.merged(second, earlier=writing.earlier(again))
    assert ids(third) == ids(merged)


@pytest.mark.slow
def test_an_id_that_looks_as_one_of_ours_is_not_taken_twice(made: Made):
    texts = {"karlshamn": works("A"), "olofstrom": works("A"), "ronneby": works("1082-A")}
    merged = made.merged(made.parts(texts))
    every = [id for several in ids(merged).values() for id in several]
    assert len(set(every)) == 3 and ids(merged)["ronneby"] == ["1082-A"]


@pytest.mark.slow
def test_what_stands_twice_in_one_file_stays_and_is_told(made: Made):
    parts = made.parts({"karlshamn": works("A", "A", "B"), "olofstrom": works("C", "")})
    _, _, told = made.written(made.merged(parts))
    one, other = told.parts
    assert (one.twice.count, one.twice.rows) == (2, (2, 3)) and other.twice.count == 0
    assert (other.without.count, other.without.rows) == (1, (3,))
    assert ids(made.merged(parts))["karlshamn"] == ["A", "A", "B"]


@pytest.mark.slow
def test_a_region_whose_rows_are_others_keeps_whose_they_are(made: Made):
    joint = works("A", "B").replace("id;", "source;id;").replace("\nA", "\n1082;A")
    parts = [
        made.part("region-blekinge", joint.replace("\nB", "\n1060;B")),
        made.part("solvesborg", works("A")),
    ]
    merged = made.merged(parts)
    assert ids(merged) == {"karlshamn": ["1082-A"], "olofstrom": ["B"], "solvesborg": ["1083-A"]}


@pytest.mark.slow
def test_a_key_that_means_the_same_to_all_is_never_changed(tmp_path: Path):
    made = Made(tmp_path, "rorelsedata", "hallplatser")
    stops = "stop_id;stop_name;stop_lat;stop_lon\n9021;Torget;56.1;14.9\n"
    merged = made.merged(made.parts({"karlshamn": stops, "olofstrom": stops}))
    assert merged.id is None and set(merged.frame()["stop_id"]) == {"9021"}


def test_a_file_of_origins_that_is_damaged_is_not_taken_for_none(tmp_path: Path):
    file = tmp_path / "ursprung.csv"
    file.write_bytes(b'"Rad";"Id"\n"2";"A"\n\xff\xfe"')
    with pytest.raises(ConfigurationError, match=r"ursprung\.csv"):
        writing.earlier(file)


@pytest.mark.slow
@settings(max_examples=8, phases=[Phase.explicit, Phase.generate])
@given(
    st.dictionaries(
        st.sampled_from(["karlshamn", "olofstrom", "solvesborg", "ronneby"]),
        st.lists(st.sampled_from(["1", "2", "3", "1082-1", "1060-2", ""]), min_size=1, max_size=4),
        min_size=2,
    )
)
def test_whatever_ids_there_are(
    tmp_path_factory: pytest.TempPathFactory, held: dict[str, list[str]]
):
    made = Made(tmp_path_factory.mktemp("ids"))
    parts = made.parts({name: works(*several) for name, several in held.items()})
    merged = made.merged(parts)
    whose = given_ids(merged)
    owners: dict[str, set[tuple[str, str]]] = {}
    for key, id in whose.items():
        if id:
            owners.setdefault(id, set()).add(key)
    assert all(len(several) == 1 for several in owners.values())
    table, _, _ = made.written(merged)
    assert len(rows(table)) == sum(map(len, held.values()))
    assert ids(made.merged(parts[:1], earlier=whose)) == {
        name: several
        for name, several in ids(merged).items()
        if name == parts[0].owned.organisation
    }
