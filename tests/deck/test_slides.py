"""A deck is made of the run: ten to fourteen slides for any of them, each with something to say and
room for it, in both languages alike, and without a municipality's name where none may be named."""

from __future__ import annotations

import json
from dataclasses import replace

import pytest
from tests.deck import made
from tests.sampling import every

from helpers.advising import in_short
from helpers.declared import organisations
from helpers.reporting.deck.slide import Deck
from helpers.words.messages import LANGUAGES

LONGEST = {"title": 110, "lead": 230, "point": 190, "cell": 120, "label": 34, "small": 200}


def texts(deck: Deck) -> list[str]:
    """Every text of a deck, notes too."""
    found: list[str] = []

    def walk(node: object) -> None:
        if isinstance(node, dict):
            for key, value in node.items():
                if key != "png":
                    walk(value)
        elif isinstance(node, list):
            for value in node:
                walk(value)
        elif isinstance(node, str):
            found.append(node)

    walk(deck.to_json())
    return found


@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize("name", made.REGIONS)
def test_any_run_gives_a_deck_with_room_for_what_it_says(name: str, language: str):
    deck = made.deck(made.REGIONS[name](), language, answers=made.answered())
    least = 8 if name == "failed" else 10
    assert least <= len(deck.slides) <= 14
    assert [slide.id for slide in deck.slides][::5] and len({one.id for one in deck.slides}) == len(
        deck.slides
    )
    for slide in deck.slides:
        assert slide.title and len(slide.title) <= LONGEST["title"]
        assert slide.lead or slide.points or slide.table or slide.bars
        assert len(slide.lead) <= LONGEST["lead"] and len(slide.small) <= LONGEST["small"]
        assert len(slide.points) <= 5
        assert all(len(point.text) <= LONGEST["point"] for point in slide.points)
        if slide.table:
            assert 1 <= len(slide.table.rows) <= 6
            assert {len(row) for row in slide.table.rows} == {len(slide.table.head)}
            assert max(len(cell) for row in slide.table.rows for cell in row) <= LONGEST["cell"]
        if slide.bars:
            assert slide.bars.alt and 1 <= len(slide.bars.labels) <= 8
            assert max(map(len, slide.bars.labels)) <= LONGEST["label"] + 4
            for i in range(len(slide.bars.labels)):
                assert 0 <= sum(one.values[i] for one in slide.bars.series) <= slide.bars.whole


def test_the_slides_say_what_the_run_says():
    deck = made.deck(made.sixty(), answers=made.answered())
    slides = {slide.id: slide for slide in deck.slides}
    assert slides["start"].lead.startswith("60 kandidater")
    bars = slides["looked"].bars
    assert bars and dict(zip(bars.labels, bars.figures, strict=True)) == {
        "Inga kända hinder": "19",
        "Behöver granskas": "21",
        "Stoppade": "10",
        "Idéer utan fil": "8",
        "Gick inte att granska": "2",
    }
    table = slides["order"].table
    assert table and [row[0] for row in table.rows] == ["1", "2", "3", "4", "5"]
    assert slides["order"].small == "55 till står i rapporten."
    assert slides["takes"].lead == "Uppskattad tid: 8–12 timmar."
    assert slides["stopped"].small == "7 till är stoppade."
    review = slides["review"].bars
    assert review and (review.labels, review.figures) == (["Sekretess"], ["21"])
    unknown = slides["unknown"].bars
    assert unknown and unknown.figures == ["50"]
    assert [point.label for point in slides["monday"].points] == ["Nämnden:", "Webbredaktören:"]


def test_nothing_in_place_says_why_and_what_it_would_take():
    slides = {slide.id: slide for slide in made.deck(made.only_stopped()).slides}
    assert slides["no_order"].title == "Ingen har fått en plats än"
    assert "Åtgärda hindret." in slides["why"].points[0].text
    assert (
        len(slides["stopped"].points) == 3 and "telefonnummer" in slides["stopped"].points[0].text
    )
    ideas = {slide.id: slide for slide in made.deck(made.only_ideas()).slides}
    assert [point.text for point in ideas["unknown"].points] == ["Vem äger informationen?"]


def test_nothing_stopped_is_not_said_to_be_open():
    stopped = next(one for one in made.deck(made.one()).slides if one.id == "stopped")
    assert stopped.title == "Inget är stoppat" and stopped.lead


@pytest.mark.parametrize("name", every(2, made.REGIONS))
def test_a_deck_is_plain_data(name: str):
    deck = made.deck(made.REGIONS[name](), answers=made.answered())
    plain = json.loads(json.dumps(deck.to_json()))
    assert Deck.from_json(plain) == deck and plain["schema"] == "datakollen/deck/1"


@pytest.mark.parametrize("name", made.REGIONS)
def test_no_municipality_is_named_where_none_may_be(name: str):
    """Not in a title, a sentence or a note, however it is written."""
    of = made.REGIONS[name]()
    said = (
        "Karlskrona kommun, Karlshamns lekplatser, REGION BLEKINGE, Blekinges, Umeå och Håbo kommun"
    )
    named = [
        made.candidate(
            i,
            one.gate.verdict if one.gate else None,
            rank=one.ranked.rank if one.ranked else None,
            file=one.entry.source is not None,
            title=f"Badplatser, Karlskrona {i}",
            said=said,
        )
        for i, one in enumerate(of.candidates)
    ]
    of = replace(made.region(named, said), synthetic=True)
    deck = made.deck(of, nameless=True, answers=made.answered("Karlskrona badhus"))
    everything = " ".join(texts(deck)).casefold()
    for word in ("karlskron", "karlshamn", "ronneby", "blekinge", "umeå", "håbo", "badhus"):
        assert word not in everything, word
    assert not any(slide.picture for slide in deck.slides)
    if name in ("one", "sixty"):
        assert "lekplatser, en kommun" in everything
        assert "karlskron" in " ".join(texts(made.deck(of))).casefold()


def test_every_organisation_of_sweden_is_taken_out():
    names = made.Names(made.one(), "sv", nameless=True)
    known = organisations.organisations().values()
    left = {
        one.name for one in known if one.kind != "samverkan" and one.name in names.said(one.name)
    }
    assert not left, left
    assert names.said("Håbos badplatser i Falu kommun") == "en kommuns badplatser i en kommun"
    assert names.said("Det är marken som bör vara berg.") == "Det är marken som bör vara berg."


def test_what_is_counted_is_counted_once():
    of = made.sixty()
    assert in_short.owners(of) == 5
    assert [count for _, count in in_short.unanswered(of)] == [21] and in_short.found(of) == 0
    assert in_short.hours(of.candidates[0]) == (8, 12) and in_short.hours(of.candidates[-1]) is None
