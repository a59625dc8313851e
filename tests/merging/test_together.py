"""One type from several organisations in a notebook: opened, shown, and run each night for what
several have."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from types import SimpleNamespace
from typing import Any

import pytest
from tests.merging.making import Made, works

import helpers
from helpers.declared.catalogue import Entry
from helpers.filling_in.merging import decisions, identity, looking_whole
from helpers.filling_in.merging.together import Together
from helpers.reporting import show
from helpers.running.several import MOST_ROWS, of_several
from helpers.running.store import Store
from helpers.words import paths
from helpers.words.errors import ConfigurationError
from helpers.words.messages import LANGUAGES


@pytest.fixture(scope="module")
def together(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Together]:
    """Two lists, the second of which has a person's number in its material."""
    made = Made(tmp_path_factory.mktemp("together"))
    left, right = works("A1", "A2"), works("B1", "B2", material="Brons 121212-1212")
    merged = made.merged(made.parts({"karlshamn": left, "olofstrom": right}))
    _, _, account = made.written(merged)
    found = identity.review(merged, decisions.Decisions())
    apart = {language: ["ronneby-konst är inte med."] for language in LANGUAGES}
    yield Together(merged, account, found, looking_whole.look(merged), apart)
    made.store.forget_tables()


def test_what_is_shown_holds_no_masked_cell(together: Together):
    frame = together.frame()
    assert len(frame) == 4 and "_file_row" in frame and "photographer" not in frame
    assert "121212" not in frame.to_csv()
    for language in LANGUAGES:
        sources = show.merged_sources(together, language)
        assert "ronneby" in sources.note and sources.rows[0][:2] == [
            "Karlshamns kommun",
            "karlshamn-data.csv",
        ]
        assert [row[2:4] for row in sources.rows] == [["2", "2"], ["2", "2"]]
        pairs = show.same_objects(together, language)
        assert len(pairs.rows) == 2 and "A1" in pairs.rows[0][0] and "B1" in pairs.rows[0][1]
        assert show.whole_only(together, language).rows
        assert "121212" not in f"{sources!r} {pairs!r}"


def test_where_the_merged_dataset_is_stopped_no_row_is_shown(together: Together):
    stopped = dict.fromkeys(LANGUAGES, "Stoppad.")
    none = Together(
        together.merged, None, together.reviewed, together.whole, together.apart, stopped
    )
    assert none.frame().empty and show.merged_sources(none).note == "Stoppad."


def candidate(
    id: str, owner: str, type: str, variant: str | None, rows: int = 10, **more: Any
) -> Any:
    entry = Entry(id=id, title=id, type=type, organisation=owner)
    snapshot = SimpleNamespace(format=more.pop("format", "csv"), main=SimpleNamespace(rows=rows))
    plain = {"entry": entry, "variant": variant, "snapshot": snapshot, "gate": None, "failures": []}
    return SimpleNamespace(**plain | more)


def test_a_night_looks_together_at_what_several_organisations_have():
    some = [
        candidate("a", "karlskrona", "offentlig_konst", None),
        candidate("b", "ronneby", "offentlig_konst", None),
        candidate("c", "karlskrona", "platsinformation", "lekplats"),
        candidate("d", "ronneby", "platsinformation", "lekplats"),
        candidate("e", "ronneby", "platsinformation", "badplats"),
        candidate("f", "karlskrona", "matsvinn", None),
        candidate("g", "karlskrona", "matsvinn", None),
        candidate("h", "karlskrona", "snorojning", None),
        candidate("i", "ronneby", "snorojning", None, snapshot=None),
        candidate("j", "karlskrona", "annan", None),
        candidate("k", "ronneby", "annan", None),
        candidate("l", "karlskrona", "bredband", "matningar", MOST_ROWS),
        candidate("m", "ronneby", "bredband", "matningar", 1),
        candidate("n", "karlskrona", "rorelsedata", "gtfs", format="gtfs"),
        candidate("o", "ronneby", "rorelsedata", "gtfs", format="gtfs"),
    ]
    found = {name: [one.entry.id for one in each] for name, each in of_several(some).items()}
    assert found == {"lekplats": ["c", "d"], "offentlig_konst": ["a", "b"]}


@pytest.mark.slow
def test_the_sample_regions_art_is_opened_and_gone_afterwards(tmp_path: Path):
    store = Store(tmp_path / "store")
    opened = helpers.open_together("offentlig_konst", store=store)
    file = opened.merged.file
    assert len(opened.frame()) == 229 and file.is_file()
    assert len(show.same_objects(opened).rows) == 1
    del opened
    assert not file.exists()
    store.forget_tables()


@pytest.mark.slow
@pytest.mark.parametrize("name", ["lekplats", "platsinformation", "nothing"])
def test_what_cannot_be_merged_is_said(name: str, tmp_path: Path):
    with pytest.raises(ConfigurationError):
        helpers.open_together(name, paths.catalogue(), Store(tmp_path / "store"))
