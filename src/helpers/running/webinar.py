"""The deck of a run: opens the first candidates for what their data answer and for a map, and hands
all to reporting."""

from __future__ import annotations

from typing import TYPE_CHECKING

from helpers.advising import leading
from helpers.advising.answers.answer import Answer
from helpers.advising.results import Candidate, Region
from helpers.reporting.deck import telling
from helpers.reporting.deck.naming import Names
from helpers.reporting.deck.shown import ShownDeck
from helpers.reporting.deck.told import Told
from helpers.running.opening import Opened, open_candidate
from helpers.running.store import Store
from helpers.words.errors import DatakollenError

if TYPE_CHECKING:
    from helpers.drawing.map import Map

OPENED = 3  # of the first ones


def webinar(
    region: Region, language: str = "sv", nameless: bool = False, store: Store | None = None
) -> ShownDeck:
    """The slides of a region that is open: shown where it stands last in a cell, written by
    ``write(folder)``. ``nameless``: no municipality is named, and no map or figure of a file is
    shown.

    A candidate whose answers or map cannot be made has none in the deck.
    """
    answers: list[tuple[Candidate, list[Answer]]] = []
    drawn: tuple[Candidate, Map] | None = None
    for candidate in leading.ranked(region.candidates)[:OPENED]:
        if candidate.failures:
            continue
        opened = open_candidate(candidate.entry.id, region.folder, store)
        made = _answers(opened)
        if made:
            answers.append((candidate, made))
        if drawn is None and not nameless:
            map_of_it = _map(opened, language)
            drawn = (candidate, map_of_it) if map_of_it else None
    told = Told(region, Names(region, language, nameless), answers, drawn)
    return ShownDeck(telling.deck(told))


def _answers(opened: Opened) -> list[Answer]:
    try:
        return [Answer.from_json(answer) for answer in opened.answers]
    except DatakollenError:
        return []


def _map(opened: Opened, language: str) -> Map | None:
    """Ours, below what a ``folium.Map`` would be made of."""
    from helpers.drawing import open_map  # draws: 0.7 s

    try:
        if opened.subject is None:
            return None
        made = open_map.map_of(opened.subject, opened.findings, language)
    except DatakollenError:
        return None
    return made.drawn if made else None
