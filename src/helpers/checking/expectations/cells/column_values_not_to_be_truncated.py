"""Not cut off: not 5 or more texts of one greatest length that database columns usually have, 4 of
them different.

The end of the text is gone and nobody can know it. Source: widths of database columns; never a
length that words happen to have, and never where all texts are equally long (a code). Different
texts are what counts, a number being as good as another: two suppliers with equally long names are
no cut on however many rows, nor are the addresses of 200 works. Below 20 characters one of them has
several words: eight names of places may well have ten letters, four of them.
"""

from __future__ import annotations

from helpers.checking.asked_once import texts
from helpers.checking.expectations.expectation import Expectation, Facts, Target

WIDTHS = (
    10,
    15,
    20,
    25,
    30,
    32,
    35,
    40,
    45,
    50,
    60,
    64,
    70,
    75,
    80,
    100,
    120,
    128,
    150,
    200,
    250,
    254,
    255,
    256,
)
ONE_WORD = 20  # characters that a name of one word seldom has


def _wrong(on: Target) -> str | None:
    longest, cell = on.facts["longest"], on.cell
    if longest not in WIDTHS:
        return None
    return f"""
        with near as materialized (
            select
                text,
                many,
                length(text) = {longest} as cut,
                regexp_replace(lower(text), '\\d+', '0', 'g') as plain
            from {texts(cell)}
            where length(text) between {longest - 3} and {longest}
        ),
        counts as (
            select
                sum(many) filter (cut) as at_most,
                count(distinct plain) filter (cut) as different,
                count(distinct plain) filter (not cut) as below,
                coalesce(bool_or(contains(text, ' ')) filter (cut), false) as several_words
            from near
        )
        select text
        from near, counts
        where cut
            and at_most >= 5
            and different >= 4
            and different > below
            and (several_words or {longest} >= {ONE_WORD})
            and at_most < 0.6 * (select count({cell}) from base)
    """


def _facts(on: Target) -> Facts:
    """The length of the longest text, where they are not all equally long."""
    if seen := on.column.seen:
        return {"longest": None if seen.longest == seen.shortest else seen.longest}
    return {"longest": f"nullif(max(length({on.cell})), min(length({on.cell})))"}


_FILLERS = [
    {"column": word}
    for word in ("Ek", "Brons", "Granit", "Glas", "Trä", "Betong", "Koppar", "Stål", "Lera", "Gips")
]
_CUT = [
    {"column": text}
    for text in ("Patinerad koppar, rö", "Rostfritt stål, beto") * 2
    + (
        "Glasfiberarmerad pla",
        "Gjutaluminium/hårdla",
    )
]
_WHOLE = [
    {"column": text} for text in ("Patinerad koppar, röd granit", "Rostfritt stål, betong", "Glas")
]
_TWO = [{"column": text} for text in ("Ekens Fastigheter AB", "Byn Schakt & Fors AB") * 5]
_AREAS = [
    {"column": word}
    for word in ("Strandväst", "Bergstrand", "Norrholmen", "Sjögårdens", "Ros", "Sten") * 3
    + ("Ros", "Sten") * 3
]
_SERIES = [{"column": f"https://orten.example/verk/{i + 1}"} for i in range(220)]

EXPECTATION = Expectation(
    lambda on: on.cell,
    scope="each",
    groups=_wrong,
    facts=_facts,
    told=lambda on: ("cut", {"length": on.facts["longest"]}),
    right=(_FILLERS + _WHOLE, _FILLERS + _TWO, _AREAS, _SERIES),
    wrong=(_CUT + _FILLERS,),
)
