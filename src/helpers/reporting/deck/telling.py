"""Which slides a run gives, in their order: what was looked at, the order and why, what the data
say, what is stopped or waits, what remains, what nobody knows, and what to do on Monday.

Ten to fourteen for any run with something to tell: a slide that would be empty is not there.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable

from helpers.reporting.deck import about_answers, about_first, about_order, about_rest
from helpers.reporting.deck.slide import Deck, Slide
from helpers.reporting.deck.told import Told
from helpers.words.messages import text

SLIDES: tuple[Callable[[Told], Slide | None], ...] = (
    about_order.start,
    about_order.looked,
    about_order.order,
    about_order.points,
    about_first.why,
    about_answers.on_the_map,
    about_answers.answers,
    about_answers.answer,
    about_rest.stopped,
    about_rest.review,
    about_first.takes,
    about_rest.unknown,
    about_first.monday,
    about_rest.method,
)


def deck(told: Told) -> Deck:
    """The whole deck."""
    language = told.language
    made = dt.datetime.fromisoformat(told.region.finished).date()
    slides = [slide for make in SLIDES if (slide := make(told))]
    whole = Deck(
        told.region.title[language],
        language,
        made.isoformat(),
        text("deck.about", language, date=made),
        slides,
    )
    return told.names.said(whole)
